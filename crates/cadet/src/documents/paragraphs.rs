//! What one can do with the paragraphs of letters. Each acts on the caller's own.

use std::collections::HashSet;

use resume::EntryId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::entries::entries;
use super::letters::{Paragraph, ParagraphId, Part, SLOTS, conditions_of, starters};
use super::model::DocumentKind;
use super::store::paragraphs;
use crate::error::{Error, Result};
use crate::profile::actions::profile_current;
use crate::state::Ctx;

/// Longest text of a paragraph, in characters.
const TEXT_MOST: usize = 4_000;
/// Paragraphs of one kind and language at the most.
const PARAGRAPHS_MOST: usize = 100;

/// A paragraph as somebody writes it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ParagraphInput {
    /// For which kind of letter: `letter`, `thanks`, `follow-up`, `outreach`, `withdrawal`.
    pub kind: String,
    /// In which language, ISO 639-1.
    pub language: String,
    /// `subject`, `salutation`, `body` or `closing`.
    pub part: String,
    /// Its place in the part.
    pub position: i32,
    /// When it is used, with commas between: `skill:java, !contact, country:DE`.
    pub conditions: String,
    /// The words, with slots such as `{company}`.
    pub text: String,
    /// Ids of entries that it speaks of, with commas between: `work-2, project-5`.
    pub sources: String,
}

impl ParagraphInput {
    fn parse(self, known: &HashSet<EntryId>) -> Result<Paragraph> {
        let kind: DocumentKind = self.kind.parse()?;
        if !kind.is_letter() {
            return Err(Error::invalid_field(
                "kind",
                "A resume has no paragraphs. Choose a kind of letter.",
            ));
        }
        let text = self.text.trim().to_owned();
        if text.is_empty() || text.chars().count() > TEXT_MOST {
            return Err(Error::invalid_field(
                "text",
                format!("Write a paragraph of 1 to {TEXT_MOST} characters."),
            ));
        }
        let slot = slots_in(&text)
            .into_iter()
            .find(|slot| !SLOTS.iter().any(|(name, _)| name == slot));
        if let Some(slot) = slot {
            return Err(Error::invalid_field(
                "text",
                format!("There is no slot {{{slot}}}. The list beside the form has all slots."),
            ));
        }
        let language = self.language.trim().to_lowercase();
        if language.len() != 2 || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(Error::invalid_field(
                "language",
                "Give the language in two letters, such as en or de.",
            ));
        }
        let sources = self
            .sources
            .split(',')
            .map(str::trim)
            .filter(|id| !id.is_empty());
        let sources: Vec<EntryId> = sources.map(|id| EntryId(id.to_owned())).collect();
        if let Some(unknown) = sources.iter().find(|id| !known.contains(*id)) {
            return Err(Error::invalid_field(
                "sources",
                format!("Your profile has no entry `{unknown}`."),
            ));
        }
        Ok(Paragraph {
            id: None,
            key: String::new(),
            kind,
            language,
            part: self.part.parse()?,
            position: self.position.clamp(1, 1_000),
            conditions: conditions_of(&self.conditions)?,
            text,
            sources,
            starter: false,
        })
    }
}

/// Names of the slots of a text.
fn slots_in(text: &str) -> Vec<String> {
    let pieces = text.split('{').skip(1);
    pieces
        .filter_map(|piece| piece.split_once('}'))
        .map(|(name, _)| name.trim().to_owned())
        .collect()
}

async fn known_entries(ctx: &Ctx) -> Result<HashSet<EntryId>> {
    let profile = profile_current(ctx).await?;
    let all = entries(&profile.resume);
    let ids = all.iter().flat_map(|entry| {
        let bullets = entry.bullets.iter().map(|bullet| bullet.id.clone());
        std::iter::once(entry.id.clone()).chain(bullets)
    });
    Ok(ids.collect())
}

/// The caller's paragraphs of a kind in a language; the starters where there are none yet.
///
/// # Errors
/// From the database.
pub async fn paragraphs_usable(
    ctx: &Ctx,
    kind: DocumentKind,
    language: &str,
) -> Result<Vec<Paragraph>> {
    let own = paragraphs::list(ctx.db.pool(), ctx.owner()?, kind, language).await?;
    if own.iter().any(|paragraph| paragraph.part == Part::Body) {
        return Ok(own);
    }
    Ok(starters(kind, language))
}

/// Makes the starters of a kind the caller's own, to adapt them. Does nothing where there are paragraphs already.
///
/// # Errors
/// [`Error::NotFound`] for a language without starters; from the database.
pub async fn paragraphs_adopt(
    ctx: &Ctx,
    kind: DocumentKind,
    language: &str,
) -> Result<Vec<Paragraph>> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let own = paragraphs::list(&transaction, owner, kind, language).await?;
    if !own.is_empty() {
        return Ok(own);
    }
    let begin = starters(kind, language);
    if begin.is_empty() {
        return Err(Error::not_found("set of starters in", language));
    }
    let mut made = Vec::new();
    for paragraph in &begin {
        made.push(paragraphs::insert(&transaction, owner, ctx.now(), paragraph).await?);
    }
    transaction.commit().await?;
    Ok(made)
}

/// One paragraph.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn paragraph_get(ctx: &Ctx, id: ParagraphId) -> Result<Paragraph> {
    paragraphs::get(&ctx.db, ctx.owner()?, id).await
}

/// Writes a new paragraph.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used; [`Error::Conflict`] when there are too many; from the database.
pub async fn paragraph_add(ctx: &Ctx, input: ParagraphInput) -> Result<Paragraph> {
    let owner = ctx.owner()?;
    let paragraph = input.parse(&known_entries(ctx).await?)?;
    let there = paragraphs::list(ctx.db.pool(), owner, paragraph.kind, &paragraph.language).await?;
    if there.len() >= PARAGRAPHS_MOST {
        return Err(Error::Conflict(format!(
            "There are {PARAGRAPHS_MOST} paragraphs of this kind, which is the most. Remove one first."
        )));
    }
    paragraphs::insert(ctx.db.pool(), owner, ctx.now(), &paragraph).await
}

/// Changes a paragraph; a starter is the person's own from then on.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what cannot be used; from the database.
pub async fn paragraph_change(
    ctx: &Ctx,
    id: ParagraphId,
    input: ParagraphInput,
) -> Result<Paragraph> {
    let before = paragraph_get(ctx, id).await?;
    let changed = input.parse(&known_entries(ctx).await?)?;
    let starter = before.starter && before.text == changed.text;
    let changed = Paragraph {
        id: Some(id),
        key: id.to_string(),
        starter,
        ..changed
    };
    paragraphs::update(&ctx.db, ctx.owner()?, id, ctx.now(), &changed).await?;
    Ok(changed)
}

/// Removes a paragraph. It can be brought back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn paragraph_remove(ctx: &Ctx, id: ParagraphId) -> Result<Paragraph> {
    let paragraph = paragraph_get(ctx, id).await?;
    paragraphs::set_removed(&ctx.db, ctx.owner()?, id, Some(ctx.now())).await?;
    Ok(paragraph)
}

/// Brings a removed paragraph back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn paragraph_restore(ctx: &Ctx, id: ParagraphId) -> Result<Paragraph> {
    paragraphs::set_removed(&ctx.db, ctx.owner()?, id, None).await?;
    paragraph_get(ctx, id).await
}

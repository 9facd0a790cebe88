//! Contacts from files and to files.

use calcard::vcard::VCardVersion;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::connections;
use super::super::input::ContactParts;
use super::super::merging::{Known, joined};
use super::super::model::{Contact, ContactId};
use super::super::store::people::{Beside, Filter};
use super::super::store::{merges, people};
use super::super::vcard::{self, Card, Cards};
use super::joining::join_fields;
use super::people::new_uid;
use crate::accounts::model::AccountId;
use crate::db::Transaction;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Bytes of one file.
const LARGEST: usize = 32 * 1024 * 1024;
/// Problems told of one file.
const PROBLEMS_MOST: usize = 100;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// Cards.
    Vcard,
    /// A table: LinkedIn's list of connections.
    Csv,
}

/// What an import did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Imported {
    /// What the file was taken for.
    pub kind: FileKind,
    /// How many contacts are new.
    pub added: usize,
    /// How many were there and learned something; each can be undone on their page.
    pub joined: usize,
    /// How many were there already, and the file says nothing new.
    pub unchanged: usize,
    /// Who was joined, with why.
    pub joinings: Vec<Joining>,
    /// What could not be read or used.
    pub problems: Vec<String>,
}

/// A card that was joined to a contact.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Joining {
    /// The contact.
    pub contact: ContactId,
    /// Their name.
    pub name: String,
    /// Why they are taken for the same person.
    pub why: &'static str,
}

/// Reads contacts from a file. Whoever is there already is joined instead of doubled, which can be undone.
///
/// # Errors
/// [`Error::Invalid`] for a file that holds no contact; from the database.
pub async fn contact_import(ctx: &Ctx, bytes: &[u8]) -> Result<Imported> {
    let owner = ctx.owner()?;
    if bytes.len() > LARGEST {
        return Err(Error::invalid(format!(
            "The file has {} bytes; {LARGEST} are the most. Split it, or leave photographs out.",
            bytes.len()
        )));
    }
    let text = decoded(bytes);
    let kind = kind_of(&text);
    let cards = match kind {
        FileKind::Vcard => vcard::read(&text),
        FileKind::Csv => connections::read(&text),
    };
    if cards.cards.is_empty() {
        let why = cards.problems.first().cloned().unwrap_or_default();
        return Err(Error::invalid(format!("The file holds no contact. {why} Give a vCard file (.vcf) or LinkedIn's Connections.csv.").replace("  ", " ")));
    }
    let transaction = ctx.db.begin().await?;
    let imported = take_all(ctx, &transaction, owner, kind, cards).await?;
    transaction.commit().await?;
    Ok(imported)
}

async fn take_all(
    ctx: &Ctx,
    transaction: &Transaction,
    owner: AccountId,
    kind: FileKind,
    cards: Cards,
) -> Result<Imported> {
    let mut known = Known::default();
    for contact in people::all(&ctx.db, owner).await? {
        known.add(contact.id, &contact.uid, &ContactParts::of(&contact));
    }
    let mut imported = Imported {
        kind,
        added: 0,
        joined: 0,
        unchanged: 0,
        joinings: Vec::new(),
        problems: cards.problems,
    };
    for (at, card) in cards.cards.iter().enumerate() {
        match usable(card) {
            Ok((parts, remark)) => {
                imported.problems.extend(remark);
                take(
                    ctx,
                    transaction,
                    owner,
                    (card, parts),
                    &mut known,
                    &mut imported,
                )
                .await?;
            }
            Err(why) => {
                imported
                    .problems
                    .push(format!("{} (number {}): {why}", card.input.name, at + 1))
            }
        }
    }
    let more = imported.problems.len().saturating_sub(PROBLEMS_MOST);
    if more > 0 {
        imported.problems.truncate(PROBLEMS_MOST);
        imported.problems.push(format!("And {more} more."));
    }
    Ok(imported)
}

/// The fields of a card; a mail address that is none is told of and moves to the notes instead of losing the card.
fn usable(card: &Card) -> Result<(ContactParts, Option<String>)> {
    let Err(first) = card.input.parse() else {
        return card.input.parse().map(|parts| (parts, None));
    };
    let mut input = card.input.clone();
    let (good, bad): (Vec<String>, Vec<String>) = input
        .mails
        .into_iter()
        .partition(|mail| crate::accounts::model::Email::parse(mail).is_ok());
    input.mails = good;
    if bad.is_empty() {
        return Err(first);
    }
    let noted = format!("Mail: {}", bad.join(", "));
    input.notes = format!("{}\n{noted}", input.notes).trim().to_owned();
    let remark = format!(
        "{}: \"{}\" is no mail address; it is in the notes.",
        input.name,
        bad.join(", ")
    );
    input.parse().map(|parts| (parts, Some(remark)))
}

async fn take(
    ctx: &Ctx,
    transaction: &Transaction,
    owner: AccountId,
    (card, parts): (&Card, ContactParts),
    known: &mut Known,
    imported: &mut Imported,
) -> Result<()> {
    let Some((id, why)) = known.find(&card.uid, &parts) else {
        let uid = match card.uid.as_str() {
            "" => new_uid(ctx),
            uid => uid.to_owned(),
        };
        let beside = Beside {
            uid: uid.clone(),
            other: card.other.clone(),
        };
        let id = people::insert(transaction, owner, ctx.now(), &parts, &beside).await?;
        known.add(id, &uid, &parts);
        imported.added += 1;
        return Ok(());
    };
    let contact = people::get(transaction, owner, id).await?;
    if joined(&ContactParts::of(&contact), &parts) == ContactParts::of(&contact) {
        imported.unchanged += 1;
        return Ok(());
    }
    let undo = join_fields(ctx, transaction, &contact, &parts, &card.other).await?;
    known.add(id, &contact.uid, &undo.after);
    merges::insert(
        transaction,
        owner,
        ctx.now(),
        id,
        None,
        &undo.of_card(parts),
    )
    .await?;
    imported.joined += 1;
    let (name, why) = (contact.name, why.words());
    imported.joinings.push(Joining {
        contact: id,
        name,
        why,
    });
    Ok(())
}

/// The text of a file, by its byte order mark, as UTF-8, or as Windows writes it.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

fn kind_of(text: &str) -> FileKind {
    let has_card = text.lines().any(|line| {
        line.trim()
            .trim_start_matches('\u{feff}')
            .eq_ignore_ascii_case("BEGIN:VCARD")
    });
    if has_card {
        FileKind::Vcard
    } else {
        FileKind::Csv
    }
}

/// Contacts as one vCard file: all, those that a search finds, or one. `version` is `4.0` or `3.0`.
///
/// # Errors
/// [`Error::Invalid`] for another version; [`Error::NotFound`]; from the database.
pub async fn contact_export(
    ctx: &Ctx,
    which: Option<ContactId>,
    words: &str,
    version: &str,
) -> Result<String> {
    let owner = ctx.owner()?;
    let version = match version {
        "" | "4.0" => VCardVersion::V4_0,
        "3.0" => VCardVersion::V3_0,
        other => {
            let message = format!("vCards are written in version 4.0 or 3.0, not in \"{other}\".");
            return Err(Error::invalid_field("version", message));
        }
    };
    let contacts: Vec<Contact> = match which {
        Some(id) => vec![people::get(ctx.db.pool(), owner, id).await?],
        None if words.is_empty() => people::all(&ctx.db, owner).await?,
        None => {
            let filter = Filter {
                words: words.to_owned(),
                ..Filter::default()
            };
            people::list(&ctx.db, owner, &filter, 0, u64::from(u32::MAX)).await?
        }
    };
    Ok(vcard::write(&contacts, version))
}

//! The editor: all fields in one form, which saves itself while one writes and works as a plain form without a script.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;

use super::super::actions::{
    profile_now, profile_redo, profile_save, profile_undo, revision_nearby,
};
use super::super::edits::profile_edit;
use super::super::form::{Action, EntryForm, Fields, entries};
use super::super::imports::model::Origin;
use super::super::model::{Profile, RevisionId};
use super::super::revision::{self, Change, Revision, Saved};
use super::super::sample::sample_person;
use super::super::sections::{Kind, SECTIONS, Section};
use super::preview::{Beside, Preview, State};
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Query, Redirect, View};

/// Characters of the name that a page of the editor gets.
const SESSION_LENGTH: usize = 16;

#[derive(Template)]
#[template(path = "profile/pages/editor.html")]
struct EditorPage {
    layout: Layout,
    /// The revision that the page shows.
    base: RevisionId,
    /// The page's name, by which its own saves are known.
    session: String,
    sections: Vec<EditedSection>,
    beside: Beside,
    nearby: Nearby,
    focus: String,
}

/// Whether one can go back and forth.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nearby {
    pub(super) undo: bool,
    pub(super) redo: bool,
}

/// A section of the form.
pub(in super::super) struct EditedSection {
    pub(in super::super) section: &'static Section,
    pub(in super::super) entries: Vec<EntryForm>,
}

impl EditorPage {
    /// Where a field came from: what is typed here comes from nowhere else.
    fn origins(&self, _: impl AsRef<str>) -> Vec<&Origin> {
        Vec::new()
    }

    fn is_focused(&self, id: &str, key: &str) -> bool {
        self.focus
            .strip_prefix(id)
            .and_then(|rest| rest.strip_prefix('.'))
            == Some(key)
    }
}

#[derive(Template)]
#[template(path = "profile/pages/begin.html")]
struct BeginPage {
    layout: Layout,
}

#[derive(Template)]
#[template(path = "profile/pages/sample.html")]
pub(super) struct SamplePage {
    layout: Layout,
    preview: Preview,
}

/// What the address of the editor may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct EditorQuery {
    /// Begin with an empty form.
    begin: Option<String>,
    /// The field or button to be in.
    focus: Option<String>,
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Query(query): Query<EditorQuery>,
) -> Result<Response> {
    let (revision, profile) = profile_now(&ctx).await?;
    let layout = layout.titled("Profile");
    if revision.is_none() && query.begin.is_none() {
        return Ok(View(BeginPage { layout }).into_response());
    }
    let session = ctx.entropy.secret().chars().take(SESSION_LENGTH).collect();
    let page = page(layout, (revision.as_ref(), &profile), session)?;
    let focus = query.focus.unwrap_or_default();
    Ok(View(EditorPage { focus, ..page }).into_response())
}

/// The page of a profile.
fn page(
    layout: Layout,
    (revision, profile): (Option<&Revision>, &Profile),
    session: String,
) -> Result<EditorPage> {
    let (undo, redo) = revision_nearby(revision);
    Ok(EditorPage {
        layout,
        base: revision.map_or(RevisionId::EMPTY, |revision| revision.id),
        session,
        sections: edited(profile)?,
        beside: Beside::of(profile, State::Saved)?,
        nearby: Nearby { undo, redo },
        focus: String::new(),
    })
}

/// All sections of the form.
pub(in super::super) fn edited(profile: &Profile) -> Result<Vec<EditedSection>> {
    let resume = serde_json::to_value(&profile.resume).map_err(Error::internal)?;
    let sections = SECTIONS.iter().map(|section| EditedSection {
        section,
        entries: entries(&resume, section),
    });
    Ok(sections.collect())
}

/// Saves the form, and does what its button says.
pub(super) async fn save(
    ctx: Ctx,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let fields = Fields::new(pairs);
    if headers.contains_key("hx-request") {
        return autosaved(&ctx, fields).await;
    }
    let fields = fields?;
    let to = match fields.get("do").unwrap_or("save") {
        "undo" => gone(&ctx, &fields, "Undone.").await?,
        "redo" => gone(&ctx, &fields, "Redone.").await?,
        pressed => acted(&ctx, &fields, &Action::parse(pressed)?).await?,
    };
    Ok(to.into_response())
}

/// Saves, and goes back or forth.
async fn gone(ctx: &Ctx, fields: &Fields, words: &str) -> Result<Redirect> {
    save_fields(ctx, fields, &Action::Save).await?;
    let result = match words {
        "Undone." => profile_undo(ctx).await,
        _ => profile_redo(ctx).await,
    };
    Redirect::after(result, "/profile", words)
}

/// Saves with what a button did, and leads to where one goes on.
async fn acted(ctx: &Ctx, fields: &Fields, action: &Action) -> Result<Redirect> {
    let saved = save_fields(ctx, fields, action).await?;
    let (_, profile) = profile_now(ctx).await?;
    let to = place_after(action, &profile)?;
    Ok(match action {
        Action::Save => led(&saved, &to, "Saved."),
        _ => led(&saved, &to, ""),
    })
}

async fn save_fields(ctx: &Ctx, fields: &Fields, action: &Action) -> Result<Saved> {
    let base = fields.get("base").and_then(|base| base.parse().ok());
    let base = base.map_or(RevisionId::EMPTY, RevisionId);
    let session = fields.get("session").unwrap_or("");
    let change = Change::new(revision::Origin::Editor, action.words())
        .in_session(session)
        .alone(*action != Action::Save);
    profile_edit(ctx, base, change, |profile| {
        Ok(Profile {
            resume: fields.apply(&profile.resume, action)?,
            aims: profile.aims.clone(),
        })
    })
    .await
}

/// The column beside the form, after a save that a script asked for.
async fn autosaved(ctx: &Ctx, fields: Result<Fields>) -> Result<Response> {
    let saved = match fields {
        Ok(fields) => save_fields(ctx, &fields, &Action::Save).await,
        Err(error) => Err(error),
    };
    let state = match saved {
        Ok(Saved::Stored(_) | Saved::Unchanged(_)) => State::Saved,
        Ok(Saved::Aside { kept, .. }) => State::Aside(kept.id),
        Err(error @ (Error::Invalid { .. } | Error::NotFound { .. })) => {
            State::Failed(error.to_string())
        }
        Err(other) => return Err(other),
    };
    let (_, profile) = profile_now(ctx).await?;
    Ok(View(Beside::of(&profile, state)?).into_response())
}

/// Where a form leads: on, or to what was kept aside.
pub(super) fn led(saved: &Saved, to: &str, words: &str) -> Redirect {
    if let Saved::Aside { kept, .. } = saved {
        let words = "Your profile was changed elsewhere in the meantime. What you typed is kept here beside it: compare and choose.";
        let to = format!("/profile/history/{}", kept.id);
        return Redirect::to(to).with(Flash::error(words));
    }
    match words {
        "" => Redirect::to(to),
        words => Redirect::to(to).with(Flash::ok(words)),
    }
}

/// The place on the page after a button: the new field, or the button again.
fn place_after(action: &Action, profile: &Profile) -> Result<String> {
    let resume = serde_json::to_value(&profile.resume).map_err(Error::internal)?;
    let focus = match action {
        Action::Add(key) => Section::of(key).and_then(|section| {
            let last = entries(&resume, section).pop()?;
            Some((last.id.clone(), last.fields.first()?.field.key))
        }),
        Action::AddBullet(id) => {
            let all = SECTIONS
                .iter()
                .flat_map(|section| entries(&resume, section));
            let entry = all.into_iter().find(|entry| entry.id == *id);
            entry.and_then(|entry| Some((entry.bullets.last()?.id.clone(), "text")))
        }
        Action::Up(id) => Some((id.clone(), button_left(&resume, id, "up"))),
        Action::Down(id) => Some((id.clone(), button_left(&resume, id, "down"))),
        Action::Save | Action::Remove(_) => None,
    };
    Ok(focus.map_or("/profile".to_owned(), |(id, key)| {
        format!("/profile?focus={id}.{key}#{id}.{key}")
    }))
}

/// The button that moves an entry or bullet on; the other one where it has come to the end.
fn button_left(resume: &Value, id: &str, pressed: &'static str) -> &'static str {
    let lists = SECTIONS.iter().flat_map(|section| {
        let entries = entries(resume, section);
        let bullets = entries.iter().map(|entry| {
            let ids = entry.bullets.iter().map(|bullet| bullet.id.clone());
            ids.collect::<Vec<_>>()
        });
        let mut lists: Vec<Vec<String>> = bullets.collect();
        lists.push(entries.into_iter().map(|entry| entry.id).collect());
        lists
    });
    let found = lists
        .into_iter()
        .find(|list| list.iter().any(|one| one == id));
    let list = found.unwrap_or_default();
    match pressed {
        "up" if list.first().is_some_and(|first| first == id) => "down",
        "down" if list.last().is_some_and(|last| last == id) => "up",
        pressed => pressed,
    }
}

/// The invented person.
pub(super) async fn sample(layout: Layout) -> Result<View<SamplePage>> {
    Ok(View(SamplePage {
        layout: layout.titled("A sample person"),
        preview: Preview::of(&sample_person()?),
    }))
}

/// Makes the invented person the profile, to be written over. It can be undone.
pub(super) async fn begin_with_sample(ctx: Ctx) -> Result<Redirect> {
    let result = profile_save(&ctx, sample_person()?, "The sample person").await;
    Redirect::after(
        result,
        "/profile",
        "This is the sample person. Write over it; undo brings back what was there.",
    )
}

//! A contact's page: what is known, conversations, promises, next touch; and its buttons.

use askama::Template;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::actions::{self, ContactDetail, EntryInput, PromiseInput};
use super::super::model::{ContactId, EntryId, MergeId, PromiseId, Touch};
use super::super::timeline::{Entry, EntryKind, OwedBy, Promise};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Redirect, View, access};

#[derive(Template)]
#[template(path = "contacts/pages/show.html")]
pub(super) struct ShowPage {
    layout: Layout,
    detail: ContactDetail,
    kinds: &'static [EntryKind],
    today: Date,
    /// Whether mail can be written here.
    writes_mail: bool,
}

impl ShowPage {
    fn is_mine(&self, promise: &Promise) -> bool {
        promise.owed_by == OwedBy::Me
    }

    fn is_due(&self, touch: &Touch) -> bool {
        touch.on <= self.today
    }

    fn is_late(&self, promise: &Promise) -> bool {
        promise.is_late(self.today)
    }

    /// An instant as the browser's field for times takes it, in UTC with its letter, which is understood in every zone.
    fn field_time(&self, entry: &Entry) -> String {
        let at = entry.happened_at.to_jiff();
        at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<ContactId>,
) -> Result<View<ShowPage>> {
    let detail = actions::contact_show(&ctx, id).await?;
    Ok(View(ShowPage {
        layout: layout.titled(detail.contact.name.clone()),
        kinds: &EntryKind::ALL,
        today: actions::today(&ctx).await?,
        writes_mail: access::find("GET", "/mail/new").is_some(),
        detail,
    }))
}

fn page(id: ContactId) -> String {
    format!("/contacts/{id}")
}

/// A conversation as typed; with `entry`, the correction of one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EntryForm {
    entry: Option<i64>,
    kind: String,
    at: String,
    text: String,
    /// Whether the entry is taken back.
    withdraw: Option<String>,
}

impl EntryForm {
    fn input(&self) -> EntryInput {
        EntryInput {
            kind: self.kind.clone(),
            at: self.at.clone(),
            text: self.text.clone(),
        }
    }
}

pub(super) async fn add_entry(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Form(form): Form<EntryForm>,
) -> Result<Redirect> {
    let done = actions::entry_add(&ctx, id, &form.input()).await;
    Redirect::after(done, &page(id), "It is in the log.")
}

pub(super) async fn correct_entry(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Form(form): Form<EntryForm>,
) -> Result<Redirect> {
    let input = form.input();
    let input = form.withdraw.is_none().then_some(&input);
    let entry = EntryId(form.entry.unwrap_or(0));
    let done = actions::entry_correct(&ctx, id, entry, input).await;
    Redirect::after(
        done,
        &page(id),
        "The entry is corrected; what it said before is kept.",
    )
}

/// A promise as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PromiseForm {
    owed_by: String,
    text: String,
    due_on: String,
}

pub(super) async fn add_promise(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Form(form): Form<PromiseForm>,
) -> Result<Redirect> {
    let input = PromiseInput {
        owed_by: form.owed_by,
        text: form.text,
        due_on: form.due_on,
    };
    let done = actions::promise_add(&ctx, id, &input).await;
    Redirect::after(done, &page(id), "The promise is noted.")
}

/// A next touch as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TouchForm {
    on: String,
    reason: String,
}

pub(super) async fn set_touch(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Form(form): Form<TouchForm>,
) -> Result<Redirect> {
    let done = actions::touch_set(&ctx, id, &form.on, &form.reason).await;
    let told = match &done {
        Ok(contact) if contact.next_touch.is_some() => "Today will remind you.",
        _ => "No day is set any more.",
    };
    Redirect::after(done, &page(id), told)
}

/// Which other contact is the same person.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MergeForm {
    other: String,
}

pub(super) async fn merge(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Form(form): Form<MergeForm>,
) -> Result<Redirect> {
    let typed = form.other.trim().rsplit('/').next().unwrap_or("");
    let other = ContactId(typed.parse().unwrap_or(id.0));
    let done = actions::contact_merge(&ctx, id, other).await;
    Redirect::after(
        done,
        &page(id),
        "The two are one contact now. It can be undone below.",
    )
}

pub(super) async fn merge_undo(ctx: Ctx, Path(id): Path<MergeId>) -> Result<Redirect> {
    let kept = actions::merge_undo(&ctx, id).await?;
    Ok(Redirect::to(page(kept)).with(Flash::ok("They are two contacts again.")))
}

pub(super) async fn promise_done(ctx: Ctx, Path(id): Path<PromiseId>) -> Result<Redirect> {
    let promise = actions::promise_done(&ctx, id, true).await?;
    Ok(Redirect::to(page(promise.contact)).with(Flash::ok("Kept.")))
}

pub(super) async fn promise_open(ctx: Ctx, Path(id): Path<PromiseId>) -> Result<Redirect> {
    let promise = actions::promise_done(&ctx, id, false).await?;
    Ok(Redirect::to(page(promise.contact)).with(Flash::ok("The promise is open again.")))
}

pub(super) async fn promise_remove(ctx: Ctx, Path(id): Path<PromiseId>) -> Result<Redirect> {
    let promise = actions::promise_remove(&ctx, id).await?;
    Ok(Redirect::to(page(promise.contact)).with(Flash::ok("The promise is removed.")))
}

pub(super) async fn remove(ctx: Ctx, Path(id): Path<ContactId>) -> Result<Redirect> {
    actions::contact_remove(&ctx, id).await?;
    Ok(Redirect::to(format!("/contacts?removed={id}")))
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<ContactId>) -> Result<Redirect> {
    actions::contact_restore(&ctx, id).await?;
    Ok(Redirect::to(page(id)).with(Flash::ok("The contact is back.")))
}

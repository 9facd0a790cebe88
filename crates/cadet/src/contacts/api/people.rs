//! People, conversations, promises, joinings and files for programs.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::super::actions::{self, ContactDetail, EntryInput, Imported, PromiseInput};
use super::super::input::ContactInput;
use super::super::model::{Contact, ContactId, EntryId, MergeId, PromiseId};
use super::super::timeline::Promise;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::paging::ListParams;
use crate::web::{Json, Page, Path, Query, Routes};

/// A contact as a program gives it; what is absent of a change stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ContactBody {
    /// The name.
    #[schema(example = "Mira Okafor")]
    name: Option<String>,
    /// Mail addresses, the preferred one first.
    mails: Option<Vec<String>>,
    /// Telephone numbers.
    phones: Option<Vec<String>>,
    /// Web addresses.
    links: Option<Vec<String>>,
    /// What they do.
    role: Option<String>,
    /// Where they work.
    company: Option<String>,
    /// Where they were met: event, community, alumni, referral, recruiter, work, school, online, other.
    met: Option<String>,
    /// More on that.
    met_note: Option<String>,
    /// Anything else.
    notes: Option<String>,
}

impl ContactBody {
    fn over(self, before: ContactInput) -> ContactInput {
        ContactInput {
            name: self.name.unwrap_or(before.name),
            mails: self.mails.unwrap_or(before.mails),
            phones: self.phones.unwrap_or(before.phones),
            links: self.links.unwrap_or(before.links),
            role: self.role.unwrap_or(before.role),
            company: self.company.unwrap_or(before.company),
            met: self.met.unwrap_or(before.met),
            met_note: self.met_note.unwrap_or(before.met_note),
            notes: self.notes.unwrap_or(before.notes),
        }
    }
}

/// Your contacts, by number.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "contacts", operation_id = "contactList", params(ListParams),
    responses((status = 200, description = "A page of contacts.", body = Page<Contact>)))]
async fn contact_list(ctx: Ctx, Query(params): Query<ListParams>) -> Result<Page<Contact>> {
    let limit = params.limit()?;
    let found = actions::contact_after(&ctx, params.after_id()?, u64::from(limit) + 1).await?;
    Ok(Page::cut(found, limit, |contact: &Contact| contact.id))
}

/// Write a person down.
#[utoipa::path(post, path = "/api/v1/contacts", tag = "contacts", operation_id = "contactAdd", request_body = ContactBody,
    responses((status = 201, description = "The contact.", body = Contact)))]
async fn contact_add(ctx: Ctx, Json(body): Json<ContactBody>) -> Result<Response> {
    let contact = actions::contact_add(&ctx, &body.over(ContactInput::default())).await?;
    Ok((StatusCode::CREATED, Json(contact)).into_response())
}

/// One of your contacts, with conversations, promises and events.
#[utoipa::path(get, path = "/api/v1/contacts/{id}", tag = "contacts", operation_id = "contactGet",
    params(("id" = ContactId, Path, description = "The contact's number.")),
    responses((status = 200, description = "The contact.", body = ContactDetail)))]
async fn contact_get(ctx: Ctx, Path(id): Path<ContactId>) -> Result<Json<ContactDetail>> {
    Ok(Json(actions::contact_show(&ctx, id).await?))
}

/// Change one of your contacts.
#[utoipa::path(patch, path = "/api/v1/contacts/{id}", tag = "contacts", operation_id = "contactUpdate", request_body = ContactBody,
    params(("id" = ContactId, Path, description = "The contact's number.")),
    responses((status = 200, description = "The changed contact.", body = Contact)))]
async fn contact_update(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Json(body): Json<ContactBody>,
) -> Result<Json<Contact>> {
    let before = actions::contact_get(&ctx, id).await?;
    let input = body.over(ContactInput::of(&before));
    Ok(Json(actions::contact_update(&ctx, id, &input).await?))
}

/// Remove one of your contacts.
#[utoipa::path(delete, path = "/api/v1/contacts/{id}", tag = "contacts", operation_id = "contactRemove",
    params(("id" = ContactId, Path, description = "The contact's number.")),
    responses((status = 204, description = "It is removed.")))]
async fn contact_remove(ctx: Ctx, Path(id): Path<ContactId>) -> Result<StatusCode> {
    actions::contact_remove(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A conversation.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct EntryBody {
    /// meeting, call, message, mail-out, mail-in or note.
    #[schema(example = "call")]
    kind: String,
    /// When; now if absent.
    #[schema(example = "2026-11-25T16:00:00Z")]
    at: String,
    /// What was said.
    #[schema(example = "Their team is hiring two interns for the summer.")]
    text: String,
    /// The entry that this one corrects.
    corrects: Option<EntryId>,
    /// Whether it takes that entry back; then nothing else is needed.
    withdraw: bool,
}

/// Add to the log of a contact, or correct an entry; what it said before stays in the log.
#[utoipa::path(post, path = "/api/v1/contacts/{id}/entries", tag = "contacts", operation_id = "contactEntryAdd", request_body = EntryBody,
    params(("id" = ContactId, Path, description = "The contact's number.")),
    responses((status = 200, description = "The contact with its log.", body = ContactDetail)))]
async fn entry_add(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Json(body): Json<EntryBody>,
) -> Result<Json<ContactDetail>> {
    let (kind, at, text) = (body.kind, body.at, body.text);
    let input = EntryInput { kind, at, text };
    let new = (!body.withdraw).then_some(&input);
    match body.corrects {
        Some(entry) => actions::entry_correct(&ctx, id, entry, new).await?,
        None => actions::entry_add(&ctx, id, &input).await.map(|_| ())?,
    }
    Ok(Json(actions::contact_show(&ctx, id).await?))
}

/// A promise.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct PromiseBody {
    /// me or them.
    #[schema(example = "me")]
    owed_by: String,
    /// What.
    #[schema(example = "Send the link to my project")]
    text: String,
    /// By when.
    #[schema(example = "2026-12-01")]
    due_on: String,
}

/// Note a promise.
#[utoipa::path(post, path = "/api/v1/contacts/{id}/promises", tag = "contacts", operation_id = "contactPromiseAdd", request_body = PromiseBody,
    params(("id" = ContactId, Path, description = "The contact's number.")),
    responses((status = 200, description = "The contact with its promises.", body = ContactDetail)))]
async fn promise_add(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Json(body): Json<PromiseBody>,
) -> Result<Json<ContactDetail>> {
    let (owed_by, text, due_on) = (body.owed_by, body.text, body.due_on);
    let input = PromiseInput {
        owed_by,
        text,
        due_on,
    };
    actions::promise_add(&ctx, id, &input).await?;
    Ok(Json(actions::contact_show(&ctx, id).await?))
}

/// Whether a promise was kept.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct PromisePatch {
    /// Whether it was kept.
    done: bool,
}

/// Note that a promise was kept, or that it was not.
#[utoipa::path(patch, path = "/api/v1/contacts/promises/{id}", tag = "contacts", operation_id = "contactPromiseUpdate", request_body = PromisePatch,
    params(("id" = PromiseId, Path, description = "The promise's number.")),
    responses((status = 200, description = "The promise as it was before.", body = Promise)))]
async fn promise_update(
    ctx: Ctx,
    Path(id): Path<PromiseId>,
    Json(patch): Json<PromisePatch>,
) -> Result<Json<Promise>> {
    Ok(Json(actions::promise_done(&ctx, id, patch.done).await?))
}

/// When to be in touch again.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct TouchBody {
    /// The day; empty: none.
    #[schema(example = "2026-12-01")]
    on: String,
    /// Why.
    reason: String,
}

/// Set the day of the next touch.
#[utoipa::path(put, path = "/api/v1/contacts/{id}/touch", tag = "contacts", operation_id = "contactTouchSet", request_body = TouchBody,
    params(("id" = ContactId, Path, description = "The contact's number.")),
    responses((status = 200, description = "The contact.", body = Contact)))]
async fn touch_set(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Json(body): Json<TouchBody>,
) -> Result<Json<Contact>> {
    let contact = actions::touch_set(&ctx, id, &body.on, &body.reason).await?;
    Ok(Json(contact))
}

/// Which other contact.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct MergeBody {
    /// The contact that goes into this one.
    other: i64,
}

/// A joining.
#[derive(Debug, Serialize, ToSchema)]
struct MergeAnswer {
    /// Its number, by which it can be undone.
    id: MergeId,
}

/// Join another contact into this one.
#[utoipa::path(post, path = "/api/v1/contacts/{id}/merge", tag = "contacts", operation_id = "contactMerge", request_body = MergeBody,
    params(("id" = ContactId, Path, description = "The number of the contact that stays.")),
    responses((status = 200, description = "The joining.", body = MergeAnswer)))]
async fn merge(
    ctx: Ctx,
    Path(id): Path<ContactId>,
    Json(body): Json<MergeBody>,
) -> Result<Json<MergeAnswer>> {
    let id = actions::contact_merge(&ctx, id, ContactId(body.other)).await?;
    Ok(Json(MergeAnswer { id }))
}

/// Undo a joining.
#[utoipa::path(delete, path = "/api/v1/contacts/merges/{id}", tag = "contacts", operation_id = "contactMergeUndo",
    params(("id" = MergeId, Path, description = "The joining's number.")),
    responses((status = 204, description = "They are two contacts again.")))]
async fn merge_undo(ctx: Ctx, Path(id): Path<MergeId>) -> Result<StatusCode> {
    actions::merge_undo(&ctx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A file of contacts.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ImportBody {
    /// What a vCard file or LinkedIn's Connections.csv holds.
    #[schema(example = "BEGIN:VCARD\nVERSION:4.0\nFN:Mira Okafor\nEND:VCARD\n")]
    text: String,
}

/// Import contacts. Whoever is there already is joined instead of doubled.
#[utoipa::path(post, path = "/api/v1/contacts/import", tag = "contacts", operation_id = "contactImport", request_body = ImportBody,
    responses((status = 200, description = "What was done.", body = Imported)))]
async fn import(ctx: Ctx, Json(body): Json<ImportBody>) -> Result<Json<Imported>> {
    Ok(Json(
        actions::contact_import(&ctx, body.text.as_bytes()).await?,
    ))
}

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(routes!(contact_list, contact_add))
        .api(routes!(contact_get, contact_update, contact_remove))
        .api(routes!(entry_add))
        .api(routes!(promise_add))
        .api(routes!(promise_update))
        .api(routes!(touch_set))
        .api(routes!(merge))
        .api(routes!(merge_undo))
        .api(routes!(import))
}

//! Contacts themselves: list, look, add, change, remove.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::input::{ContactInput, ContactParts};
use super::super::merging::Merge;
use super::super::model::{CareerEvent, Contact, ContactId, Met, Touch};
use super::super::store::people::{Beside, Filter, Sort};
use super::super::store::{companies, events, log, merges, people, promises};
use super::super::timeline::{Entry, Promise, as_it_counts};
use super::super::touch::{Known, suggest};
use super::super::vcard::lines_after;
use super::{day_in, time_zone};
use crate::error::{Error, Result};
use crate::postings::record::PostingSummary;
use crate::postings::store::read;
use crate::state::Ctx;

/// Contacts on a page of the list.
pub const ROWS: u64 = 100;
/// Postings shown with a contact.
const POSTINGS_SHOWN: u64 = 5;
/// Contacts of one account at most.
const CONTACTS_MOST: u64 = 100_000;

/// Which part of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactQuery {
    /// Words that all stand in it.
    pub words: String,
    /// A way of meeting, by name; empty: all.
    pub met: String,
    /// `name`, `company`, `next`, `last` or `added`; empty: by name.
    pub sort: String,
    /// The page, from 1.
    pub page: u64,
}

impl ContactQuery {
    fn filter(&self) -> Result<Filter> {
        let met = match self.met.as_str() {
            "" => None,
            name => Some(name.parse::<Met>()?.name().to_owned()),
        };
        let sort = match self.sort.as_str() {
            "" | "name" => Sort::Name,
            "company" => Sort::Company,
            "next" => Sort::NextTouch,
            "last" => Sort::LastTouch,
            "added" => Sort::Added,
            other => {
                return Err(Error::invalid_field(
                    "sort",
                    format!(
                        "Contacts cannot be sorted by \"{other}\". Use name, company, next, last or added."
                    ),
                ));
            }
        };
        Ok(Filter {
            words: self.words.clone(),
            met,
            company_key: None,
            sort,
        })
    }
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPage {
    /// The contacts.
    pub items: Vec<Contact>,
    /// How many the whole list has.
    pub total: u64,
    /// The page, from 1.
    pub page: u64,
    /// The last page.
    pub pages: u64,
}

/// A contact with everything around it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactDetail {
    /// The contact.
    #[serde(flatten)]
    pub contact: Contact,
    /// Conversations, the newest first.
    pub entries: Vec<Entry>,
    /// Promises, the newest first.
    pub promises: Vec<Promise>,
    /// Events at which they were or will be.
    pub events: Vec<CareerEvent>,
    /// When to be in touch again, if no day is set.
    pub suggestion: Option<Touch>,
    /// How many postings are open at their company.
    pub open_postings: u64,
    /// Some of these.
    pub postings: Vec<PostingSummary>,
    /// Others that went into this contact, which can be undone.
    #[serde(skip)]
    pub merges: Vec<Merge>,
}

/// A page of the caller's contacts.
///
/// # Errors
/// [`Error::Invalid`] for an unknown order or way of meeting; from the database.
pub async fn contact_list(ctx: &Ctx, query: &ContactQuery) -> Result<ContactPage> {
    let owner = ctx.owner()?;
    let filter = query.filter()?;
    let total = people::count(&ctx.db, owner, &filter).await?;
    let pages = total.div_ceil(ROWS).max(1);
    let page = query.page.clamp(1, pages);
    let skip = (page - 1) * ROWS;
    let items = people::list(&ctx.db, owner, &filter, skip, ROWS).await?;
    Ok(ContactPage {
        items,
        total,
        page,
        pages,
    })
}

/// Contacts with a number above `after`, by number.
///
/// # Errors
/// From the database.
pub async fn contact_after(ctx: &Ctx, after: i64, limit: u64) -> Result<Vec<Contact>> {
    people::after(&ctx.db, ctx.owner()?, after, limit).await
}

/// One contact.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn contact_get(ctx: &Ctx, id: ContactId) -> Result<Contact> {
    people::get(ctx.db.pool(), ctx.owner()?, id).await
}

/// Who has a mail address, if anybody.
///
/// # Errors
/// From the database.
pub async fn contact_by_mail(ctx: &Ctx, address: &str) -> Result<Option<Contact>> {
    let address = address.trim().to_lowercase();
    let owner = ctx.owner()?;
    if !address.contains('@') {
        return Ok(None);
    }
    let found = people::with_mail(&ctx.db, owner, &address).await?;
    Ok(found.into_iter().find(|one| one.mails.contains(&address)))
}

/// One contact with everything around it.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn contact_show(ctx: &Ctx, id: ContactId) -> Result<ContactDetail> {
    let owner = ctx.owner()?;
    let contact = contact_get(ctx, id).await?;
    let entries = as_it_counts(log::all(ctx.db.pool(), owner, id).await?);
    let promises = promises::of_contact(&ctx.db, owner, id).await?;
    let (open_postings, ids) =
        companies::open_postings(&ctx.db, &contact.company_key, POSTINGS_SHOWN).await?;
    let zone = time_zone(ctx).await?;
    let suggestion = suggest(&Known {
        name: contact.name.split(' ').next().unwrap_or(&contact.name),
        met: contact.met,
        added_on: day_in(&zone, contact.created_at),
        last_touch_on: contact.last_touch_at.map(|at| day_in(&zone, at)),
        promises: &promises,
        open_postings,
        today: day_in(&zone, ctx.now()),
    });
    let is_unset = contact.next_touch.is_none();
    Ok(ContactDetail {
        entries,
        promises,
        events: events::of_contact(&ctx.db, owner, id).await?,
        suggestion: suggestion.filter(|_| is_unset),
        open_postings,
        postings: read::summaries(&ctx.db, &ids).await?,
        merges: merges::of_contact(&ctx.db, owner, id).await?,
        contact,
    })
}

/// Writes a person down.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used; [`Error::Conflict`] when there are too many; from the database.
pub async fn contact_add(ctx: &Ctx, input: &ContactInput) -> Result<Contact> {
    let owner = ctx.owner()?;
    let parts = input.parse()?;
    let all = people::count(&ctx.db, owner, &Filter::default()).await?;
    if all >= CONTACTS_MOST {
        return Err(Error::Conflict(format!(
            "You have {CONTACTS_MOST} contacts, which is the most. Remove one first."
        )));
    }
    let beside = Beside {
        uid: new_uid(ctx),
        other: Vec::new(),
    };
    let transaction = ctx.db.begin().await?;
    let id = people::insert(&transaction, owner, ctx.now(), &parts, &beside).await?;
    transaction.commit().await?;
    contact_get(ctx, id).await
}

/// An identifier as vCards have it: 128 random bits as a UUID of version 4.
pub(super) fn new_uid(ctx: &Ctx) -> String {
    let mut bytes = [0_u8; 16];
    ctx.entropy.fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let groups = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    format!("urn:uuid:{}", groups.join("-"))
}

/// Changes a contact's fields.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for what cannot be used; from the database.
pub async fn contact_update(ctx: &Ctx, id: ContactId, input: &ContactInput) -> Result<Contact> {
    let owner = ctx.owner()?;
    people::get(ctx.db.pool(), owner, id).await?;
    let parts = input.parse()?;
    let transaction = ctx.db.begin().await?;
    let before = people::get(&transaction, owner, id).await?;
    let other = kept_lines(&before, &parts);
    people::update(&transaction, id, ctx.now(), &parts, &other).await?;
    transaction.commit().await?;
    contact_get(ctx, id).await
}

/// The lines of a vCard that still hold for the changed contact.
pub(super) fn kept_lines(before: &Contact, parts: &ContactParts) -> Vec<String> {
    lines_after(
        &before.other,
        before.name != parts.name,
        before.company != parts.company,
    )
}

/// Removes a contact; it can be brought back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn contact_remove(ctx: &Ctx, id: ContactId) -> Result<()> {
    set_removed(ctx, id, true).await
}

/// Brings a removed contact back.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn contact_restore(ctx: &Ctx, id: ContactId) -> Result<()> {
    set_removed(ctx, id, false).await
}

async fn set_removed(ctx: &Ctx, id: ContactId, remove: bool) -> Result<()> {
    let owner = ctx.owner()?;
    let transaction = ctx.db.begin().await?;
    let removed = remove.then(|| (ctx.now(), None));
    if !people::set_removed(&transaction, owner, id, removed).await? {
        return Err(Error::not_found("contact", id));
    }
    transaction.commit().await?;
    Ok(())
}

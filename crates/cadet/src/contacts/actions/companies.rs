//! Companies: who is known there, and what the person wrote of them.

use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

use super::super::input::CompanyInput;
use super::super::model::{Company, Contact};
use super::super::store::{companies, people};
use crate::error::{Error, Result};
use crate::postings::normalise::company::company_key;
use crate::postings::record::PostingSummary;
use crate::postings::store::read;
use crate::state::Ctx;

/// People of one company that are shown.
const PEOPLE_SHOWN: u64 = 200;
/// Postings shown with a company.
const POSTINGS_SHOWN: u64 = 20;

/// A company with everything around it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CompanyDetail {
    /// The company.
    #[serde(flatten)]
    pub company: Company,
    /// Who is known there.
    pub contacts: Vec<Contact>,
    /// How many postings are open there.
    pub open_postings: u64,
    /// Some of these, the last first seen first.
    pub postings: Vec<PostingSummary>,
}

/// Who is known at a company, by its name as it is written anywhere; those with whom one spoke last first.
///
/// # Errors
/// From the database.
pub async fn people_at(ctx: &Ctx, company: &str) -> Result<Vec<Contact>> {
    let key = company_key(company);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    people::at_company(&ctx.db, ctx.owner()?, &key, PEOPLE_SHOWN).await
}

/// Keys of the companies at which somebody is known.
///
/// # Errors
/// From the database.
pub async fn companies_known(ctx: &Ctx) -> Result<HashSet<String>> {
    companies::known_keys(&ctx.db, ctx.owner()?).await
}

/// Every company at which somebody is known or of which something was written.
///
/// # Errors
/// From the database.
pub async fn company_list(ctx: &Ctx) -> Result<Vec<Company>> {
    companies::list(&ctx.db, ctx.owner()?).await
}

/// One company, by its key or its name. One of which nothing is known is empty, so that notes can be begun.
///
/// # Errors
/// [`Error::NotFound`] for an empty name; from the database.
pub async fn company_show(ctx: &Ctx, name: &str) -> Result<CompanyDetail> {
    let owner = ctx.owner()?;
    let key = company_key(name);
    if key.is_empty() {
        return Err(Error::not_found("company", name));
    }
    let contacts = people::at_company(&ctx.db, owner, &key, PEOPLE_SHOWN).await?;
    let written = companies::find(&ctx.db, owner, &key).await?;
    let (open_postings, ids) = companies::open_postings(&ctx.db, &key, POSTINGS_SHOWN).await?;
    let postings = read::summaries(&ctx.db, &ids).await?;
    let shown = contacts.first().map(|contact| contact.company.clone());
    let shown = shown.or_else(|| postings.first().map(|posting| posting.company.clone()));
    let input = written.unwrap_or_else(|| CompanyInput {
        name: shown.unwrap_or_else(|| name.to_owned()),
        ..CompanyInput::default()
    });
    let company = Company {
        key,
        name: input.name,
        notes: input.notes,
        links: input.links,
        people: contacts.len() as u64,
    };
    Ok(CompanyDetail {
        company,
        contacts,
        open_postings,
        postings,
    })
}

/// Writes what the person says of a company.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used; from the database.
pub async fn company_save(ctx: &Ctx, name: &str, input: &CompanyInput) -> Result<String> {
    let owner = ctx.owner()?;
    let key = company_key(name);
    let input = input.parse()?;
    if key.is_empty() || company_key(&input.name) != key {
        return Err(Error::invalid_field(
            "name",
            "This is the name of another company. Change only how it is written.",
        ));
    }
    let transaction = ctx.db.begin().await?;
    companies::save(&transaction, owner, ctx.now(), &key, &input).await?;
    transaction.commit().await?;
    Ok(key)
}

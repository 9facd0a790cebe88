//! What one can do with the directory: choose employers, and add them as sources.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::embedded;
use super::model::{
    Chosen, Count, DirectoryQuery, Employer, Facets, Field, Filter, Listed, PAGE, Size,
};
use crate::error::{Error, Result};
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::sources::intake::actions::intake_start;
use crate::postings::sources::intake::model::{Intake, Origin, Wanted, first_reading_seconds};
use crate::postings::sources::model::SourceId;
use crate::postings::sources::store;
use crate::state::Ctx;

/// The fields of work that employers of the directory have.
#[must_use]
pub fn directory_fields() -> &'static [Field] {
    embedded::fields()
}

/// How many employers the directory has.
#[must_use]
pub fn directory_len() -> usize {
    embedded::employers().len()
}

/// The name under which the directory has a board, if it has it.
#[must_use]
pub fn directory_name(key: &str) -> Option<&'static str> {
    embedded::employers()
        .iter()
        .find(|employer| employer.board.key() == key)
        .map(|employer| employer.name.as_str())
}

/// Reads the filters of an address or of a form.
///
/// # Errors
/// [`Error::Invalid`] names what is not known.
pub fn directory_query<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<DirectoryQuery> {
    DirectoryQuery::parse(pairs, embedded::fields(), |code| {
        gazetteer().country_name(code).is_some()
    })
}

/// The employers that fit, one page of them, with what the choice can be narrowed by. Pages are numbered from 1.
///
/// # Errors
/// From the database.
pub async fn directory_choose(ctx: &Ctx, query: &DirectoryQuery) -> Result<Chosen> {
    let sources = known_sources(ctx).await?;
    let fitting = fitting(query);
    let addable: Vec<&&Employer> = fitting
        .iter()
        .filter(|employer| !sources.contains_key(&employer.board.key()))
        .collect();
    let kinds = addable.iter().map(|employer| employer.board.kind);
    Ok(Chosen {
        total: fitting.len(),
        addable: addable.len(),
        seconds: first_reading_seconds(kinds, ctx.config.work.concurrency),
        items: fitting
            .iter()
            .skip(query.page.saturating_sub(1).saturating_mul(PAGE))
            .take(PAGE)
            .map(|employer| Listed {
                key: employer.board.shorthand(),
                source: sources.get(&employer.board.key()).copied(),
                employer: (*employer).clone(),
            })
            .collect(),
        facets: facets(query),
    })
}

/// Every employer that fits, for lists that have no pages.
///
/// # Errors
/// From the database.
pub async fn directory_all(ctx: &Ctx, query: &DirectoryQuery) -> Result<Vec<Listed>> {
    let sources = known_sources(ctx).await?;
    let listed = fitting(query).into_iter().map(|employer| Listed {
        key: employer.board.shorthand(),
        source: sources.get(&employer.board.key()).copied(),
        employer: employer.clone(),
    });
    Ok(listed.collect())
}

/// Adds the employers that fit as sources. They are read one after the other in the background.
///
/// # Errors
/// [`Error::Invalid`] when none fits; [`Error::Forbidden`] for whoever may not; from the database.
pub async fn directory_add_fitting(ctx: &Ctx, query: &DirectoryQuery) -> Result<Intake> {
    let wanted: Vec<Wanted> = fitting(query).into_iter().map(wanted).collect();
    if wanted.is_empty() {
        return Err(Error::invalid(
            "No employer of the directory fits all of this. Leave out one of the filters.",
        ));
    }
    intake_start(ctx, Origin::Directory, wanted).await
}

/// Adds these employers, named by their keys (`greenhouse:northlight`), as sources.
///
/// # Errors
/// [`Error::Invalid`] for none, or one that the directory does not have; [`Error::Forbidden`] for whoever may not;
/// from the database.
pub async fn directory_add(ctx: &Ctx, keys: &[String]) -> Result<Intake> {
    if keys.is_empty() {
        return Err(Error::invalid_field(
            "employers",
            "Tick at least one employer first.",
        ));
    }
    let by_key: HashMap<String, &Employer> = embedded::employers()
        .iter()
        .map(|employer| (employer.board.shorthand(), employer))
        .collect();
    let wanted = keys.iter().map(|key| {
        by_key.get(key.as_str()).copied().map(wanted).ok_or_else(|| {
            let message = format!("The directory has no employer \"{}\". Take the key from the list, such as greenhouse:northlight.", key.chars().take(80).collect::<String>());
            Error::invalid_field("employers", message)
        })
    });
    intake_start(ctx, Origin::Directory, wanted.collect::<Result<_>>()?).await
}

fn wanted(employer: &Employer) -> Wanted {
    Wanted {
        address: employer.board.clone(),
        name: employer.name.clone(),
    }
}

/// The boards that are sources already.
async fn known_sources(ctx: &Ctx) -> Result<HashMap<String, SourceId>> {
    let sources = store::list(&ctx.db).await?;
    Ok(sources
        .into_iter()
        .map(|source| (source.address.key(), source.id))
        .collect())
}

fn fitting(query: &DirectoryQuery) -> Vec<&'static Employer> {
    embedded::employers()
        .iter()
        .filter(|employer| query.fits(employer, None))
        .collect()
}

/// What the choice can be narrowed or widened by: each filter counts as if it were empty and the others as they are. Every
/// value is among them, in an order that does not change with the choice, so that it stays where one looks for it.
fn facets(query: &DirectoryQuery) -> Facets {
    let mut facets = whole().clone();
    let mut counts: HashMap<(Filter, &str), usize> = HashMap::new();
    for employer in embedded::employers() {
        for filter in [Filter::Country, Filter::Size, Filter::Field] {
            if query.fits(employer, Some(filter)) {
                for value in filter.values(employer) {
                    *counts.entry((filter, value)).or_default() += 1;
                }
            }
        }
    }
    for (filter, values) in [
        (Filter::Country, &mut facets.country),
        (Filter::Size, &mut facets.size),
        (Filter::Field, &mut facets.field),
    ] {
        for one in values {
            let count = counts.get(&(filter, one.value.as_str()));
            one.count = count.copied().unwrap_or(0);
        }
    }
    facets
}

/// Every value of the filters with how many employers of the whole directory have it, the most frequent first; sizes as
/// they grow.
fn whole() -> &'static Facets {
    static WHOLE: OnceLock<Facets> = OnceLock::new();
    WHOLE.get_or_init(|| Facets {
        country: counted(Filter::Country),
        size: Size::ALL
            .into_iter()
            .map(|size| Count {
                value: size.name().to_owned(),
                count: 0,
            })
            .collect(),
        field: counted(Filter::Field),
    })
}

fn counted(filter: Filter) -> Vec<Count> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for value in embedded::employers()
        .iter()
        .flat_map(|employer| filter.values(employer))
    {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<Count> = counts
        .into_iter()
        .map(|(value, count)| Count {
            value: value.to_owned(),
            count,
        })
        .collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}

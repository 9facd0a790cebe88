//! Personio career sites: an XML document for each language.
//!
//! `GET https://{tenant}.jobs.personio.com/xml?language=en`; sites under `.de` have the address `de:{tenant}`. No paging and no
//! count. A language's document leaves out what is not written in that language, so several are read and joined by id.

use std::collections::HashMap;

use async_trait::async_trait;
use serde_json::{Value, json};
use url::Url;

use super::connector::{FetchContext, Parsed, Source, address_of, error, no_such_board};
use super::markup;
use super::model::{
    Fetched, RawDate, RawLocation, RawPosting, RawText, RecordProblem, SourceAddress, SourceError,
    SourceErrorKind, SourceKind,
};
use super::record::with_unique_ids;
use super::tenant::{Label, captured, filled};
use super::xml::{self, Node};
use crate::config::Endpoints;
use crate::fetch::{Accept, Request};

/// Languages asked for, the preferred first. Each is a call to a host that bars early.
const LANGUAGES: [&str; 4] = ["en", "de", "fr", "es"];

/// The connector.
pub struct Personio;

/// A site: its tenant, and under which of the two domains it is.
struct CareerSite {
    tenant: Label,
    german: bool,
}

impl CareerSite {
    fn parse(address: &str) -> Result<Self, SourceError> {
        let address = address.trim();
        let (german, tenant) = match address.split_once(':') {
            Some(("de", tenant)) => (true, tenant),
            Some(("com", tenant)) => (false, tenant),
            _ => (false, address),
        };
        Ok(Self {
            tenant: Label::parse(tenant)?,
            german,
        })
    }

    fn base(&self, endpoints: &Endpoints) -> String {
        let template = match self.german {
            true => &endpoints.personio_de,
            false => &endpoints.personio,
        };
        filled(template, &[("tenant", &self.tenant)])
    }
}

impl std::fmt::Display for CareerSite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let domain = if self.german { "de:" } else { "" };
        write!(f, "{domain}{}", self.tenant.as_str())
    }
}

#[async_trait]
impl Source for Personio {
    fn kind(&self) -> SourceKind {
        SourceKind::Personio
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        _validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let site = CareerSite::parse(&address.address)?;
        let base = site.base(&ctx.endpoints);
        let mut all = Fetched {
            complete: true,
            ..Fetched::default()
        };
        let mut at: HashMap<String, usize> = HashMap::new();
        let languages = if ctx.outlines_only {
            1
        } else {
            LANGUAGES.len()
        };
        for (index, language) in LANGUAGES.into_iter().take(languages).enumerate() {
            match read(ctx, &base, language, address).await {
                Ok((bytes, parsed)) => {
                    all.bytes += bytes;
                    all.complete &= parsed.whole;
                    all.name = all.name.or(parsed.name);
                    all.problems.extend(parsed.problems);
                    parsed
                        .postings
                        .into_iter()
                        .for_each(|posting| join(&mut all.postings, &mut at, posting));
                }
                Err(error) if index == 0 => return Err(error),
                // What is only written in this language is missing now.
                Err(error) => {
                    all.complete = false;
                    all.problems.push(RecordProblem {
                        at: format!("language {language}"),
                        message: error.message,
                    });
                    break;
                }
            }
        }
        Ok(all)
    }

    fn board_of(&self, url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
        let domains = [(false, &endpoints.personio), (true, &endpoints.personio_de)];
        domains.into_iter().find_map(|(german, template)| {
            let site = CareerSite {
                tenant: captured(url, template)?.tenant?,
                german,
            };
            Some(SourceAddress {
                kind: SourceKind::Personio,
                address: site.to_string(),
            })
        })
    }

    fn shorthand(&self, board: &str) -> Option<Result<String, SourceError>> {
        Some(CareerSite::parse(board).map(|site| site.to_string()))
    }
}

async fn read(
    ctx: &FetchContext,
    base: &str,
    language: &str,
    address: &SourceAddress,
) -> Result<(u64, Parsed), SourceError> {
    let url = address_of(base, &["xml"], &[("language", language)])?;
    // The feed is public and documented for programs to build career pages from.
    let request = Request::new(url, Accept::Xml).to_documented_api();
    let answer = ctx
        .client
        .get(&request)
        .await
        .map_err(|error| no_such_board(error.into(), "Personio", address))?;
    Ok((answer.bytes(), parse(&answer.text(), base)?))
}

/// Adds a posting of a further language. One that is known keeps its text; a text that was missing is taken over.
fn join(postings: &mut Vec<RawPosting>, at: &mut HashMap<String, usize>, new: RawPosting) {
    let Some(known) = at.get(&new.external_id).map(|index| &mut postings[*index]) else {
        at.insert(new.external_id.clone(), postings.len());
        postings.push(new);
        return;
    };
    if known.description.is_none() && new.description.is_some() {
        known.title = new.title;
        known.description = new.description;
    }
    for place in new.locations {
        if !known.locations.contains(&place) {
            known.locations.push(place);
        }
    }
}

/// Reads a site's document; `base` is the site's address.
///
/// # Errors
/// If it is no such document: a site may have its XML switched off, and then a page comes.
pub fn parse(body: &str, base: &str) -> Result<Parsed, SourceError> {
    let found = xml::records(body, "position");
    if found.root.as_deref() != Some("workzag-jobs") {
        let message = format!(
            "Personio site {base} gives no XML with positions: its owner has switched the feed off, or there is no such site. Add the employer's career page instead."
        );
        return Err(error(SourceErrorKind::Malformed, Some(base), message));
    }
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    if !found.whole {
        parsed.lose(
            "workzag-jobs".to_owned(),
            "the document breaks off, so positions may be missing",
        );
    }
    let mut postings: Vec<RawPosting> = Vec::with_capacity(found.records.len());
    let mut at = HashMap::new();
    for (index, position) in found.records.iter().enumerate() {
        match posting(position, base) {
            // The same position stands there twice when it was given two categories.
            Ok(posting) => join(&mut postings, &mut at, posting),
            Err(missing) => parsed.lose(format!("position[{index}]"), missing),
        }
    }
    parsed.name = postings.iter().find_map(|posting| posting.company.clone());
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    Ok(parsed)
}

fn posting(position: &Node, base: &str) -> Result<RawPosting, &'static str> {
    let id = position.text("id").ok_or("the position has no id")?;
    let title = position.text("name").ok_or("the position has no name")?;
    let url = address_of(base, &["job", &id], &[])
        .map(String::from)
        .unwrap_or_default();
    let employment: Vec<String> = ["employmenttype", "schedule"]
        .iter()
        .filter_map(|name| position.text(name))
        .collect();
    let also = [
        "recruitingcategory",
        "seniority",
        "yearsofexperience",
        "occupation",
        "occupationcategory",
        "keywords",
    ];
    let raw: serde_json::Map<String, Value> = also
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), json!(position.text(name)?))))
        .collect();
    Ok(RawPosting {
        url,
        external_id: id,
        title: markup::plain(&title),
        company: position.text("subcompany"),
        locations: places(position),
        description: description(position),
        employment_type: (!employment.is_empty()).then(|| employment.join(", ")),
        department: position.text("department"),
        posted: position.text("createdat").map(RawDate::Text),
        raw: raw.into(),
        ..RawPosting::default()
    })
}

fn places(position: &Node) -> Vec<RawLocation> {
    let further = position
        .all("additionaloffices")
        .flat_map(|offices| offices.all("office"));
    let mut places = Vec::new();
    for office in position.all("office").chain(further) {
        let place = office.value().map(|text| RawLocation {
            text: Some(text),
            ..RawLocation::default()
        });
        places.extend(place.filter(|place| !places.contains(place)));
    }
    places
}

/// Parts with a heading each; their HTML stands in CDATA.
fn description(position: &Node) -> Option<RawText> {
    let parts: Vec<String> = position
        .all("jobdescriptions")
        .flat_map(|all| all.all("jobdescription"))
        .filter_map(|part| {
            let text = part.text("value")?;
            let heading = part
                .text("name")
                .map(|name| format!("<h3>{}</h3>\n", markup::escape(&markup::plain(&name))));
            Some(heading.unwrap_or_default() + &text)
        })
        .collect();
    (!parts.is_empty()).then(|| RawText::Html(parts.join("\n")))
}

#[cfg(test)]
mod tests;

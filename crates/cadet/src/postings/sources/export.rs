//! Cadet's own export, one posting a line: so that postings move from one Cadet to another.
//!
//! What the exporting Cadet concluded is not taken over: the text is read again, by this version. What lists said in
//! fields that the text does not repeat (terms, sponsorship, that it is an internship) is handed on as such fields.

use async_trait::async_trait;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::connector::{FetchContext, Parsed, Source};
use super::document::{Document, file_path};
use super::model::{
    Fetched, Listing, RawDate, RawLocation, RawPay, RawPosting, RawText, SourceAddress,
    SourceError, SourceKind,
};
use crate::postings::index::term_label;
use crate::postings::model::{
    Dated, Employment, Facts, Location, Origin, Pay, PayPeriod, Sponsorship, Workplace,
};
use crate::postings::record::Status;

/// The connector.
pub struct Export;

#[async_trait]
impl Source for Export {
    fn kind(&self) -> SourceKind {
        SourceKind::Export
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let path = file_path(ctx, &address.address)?;
        let document = Document::read_file(ctx, &path, validators).await?;
        let mut fetched = Fetched::default();
        if !document.unchanged {
            fetched = parse(&document.text()).into_fetched();
        }
        fetched.name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let complete = fetched.complete;
        let mut sealed = document.seal(SourceKind::Export, fetched);
        sealed.validators = sealed.validators.filter(|_| complete || sealed.unchanged);
        Ok(sealed)
    }
}

/// Whether a text begins with a line of an export.
#[must_use]
pub fn is_export(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Head {
        #[serde(rename = "keys")]
        _keys: Vec<IgnoredAny>,
        #[serde(rename = "sightings")]
        _sightings: Vec<IgnoredAny>,
        #[serde(rename = "first_seen_at")]
        _first_seen_at: IgnoredAny,
    }
    text.trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .is_some_and(|line| serde_json::from_str::<Head>(line).is_ok())
}

/// Reads an export; lines that cannot be read are told with their number and lose nothing else.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed {
        whole: true,
        ..Parsed::default()
    };
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match posting(line) {
            Ok(posting) => parsed.postings.push(posting),
            Err(message) => parsed.lose(format!("line {}", index + 1), message),
        }
    }
    parsed
}

/// One line of an export, as the record of a source.
///
/// # Errors
/// If it is no posting; says what is wrong, and at which column.
pub fn posting(line: &str) -> Result<RawPosting, String> {
    let record: Record = serde_json::from_str(line.trim().trim_start_matches('\u{feff}'))
        .map_err(|error| format!("is no posting as `cadet export postings` writes it: {error}"))?;
    if record.title.trim().is_empty() && record.url.trim().is_empty() {
        return Err("has neither a title nor an address, so there is nothing to show".to_owned());
    }
    Ok(record.into_raw())
}

/// The keys under which the exporting Cadet knew a posting, so that whatever else told of it there is known here too.
/// Keys of texts are left out, since the text is read again.
pub fn known_keys(raw: &RawPosting) -> impl Iterator<Item = &str> {
    let keys = raw.raw["keys"].as_array().map_or(&[][..], Vec::as_slice);
    keys.iter()
        .filter_map(Value::as_str)
        .filter(|key| !key.starts_with("text:"))
}

/// The fields of an exported posting that are read again; all others follow from them.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: i64,
    title: String,
    #[serde(default)]
    company: String,
    url: String,
    #[serde(default)]
    apply_url: String,
    #[serde(default)]
    status: Option<Status>,
    #[serde(default)]
    locations: Vec<Location>,
    #[serde(default)]
    workplace: Option<Workplace>,
    #[serde(default)]
    employment: Option<Employment>,
    #[serde(default)]
    department: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    posted: Option<Dated>,
    #[serde(default)]
    updated: Option<Dated>,
    #[serde(default)]
    deadline: Option<Dated>,
    #[serde(default)]
    pay: Option<Pay>,
    #[serde(default)]
    description_html: String,
    #[serde(default)]
    description_text: String,
    #[serde(default)]
    facts: Facts,
    #[serde(default)]
    keys: Vec<String>,
}

impl Record {
    fn into_raw(self) -> RawPosting {
        let external_id = self.own_key();
        let description = match (self.description_html, self.description_text) {
            (html, _) if !html.trim().is_empty() => Some(RawText::Html(html)),
            (_, text) if !text.trim().is_empty() => Some(RawText::Plain(text)),
            _ => None,
        };
        RawPosting {
            raw: json!({ "exported_id": self.id, "keys": self.keys }),
            outline: false,
            external_id,
            apply_url: (!self.apply_url.is_empty() && self.apply_url != self.url)
                .then_some(self.apply_url),
            url: self.url,
            title: self.title,
            company: Some(self.company).filter(|name| !name.is_empty()),
            locations: self.locations.into_iter().map(raw_location).collect(),
            workplace: self.workplace.map(|place| workplace(place).to_owned()),
            description,
            pay: self.pay.map(raw_pay),
            employment_type: self.employment.map(|kind| employment(kind).to_owned()),
            department: self.department,
            terms: self
                .facts
                .terms
                .iter()
                .filter(|fact| fact.origin == Origin::Source)
                .map(|fact| term_label(&fact.value))
                .collect(),
            sponsorship: self
                .facts
                .sponsorship
                .filter(|fact| fact.origin == Origin::Source)
                .map(|fact| sponsorship(fact.value).to_owned()),
            requisition: None,
            posted: self.posted.map(raw_date),
            updated: self.updated.map(raw_date),
            deadline: self.deadline.map(raw_date),
            language: self.language,
            listing: match self.status {
                Some(Status::Closed) => Listing::Closed,
                Some(Status::Open) | None => Listing::Open,
            },
        }
    }

    /// The key that is surest to be the posting's own: a board's number before an address before a text.
    fn own_key(&self) -> String {
        let of = |fits: fn(&str) -> bool| self.keys.iter().find(|key| fits(key)).cloned();
        of(|key| {
            !["url:", "text:", "source:"]
                .iter()
                .any(|prefix| key.starts_with(prefix))
        })
        .or_else(|| of(|key| !key.starts_with("text:")))
        .or_else(|| of(|_| true))
        .unwrap_or_else(|| format!("export:{}", self.url))
    }
}

fn raw_location(place: Location) -> RawLocation {
    RawLocation {
        text: Some(place.text),
        city: place.city,
        region: place.region,
        country: place.country,
    }
}

fn raw_pay(pay: Pay) -> RawPay {
    let period = match pay.period {
        PayPeriod::Hour => "hour",
        PayPeriod::Day => "day",
        PayPeriod::Week => "week",
        PayPeriod::Month => "month",
        PayPeriod::Year => "year",
        PayPeriod::Once => "one-time",
    };
    RawPay {
        min: pay.min,
        max: pay.max,
        currency: Some(pay.currency),
        period: Some(period.to_owned()),
        text: None,
    }
}

/// A date as it was stated: a day, a time without a zone, or an instant.
fn raw_date(date: Dated) -> RawDate {
    let text = match (date.day_only, date.zone_known) {
        (true, _) => date.at.date_string(),
        (false, true) => date.at.to_string(),
        (false, false) => date.at.to_string().trim_end_matches('Z').to_owned(),
    };
    RawDate::Text(text)
}

const fn workplace(place: Workplace) -> &'static str {
    match place {
        Workplace::Remote => "remote",
        Workplace::Hybrid => "hybrid",
        Workplace::OnSite => "on-site",
    }
}

const fn employment(kind: Employment) -> &'static str {
    match kind {
        Employment::Internship => "Internship",
        Employment::Apprenticeship => "Apprenticeship",
        Employment::FullTime => "Full-time",
        Employment::PartTime => "Part-time",
        Employment::Contract => "Contract",
        Employment::Temporary => "Temporary",
    }
}

const fn sponsorship(sponsorship: Sponsorship) -> &'static str {
    match sponsorship {
        Sponsorship::Offered => "Offers Sponsorship",
        Sponsorship::NotOffered => "Does Not Offer Sponsorship",
        Sponsorship::CitizensOnly => "U.S. Citizenship is Required",
        Sponsorship::AuthorisationRequired => "Authorization to Work is Required",
    }
}

#[cfg(test)]
mod tests;

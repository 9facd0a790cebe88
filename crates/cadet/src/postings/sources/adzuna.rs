//! Adzuna: a search over the openings of many boards in one country, newest first.
//!
//! `GET {base}/v1/api/jobs/{country}/search/{page}?what=&results_per_page=50` with an application's id and key. The text is only an
//! excerpt, the title may mark the words that were found, and a salary may be a guess of Adzuna's. 25 calls a minute and 250 a
//! day are granted. The source's address is `country/words`: `de/backend internship`.

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::budget::{Allowance, DAY, MINUTE};
use super::connector::{FetchContext, Parsed, Source, address_of, error, not_json};
use super::markup;
use super::model::{
    Fetched, RawLocation, RawPay, RawPosting, RawText, SourceAddress, SourceError, SourceErrorKind,
    SourceKind,
};
use super::paged::{Page, Paged, read_pages};
use super::record::{date, first_text, items, number, scalar, text, web_address, without};
use crate::config::Endpoints;
use crate::fetch::{Accept, Credentials, Request, parse_json};

/// Results asked for at once; the interface gives no more.
const PER_PAGE: usize = 50;
/// Pages read in one poll. Newest first, so that what is new is among them.
const MAX_PAGES: usize = 5;
/// What a key is granted, less a fifth for calls that the client tries again.
const GRANTED: Allowance = Allowance {
    name: "Adzuna",
    spans: &[(20, MINUTE), (200, DAY)],
};
/// The countries that Adzuna knows, with the currency of their salaries.
const COUNTRIES: [(&str, &str); 19] = [
    ("at", "EUR"),
    ("au", "AUD"),
    ("be", "EUR"),
    ("br", "BRL"),
    ("ca", "CAD"),
    ("ch", "CHF"),
    ("de", "EUR"),
    ("es", "EUR"),
    ("fr", "EUR"),
    ("gb", "GBP"),
    ("in", "INR"),
    ("it", "EUR"),
    ("mx", "MXN"),
    ("nl", "EUR"),
    ("nz", "NZD"),
    ("pl", "PLN"),
    ("sg", "SGD"),
    ("us", "USD"),
    ("za", "ZAR"),
];

/// The connector.
pub struct Adzuna;

#[async_trait]
impl Source for Adzuna {
    fn kind(&self) -> SourceKind {
        SourceKind::Adzuna
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        _: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        let search = Search {
            ctx,
            question: Question::parse(&address.address)?,
            credentials: credentials(ctx)?,
        };
        let fetched = read_pages(ctx, &search, 1..=MAX_PAGES).await?;
        Ok(Fetched {
            name: Some(format!("Adzuna: {}", search.question)),
            ..fetched
        })
    }

    fn board_of(&self, url: &Url, _: &Endpoints) -> Option<SourceAddress> {
        let host = url.host_str()?.trim_start_matches("www.");
        let ending = host.strip_prefix("adzuna.")?;
        // `adzuna.co.uk`, `adzuna.com.au`, `adzuna.de`; `adzuna.com` is that of the United States.
        let country = match ending.rsplit('.').next()? {
            "com" => "us",
            "uk" => "gb",
            country => country,
        };
        let (_, words) = url
            .query_pairs()
            .find(|(key, _)| matches!(&**key, "q" | "what"))?;
        Some(SourceAddress {
            kind: SourceKind::Adzuna,
            address: Question::parse(&format!("{country}/{words}"))
                .ok()?
                .to_string(),
        })
    }

    fn shorthand(&self, words: &str) -> Option<Result<String, SourceError>> {
        Some(Question::parse(words).map(|question| question.to_string()))
    }
}

/// What is asked for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Question {
    country: &'static str,
    words: String,
}

impl Question {
    fn parse(text: &str) -> Result<Self, SourceError> {
        let refused = |message: String| error(SourceErrorKind::BadAddress, None, message);
        let (country, words) = text.split_once('/').unwrap_or((text, ""));
        let country = country.trim().to_ascii_lowercase();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() || words.len() > 200 || words.chars().any(char::is_control) {
            let message = "A search of Adzuna needs a country and words, such as adzuna:de/backend internship.";
            return Err(refused(message.to_owned()));
        }
        let Some((country, _)) = COUNTRIES.iter().find(|(known, _)| *known == country) else {
            let known: Vec<&str> = COUNTRIES.iter().map(|(country, _)| *country).collect();
            let message = format!(
                "Adzuna does not know the country \"{}\". It knows {}.",
                country.chars().take(20).collect::<String>(),
                known.join(", ")
            );
            return Err(refused(message));
        };
        Ok(Self { country, words })
    }

    fn currency(&self) -> &'static str {
        COUNTRIES
            .iter()
            .find(|(known, _)| *known == self.country)
            .map_or("USD", |(_, currency)| currency)
    }
}

impl std::fmt::Display for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.country, self.words)
    }
}

fn credentials(ctx: &FetchContext) -> Result<Credentials, SourceError> {
    let (Some(id), Some(key)) = (&ctx.keys.adzuna_app_id, &ctx.keys.adzuna_app_key) else {
        let message = "Adzuna answers only with a key. Register at developer.adzuna.com, then set keys.adzuna_app_id and keys.adzuna_app_key \
                       (CADET_KEYS__ADZUNA_APP_ID and CADET_KEYS__ADZUNA_APP_KEY).";
        return Err(error(SourceErrorKind::Denied, None, message));
    };
    Ok(Credentials::default()
        .in_query("app_id", &id.0)
        .in_query("app_key", &key.0))
}

struct Search<'a> {
    ctx: &'a FetchContext,
    question: Question,
    credentials: Credentials,
}

#[async_trait]
impl Paged for Search<'_> {
    async fn page(&self, number: usize) -> Result<Page, SourceError> {
        let ctx = self.ctx;
        let (page, results) = (number.to_string(), PER_PAGE.to_string());
        let path = ["v1", "api", "jobs", self.question.country, "search", &page];
        let query = [
            ("what", self.question.words.as_str()),
            ("results_per_page", &results),
            ("sort_by", "date"),
        ];
        let url = address_of(&ctx.endpoints.adzuna, &path, &query)?;
        ctx.budget.take(GRANTED, ctx.clock.now())?;
        // The interface is documented for programs that have a key.
        let request = Request::new(url, Accept::Json)
            .to_documented_api()
            .with(self.credentials.clone());
        let answer = ctx.client.get(&request).await;
        let answer = answer.map_err(|failed| refused(failed.into()))?;
        let (parsed, records, total) = parse_counted(&answer.text(), &self.question)?;
        Ok(Page {
            parsed,
            is_last: records < PER_PAGE,
            total,
            bytes: answer.bytes(),
        })
    }
}

/// Says of a refusal what it means here.
fn refused(failed: SourceError) -> SourceError {
    match failed.kind {
        SourceErrorKind::Denied => SourceError {
            message: "Adzuna refuses the key. Check keys.adzuna_app_id and keys.adzuna_app_key."
                .to_owned(),
            ..failed
        },
        _ => failed,
    }
}

/// Reads one page of the answer to `question`, which is written as a source's address.
///
/// # Errors
/// If it is not JSON, or holds no list of results, or the question makes no sense.
pub fn parse(body: &str, question: &str) -> Result<Parsed, SourceError> {
    Ok(parse_counted(body, &Question::parse(question)?)?.0)
}

/// Also tells how many records the page had, and how many results there are on all pages.
fn parse_counted(
    body: &str,
    question: &Question,
) -> Result<(Parsed, usize, Option<u64>), SourceError> {
    let answer = parse_json(body).map_err(|problem| not_json("Adzuna", &problem))?;
    let Some(results) = answer.get("results").and_then(Value::as_array) else {
        let message = "The answer of Adzuna holds no list \"results\".";
        return Err(error(SourceErrorKind::Malformed, None, message));
    };
    let total = answer.get("count").and_then(Value::as_u64);
    let parsed = Parsed::of_records(results, "results", |record| {
        posting(record, question.currency())
    });
    Ok((parsed, results.len(), total))
}

fn posting(record: &Value, currency: &str) -> Result<RawPosting, &'static str> {
    let id = text(record, "/id").ok_or("the result has no id")?;
    // The words that were found may stand in <strong>.
    let title = text(record, "/title")
        .map(|title| markup::plain(&title))
        .filter(|title| !title.is_empty())
        .ok_or("the result has no title")?;
    let employment = [
        first_text(record, &["/contract_type"]),
        text(record, "/contract_time"),
    ];
    Ok(RawPosting {
        external_id: id,
        url: page(record).ok_or("the result has no address")?,
        title,
        company: text(record, "/company/display_name").map(|name| markup::plain(&name)),
        locations: place(record).into_iter().collect(),
        description: text(record, "/description")
            .map(|text| RawText::Excerpt(markup::plain(&text))),
        pay: pay(record, currency),
        employment_type: employment
            .into_iter()
            .flatten()
            .reduce(|kind, time| format!("{kind}, {time}")),
        department: text(record, "/category/label"),
        posted: date(record, "/created"),
        raw: without(
            record,
            &["description", "redirect_url", "adref", "__CLASS__"],
        ),
        ..RawPosting::default()
    })
}

/// The address that leads on to the posting, without what differs from call to call.
fn page(record: &Value) -> Option<String> {
    let mut url = Url::parse(&web_address(text(record, "/redirect_url"))?).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
}

/// `area` goes from the country to the district; the last of at least three is the town.
fn place(record: &Value) -> Option<RawLocation> {
    let area: Vec<String> = items(record, "/location/area")
        .iter()
        .filter_map(scalar)
        .collect();
    let place = RawLocation {
        text: text(record, "/location/display_name"),
        country: area.first().cloned(),
        region: area.get(1).cloned(),
        city: area.get(2..).and_then(<[String]>::last).cloned(),
    };
    (place != RawLocation::default()).then_some(place)
}

/// The salary, a year's, unless it is Adzuna's guess.
fn pay(record: &Value, currency: &str) -> Option<RawPay> {
    let guessed = match record.get("salary_is_predicted") {
        Some(Value::Bool(guessed)) => *guessed,
        Some(value) => scalar(value).is_some_and(|value| value != "0" && value != "false"),
        None => false,
    };
    let (min, max) = (number(record, "/salary_min"), number(record, "/salary_max"));
    (!guessed && (min.is_some() || max.is_some())).then(|| RawPay {
        min,
        max,
        currency: Some(currency.to_owned()),
        period: Some("year".to_owned()),
        text: None,
    })
}

#[cfg(test)]
mod tests;

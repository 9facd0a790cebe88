//! The filters beside the list: groups of values with their counts, the chosen ones as chips, and addresses. Pure.

use super::words::{SourceNames, value_label};
use crate::postings::query::PostingQuery;
use crate::postings::record::Status;
use crate::postings::search::{FacetValue, PostingPage};

/// A filter with its values.
#[derive(Debug)]
pub(super) struct Group {
    pub name: &'static str,
    pub label: &'static str,
    /// Whether its values show without opening it.
    pub open: bool,
    pub options: Vec<FilterOption>,
}

/// A value that can be chosen.
#[derive(Debug)]
pub(super) struct FilterOption {
    /// Its element's id, which stays with the value wherever that stands in the list.
    pub id: String,
    pub value: String,
    pub label: String,
    pub count: u64,
    pub chosen: bool,
}

/// A chosen filter, and the address without it.
#[derive(Debug)]
pub(super) struct Chip {
    pub label: String,
    pub without: String,
}

/// The groups of values in order, and which of them are open from the start.
const GROUPS: [(&str, &str, bool); 11] = [
    ("backend", "Backend work", true),
    ("term", "Term", true),
    ("country", "Country", true),
    ("workplace", "Workplace", true),
    ("skill", "Skill", true),
    ("city", "City", false),
    ("company", "Company", false),
    ("start", "Begins", false),
    ("sponsorship", "Visa and right to work", false),
    ("language", "Language of the text", false),
    ("source", "Source", false),
];

/// Values of a group that is folded at first: the page stays light, and what is rarer is found by typing.
const FOLDED_VALUES: usize = 8;

/// The grades in the order in which they are shown.
const GRADES: [&str; 3] = ["explicit", "plausible", "no"];

/// The address of the list for a query. Open postings are what it shows unless told otherwise.
pub(super) fn address(query: &PostingQuery) -> String {
    let mut pairs = query.pairs();
    pairs.retain(|(name, value)| *name != "status" || value != "open");
    if query.status.is_none() {
        pairs.push(("status", "any".to_owned()));
    }
    if pairs.is_empty() {
        return "/postings".to_owned();
    }
    let text = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("/postings?{text}")
}

/// The address without one of its filters. The list goes back to open postings rather than to all.
pub(super) fn address_without(query: &PostingQuery, name: &str, value: &str) -> String {
    let mut wider = query.without(name, value);
    if name == "status" {
        wider.status = Some(Status::Open);
    }
    address(&wider)
}

/// All groups that have something to choose.
pub(super) fn groups(
    page: &PostingPage,
    query: &PostingQuery,
    sources: &SourceNames,
) -> Vec<Group> {
    let group = |(name, label, open): (&'static str, &'static str, bool)| {
        let chosen = query.list(name)?;
        let mut options: Vec<FilterOption> = page
            .facets
            .get(name)?
            .iter()
            .filter(|value| name != "start" || is_start(&value.value, chosen))
            .map(|value| option(name, value, chosen, sources))
            .enumerate()
            .filter(|(at, option)| open || *at < FOLDED_VALUES || option.chosen)
            .map(|(_, option)| option)
            .collect();
        if name == "backend" {
            options.sort_by_key(|option| GRADES.iter().position(|grade| *grade == option.value));
        }
        let open = open || !chosen.is_empty();
        (!options.is_empty()).then_some(Group {
            name,
            label,
            open,
            options,
        })
    };
    GROUPS.into_iter().filter_map(group).collect()
}

/// Months, and at once: the years and days that a search may name as well would only say the same twice.
fn is_start(value: &str, chosen: &[String]) -> bool {
    value == "now" || value.len() == "2027-06".len() || chosen.iter().any(|one| one == value)
}

fn option(
    name: &str,
    value: &FacetValue,
    chosen: &[String],
    sources: &SourceNames,
) -> FilterOption {
    FilterOption {
        id: format!("{name}-{}", value.value.replace(char::is_whitespace, "_")),
        label: value_label(name, &value.value, sources),
        count: value.count,
        chosen: chosen.contains(&value.value),
        value: value.value.clone(),
    }
}

/// The chosen filters. Words and order are shown in their own fields, and open postings are the rule.
pub(super) fn chips(query: &PostingQuery, sources: &SourceNames) -> Vec<Chip> {
    let mut chips: Vec<Chip> = query
        .pairs()
        .into_iter()
        .filter(|(name, value)| {
            !matches!(
                (*name, value.as_str()),
                ("q" | "sort", _) | ("status", "open")
            )
        })
        .map(|(name, value)| Chip {
            label: value_label(name, &value, sources),
            without: address_without(query, name, &value),
        })
        .collect();
    if query.status.is_none() {
        chips.push(Chip {
            label: "Open and closed".to_owned(),
            without: address_without(query, "status", ""),
        });
    }
    chips
}

/// How many there are with one value of a filter that has no list of its own.
pub(super) fn count(page: &PostingPage, name: &str, value: &str) -> u64 {
    let values = page.facets.get(name).map(Vec::as_slice).unwrap_or_default();
    values
        .iter()
        .find(|known| known.value == value)
        .map_or(0, |known| known.count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> PostingQuery {
        let mut query = PostingQuery::parse_str(text).unwrap();
        if !text.contains("status=") {
            query.status = Some(Status::Open);
        }
        query
    }

    #[test]
    fn an_address_says_nothing_that_goes_without_saying() {
        assert_eq!(address(&query("")), "/postings");
        assert_eq!(
            address(&query("status=open&country=DE")),
            "/postings?country=DE"
        );
        assert_eq!(address(&query("status=any")), "/postings?status=any");
        assert_eq!(
            address(&query("status=closed&q=a+b")),
            "/postings?q=a+b&status=closed"
        );
    }

    #[test]
    fn a_chip_leads_to_the_search_without_it() {
        let chips = chips(
            &query("q=java&country=DE&country=FR&status=any"),
            &SourceNames::default(),
        );
        let told: Vec<(&str, &str)> = chips
            .iter()
            .map(|chip| (chip.label.as_str(), chip.without.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("Germany", "/postings?q=java&country=FR&status=any"),
                ("France", "/postings?q=java&country=DE&status=any"),
                ("Open and closed", "/postings?q=java&country=DE&country=FR"),
            ]
        );
    }
}

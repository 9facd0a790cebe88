//! The RSS feed of a career site, with places in a namespace of Teamtailor's own (`tt:`).

use serde_json::json;

use super::number_in;
use crate::postings::sources::connector::{Parsed, error};
use crate::postings::sources::markup;
use crate::postings::sources::model::{
    RawDate, RawLocation, RawPosting, SourceError, SourceErrorKind,
};
use crate::postings::sources::record::{web_address, with_unique_ids};
use crate::postings::sources::xml::{self, Node};

/// Reads one page of the feed; `at` is its address.
///
/// # Errors
/// If it is no RSS feed.
pub fn parse(body: &str, at: &str) -> Result<Parsed, SourceError> {
    let found = xml::records(body, "item");
    if found.root.as_deref() != Some("rss") {
        let message = format!(
            "{at} is no RSS feed of a Teamtailor site. Check that the address is a career site of Teamtailor."
        );
        return Err(error(SourceErrorKind::Malformed, Some(at), message));
    }
    let mut parsed = Parsed {
        whole: found.whole,
        name: found.title,
        ..Parsed::default()
    };
    if !found.whole {
        parsed.note(
            "rss".to_owned(),
            "the feed breaks off, so postings may be missing",
        );
    }
    let mut postings = Vec::with_capacity(found.records.len());
    for (index, item) in found.records.iter().enumerate() {
        match posting(item) {
            Ok(posting) => postings.push(posting),
            Err(missing) => parsed.lose(format!("item[{index}]"), missing),
        }
    }
    parsed.postings = with_unique_ids(postings, &mut parsed.problems);
    Ok(parsed)
}

fn posting(item: &Node) -> Result<RawPosting, &'static str> {
    let url = web_address(item.text("link")).ok_or("the item has no link")?;
    let title = item.text("title").ok_or("the item has no title")?;
    Ok(RawPosting {
        external_id: number_in(&url)
            .or_else(|| item.text("guid"))
            .ok_or("the item has no id")?,
        url,
        title: markup::plain(&title),
        company: item.text("company_name"),
        locations: places(item),
        workplace: item
            .text("remotestatus")
            .and_then(|status| workplace(&status)),
        description: item
            .text("description")
            .and_then(|text| markup::description(&text)),
        department: item.text("department").or_else(|| item.text("role")),
        posted: item.text("pubdate").map(RawDate::Text),
        raw: json!({ "guid": item.text("guid"), "role": item.text("role"), "remoteStatus": item.text("remotestatus") }),
        ..RawPosting::default()
    })
}

/// `temporary` is work from home now and then; `none` says nothing that the place does not say.
fn workplace(status: &str) -> Option<String> {
    match status.to_ascii_lowercase().as_str() {
        "fully" | "fully-remote" | "remote" => Some("remote".to_owned()),
        "hybrid" | "temporary" => Some("hybrid".to_owned()),
        "none" => None,
        other => Some(other.to_owned()),
    }
}

fn places(item: &Node) -> Vec<RawLocation> {
    let mut places: Vec<RawLocation> = Vec::new();
    for node in item
        .all("locations")
        .flat_map(|locations| locations.all("location"))
        .chain(item.all("location"))
    {
        let city = node.text("city");
        let place = RawLocation {
            text: node.text("name").filter(|_| city.is_none()),
            city,
            region: None,
            country: node.text("country"),
        };
        if place != RawLocation::default() && !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

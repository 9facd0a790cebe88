//! What a posting's own call tells: its text, all its places, its dates. Pure.

use serde_json::Value;

use super::record::{place, requisition};
use crate::clock::Timestamp;
use crate::fetch::parse_json;
use crate::postings::sources::markup;
use crate::postings::sources::model::{Listing, RawLocation, RawPosting};
use crate::postings::sources::record::{date, items, scalar, text, web_address, without};

/// Puts what a posting's own call tells into it.
///
/// # Errors
/// If the answer is not what it should be.
pub fn merge(posting: &mut RawPosting, body: &str, now: Timestamp) -> Result<(), String> {
    let answer = parse_json(body).map_err(|problem| problem.to_string())?;
    let info = answer
        .get("jobPostingInfo")
        .filter(|info| info.is_object())
        .ok_or("the answer holds no \"jobPostingInfo\"")?;
    if let Some(title) = text(info, "/title") {
        posting.title = markup::plain(&title);
    }
    posting.description = text(info, "/jobDescription").and_then(|text| markup::description(&text));
    let places = places(info);
    if !places.is_empty() {
        posting.locations = places;
    }
    if let Some(id) = text(info, "/jobReqId") {
        posting.requisition = requisition(&id, &[]).or(posting.requisition.take());
    }
    if let Some(url) = web_address(text(info, "/externalUrl")) {
        posting.url = url;
    }
    // The day on which it was posted. One in the future is the day on which the work begins, or a mistake.
    let today = now.date_string();
    if text(info, "/startDate")
        .is_some_and(|day| day.get(..10).is_some_and(|day| day <= today.as_str()))
    {
        posting.posted = date(info, "/startDate");
    }
    posting.deadline = date(info, "/endDate");
    posting.workplace = text(info, "/remoteType").or(posting.workplace.take());
    posting.employment_type = text(info, "/timeType").or(posting.employment_type.take());
    if info.get("posted") == Some(&Value::Bool(false)) {
        posting.listing = Listing::Closed;
    }
    posting.raw = without(info, &["jobDescription", "postedOn", "timeLeftToApply"]);
    Ok(())
}

/// The main place and the further ones. The country is that of the main one.
fn places(info: &Value) -> Vec<RawLocation> {
    let country = [
        "/country/descriptor",
        "/jobRequisitionLocation/country/alpha2Code",
    ]
    .iter()
    .find_map(|pointer| text(info, pointer));
    let main = text(info, "/location")
        .and_then(place)
        .map(|main| RawLocation { country, ..main });
    let further = items(info, "/additionalLocations")
        .iter()
        .filter_map(scalar)
        .filter_map(place);
    let mut places: Vec<RawLocation> = Vec::new();
    for place in main.into_iter().chain(further) {
        if !places.iter().any(|known| known.text == place.text) {
            places.push(place);
        }
    }
    places
}

//! What a posting asks for, each with its sentence. Pure.
//!
//! Skills come from what was found in the posting when it was stored; this says of each how much the posting insists. Degree,
//! graduation and authorisation come from the posting's facts; years and clearance are read here.

mod conditions;
mod passages;
mod skills;
#[cfg(test)]
mod tests;

use super::model::Requirement;
use crate::postings::model::NormalPosting;

/// Requirements of one posting at most; a text that names more names everything.
pub const MOST: usize = 60;

/// What the posting asks for: musts first, in the order of the text.
#[must_use]
pub fn read(posting: &NormalPosting) -> Vec<Requirement> {
    let text = &posting.description_text;
    let passages = passages::passages(text);
    let mut found = skills::asked(posting, &passages);
    found.sort_by_key(|one| one.need);
    found.truncate(MOST);
    found.extend(conditions::years(text, &passages));
    found.extend(conditions::of_facts(posting));
    found.extend(conditions::clearance(text, &passages));
    found
}

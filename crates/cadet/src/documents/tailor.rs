//! Tailoring: which entries, bullets and wordings of a profile a resume shows for a posting, in which order, and why.
//!
//! Pure. It only selects, orders and applies wordings that the person approved: work, volunteering and education stay in the
//! order of their dates; bullets are ordered within their entry, skills within their group, projects among themselves. What the
//! person decided ([`Decisions`]) comes before every rule. The number of pages is aimed at, not forced.

mod length;
mod reasons;
mod score;
mod select;
mod sentences;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use resume::{EntryId, Resume};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use reasons::Reason;

use super::model::Sentence;
use crate::clock::Timestamp;
use crate::profile::model::Profile;
use crate::skills::SkillId;
use crate::skills::evidence::Evidence;

/// A skill that a posting asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct WantedSkill {
    /// Which.
    pub skill: SkillId,
    /// How much it counts, from 0 to 1: what must be there counts more than what would be nice.
    pub weight: f32,
}

/// What a resume is for. Empty: for no posting in particular.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Skills, the most wanted first.
    pub skills: Vec<WantedSkill>,
    /// Words of its title, in lower case.
    pub keywords: Vec<String>,
}

/// What the person decided about an entry or a bullet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Decision {
    /// `always` or `never`; none: the rules decide.
    pub show: Option<Show>,
    /// The place among its neighbours, 1 for the first.
    pub order: Option<i32>,
    /// The wording to use; ignored when it is no longer among the approved ones.
    pub wording: Option<String>,
}

/// Whether something is shown whatever the rules say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Show {
    /// In every document.
    Always,
    /// In none.
    Never,
}

/// All decisions, those for the posting before those for all.
pub type Decisions = BTreeMap<EntryId, Decision>;

/// What was chosen, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    /// The entry or bullet.
    #[schema(value_type = String)]
    pub id: EntryId,
    /// The entry that it belongs to; the same for an entry.
    #[schema(value_type = String)]
    pub entry: EntryId,
    /// What the entry is called by, or the wording used.
    pub text: String,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Which wording: 0 is the person's own, then the variants in order.
    pub wording: usize,
}

/// What was left out, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LeftOut {
    /// The entry or bullet.
    #[schema(value_type = String)]
    pub id: EntryId,
    /// The entry that it belongs to.
    #[schema(value_type = String)]
    pub entry: EntryId,
    /// What it is called by, or its own wording.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// How long the result is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Length {
    /// Lines, estimated.
    pub lines: usize,
    /// Lines that fit on the pages aimed at.
    pub most: usize,
}

impl Length {
    /// The length of a resume for so many pages.
    #[must_use]
    pub fn of(resume: &Resume, pages: u8) -> Self {
        Self {
            lines: length::lines(resume),
            most: length::most(pages),
        }
    }
}

/// A tailored resume.
#[derive(Clone, Debug, PartialEq)]
pub struct Tailored {
    /// The resume with what was chosen, in order.
    pub resume: Resume,
    /// What was chosen.
    pub chosen: Vec<Choice>,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// Every sentence with what it states.
    pub sentences: Vec<Sentence>,
    /// How long it is.
    pub length: Length,
}

/// Everything that tailoring looks at.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The evidence.
    pub evidence: &'a [Evidence],
    /// What is asked for.
    pub wanted: &'a Wanted,
    /// What the person decided.
    pub decisions: &'a Decisions,
    /// Pages aimed at, at least 1.
    pub pages: u8,
    /// The day of the document.
    pub today: Timestamp,
}

/// Makes a resume of a profile for what is wanted.
#[must_use]
pub fn tailor(ask: &Ask) -> Tailored {
    let scored = score::scored(ask);
    let selection = select::select(ask, &scored);
    let resume = select::resume_of(ask, &selection);
    let length = Length::of(&resume, ask.pages);
    let sentences = sentences::of(&resume, ask.evidence, &selection);
    Tailored {
        resume,
        chosen: selection.chosen,
        left_out: selection.left_out,
        sentences,
        length,
    }
}

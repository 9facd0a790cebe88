//! What a posting asks for, and how a person answers it. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::postings::model::{Degree, PostingId, Sponsorship};
use crate::skills::SkillId;
use crate::skills::evidence::Evidence;

/// How much a posting insists.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// It must be.
    Must,
    /// It would be welcome.
    Nice,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Asked {
    /// One of these skills; usually there is one.
    Skill {
        /// Ids of the skills.
        #[schema(value_type = Vec<String>)]
        any_of: Vec<SkillId>,
    },
    /// Years of work in the field.
    Years {
        /// At least so many.
        at_least: u8,
    },
    /// Studies, finished or under way.
    Degree {
        /// The lowest that is accepted.
        at_least: Degree,
    },
    /// Graduating between two months, `YYYY-MM`, both included.
    Graduation {
        /// From, if named.
        from: Option<String>,
        /// To, if named.
        to: Option<String>,
    },
    /// The right to work where the posting is.
    Authorisation {
        /// The countries, two letters each.
        countries: Vec<String>,
        /// What is said of sponsoring, if anything.
        said: Option<Sponsorship>,
    },
    /// A clearance by the state.
    Clearance,
    /// Being there.
    Place {
        /// The countries, two letters each.
        countries: Vec<String>,
        /// Whether it is remote work from these countries.
        remote: bool,
    },
}

/// One requirement of a posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Requirement {
    /// What is asked for.
    #[serde(flatten)]
    pub asked: Asked,
    /// How much the posting insists.
    pub need: Need,
    /// The posting's words, at most 240 characters; empty where it follows from its fields.
    pub sentence: String,
}

/// How a requirement is met.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Evidence proves it.
    Proven,
    /// The person says so.
    Claimed,
    /// Nothing says so.
    Gap,
    /// It is known not to be so, and nothing can be done about it in time.
    Knockout,
}

impl Standing {
    /// The name in the API and in classes of the style sheet.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Claimed => "claimed",
            Self::Gap => "gap",
            Self::Knockout => "knockout",
        }
    }

    /// The word that people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proven => "Proven",
            Self::Claimed => "Claimed",
            Self::Gap => "Gap",
            Self::Knockout => "Knockout",
        }
    }
}

/// A requirement with how the person meets it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Judged {
    /// What is asked for.
    #[serde(flatten)]
    pub requirement: Requirement,
    /// In a few words, as people read it: `PostgreSQL`, `Java or Kotlin`.
    pub label: String,
    /// How it is met.
    pub standing: Standing,
    /// What it adds to the score, of what it could, from 0 to 1.
    pub credit: f32,
    /// How much it weighs against the others.
    pub weight: f32,
    /// What the judgement rests on, in one sentence.
    pub because: String,
    /// What can be done about a gap.
    pub advice: Option<String>,
    /// The evidence beside it, the strongest first.
    pub evidence: Vec<Evidence>,
}

/// How a posting fits a person.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Match {
    /// The posting.
    pub posting: PostingId,
    /// From 0 to 1.
    pub score: f32,
    /// Whether something rules the person out.
    pub knocked_out: bool,
    /// How the score comes about, in sentences.
    pub reasons: Vec<String>,
    /// Every requirement, musts first.
    pub requirements: Vec<Judged>,
    /// Whether nothing is known of the person yet.
    pub blank: bool,
}

impl Match {
    /// How many requirements stand so.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        let all = self.requirements.iter();
        all.filter(|one| one.standing == standing).count()
    }
}

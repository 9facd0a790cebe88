//! What a piece of evidence is, and the rules that its fields obey. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::{SkillId, Taxonomy};
use crate::clock::Timestamp;
use crate::error::{Error, FieldProblem, Result};

/// Longest statement, in bytes.
const STATEMENT_LONGEST: usize = 600;
/// Longest link, in bytes.
const LINK_LONGEST: usize = 2_000;

/// The row id of a piece of evidence.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct EvidenceId(pub i64);

impl std::fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a piece of evidence comes from, the weakest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// The person says so.
    Statement,
    /// A course that the person took.
    Course,
    /// A page of public data that the person named.
    PublicPage,
    /// Paid or unpaid work, or a project, that the profile tells of.
    Work,
    /// A certificate that somebody else gave.
    Certificate,
    /// The person's own commits in a repository.
    Repository,
    /// An exercise that was run and judged.
    Exercise,
    /// A change that somebody else reviewed and merged.
    ChangeRequest,
}

impl EvidenceKind {
    /// Every kind, the weakest first.
    pub const ALL: [Self; 8] = [
        Self::Statement,
        Self::Course,
        Self::PublicPage,
        Self::Work,
        Self::Certificate,
        Self::Repository,
        Self::Exercise,
        Self::ChangeRequest,
    ];

    /// The name, as stored and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Course => "course",
            Self::PublicPage => "public-page",
            Self::Work => "work",
            Self::Certificate => "certificate",
            Self::Repository => "repository",
            Self::Exercise => "exercise",
            Self::ChangeRequest => "change-request",
        }
    }

    /// The kind as people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Statement => "Your statement",
            Self::Course => "Course",
            Self::PublicPage => "Public page",
            Self::Work => "Work or project",
            Self::Certificate => "Certificate",
            Self::Repository => "Your commits",
            Self::Exercise => "Exercise",
            Self::ChangeRequest => "Merged change",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvidencePiece)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The skill that it supports.
    #[schema(value_type = String)]
    pub skill: SkillId,
    /// Where it comes from.
    pub kind: EvidenceKind,
    /// How much it proves, from 0 to 1. From [`Evidence::PROVES`] on a skill counts as proven.
    pub strength: f32,
    /// When the thing happened that it tells of.
    pub at: Timestamp,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// What it is, in one sentence.
    pub statement: String,
    /// How anybody can check it again, in one sentence.
    pub check: String,
    /// Where it can be seen.
    pub link: Option<String>,
    /// The id of the profile's entry that it was read from, such as `work-2`.
    pub entry: Option<String>,
    /// The piece that this one replaces.
    pub supersedes: Option<EvidenceId>,
}

impl Evidence {
    /// The least strength at which a skill counts as proven rather than claimed.
    pub const PROVES: f32 = 0.5;

    /// How much several pieces prove together: the chance that not all of them fail, if each proves what it says. It grows with
    /// every piece, never beyond 1, and the order of the pieces makes no difference.
    #[must_use]
    pub fn together(strengths: impl IntoIterator<Item = f32>) -> f32 {
        let mut sorted: Vec<f32> = strengths
            .into_iter()
            .filter(|strength| strength.is_finite())
            .map(|strength| strength.clamp(0.0, 1.0))
            .collect();
        // A fixed order, since sums and products of floats depend on it.
        sorted.sort_by(f32::total_cmp);
        let missing: f64 = sorted
            .iter()
            .map(|strength| 1.0 - f64::from(*strength))
            .product();
        (1.0 - missing) as f32
    }
}

/// What a program needs to check a piece again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Proof {
    /// Commits in a repository on this machine.
    Repository {
        /// The folder at the time.
        path: String,
        /// The first commit of its history, which stays when folders move.
        root: Option<String>,
        /// The newest commit that was looked at.
        head: String,
        /// One of the person's commits.
        commit: String,
        /// The person's addresses.
        emails: Vec<String>,
    },
    /// Words of a public page or export, by the hash of the whole.
    Document {
        /// SHA-256 of what was read, in hex.
        sha256: String,
    },
}

/// A row of the ledger with what the program keeps beside it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Recorded {
    /// The piece.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// What it was read from: `statement`, `profile`, `repository:HASH`, `public:ADDRESS`.
    pub origin: String,
    /// What a program needs to check it again.
    pub proof: Option<Proof>,
    /// Whether it says that what it replaces no longer holds.
    pub withdrawn: bool,
    /// The newer row that replaces this one.
    pub superseded_by: Option<EvidenceId>,
}

impl Recorded {
    /// Whether it counts: not withdrawn, and nothing newer in its place.
    #[must_use]
    pub const fn is_current(&self) -> bool {
        !self.withdrawn && self.superseded_by.is_none()
    }
}

/// A piece to be written down.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvidence {
    /// The skill that it supports.
    pub skill: SkillId,
    /// Where it comes from.
    pub kind: EvidenceKind,
    /// From 0 to 1.
    pub strength: f32,
    /// When the thing happened.
    pub at: Timestamp,
    /// What it is, in one sentence.
    pub statement: String,
    /// How anybody can check it again.
    pub check: String,
    /// Where it can be seen.
    pub link: Option<String>,
    /// The profile's entry that it was read from.
    pub entry: Option<String>,
    /// What it was read from.
    pub origin: String,
    /// What a program needs to check it again.
    pub proof: Option<Proof>,
}

impl NewEvidence {
    /// What the person says of themselves: a claim and no proof.
    #[must_use]
    pub fn statement(skill: SkillId, statement: String, at: Timestamp) -> Self {
        Self {
            skill,
            kind: EvidenceKind::Statement,
            strength: STATEMENT_STRENGTH,
            at,
            statement,
            check: "Only you say so. A repository, a certificate or an exercise would prove it."
                .to_owned(),
            link: None,
            entry: None,
            origin: "statement".to_owned(),
            proof: None,
        }
    }

    /// The piece with everything checked.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all fields that cannot be used.
    pub fn checked(mut self) -> Result<Self> {
        self.statement = one_line(&self.statement);
        self.link = self
            .link
            .map(|link| link.trim().to_owned())
            .filter(|link| !link.is_empty());
        let mut fields = Vec::new();
        let mut problem = |field: &str, message: String| {
            fields.push(FieldProblem {
                field: field.to_owned(),
                message,
            });
        };
        if Taxonomy::bundled().get(&self.skill).is_none() {
            problem(
                "skill",
                format!(
                    "There is no skill {}. `cadet skills WORD` finds its id.",
                    self.skill
                ),
            );
        }
        if self.statement.is_empty() || self.statement.len() > STATEMENT_LONGEST {
            problem(
                "statement",
                format!(
                    "Say in one sentence what it is, in at most {STATEMENT_LONGEST} characters."
                ),
            );
        }
        if !(self.strength.is_finite() && (0.0..=1.0).contains(&self.strength)) {
            problem("strength", "A strength is from 0 to 1.".to_owned());
        }
        if self.link.as_deref().is_some_and(|link| !is_link(link)) {
            problem(
                "link",
                "This is no web address. Write it as https://example.org/page.".to_owned(),
            );
        }
        match fields.as_slice() {
            [] => Ok(self),
            [first, ..] => Err(Error::Invalid {
                message: first.message.clone(),
                fields,
            }),
        }
    }
}

/// How much a statement of the person proves: it is a claim.
const STATEMENT_STRENGTH: f32 = 0.2;

fn is_link(text: &str) -> bool {
    let parsed = url::Url::parse(text).ok();
    text.len() <= LINK_LONGEST
        && parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// A text without line breaks and other control characters, and without space at its ends.
fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_pieces_prove_more_than_each_and_never_beyond_one() {
        let one = Evidence::together([0.4]);
        let two = Evidence::together([0.4, 0.3]);
        assert!((one - 0.4).abs() < 1e-6);
        assert!((two - 0.58).abs() < 1e-6);
        assert!(Evidence::together([0.9; 50]) <= 1.0);
        assert!(Evidence::together([]).abs() < f32::EPSILON);
        assert!((Evidence::together([f32::NAN, 7.0]) - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn everything_that_is_wrong_with_a_piece_is_told_at_once() {
        let skill = SkillId::parse("no-such-skill-here").unwrap();
        let piece = NewEvidence {
            strength: 2.0,
            link: Some("javascript:alert(1)".into()),
            ..NewEvidence::statement(skill, " \n ".into(), Timestamp(0))
        };
        let Err(Error::Invalid { fields, .. }) = piece.checked() else {
            panic!("it is refused");
        };
        let names: Vec<&str> = fields.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(names, ["skill", "statement", "strength", "link"]);
    }

    #[test]
    fn a_statement_is_one_line_and_a_claim() {
        let skill = SkillId::parse("java").unwrap();
        let piece = NewEvidence::statement(skill, "I wrote\n a parser".into(), Timestamp(0));
        let piece = piece.checked().unwrap();
        assert_eq!(piece.statement, "I wrote a parser");
        assert!(piece.strength < Evidence::PROVES);
    }
}

//! What one can do with matches. Each acts for the caller.

use serde::Serialize;
use utoipa::ToSchema;

use super::advice::{advice, because, label};
use super::basis::Basis;
use super::compute::{account_match, basis_of, requirements_follow};
use super::derive::evidence_derive;
use super::gap::{self, Within};
use super::model::{Asked, Judged, Match, Requirement, Standing};
use super::needs::{self, Head, decode, encode, place_of};
use super::requirements;
use super::score::{Met, Score, UNIT, judge_all, role, sum};
use crate::error::{Error, Result};
use crate::postings::model::{BackendGrade, NormalPosting, PostingId};
use crate::postings::query::{PostingQuery, SortOrder};
use crate::postings::record::{PostingSummary, Status};
use crate::postings::search::{PostingPage, posting_search};
use crate::postings::store::read;
use crate::skills::evidence::{Evidence, evidence_of};
use crate::skills::{SkillId, Taxonomy};
use crate::state::Ctx;

/// Pieces of evidence shown beside a requirement.
const EVIDENCE_SHOWN: usize = 3;

/// How a posting fits the caller, requirement by requirement.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Unauthorised`] when nobody is signed in; from the database.
pub async fn match_of(ctx: &Ctx, id: PostingId) -> Result<Match> {
    let posting = read::one(&ctx.db, id).await?.posting;
    let basis = basis_of(ctx).await?;
    let evidence = evidence_of(ctx).await?;
    Ok(judged(id, &posting, &basis, &evidence))
}

/// The same without a database.
#[must_use]
pub fn judged(
    id: PostingId,
    posting: &NormalPosting,
    basis: &Basis,
    evidence: &[Evidence],
) -> Match {
    let asked = requirements::read(posting);
    let bytes = encode(posting, &asked);
    let (head, mets): (Head, Vec<Met>) = match decode(&bytes) {
        Some((head, items)) => (head, judge_all(items, basis).collect()),
        None => {
            let backend = BackendGrade::No;
            (
                Head {
                    backend,
                    internship: false,
                },
                Vec::new(),
            )
        }
    };
    let score = sum(head, mets.iter().copied());
    let judge = |(requirement, met): (Requirement, &Met)| judged_one(requirement, met, evidence);
    let requirements: Vec<Judged> = asked.into_iter().zip(&mets).map(judge).collect();
    Match {
        posting: id,
        score: f32::from(score.thousandths) / UNIT,
        knocked_out: score.knocked_out,
        reasons: reasons(head, score, &requirements),
        requirements,
        blank: basis.is_blank(),
    }
}

fn judged_one(requirement: Requirement, met: &Met, all: &[Evidence]) -> Judged {
    let evidence = beside(&requirement, met, all);
    Judged {
        label: label(&requirement.asked),
        standing: met.standing,
        credit: met.credit,
        weight: met.weight,
        because: because(&requirement, met, &evidence),
        advice: advice(&requirement, met),
        evidence: evidence.into_iter().take(EVIDENCE_SHOWN).collect(),
        requirement,
    }
}

/// The evidence of the skill that counts for a requirement, the strongest first.
fn beside(requirement: &Requirement, met: &Met, all: &[Evidence]) -> Vec<Evidence> {
    let super::score::Reason::Skill { place, through } = met.reason else {
        return Vec::new();
    };
    let Asked::Skill { any_of } = &requirement.asked else {
        return Vec::new();
    };
    let counts = |skill: &SkillId| {
        let at = place_of(skill);
        at == Some(place) || at.is_some() && at == through || any_of.contains(skill)
    };
    let mut found: Vec<Evidence> = all
        .iter()
        .filter(|one| counts(&one.skill))
        .cloned()
        .collect();
    found.sort_by(|one, other| {
        other
            .strength
            .total_cmp(&one.strength)
            .then(one.id.cmp(&other.id))
    });
    found
}

/// How the score comes about.
fn reasons(head: Head, score: Score, all: &[Judged]) -> Vec<String> {
    let count = |standing: Standing| all.iter().filter(|one| one.standing == standing).count();
    let skills = all
        .iter()
        .filter(|one| matches!(one.requirement.asked, Asked::Skill { .. }));
    let mut told = vec![match skills.count() {
        0 => {
            "The posting names no skills that could be compared, so its score stays low.".to_owned()
        }
        _ => format!(
            "Of {} requirements {} are proven, {} claimed and {} open.",
            all.len(),
            count(Standing::Proven),
            count(Standing::Claimed),
            count(Standing::Gap)
        ),
    }];
    let work = match (head.backend, head.internship) {
        (BackendGrade::Explicit, true) => {
            "It is a backend internship, so nothing is taken off.".to_owned()
        }
        (grade, internship) => format!(
            "It is {}{}, which leaves {:.0} % of the score.",
            match grade {
                BackendGrade::Explicit => "backend work",
                BackendGrade::Plausible => "possibly backend work",
                BackendGrade::No => "not backend work",
            },
            if internship {
                " and an internship"
            } else {
                " and no internship"
            },
            role(head) * 100.0
        ),
    };
    told.push(work);
    let knockouts = all.iter().filter(|one| one.standing == Standing::Knockout);
    told.extend(knockouts.map(|one| {
        format!(
            "{}: {} This rules it out, so a fifth of the score is left.",
            one.label, one.because
        )
    }));
    told.push(format!(
        "Score {:.0} of 100.",
        f32::from(score.thousandths) / 10.0
    ));
    told
}

/// The postings that fit the caller best, by the filters of a search.
///
/// # Errors
/// From the database and the index.
pub async fn match_best(ctx: &Ctx, query: PostingQuery) -> Result<PostingPage> {
    ctx.owner()?;
    let query = PostingQuery {
        sort: SortOrder::Fit,
        status: query.status.or(Some(Status::Open)),
        ..query
    };
    posting_search(ctx, &query).await
}

/// Brings all that matches are made of up to date, for a command that cannot wait for the background work.
///
/// # Errors
/// From the database.
pub async fn match_refresh(ctx: &Ctx) -> Result<()> {
    let owner = ctx.owner()?;
    requirements_follow(ctx).await?;
    evidence_derive(ctx).await?;
    account_match(ctx, owner).await
}

/// A skill to learn.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GapStep {
    /// The skill's id.
    #[schema(value_type = String)]
    pub skill: SkillId,
    /// How it is shown.
    pub name: String,
    /// How many postings it opens, together with the skills before it.
    pub opens: usize,
    /// How many more it brings nearer.
    pub nearer: usize,
    /// How many postings are open after this step.
    pub open_then: usize,
    /// The related skill that the person has, if there is one.
    pub related: Option<String>,
    /// Some of the postings that it opens.
    pub examples: Vec<PostingSummary>,
}

/// What stands between the caller and the postings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GapRecord {
    /// The country that was looked at; empty for all.
    pub country: String,
    /// Whether postings that are no backend internships were looked at too.
    pub everything: bool,
    /// How many open postings were looked at.
    pub postings: usize,
    /// How many of them have every skill that must be proven or claimed already.
    pub open: usize,
    /// How many something else rules out.
    pub ruled_out: usize,
    /// Which skills to learn, in this order.
    pub steps: Vec<GapStep>,
    /// Whether nothing is known of the person yet.
    pub blank: bool,
}

/// The fewest skills that would open the most postings to the caller.
///
/// # Errors
/// [`Error::Invalid`] for what is no country; from the database.
pub async fn gap_show(ctx: &Ctx, country: &str, everything: bool) -> Result<GapRecord> {
    let within = Within {
        country: parse_country(country)?,
        everything,
    };
    let basis = basis_of(ctx).await?;
    ctx.matching.refresh(ctx).await?;
    let (matching, known) = (ctx.matching.clone(), basis.clone());
    let work = move || gap::gap(&matching.read(), &known, within);
    let found = tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?;
    let mut open_then = found.open;
    let mut steps = Vec::with_capacity(found.steps.len());
    for step in found.steps {
        let Some(skill) = Taxonomy::bundled().skills().get(usize::from(step.skill)) else {
            continue;
        };
        open_then += step.opens;
        steps.push(GapStep {
            skill: skill.id.clone(),
            name: skill.name.clone(),
            opens: step.opens,
            nearer: step.nearer,
            open_then,
            related: related_to(&basis, step.skill),
            examples: read::summaries(&ctx.db, &step.examples).await?,
        });
    }
    Ok(GapRecord {
        country: country.trim().to_ascii_uppercase(),
        everything,
        postings: found.postings,
        open: found.open,
        ruled_out: found.ruled_out,
        steps,
        blank: basis.is_blank(),
    })
}

fn related_to(basis: &Basis, skill: u16) -> Option<String> {
    let through = basis.credit(skill).through?;
    let related = Taxonomy::bundled().skills().get(usize::from(through))?;
    Some(related.name.clone())
}

fn parse_country(text: &str) -> Result<Option<needs::Country>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let country = needs::country(text);
    let refused =
        || Error::invalid_field("country", "Write the country as two letters, such as DE.");
    country.map(Some).ok_or_else(refused)
}

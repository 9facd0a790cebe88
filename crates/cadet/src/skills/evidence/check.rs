//! Checking evidence again: what a program can check it does, and of the rest it says how a person can.

use std::path::Path;

use repository::{Author, Held, Verdict, holds};
use serde::Serialize;
use utoipa::ToSchema;

use super::actions::{evidence_recorded, evidence_show};
use super::model::{EvidenceId, Proof, Recorded};
use crate::error::{Error, Result};
use crate::state::Ctx;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It still holds.
    Holds,
    /// It no longer does.
    Fails,
    /// Only a person can check it.
    ByHand,
}

impl Outcome {
    /// The word that people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "no longer holds",
            Self::ByHand => "to be checked by hand",
        }
    }
}

/// A check of one piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = EvidenceChecked)]
pub struct Checked {
    /// The piece.
    pub id: EvidenceId,
    /// Its skill.
    pub skill: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What was found, in one sentence.
    pub detail: String,
}

/// Checks one piece of the caller's again.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn evidence_check(ctx: &Ctx, id: EvidenceId) -> Result<Checked> {
    check(ctx, evidence_show(ctx, id).await?).await
}

/// Checks everything of the caller's that counts.
///
/// # Errors
/// From the database.
pub async fn evidence_check_all(ctx: &Ctx) -> Result<Vec<Checked>> {
    let mut checked = Vec::new();
    for piece in evidence_recorded(ctx).await? {
        checked.push(check(ctx, piece).await?);
    }
    Ok(checked)
}

async fn check(ctx: &Ctx, row: Recorded) -> Result<Checked> {
    let by_hand = row.evidence.check.clone();
    let (outcome, detail) = match row.proof {
        _ if row.withdrawn => (Outcome::Fails, "It was withdrawn.".to_owned()),
        Some(Proof::Repository {
            path,
            commit,
            emails,
            ..
        }) if !ctx.config.server.multi_user => {
            let work = move || commit_held(&path, &commit, &emails);
            tokio::task::spawn_blocking(work)
                .await
                .map_err(Error::internal)?
        }
        _ => (Outcome::ByHand, by_hand),
    };
    Ok(Checked {
        id: row.evidence.id,
        skill: row.evidence.skill.to_string(),
        outcome,
        detail,
    })
}

fn commit_held(path: &str, commit: &str, emails: &[String]) -> (Outcome, String) {
    let short = commit.get(..10).unwrap_or(commit);
    match holds(Path::new(path), commit, &Author::new(emails)) {
        Ok(Verdict {
            held: Held::Yes,
            published,
        }) => {
            let remote = match published {
                Some(true) => ", and a branch of the remote has it",
                Some(false) => ", but no branch of the remote that this clone knows of has it",
                None => "",
            };
            (
                Outcome::Holds,
                format!("Commit {short} is in the history of {path}{remote}."),
            )
        }
        Ok(Verdict { held, .. }) => {
            let what = match held {
                Held::Unreachable => "is there, but the newest commit does not come after it",
                Held::OtherAuthor => "is there, and says another author",
                _ => "is not there any more",
            };
            (
                Outcome::Fails,
                format!("In {path}, commit {short} {what}. Scan the repository again."),
            )
        }
        Err(error) => (Outcome::Fails, format!("It cannot be checked: {error}.")),
    }
}

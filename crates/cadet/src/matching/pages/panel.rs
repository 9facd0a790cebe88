//! The section on a posting's page: each requirement with the posting's sentence, the evidence beside it, and what to do.

use askama::Template;
use async_trait::async_trait;

use super::super::actions::match_of;
use super::super::model::{Asked, Judged, Match, Need, Standing};
use crate::error::{Error, Result};
use crate::postings::panels::PostingPanel;
use crate::postings::record::PostingRecord;
use crate::state::Ctx;

/// Requirements shown before the rest is folded away.
const SHOWN: usize = 12;

/// Shows how a posting fits the reader.
#[derive(Clone, Copy, Debug)]
pub struct MatchPanel;

#[derive(Template)]
#[template(path = "matching/pages/panel.html")]
struct Section {
    found: Match,
    percent: u8,
    shown: Vec<Judged>,
    folded: Vec<Judged>,
}

impl Section {
    /// What rules the person out comes first, since nothing else matters then; then musts.
    fn of(found: Match) -> Self {
        let mut shown = found.requirements.clone();
        shown.sort_by_key(|one| (one.standing != Standing::Knockout, one.requirement.need));
        let folded = shown.split_off(shown.len().min(SHOWN));
        Self {
            percent: (found.score * 100.0).round() as u8,
            found,
            shown,
            folded,
        }
    }

    fn count(&self, standing: &str) -> usize {
        let all = self.found.requirements.iter();
        all.filter(|one| one.standing.name() == standing).count()
    }

    fn is_nice(&self, one: &Judged) -> bool {
        one.requirement.need == Need::Nice
    }

    fn skill(&self, one: &Judged) -> Option<String> {
        match &one.requirement.asked {
            Asked::Skill { any_of } if any_of.len() == 1 => any_of.first().map(ToString::to_string),
            _ => None,
        }
    }

    fn is_gap(&self, one: &Judged) -> bool {
        matches!(one.standing, Standing::Gap | Standing::Knockout)
    }
}

#[async_trait]
impl PostingPanel for MatchPanel {
    async fn section(&self, ctx: &Ctx, posting: &PostingRecord) -> Result<Option<String>> {
        if ctx.owner().is_err() {
            return Ok(None);
        }
        let found = match_of(ctx, posting.id).await?;
        if found.requirements.is_empty() && !found.blank {
            return Ok(None);
        }
        let section = Section::of(found);
        section.render().map(Some).map_err(Error::internal)
    }
}

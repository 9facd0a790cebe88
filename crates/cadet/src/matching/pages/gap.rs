//! `/gap`: the fewest skills that would open the most postings.

use askama::Template;

use super::super::actions::{GapRecord, gap_show};
use super::super::api::GapParams;
use crate::error::Result;
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::query::PostingQuery;
use crate::postings::record::Status;
use crate::postings::search::{FacetValue, posting_search};
use crate::state::Ctx;
use crate::web::{Layout, Query, View};

#[derive(Template)]
#[template(path = "matching/pages/gap.html")]
pub(super) struct GapPage {
    layout: Layout,
    gap: GapRecord,
    countries: Vec<Choice>,
}

/// A country that can be chosen.
struct Choice {
    code: String,
    label: String,
    chosen: bool,
}

impl GapPage {
    /// How many postings the skill opens that opens the most.
    fn most(&self) -> usize {
        let opens = self.gap.steps.iter().map(|step| step.opens);
        opens.max().unwrap_or(0).max(1)
    }

    fn place(&self) -> String {
        match self.gap.country.as_str() {
            "" => String::new(),
            code => format!(" in {}", name_of(code)),
        }
    }

    fn kind(&self) -> &'static str {
        if self.gap.everything {
            "open postings"
        } else {
            "open backend internships"
        }
    }

    fn search_for(&self, skill: &crate::skills::SkillId) -> String {
        let country = match self.gap.country.as_str() {
            "" => String::new(),
            code => format!("&country={code}"),
        };
        format!("/postings?skill={skill}{country}&sort=fit")
    }
}

fn name_of(code: &str) -> &str {
    gazetteer().country_name(code).unwrap_or(code)
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<GapParams>,
) -> Result<View<GapPage>> {
    let gap = gap_show(&ctx, &params.country, params.everything).await?;
    let countries = choices(counted(&ctx).await?, &gap.country);
    Ok(View(GapPage {
        layout: layout.titled("Gap"),
        gap,
        countries,
    }))
}

/// How many open postings each country has, those with the most first.
async fn counted(ctx: &Ctx) -> Result<Vec<FacetValue>> {
    let open = PostingQuery {
        status: Some(Status::Open),
        limit: 1,
        ..PostingQuery::default()
    };
    let mut page = posting_search(ctx, &open).await?;
    Ok(page.facets.remove("country").unwrap_or_default())
}

/// The countries to choose from, and the chosen one.
fn choices(counted: Vec<FacetValue>, chosen: &str) -> Vec<Choice> {
    let choice = |code: String| Choice {
        label: name_of(&code).to_owned(),
        chosen: code == chosen,
        code,
    };
    let codes = counted.into_iter().map(|value| value.value);
    let mut choices: Vec<Choice> = codes.map(choice).collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.chosen) {
        choices.push(choice(chosen.to_owned()));
    }
    choices
}

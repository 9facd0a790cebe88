//! `/gap`: the fewest skills that would open the most postings.

use askama::Template;

use super::super::actions::{GapRecord, gap_show};
use super::super::api::GapParams;
use crate::error::Result;
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::query::PostingQuery;
use crate::postings::record::Status;
use crate::postings::search::posting_search;
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
    let countries = countries(&ctx, &gap.country).await?;
    Ok(View(GapPage {
        layout: layout.titled("Gap"),
        gap,
        countries,
    }))
}

/// The countries of open postings, those with the most first, and the chosen one.
async fn countries(ctx: &Ctx, chosen: &str) -> Result<Vec<Choice>> {
    let open = PostingQuery {
        status: Some(Status::Open),
        limit: 1,
        ..PostingQuery::default()
    };
    let page = posting_search(ctx, &open).await?;
    let counted = page.facets.get("country").into_iter().flatten();
    let mut choices: Vec<Choice> = counted
        .map(|value| Choice {
            label: name_of(&value.value).to_owned(),
            chosen: value.value == chosen,
            code: value.value.clone(),
        })
        .collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.chosen) {
        choices.push(Choice {
            label: name_of(chosen).to_owned(),
            chosen: true,
            code: chosen.to_owned(),
        });
    }
    Ok(choices)
}

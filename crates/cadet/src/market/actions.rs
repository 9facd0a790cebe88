//! Asking the search index about the market.
//!
//! Some thirty counts are asked of the index, each a pass over its columns in memory. So nothing is kept beside it, a node needs
//! no warming up, and what is told is what a search would find.

use std::collections::BTreeMap;

use search::{FacetRequest, Filter, RangeBucket};

use super::model::{
    CountryDemand, MONTHS_BACK, Market, MarketQuery, Month, PayRange, SkillDemand, SkillTrend,
    TREND_MONTHS, months, pay_range, year,
};
use crate::error::Result;
use crate::postings::query::PostingQuery;
use crate::postings::search::{Overview, posting_overview, searching};
use crate::skills::Taxonomy;
use crate::state::Ctx;

/// Skills that are shown.
const SKILLS_SHOWN: usize = 20;
/// Skills of the trend.
const TRENDS_SHOWN: usize = 6;
/// Countries that are told apart.
const COUNTRIES_SHOWN: usize = 6;
/// Countries that can be chosen.
const COUNTRIES_COUNTED: usize = 40;
/// Skills of each country.
const SKILLS_OF_COUNTRY: usize = 5;
/// Currencies that are told apart.
const CURRENCIES_SHOWN: usize = 5;
/// Fewer postings than this say nothing of a range of pay.
const LEAST_OF_RANGE: u64 = 3;
/// Postings whose pay is looked at; more change the quartiles no more.
const PAY_LOOKED_AT: usize = 50_000;

/// What the market is like for the postings that are asked about.
///
/// # Errors
/// [`crate::error::Error::Invalid`] for a country that is no code; from the index.
pub async fn market_show(ctx: &Ctx, query: MarketQuery) -> Result<Market> {
    let query = query.checked()?;
    searching(ctx, move |ctx| market(ctx, query)).await
}

/// The countries of open postings of this kind, whatever country is asked for, the most frequent first.
///
/// # Errors
/// From the index.
pub async fn market_countries(ctx: &Ctx, query: &MarketQuery) -> Result<Vec<(String, u64)>> {
    let search = query.search(true);
    searching(ctx, move |ctx| {
        Counts { ctx }.values(&search, "country", COUNTRIES_COUNTED)
    })
    .await
}

fn market(ctx: &Ctx, query: MarketQuery) -> Result<Market> {
    let counts = Counts { ctx };
    let back = months(ctx.now(), MONTHS_BACK);
    let trend_months = &back[back.len().saturating_sub(TREND_MONTHS)..];
    let (open_query, all_query) = (query.search(true), query.search(false));
    let mut facets = counts.facets(
        &open_query,
        vec![
            values("skill", SKILLS_SHOWN),
            values("country", COUNTRIES_SHOWN),
        ],
    )?;
    let open = facets.total;
    let skills = demands(facets.take("skill"), open);
    let countries = facets.take("country");
    let mut over_time = counts.facets(
        &all_query,
        vec![
            ranges("seen", trend_months),
            ranges("posted", &back),
            ranges("closed", &back),
        ],
    )?;
    let figures = |values: Vec<(String, u64)>| -> Vec<u64> {
        values.into_iter().map(|(_, count)| count).collect()
    };
    let year = year(
        &back,
        &figures(over_time.take("posted")),
        &figures(over_time.take("closed")),
    );
    Ok(Market {
        open,
        all: over_time.total,
        trends: counts.trends(&all_query, &skills, trend_months)?,
        countries: counts.countries(&query, &countries)?,
        pay: counts.pay(&query, &countries)?,
        months: trend_months
            .iter()
            .map(|month| month.label.clone())
            .collect(),
        seen: figures(over_time.take("seen")),
        skills,
        year,
        query,
    })
}

/// Counts of the index by field, and how many postings they are of.
struct Facets {
    total: u64,
    counts: BTreeMap<String, Vec<(String, u64)>>,
}

impl Facets {
    fn take(&mut self, field: &str) -> Vec<(String, u64)> {
        self.counts.remove(field).unwrap_or_default()
    }
}

/// What asks the index.
struct Counts<'a> {
    ctx: &'a Ctx,
}

impl Counts<'_> {
    fn facets(&self, query: &PostingQuery, facets: Vec<FacetRequest>) -> Result<Facets> {
        let overview = Overview {
            facets,
            ..Overview::default()
        };
        let page = posting_overview(self.ctx, query, overview)?;
        Ok(Facets {
            total: page.total,
            counts: page.facets,
        })
    }

    fn values(
        &self,
        query: &PostingQuery,
        field: &str,
        limit: usize,
    ) -> Result<Vec<(String, u64)>> {
        Ok(self.facets(query, vec![values(field, limit)])?.take(field))
    }

    fn trends(
        &self,
        query: &PostingQuery,
        skills: &[SkillDemand],
        months: &[Month],
    ) -> Result<Vec<SkillTrend>> {
        skills
            .iter()
            .take(TRENDS_SHOWN)
            .map(|skill| {
                let of_skill = PostingQuery {
                    skill: vec![skill.skill.clone()],
                    ..query.clone()
                };
                let counted = self
                    .facets(&of_skill, vec![ranges("seen", months)])?
                    .take("seen");
                Ok(SkillTrend {
                    skill: skill.skill.clone(),
                    name: skill.name.clone(),
                    counts: counted.into_iter().map(|(_, count)| count).collect(),
                })
            })
            .collect()
    }

    fn countries(
        &self,
        query: &MarketQuery,
        countries: &[(String, u64)],
    ) -> Result<Vec<CountryDemand>> {
        countries
            .iter()
            .take(COUNTRIES_SHOWN)
            .map(|(country, count)| {
                let there = MarketQuery {
                    country: country.clone(),
                    ..query.clone()
                };
                let skills = self.values(&there.search(true), "skill", SKILLS_OF_COUNTRY)?;
                Ok(CountryDemand {
                    country: country.clone(),
                    count: *count,
                    skills: demands(skills, *count),
                })
            })
            .collect()
    }

    /// The currencies of all that is asked about, then the commonest one of each country.
    fn pay(&self, query: &MarketQuery, countries: &[(String, u64)]) -> Result<Vec<PayRange>> {
        let search = query.search(true);
        let mut ranges = Vec::new();
        for (currency, _) in self.values(&search, "currency", CURRENCIES_SHOWN)? {
            ranges.extend(self.pay_in(&search, None, &currency)?);
        }
        if !query.country.is_empty() {
            return Ok(ranges);
        }
        for (country, _) in countries.iter().take(COUNTRIES_SHOWN) {
            let there = MarketQuery {
                country: country.clone(),
                ..query.clone()
            };
            let there = there.search(true);
            for (currency, _) in self.values(&there, "currency", 1)? {
                ranges.extend(self.pay_in(&there, Some(country), &currency)?);
            }
        }
        Ok(ranges)
    }

    fn pay_in(
        &self,
        query: &PostingQuery,
        country: Option<&str>,
        currency: &str,
    ) -> Result<Option<PayRange>> {
        let overview = Overview {
            filters: vec![Filter::AnyOf {
                field: "currency".to_owned(),
                values: vec![currency.to_owned()],
            }],
            numbers: Some(("hourly", PAY_LOOKED_AT)),
            ..Overview::default()
        };
        let page = posting_overview(self.ctx, query, overview)?;
        let hourly: Vec<i64> = page.hits.iter().filter_map(|hit| hit.sort_value).collect();
        let range = pay_range(country, currency, &hourly);
        Ok(range.filter(|range| range.postings >= LEAST_OF_RANGE))
    }
}

fn values(field: &str, limit: usize) -> FacetRequest {
    FacetRequest::Values {
        field: field.to_owned(),
        limit,
    }
}

fn ranges(field: &str, months: &[Month]) -> FacetRequest {
    let ranges = months.iter().map(|month| RangeBucket {
        label: month.label.clone(),
        min: Some(month.from),
        max: Some(month.to),
    });
    FacetRequest::Ranges {
        field: field.to_owned(),
        ranges: ranges.collect(),
    }
}

fn demands(counted: Vec<(String, u64)>, of: u64) -> Vec<SkillDemand> {
    let taxonomy = Taxonomy::bundled();
    counted
        .into_iter()
        .map(|(skill, count)| SkillDemand {
            name: taxonomy.name_of(&skill).unwrap_or(&skill).to_owned(),
            share: count as f64 / of.max(1) as f64,
            count,
            skill,
        })
        .collect()
}

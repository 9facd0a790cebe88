//! `/market`: the charts with their tables.

use askama::Template;

use super::actions::{market_countries, market_show};
use super::chart::{self, Bar, Caption, Chart, Series};
use super::model::{
    BackendScope, InternshipScope, Market, MarketQuery, MonthOfYear, PayRange, SkillDemand,
};
use crate::error::Result;
use crate::postings::normalise::gazetteer::gazetteer;
use crate::state::Ctx;
use crate::web::{Layout, Query, Routes, View};

/// Skills drawn as bars.
const BARS: usize = 15;
/// Names of the months, in order.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[derive(Template)]
#[template(path = "market/market.html")]
struct MarketPage {
    layout: Layout,
    countries: Vec<Choice>,
    skills: Option<Chart>,
    trend: Option<Chart>,
    pay: Option<Chart>,
    year: Option<Chart>,
    market: Market,
}

/// A country that can be chosen.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

impl MarketPage {
    fn kind(&self) -> String {
        self.market.query.kind()
    }

    /// `212 open backend internships in Germany`.
    fn of_open(&self) -> String {
        format!("{} open {}{}", self.market.open, self.kind(), self.place())
    }

    fn of_all(&self) -> String {
        format!(
            "{} {}{}, open and closed",
            self.market.all,
            self.kind(),
            self.place()
        )
    }

    fn place(&self) -> String {
        let code = self.market.query.country.as_str();
        if code.is_empty() {
            String::new()
        } else {
            format!(" in {}", country(code))
        }
    }

    fn is_backend(&self, scope: &str) -> bool {
        let have = match self.market.query.backend {
            BackendScope::Yes => "yes",
            BackendScope::Maybe => "maybe",
            BackendScope::Any => "any",
        };
        have == scope
    }

    fn is_internship(&self, scope: &str) -> bool {
        let have = match self.market.query.internship {
            InternshipScope::Yes => "yes",
            InternshipScope::No => "no",
            InternshipScope::Any => "any",
        };
        have == scope
    }

    fn has_countries(&self) -> bool {
        self.market.query.country.is_empty() && !self.market.countries.is_empty()
    }

    fn with_pay(&self) -> u64 {
        let all = self
            .market
            .pay
            .iter()
            .filter(|range| range.country.is_none());
        all.map(|range| range.postings).sum()
    }

    fn country(&self, code: &str) -> String {
        country(code)
    }

    fn pay_place(&self, range: &PayRange) -> String {
        range.country.as_deref().map_or_else(
            || match self.market.query.country.as_str() {
                "" => "All countries".to_owned(),
                code => country(code),
            },
            country,
        )
    }

    fn month(&self, month: &MonthOfYear) -> &'static str {
        month_name(month.month)
    }

    fn percent(&self, share: &f64) -> String {
        percent(*share)
    }

    fn amount(&self, amount: &f64) -> String {
        format!("{amount:.2}")
    }

    fn at(&self, counts: &[u64], month: &usize) -> u64 {
        counts.get(*month).copied().unwrap_or(0)
    }
}

fn country(code: &str) -> String {
    gazetteer().country_name(code).unwrap_or(code).to_owned()
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn month_name(month: u8) -> &'static str {
    let at = usize::from(month).wrapping_sub(1);
    MONTHS.get(at).copied().unwrap_or_default()
}

async fn show(
    ctx: Ctx,
    layout: Layout,
    Query(query): Query<MarketQuery>,
) -> Result<View<MarketPage>> {
    let market = market_show(&ctx, query).await?;
    let countries = market_countries(&ctx, &market.query).await?;
    Ok(View(page(layout, market, countries)))
}

fn page(layout: Layout, market: Market, countries: Vec<(String, u64)>) -> MarketPage {
    let kind = market.query.kind();
    MarketPage {
        layout: layout.titled("Market"),
        countries: choices(countries, &market.query.country),
        skills: skills_chart(&market.skills, market.open, &kind),
        trend: trend_chart(&market),
        pay: pay_chart(&market.pay),
        year: year_chart(&market.year),
        market,
    }
}

fn choices(countries: Vec<(String, u64)>, chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = countries
        .into_iter()
        .map(|(code, count)| Choice {
            label: format!("{} ({count})", country(&code)),
            chosen: code == chosen,
            value: code,
        })
        .collect();
    if !chosen.is_empty() && !choices.iter().any(|choice| choice.chosen) {
        choices.push(Choice {
            label: format!("{} (0)", country(chosen)),
            chosen: true,
            value: chosen.to_owned(),
        });
    }
    choices
}

fn skills_chart(skills: &[SkillDemand], open: u64, kind: &str) -> Option<Chart> {
    let rows: Vec<Bar> = skills
        .iter()
        .take(BARS)
        .map(|skill| Bar {
            label: skill.name.clone(),
            from: 0.0,
            to: skill.count as f64,
            mark: None,
            figure: format!("{} ({})", skill.count, percent(skill.share)),
        })
        .collect();
    let first = skills.first()?;
    let description = format!(
        "{} is asked for most, by {} of {open} open {kind}.",
        first.name, first.count
    );
    let caption = Caption {
        id: "skills-chart",
        title: "Skills asked for",
        description: &description,
    };
    chart::bars(caption, &rows)
}

fn trend_chart(market: &Market) -> Option<Chart> {
    let labels: Vec<String> = market.months.iter().map(|month| short(month)).collect();
    let series: Vec<Series> = market
        .trends
        .iter()
        .map(|trend| Series {
            name: trend.name.clone(),
            values: trend.counts.iter().map(|count| *count as f64).collect(),
        })
        .collect();
    let names: Vec<&str> = market
        .trends
        .iter()
        .map(|trend| trend.name.as_str())
        .collect();
    let description = format!(
        "For each of the last {} months, how many of the postings first seen in it ask for {}.",
        labels.len(),
        names.join(", ")
    );
    let caption = Caption {
        id: "trend-chart",
        title: "Skills over time",
        description: &description,
    };
    chart::lines(caption, &labels, &series)
}

/// `2026-11` as `Nov`, and with its year in January.
fn short(month: &str) -> String {
    let (year, number) = month.split_once('-').unwrap_or((month, ""));
    match number.parse::<u8>() {
        Ok(1) => format!("Jan {}", year.get(2..).unwrap_or(year)),
        Ok(number) => month_name(number).to_owned(),
        Err(_) => month.to_owned(),
    }
}

/// One currency to a chart would be many charts; bars of several currencies beside each other would compare what cannot be
/// compared. So the chart is of the commonest currency, and the table has them all.
fn pay_chart(pay: &[PayRange]) -> Option<Chart> {
    let currency = &pay.first()?.currency;
    let rows: Vec<Bar> = pay
        .iter()
        .filter(|range| range.currency == *currency)
        .map(|range| Bar {
            label: range
                .country
                .as_deref()
                .map_or_else(|| "All".to_owned(), country),
            from: range.lower_quartile,
            to: range.upper_quartile,
            mark: Some(range.median),
            figure: format!("{:.0} to {:.0}", range.lower_quartile, range.upper_quartile),
        })
        .collect();
    let description = format!(
        "For each place, the middle half of what postings pay an hour in {currency}, and a mark at the median."
    );
    let title = format!("Pay an hour in {currency}");
    let caption = Caption {
        id: "pay-chart",
        title: &title,
        description: &description,
    };
    chart::bars(caption, &rows)
}

fn year_chart(year: &[MonthOfYear]) -> Option<Chart> {
    let labels: Vec<String> = year
        .iter()
        .map(|month| month_name(month.month).to_owned())
        .collect();
    let series = |name: &str, of: fn(&MonthOfYear) -> u64| Series {
        name: name.to_owned(),
        values: year.iter().map(|month| of(month) as f64).collect(),
    };
    let series = [
        series("Opened", |month| month.opened),
        series("Closed", |month| month.closed),
    ];
    let busiest = year.iter().max_by_key(|month| month.opened)?;
    let description = format!(
        "Two columns for each month of the year: postings that opened, and that closed. Most opened in {}.",
        month_name(busiest.month)
    );
    let caption = Caption {
        id: "year-chart",
        title: "Opening and closing in the year",
        description: &description,
    };
    chart::columns(caption, &labels, &series)
}

/// The page.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/market", show)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_short_and_january_names_its_year() {
        assert_eq!(short("2026-11"), "Nov");
        assert_eq!(short("2027-01"), "Jan 27");
    }

    #[test]
    fn pay_is_drawn_in_one_currency_alone() {
        let range = |country: Option<&str>, currency: &str| PayRange {
            country: country.map(str::to_owned),
            currency: currency.to_owned(),
            postings: 4,
            lowest: 10.0,
            lower_quartile: 12.0,
            median: 15.0,
            upper_quartile: 18.0,
            highest: 20.0,
        };
        let drawn = pay_chart(&[
            range(None, "EUR"),
            range(None, "USD"),
            range(Some("DE"), "EUR"),
            range(Some("US"), "USD"),
        ]);
        let svg = drawn.unwrap().to_string();
        assert!(svg.contains("Pay an hour in EUR") && svg.contains("Germany"));
        assert!(!svg.contains("United States"));
    }

    #[test]
    fn a_chosen_country_stays_choosable_without_postings() {
        let choices = choices(vec![("DE".into(), 3)], "NO");
        let told: Vec<(&str, bool)> = choices
            .iter()
            .map(|choice| (choice.label.as_str(), choice.chosen))
            .collect();
        assert_eq!(told, [("Germany (3)", false), ("Norway (0)", true)]);
    }
}

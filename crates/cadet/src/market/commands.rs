//! `cadet market`.

use clap::Args;

use super::actions::market_show;
use super::model::{BackendScope, InternshipScope, Market, MarketQuery, PayRange};
use crate::error::Result;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

/// `cadet market`.
#[derive(Debug, Args)]
pub struct MarketArgs {
    /// Only this country, two letters
    #[arg(
        long,
        value_name = "CODE",
        default_value = "",
        hide_default_value = true
    )]
    pub country: String,
    /// How sure it must be that it is backend work
    #[arg(long, value_enum, default_value_t)]
    pub backend: BackendScope,
    /// Internships or not
    #[arg(long, value_enum, default_value_t)]
    pub internship: InternshipScope,
}

/// Runs `cadet market`.
///
/// # Errors
/// From the index; when the output is closed.
pub async fn run(ctx: &Ctx, args: MarketArgs, out: &Terminal) -> Result<()> {
    ctx.index.catch_up(&ctx.db, &|_| {}).await?;
    let query = MarketQuery {
        country: args.country,
        backend: args.backend,
        internship: args.internship,
    };
    let market = market_show(ctx, query).await?;
    if out.wants_json() {
        return out.json(&market);
    }
    told(&market, out)
}

fn told(market: &Market, out: &Terminal) -> Result<()> {
    let kind = market.query.kind();
    if market.all == 0 {
        return out.line(format!(
            "There are no {kind} yet. `cadet source add ADDRESS` adds a source, `cadet sync` reads it."
        ));
    }
    out.line(format!(
        "{} open {kind}, {} with closed ones.\n",
        market.open, market.all
    ))?;
    skills(market, out)?;
    pay(market, out)?;
    year(market, out)
}

fn skills(market: &Market, out: &Terminal) -> Result<()> {
    let columns = [
        ("Skill", Align::Left),
        ("Postings", Align::Right),
        ("Share", Align::Right),
    ];
    let rows = market.skills.iter().map(|skill| {
        vec![
            skill.name.clone(),
            skill.count.to_string(),
            format!("{:.0} %", skill.share * 100.0),
        ]
    });
    out.table(&columns, rows.collect())
}

fn pay(market: &Market, out: &Terminal) -> Result<()> {
    if market.pay.is_empty() {
        return out.line("\nToo few of them state pay to tell a range.");
    }
    out.line("\nPay an hour, in each currency as stated; currencies are not converted:")?;
    let columns = [
        ("Country", Align::Left),
        ("Currency", Align::Left),
        ("Postings", Align::Right),
        ("Lower quarter", Align::Right),
        ("Median", Align::Right),
        ("Upper quarter", Align::Right),
    ];
    out.table(&columns, market.pay.iter().map(pay_row).collect())
}

fn pay_row(range: &PayRange) -> Vec<String> {
    vec![
        range.country.clone().unwrap_or_else(|| "all".to_owned()),
        range.currency.clone(),
        range.postings.to_string(),
        format!("{:.2}", range.lower_quartile),
        format!("{:.2}", range.median),
        format!("{:.2}", range.upper_quartile),
    ]
}

fn year(market: &Market, out: &Terminal) -> Result<()> {
    out.line("\nWhen postings of the last 24 months opened and closed:")?;
    let columns = [
        ("Month", Align::Right),
        ("Opened", Align::Right),
        ("Closed", Align::Right),
    ];
    let rows = market.year.iter().map(|month| {
        vec![
            month.month.to_string(),
            month.opened.to_string(),
            month.closed.to_string(),
        ]
    });
    out.table(&columns, rows.collect())
}

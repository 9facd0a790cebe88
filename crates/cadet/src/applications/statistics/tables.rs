//! Statistics as tables: CSV, and a page without names to share. Pure.

use std::fmt::Write as _;

use super::charts::{Named, charts, percent};
use super::model::Statistics;
use super::picture::svg;
use super::survival::Lasting;
use crate::error::{Error, Result};
use crate::market::chart::escape;

/// A table: what it is called, its columns, its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The name under which it can be had as a file.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// Tables that name nobody: no company, no source, no document.
#[must_use]
pub fn anonymous(told: &Statistics) -> Vec<Table> {
    vec![
        flows(told),
        funnel(told),
        lasting(told),
        weeks(told),
        scores(told),
    ]
}

/// All tables.
#[must_use]
pub fn tables(told: &Statistics) -> Vec<Table> {
    let mut all = anonymous(told);
    all.push(rates("sources", &told.answers.by_source));
    all.push(rates("documents", &told.answers.by_document));
    all
}

fn flows(told: &Statistics) -> Table {
    let label = |stage| {
        let node = told.flows.nodes.iter().find(|node| node.stage == stage);
        node.map_or_else(String::new, |node| node.label.clone())
    };
    Table {
        name: "flows",
        columns: vec!["from", "to", "applications"],
        rows: told
            .flows
            .links
            .iter()
            .map(|link| vec![label(link.from), label(link.to), link.count.to_string()])
            .collect(),
    }
}

fn funnel(told: &Statistics) -> Table {
    Table {
        name: "funnel",
        columns: vec!["stage", "reached", "percent_of_sent"],
        rows: told
            .funnel
            .iter()
            .map(|step| {
                let share = percent(step.reached, told.sent);
                vec![
                    step.label.clone(),
                    step.reached.to_string(),
                    format!("{share:.1}"),
                ]
            })
            .collect(),
    }
}

fn lasting(told: &Statistics) -> Table {
    let days = |days: Option<f64>| days.map_or_else(String::new, |days| format!("{days:.1}"));
    let row = |one: &Lasting| {
        vec![
            one.label.clone(),
            one.cases.to_string(),
            one.open.to_string(),
            days(one.median),
            days(one.median_low),
            days(one.median_high),
        ]
    };
    Table {
        name: "time",
        columns: vec![
            "stage",
            "cases",
            "still_open",
            "median_days",
            "median_low",
            "median_high",
        ],
        rows: told
            .lasting
            .iter()
            .chain([&told.until_answer])
            .map(row)
            .collect(),
    }
}

fn weeks(told: &Statistics) -> Table {
    Table {
        name: "weeks",
        columns: vec!["monday", "sent"],
        rows: told
            .weeks
            .weeks
            .iter()
            .map(|week| vec![week.monday.clone(), week.sent.to_string()])
            .collect(),
    }
}

fn scores(told: &Statistics) -> Table {
    rates("scores", &told.answers.by_score)
}

fn rates(name: &'static str, rates: &[super::answers::AnswerRate]) -> Table {
    Table {
        name,
        columns: vec![
            "of",
            "sent",
            "answered",
            "waiting",
            "percent",
            "percent_low",
            "percent_high",
        ],
        rows: rates
            .iter()
            .map(|one| {
                let share = |share: f64| format!("{:.1}", share * 100.0);
                vec![
                    one.label.clone(),
                    one.sent.to_string(),
                    one.answered.to_string(),
                    one.waiting.to_string(),
                    share(one.rate),
                    share(one.low),
                    share(one.high),
                ]
            })
            .collect(),
    }
}

/// A table as CSV.
///
/// # Errors
/// [`Error::Internal`] when it cannot be written.
pub fn csv(table: &Table) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(&table.columns)
        .map_err(Error::internal)?;
    for row in &table.rows {
        writer
            .write_record(row.iter().map(|cell| tame(cell)))
            .map_err(Error::internal)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|cause| Error::internal(cause.to_string()))?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// A cell that no spreadsheet takes for a formula.
#[must_use]
pub fn tame(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// A page that stands alone and names nobody: counts, charts and tables.
#[must_use]
pub fn share(told: &Statistics) -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Applications in numbers</title><style>body{font-family:system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#15212a}table{border-collapse:collapse}td,th{padding:.25rem .75rem;border-bottom:1px solid #dce2e5;text-align:left}svg{width:100%;height:auto}</style></head><body>\n<h1>Applications in numbers</h1>\n",
    );
    // Writing to a String cannot fail.
    let _ = writeln!(
        page,
        "<p>{} applications, {} sent, {} answered. Counted on {}. No company, no position and no place is in this file.</p>",
        told.total,
        told.sent,
        told.answered,
        told.at.date_string()
    );
    for Named { title, .. } in &charts(told) {
        let found = charts(told).into_iter().find(|one| one.title == *title);
        if let Some(chart) = found {
            let _ = writeln!(page, "<h2>{}</h2>\n{}", escape(title), svg(&chart));
        }
    }
    for table in anonymous(told)
        .iter()
        .filter(|table| !table.rows.is_empty())
    {
        let _ = write!(page, "<h2>{}</h2>\n<table><thead><tr>", escape(table.name));
        for column in &table.columns {
            let _ = write!(
                page,
                "<th scope=\"col\">{}</th>",
                escape(&column.replace('_', " "))
            );
        }
        page.push_str("</tr></thead><tbody>\n");
        for row in &table.rows {
            page.push_str("<tr>");
            for cell in row {
                let _ = write!(page, "<td>{}</td>", escape(cell));
            }
            page.push_str("</tr>\n");
        }
        page.push_str("</tbody></table>\n");
    }
    page.push_str("</body></html>\n");
    page
}

#[cfg(test)]
mod tests {
    use super::super::super::choices::Choices;
    use super::super::super::model::Stage;
    use super::super::model::testing::case;
    use super::super::model::{Case, statistics};
    use super::*;
    use crate::clock::Timestamp;

    fn told() -> Statistics {
        let cases = [Case {
            source: "Northlight's fair".into(),
            document: "resume 3".into(),
            ..case(&[(Stage::Applied, 0), (Stage::Screen, 4)])
        }];
        statistics(
            &cases,
            Timestamp(0).plus_days(12),
            "UTC",
            &Choices::default(),
        )
    }

    #[test]
    fn what_is_shared_names_nobody() {
        let page = share(&told());
        assert!(page.contains("1 applications, 1 sent, 1 answered"));
        assert!(!page.contains("Northlight") && !page.contains("resume 3"));
        let names = anonymous(&told())
            .iter()
            .map(|table| csv(table).unwrap())
            .collect::<String>();
        assert!(!names.contains("Northlight"));
        let all = tables(&told())
            .iter()
            .map(|table| csv(table).unwrap())
            .collect::<String>();
        assert!(all.contains("Northlight's fair,1,1,0,100.0"), "{all}");
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(tame("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(tame("-3.5"), "-3.5");
        assert_eq!(tame("+49 30 1"), "'+49 30 1");
    }
}

//! What the two SQL engines share: tables of facets, and one statement that finds, counts and ranks.

use anyhow::{Context, Result};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, Value};
use serde::Serialize;

use super::Answer;
use crate::generate::Generated;
use crate::queries::{Facet, Query};

/// Facets that are columns of the table `posting`; skills have a table of their own.
const COLUMNS: [Facet; 5] = [
    Facet::Company,
    Facet::Country,
    Facet::City,
    Facet::Workplace,
    Facet::Term,
];

/// A posting as rows are made of it.
#[derive(Serialize)]
pub struct Record<'a> {
    number: usize,
    title: &'a str,
    description: &'a str,
    company: &'a str,
    country: &'a str,
    city: &'a str,
    workplace: &'a str,
    term: &'a str,
    skills: &'a [&'static str],
    skill_text: String,
}

/// The postings as one JSON array, from which a single statement inserts them.
pub fn records(postings: &[Generated]) -> Result<String> {
    let record = |posting: &'_ Generated| {
        serde_json::to_value(Record {
            number: posting.number,
            title: &posting.raw.title,
            description: &posting.text,
            company: &posting.company,
            country: posting.country,
            city: posting.city,
            workplace: posting.workplace,
            term: posting.term,
            skills: &posting.skills,
            skill_text: posting.skills.join(" "),
        })
    };
    let records: Vec<serde_json::Value> = postings.iter().map(record).collect::<Result<_, _>>()?;
    Ok(serde_json::to_string(&records)?)
}

/// Runs `statements` one after the other.
pub async fn execute(database: &DatabaseConnection, statements: &[&str]) -> Result<()> {
    for statement in statements {
        database
            .execute_unprepared(statement)
            .await
            .with_context(|| format!("in: {statement}"))?;
    }
    Ok(())
}

/// Inserts `records` by `statement`, whose only parameter they are.
pub async fn insert(database: &DatabaseConnection, statement: &str, records: &str) -> Result<()> {
    let backend = database.get_database_backend();
    database
        .execute_raw(Statement::from_sql_and_values(
            backend,
            statement,
            [Value::from(records)],
        ))
        .await?;
    Ok(())
}

/// Finds, counts and ranks in one statement.
///
/// `hits` selects `id` and `score` (the lower, the better) of the postings whose text matches; its parameters are `values`.
pub async fn search(
    database: &DatabaseConnection,
    query: &Query,
    hits: &str,
    mut values: Vec<Value>,
) -> Result<Answer> {
    let backend = database.get_database_backend();
    let mut filters = String::from("1 = 1");
    for (facet, value) in &query.filters {
        values.push(Value::from(value.as_str()));
        let parameter = format!("${}", values.len());
        filters += &match facet {
            Facet::Skill => format!(
                " AND EXISTS (SELECT 1 FROM posting_skill s WHERE s.posting = posting.id AND s.skill = {parameter})"
            ),
            column => format!(" AND posting.{} = {parameter}", column.name()),
        };
    }
    let text = format!(
        "WITH hits AS MATERIALIZED ({hits}),
         chosen AS MATERIALIZED (SELECT posting.*, hits.score FROM hits JOIN posting ON posting.id = hits.id WHERE {filters})
         SELECT 'total' AS kind, '' AS value, count(*) AS n FROM chosen
         UNION ALL SELECT * FROM (SELECT 'best', CAST(id AS TEXT), 0 FROM chosen ORDER BY score LIMIT 20) best
         {}",
        facets()
    );
    let rows = database
        .query_all_raw(Statement::from_sql_and_values(backend, &text, values))
        .await?;
    let mut answer = Answer::default();
    for row in rows {
        let (kind, value): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let count = u64::try_from(row.try_get_by_index::<i64>(2)?)?;
        match kind.as_str() {
            "total" => answer.total = count,
            "best" => answer.best.push(value.parse()?),
            name => {
                let facet = Facet::ALL
                    .into_iter()
                    .find(|facet| facet.name() == name)
                    .context("an unknown facet")?;
                answer.facets.push((facet, value, count));
            }
        }
    }
    Ok(answer)
}

/// The ten most frequent values of each facet.
fn facets() -> String {
    let mut parts: Vec<String> = COLUMNS
        .iter()
        .map(|facet| top(facet.name(), "chosen", &format!("{} <> ''", facet.name())))
        .collect();
    parts.push(top(
        "skill",
        "chosen JOIN posting_skill ON posting_skill.posting = chosen.id",
        "1 = 1",
    ));
    parts.concat()
}

fn top(column: &str, from: &str, condition: &str) -> String {
    format!(
        " UNION ALL SELECT * FROM (SELECT '{column}', {column}, count(*) FROM {from} WHERE {condition}
          GROUP BY {column} ORDER BY 3 DESC, 2 LIMIT 10) by_{column}"
    )
}

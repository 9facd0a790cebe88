//! PostgreSQL's full text search, a `tsvector` under a GIN index, over the same corpus.

use anyhow::Result;
use async_trait::async_trait;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, Value};

use super::{Answer, Engine, sql};
use crate::generate::Generated;
use crate::queries::{Clause, Query};

/// Tables in the server's maintenance database, which the benchmark's server is for.
pub struct Postgres(DatabaseConnection);

impl Postgres {
    /// New tables on the server at `url`.
    pub async fn create(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let database = Database::connect(options).await?;
        let statements = [
            "DROP TABLE IF EXISTS posting_skill, posting, document",
            "CREATE TABLE posting (id bigint PRIMARY KEY, company text, country text, city text, workplace text, term text)",
            "CREATE TABLE posting_skill (posting bigint, skill text, PRIMARY KEY (posting, skill))",
            "CREATE TABLE document (id bigint PRIMARY KEY, words tsvector)",
        ];
        sql::execute(&database, &statements).await?;
        Ok(Self(database))
    }
}

#[async_trait]
impl Engine for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL tsvector"
    }

    async fn load(&mut self, postings: Vec<Generated>) -> Result<()> {
        let records = sql::records(&postings)?;
        let weighted = |field: &str, weight: char| {
            format!("setweight(to_tsvector('simple', {field}), '{weight}')")
        };
        let words = [
            ("title", 'A'),
            ("company", 'B'),
            ("skill_text", 'C'),
            ("description", 'D'),
        ];
        let words = words
            .map(|(field, weight)| weighted(field, weight))
            .join(" || ");
        let from = "FROM jsonb_to_recordset($1::jsonb) AS r (number bigint, title text, description text, company text,
            country text, city text, workplace text, term text, skills jsonb, skill_text text)";
        for statement in [
            format!(
                "INSERT INTO posting SELECT number, company, country, city, workplace, term {from}"
            ),
            format!("INSERT INTO document SELECT number, {words} {from}"),
            format!(
                "INSERT INTO posting_skill SELECT number, skill {from}, jsonb_array_elements_text(r.skills) AS skill"
            ),
        ] {
            sql::insert(&self.0, &statement, &records).await?;
        }
        Ok(())
    }

    async fn settle(&mut self) -> Result<()> {
        let statements = [
            "CREATE INDEX ON document USING gin (words)",
            "CREATE INDEX ON posting (country)",
            "CREATE INDEX ON posting (city)",
            "CREATE INDEX ON posting_skill (skill, posting)",
            "VACUUM ANALYZE",
        ];
        sql::execute(&self.0, &statements).await
    }

    async fn search(&self, query: &Query) -> Result<Answer> {
        if query.clauses.is_empty() {
            return sql::search(
                &self.0,
                query,
                "SELECT id, 0.0::real AS score FROM posting",
                Vec::new(),
            )
            .await;
        }
        let hits = "SELECT id, -ts_rank(words, asked) AS score
            FROM document, to_tsquery('simple', $1) AS asked WHERE words @@ asked";
        sql::search(&self.0, query, hits, vec![Value::from(expression(query))]).await
    }
}

/// The text in the language of `to_tsquery`.
fn expression(query: &Query) -> String {
    let parts = query.clauses.iter().map(|clause| match clause {
        Clause::Word(word) => format!("'{word}'"),
        Clause::Phrase(words) => {
            let words: Vec<String> = words.split(' ').map(|word| format!("'{word}'")).collect();
            format!("({})", words.join(" <-> "))
        }
        Clause::Prefix(start) => format!("'{start}':*"),
        Clause::Either(one, other) => format!("('{one}' | '{other}')"),
        Clause::Title(word) => format!("'{word}':A"),
        Clause::Not(word) => format!("!'{word}'"),
    });
    parts.collect::<Vec<_>>().join(" & ")
}

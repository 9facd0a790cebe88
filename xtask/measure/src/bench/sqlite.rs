//! SQLite's full text search, FTS5, over the same corpus.

use std::path::Path;

use anyhow::Result;
use async_trait::async_trait;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, Value};

use super::{Answer, Engine, sql};
use crate::generate::Generated;
use crate::queries::{Clause, Query};

/// A database file with an FTS5 table and the tables of facets.
pub struct Sqlite(DatabaseConnection);

impl Sqlite {
    /// A new database in `folder`.
    pub async fn create(folder: &Path) -> Result<Self> {
        let mut options = ConnectOptions::new(format!(
            "sqlite://{}?mode=rwc",
            folder.join("fts5.sqlite").display()
        ));
        options.max_connections(1).sqlx_logging(false);
        let database = Database::connect(options).await?;
        let statements = [
            "PRAGMA synchronous = OFF",
            "PRAGMA cache_size = -200000",
            "CREATE TABLE posting (id INTEGER PRIMARY KEY, company TEXT, country TEXT, city TEXT, workplace TEXT, term TEXT)",
            "CREATE TABLE posting_skill (posting INTEGER, skill TEXT, PRIMARY KEY (posting, skill)) WITHOUT ROWID",
            "CREATE VIRTUAL TABLE document USING fts5 (title, company, description, skills, content = '')",
        ];
        sql::execute(&database, &statements).await?;
        Ok(Self(database))
    }
}

#[async_trait]
impl Engine for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite FTS5"
    }

    async fn load(&mut self, postings: Vec<Generated>) -> Result<()> {
        let records = sql::records(&postings)?;
        let value = |name: &str| format!("value ->> '{name}'");
        let columns = ["number", "company", "country", "city", "workplace", "term"]
            .map(value)
            .join(", ");
        let fields = ["number", "title", "company", "description", "skill_text"]
            .map(value)
            .join(", ");
        for statement in [
            format!("INSERT INTO posting SELECT {columns} FROM json_each($1)"),
            format!(
                "INSERT INTO document (rowid, title, company, description, skills) SELECT {fields} FROM json_each($1)"
            ),
            "INSERT INTO posting_skill SELECT p.value ->> 'number', s.value
             FROM json_each($1) p, json_each(p.value, '$.skills') s"
                .to_owned(),
        ] {
            sql::insert(&self.0, &statement, &records).await?;
        }
        Ok(())
    }

    async fn settle(&mut self) -> Result<()> {
        let statements = [
            "INSERT INTO document (document) VALUES ('optimize')",
            "CREATE INDEX posting_country ON posting (country)",
            "CREATE INDEX posting_city ON posting (city)",
            "CREATE INDEX posting_by_skill ON posting_skill (skill, posting)",
            "ANALYZE",
        ];
        sql::execute(&self.0, &statements).await
    }

    async fn search(&self, query: &Query) -> Result<Answer> {
        if query.clauses.is_empty() {
            return sql::search(
                &self.0,
                query,
                "SELECT id, 0.0 AS score FROM posting",
                Vec::new(),
            )
            .await;
        }
        let hits = "SELECT rowid AS id, bm25(document, 4.0, 2.0, 1.0, 2.0) AS score FROM document WHERE document MATCH $1";
        sql::search(&self.0, query, hits, vec![Value::from(expression(query))]).await
    }
}

/// The text in FTS5's language.
fn expression(query: &Query) -> String {
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    for clause in &query.clauses {
        match clause {
            Clause::Word(words) | Clause::Phrase(words) => wanted.push(format!("\"{words}\"")),
            Clause::Prefix(start) => wanted.push(format!("\"{start}\"*")),
            Clause::Either(one, other) => wanted.push(format!("(\"{one}\" OR \"{other}\")")),
            Clause::Title(word) => wanted.push(format!("(title : \"{word}\")")),
            Clause::Not(word) => unwanted.push(format!(" NOT \"{word}\"")),
        }
    }
    format!("({}){}", wanted.join(" AND "), unwanted.concat())
}

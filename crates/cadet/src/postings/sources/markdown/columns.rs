//! Which column of a table holds what, by its name.

use super::tables::{Cell, Table};
use crate::postings::normalise::text::fold_words;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Company,
    Role,
    Place,
    Link,
    Date,
    Age,
    Deadline,
    Pay,
    Term,
    Workplace,
    Notes,
    Status,
    Sponsorship,
    Nothing,
}

/// The columns of a table of postings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    meanings: Vec<Meaning>,
    /// Rows at the beginning that name the columns.
    pub(super) header_rows: usize,
}

impl Columns {
    /// The columns of a table, if it is one of postings: it has a column for the company and one for the role or a link.
    pub(super) fn of(table: &Table) -> Option<Self> {
        let head = table.rows.first()?;
        let mut meanings: Vec<Meaning> = head.iter().map(|cell| meaning(&cell.text)).collect();
        // `Name` may be the company's, where no other column is.
        if !meanings.contains(&Meaning::Company)
            && let Some(at) = head
                .iter()
                .position(|cell| fold_words(&cell.text).trim() == "name")
        {
            meanings[at] = Meaning::Company;
        }
        // Lists without a column for roles tell them among the notes.
        if !meanings.contains(&Meaning::Role)
            && let Some(at) = meanings.iter().position(|one| *one == Meaning::Notes)
        {
            meanings[at] = Meaning::Role;
        }
        let has = |meaning: Meaning| meanings.contains(&meaning);
        let is_list = has(Meaning::Company) && (has(Meaning::Role) || has(Meaning::Link));
        is_list.then_some(Self {
            meanings,
            header_rows: 1,
        })
    }

    /// The first cell of a row that holds something.
    pub(super) fn cell<'a>(&self, cells: &'a [Cell], wanted: Meaning) -> Option<&'a Cell> {
        let at = self
            .meanings
            .iter()
            .position(|meaning| *meaning == wanted)?;
        cells.get(at)
    }

    /// The cells of a row with what each holds.
    pub(super) fn each<'a>(
        &'a self,
        cells: &'a [Cell],
    ) -> impl Iterator<Item = (Meaning, &'a Cell)> {
        self.meanings.iter().copied().zip(cells)
    }
}

/// Names of columns, in the languages that lists are kept in. The first row of which a name holds a word counts, so that
/// `Application Deadline` is a deadline and `Date Posted` a date.
#[rustfmt::skip]
const NAMES: [(Meaning, &[&str]); 13] = [
    (Meaning::Nothing, &["size", "industry", "logo", "number", "type"]),
    (Meaning::Deadline, &["deadline", "closes", "closing", "due", "frist", "bewerbungsschluss", "prazo"]),
    (Meaning::Age, &["age", "days"]),
    (Meaning::Date, &["date", "posted", "added", "updated", "opened", "datum", "data", "fecha"]),
    (Meaning::Sponsorship, &["sponsorship", "visa", "citizenship", "authorization"]),
    (Meaning::Status, &["status", "state"]),
    (Meaning::Link, &["application", "apply", "link", "links", "url", "posting", "bewerben", "lien"]),
    (Meaning::Place, &["location", "locations", "city", "cities", "place", "office", "country", "ort", "standort", "lieu", "local", "ubicacion"]),
    (Meaning::Company, &["company", "companies", "employer", "organization", "organisation", "firm", "startup", "unternehmen", "firma", "entreprise", "empresa"]),
    (Meaning::Role, &["role", "roles", "position", "positions", "title", "job", "internship", "internships", "opportunity", "program", "programme", "stelle", "poste", "vaga", "puesto"]),
    (Meaning::Pay, &["salary", "pay", "compensation", "hourly", "wage", "gehalt", "salaire", "salario"]),
    (Meaning::Term, &["season", "term", "terms", "start", "cohort", "semester"]),
    (Meaning::Notes, &["notes", "note", "comments", "requirements", "info", "details", "remarks"]),
];

fn meaning(name: &str) -> Meaning {
    let folded = fold_words(name);
    let words: Vec<&str> = folded.split_whitespace().collect();
    if words
        .windows(2)
        .any(|pair| matches!(pair, ["work", "model" | "mode" | "type"]))
        || words
            .iter()
            .any(|word| matches!(*word, "workmodel" | "remote" | "workplace"))
    {
        return Meaning::Workplace;
    }
    NAMES
        .iter()
        .find(|(_, names)| words.iter().any(|word| names.contains(word)))
        .map_or(Meaning::Nothing, |(meaning, _)| *meaning)
}

//! LinkedIn's list of connections (`Connections.csv` of its data export) to contacts. Pure.
//!
//! The file begins with some lines of notes before the head of the table, and names its columns in the language of the
//! account. Mail addresses are there only of those who allow it.

use csv::ReaderBuilder;

use super::input::ContactInput;
use super::vcard::{Card, Cards};
use crate::postings::normalise::text::fold_words;

/// Lines that may stand before the head of the table.
const NOTES_MOST: usize = 12;
/// Rows of one file.
const ROWS_MOST: usize = 50_000;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    First,
    Last,
    Name,
    Link,
    Mail,
    Phone,
    Company,
    Role,
    Notes,
    Connected,
}

/// Heads of columns, folded, in English and the languages in which the export is common.
const HEADS: &[(&str, Column)] = &[
    ("first name", Column::First),
    ("vorname", Column::First),
    ("prenom", Column::First),
    ("nombre", Column::First),
    ("nome", Column::First),
    ("last name", Column::Last),
    ("nachname", Column::Last),
    ("nom", Column::Last),
    ("apellidos", Column::Last),
    ("sobrenome", Column::Last),
    ("name", Column::Name),
    ("full name", Column::Name),
    ("url", Column::Link),
    ("profile", Column::Link),
    ("linkedin", Column::Link),
    ("email address", Column::Mail),
    ("email", Column::Mail),
    ("e mail", Column::Mail),
    ("mail", Column::Mail),
    ("e mail adresse", Column::Mail),
    ("adresse e mail", Column::Mail),
    ("direccion de correo electronico", Column::Mail),
    ("endereco de e mail", Column::Mail),
    ("phone", Column::Phone),
    ("telephone", Column::Phone),
    ("telefon", Column::Phone),
    ("company", Column::Company),
    ("organization", Column::Company),
    ("unternehmen", Column::Company),
    ("firma", Column::Company),
    ("entreprise", Column::Company),
    ("empresa", Column::Company),
    ("position", Column::Role),
    ("title", Column::Role),
    ("role", Column::Role),
    ("poste", Column::Role),
    ("cargo", Column::Role),
    ("notes", Column::Notes),
    ("connected on", Column::Connected),
    ("verbunden am", Column::Connected),
    ("connecte le", Column::Connected),
    ("conectado el", Column::Connected),
    ("conectado em", Column::Connected),
];

/// Reads the rows of the file. A row without a name is told of and loses no other.
#[must_use]
pub fn read(text: &str) -> Cards {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut found = Cards::default();
    let mut columns: Option<Vec<Option<Column>>> = None;
    for (at, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(cause) => {
                found.problems.push(format!("Row {}: {cause}.", at + 1));
                continue;
            }
        };
        match &columns {
            None => {
                columns = head(&record);
                if columns.is_none() && at >= NOTES_MOST {
                    break;
                }
            }
            Some(_) if found.cards.len() >= ROWS_MOST => {
                found.problems.push(format!(
                    "The file has more than {ROWS_MOST} rows; the others are left out."
                ));
                break;
            }
            Some(columns) => match card(columns, &record) {
                Some(card) => found.cards.push(card),
                None => found.problems.push(format!(
                    "Row {}: there is no name, so it is left out.",
                    at + 1
                )),
            },
        }
    }
    if columns.is_none() {
        found.problems.push("The file has no row of column names such as \"First Name\", \"Last Name\", \"Company\". Take Connections.csv from LinkedIn's data export.".into());
    }
    found
}

/// The separator of the row that looks like the head.
fn delimiter(text: &str) -> u8 {
    let head = text
        .lines()
        .take(NOTES_MOST)
        .max_by_key(|line| line.matches([',', ';', '\t']).count());
    let head = head.unwrap_or("");
    let most = [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|separator| head.bytes().filter(|byte| byte == separator).count());
    most.unwrap_or(b',')
}

/// What each column holds, if this is the head: a name and one thing more.
fn head(record: &csv::StringRecord) -> Option<Vec<Option<Column>>> {
    let columns: Vec<Option<Column>> = record
        .iter()
        .map(|cell| {
            let cell = fold_words(cell);
            HEADS
                .iter()
                .find(|(head, _)| *head == cell)
                .map(|(_, column)| *column)
        })
        .collect();
    let known = columns.iter().flatten().count();
    let named = columns
        .iter()
        .flatten()
        .any(|column| matches!(column, Column::First | Column::Last | Column::Name));
    (named && known >= 2).then_some(columns)
}

fn card(columns: &[Option<Column>], record: &csv::StringRecord) -> Option<Card> {
    let cell = |wanted: Column| {
        let at = columns.iter().position(|column| *column == Some(wanted))?;
        let text = record.get(at)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let parts = [cell(Column::First), cell(Column::Last)];
    let joined = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = cell(Column::Name).unwrap_or(joined);
    if name.is_empty() {
        return None;
    }
    let met_note = cell(Column::Connected).map(|on| format!("LinkedIn, connected on {on}"));
    let input = ContactInput {
        name,
        mails: cell(Column::Mail).into_iter().collect(),
        phones: cell(Column::Phone).into_iter().collect(),
        links: cell(Column::Link).into_iter().collect(),
        role: cell(Column::Role).unwrap_or_default(),
        company: cell(Column::Company).unwrap_or_default(),
        met: met_note.as_ref().map_or("", |_| "online").to_owned(),
        met_note: met_note.unwrap_or_default(),
        notes: cell(Column::Notes).unwrap_or_default(),
    };
    Some(Card {
        input,
        ..Card::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "Notes:\n\"When exporting your connection data, you may notice that some, \"\"email\"\" addresses are missing.\"\n\n\
First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
Mira,Okafor,https://www.linkedin.example/in/mira-okafor,,\"Northlight, Inc.\",Engineering Manager,12 Mar 2025\n\
Zoë,Αλεξίου,https://www.linkedin.example/in/zoe,zoe@brookline.example,Brookline,Mentor,01 Nov 2026\n\
,,,,,,03 Nov 2026\n";

    #[test]
    fn the_notes_before_the_table_are_passed_over_and_rows_become_contacts() {
        let found = read(FILE);
        let first = &found.cards[0].input;
        assert_eq!(first.name, "Mira Okafor");
        assert_eq!(first.company, "Northlight, Inc.");
        assert_eq!(
            (first.met.as_str(), first.met_note.as_str()),
            ("online", "LinkedIn, connected on 12 Mar 2025")
        );
        assert_eq!(found.cards[1].input.mails, ["zoe@brookline.example"]);
        assert_eq!(found.cards.len(), 2);
        assert_eq!(found.problems.len(), 1, "the row without a name is told of");
    }

    #[test]
    fn a_german_export_with_semicolons_is_understood() {
        let found = read(
            "\u{feff}Vorname;Nachname;E-Mail-Adresse;Unternehmen;Position\nJörg;Lüdeke;j@nordlicht.example;Nordlicht GmbH;Leiter\n",
        );
        assert_eq!(found.problems, Vec::<String>::new());
        assert_eq!(found.cards[0].input.name, "Jörg Lüdeke");
        assert_eq!(found.cards[0].input.role, "Leiter");
    }

    #[test]
    fn a_file_that_is_something_else_says_what_is_missing() {
        let found = read("a,b\n1,2\n");
        assert!(found.cards.is_empty());
        assert!(found.problems[0].contains("Connections.csv"));
    }
}

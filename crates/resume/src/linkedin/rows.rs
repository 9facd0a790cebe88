//! The rows of a table, with the names of their columns.

use crate::report::{Change, Imported};
use crate::{Extra, PartialDate, ReadError, dates, limits};

/// A row from which values are taken.
pub struct Row {
    cells: Vec<(String, String)>,
    /// Where it stands, such as `Positions.csv, row 3`.
    pub at: String,
}

/// The rows of a table.
///
/// # Errors
///
/// [`ReadError::Damaged`] for a table that is no CSV.
pub fn rows(name: &str, text: &str) -> Result<Vec<Row>, ReadError> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let damaged = |error: csv::Error| ReadError::Damaged {
        kind: "CSV",
        problem: format!("{name}: {error}"),
    };
    let headers: Vec<String> = reader
        .headers()
        .map_err(damaged)?
        .iter()
        .map(|h| h.trim().to_owned())
        .collect();
    let mut rows = Vec::new();
    for (index, record) in reader.records().take(limits::ENTRIES).enumerate() {
        let record = record.map_err(damaged)?;
        let cells = headers.iter().zip(record.iter());
        rows.push(Row {
            cells: cells
                .map(|(header, value)| (header.clone(), value.trim().to_owned()))
                .collect(),
            at: format!("{name}, row {}", index + 2),
        });
    }
    Ok(rows)
}

impl Row {
    /// Takes the value of a column and tells where it went; empty when there is none.
    pub fn text(&mut self, imported: &mut Imported, column: &str, path: &str) -> String {
        let Some(at) = self
            .cells
            .iter()
            .position(|(header, _)| header.eq_ignore_ascii_case(column))
        else {
            return String::new();
        };
        let (_, value) = self.cells.remove(at);
        imported.from(path.to_owned(), &value, &format!("{}, {column}", self.at));
        value
    }

    /// Takes a date; what is none stays in the row.
    pub fn date(
        &mut self,
        imported: &mut Imported,
        column: &str,
        path: &str,
    ) -> Option<PartialDate> {
        let (_, value) = self
            .cells
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(column))?;
        let day = value.split(' ').next().unwrap_or("");
        let date = value
            .parse()
            .ok()
            .or_else(|| dates::single(value))
            .or_else(|| day.parse().ok())?;
        self.text(imported, column, path);
        Some(date)
    }

    /// What was not taken, by the names of the columns.
    pub fn rest(&mut self, imported: &mut Imported, path: &str) -> Extra {
        let mut extra = Extra::new();
        for (header, value) in self.cells.drain(..).filter(|(_, value)| !value.is_empty()) {
            let message = format!(
                "the column `{header}` has no field in JSON Resume; its value is kept under its name"
            );
            imported.note(
                Change::Kept,
                &format!("{}, {header}", self.at),
                Some(path),
                message,
            );
            extra.insert(header, value.into());
        }
        extra
    }
}

//! The ZIP that LinkedIn gives its members, and the single tables in it.
//!
//! Tables that are about the person's career are read; columns that no field holds are kept in the entry. The others (messages,
//! connections, advertising) are left alone and named in the report.

mod rows;
mod tables;

use rows::rows;

use crate::archive::Archive;
use crate::report::{Change, Imported, Kind, Note};
use crate::{ReadError, detect};

/// Reads a LinkedIn data export, or one table of it.
///
/// # Errors
///
/// [`ReadError::Bomb`], [`ReadError::Encrypted`], [`ReadError::Damaged`], and [`ReadError::NotAResume`] when no table is known.
pub fn read(name: &str, bytes: &[u8]) -> Result<Imported, ReadError> {
    let mut imported = Imported::new(Kind::LinkedIn);
    let mut known = 0;
    if bytes.starts_with(b"PK") {
        let mut archive = Archive::open(bytes)?;
        let mut other: Vec<String> = Vec::new();
        for part in archive.names() {
            let Some(table) = tables::table(&part) else {
                other.push(file_name(&part).to_owned());
                continue;
            };
            if let Some(content) = archive.read(&part)? {
                read_table(&mut imported, table, file_name(&part), &content)?;
                known += 1;
            }
        }
        other.retain(|name| !name.is_empty());
        if !other.is_empty() {
            let message = format!(
                "{} tables are not about a career and were not read: {}",
                other.len(),
                other.join(", ")
            );
            imported
                .report
                .push(Note::new(Change::File, "", None, message));
        }
    } else {
        let text = detect::decode(bytes);
        let table =
            tables::table(name).or_else(|| tables::by_header(text.lines().next().unwrap_or("")));
        if let Some(table) = table {
            read_table(&mut imported, table, file_name(name), bytes)?;
            known = 1;
        }
    }
    if known == 0 {
        return Err(ReadError::NotAResume {
            kind: Kind::LinkedIn.name(),
        });
    }
    imported.resume.number();
    crate::json::offer_bullets(&mut imported);
    Ok(imported)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn read_table(
    imported: &mut Imported,
    table: tables::Table,
    name: &str,
    content: &[u8],
) -> Result<(), ReadError> {
    let text = detect::decode(content);
    for mut row in rows(name, &text)? {
        tables::read(imported, table, &mut row);
    }
    imported
        .text
        .push_str(&format!("{name}\n{}\n\n", text.trim()));
    Ok(())
}

/// Whether a part of a ZIP is a table of an export that is read.
pub(crate) fn is_known(name: &str) -> bool {
    tables::table(name).is_some()
}

/// Whether a text begins like a table of an export.
pub(crate) fn is_table(text: &str) -> bool {
    tables::by_header(text.lines().next().unwrap_or("")).is_some()
}

#[cfg(test)]
mod tests;

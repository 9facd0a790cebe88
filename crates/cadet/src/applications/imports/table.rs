//! Bytes as a table: encoding, delimiter, rows. Pure.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Error, Result};

/// Most bytes of a file.
pub const BYTES_MOST: usize = 8 * 1024 * 1024;
/// Most rows of a table.
pub const ROWS_MOST: usize = 20_000;
/// Most columns of a table.
const COLUMNS_MOST: usize = 200;
/// Lines that are looked at to find the delimiter.
const LOOKED_AT: usize = 20;
/// Delimiters, the usual one first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of its columns.
    pub header: Vec<String>,
    /// Its rows, each with the number of its first line.
    pub rows: Vec<(u64, Vec<String>)>,
    /// The encoding that it was read in.
    pub encoding: &'static str,
    /// What stands between its cells.
    pub delimiter: char,
    /// Lines that could not be read, with why.
    pub problems: Vec<(u64, String)>,
}

/// The text of a file: UTF-8 or UTF-16 with or without a mark at the beginning, else Windows-1252, which reads everything.
#[must_use]
pub fn decode(bytes: &[u8]) -> (String, &'static str) {
    let (encoding, skip) = match bytes {
        [0xef, 0xbb, 0xbf, ..] => (UTF_8, 3),
        [0xff, 0xfe, ..] => (UTF_16LE, 2),
        [0xfe, 0xff, ..] => (UTF_16BE, 2),
        _ if looks_like_utf16(bytes, 1) => (UTF_16LE, 0),
        _ if looks_like_utf16(bytes, 0) => (UTF_16BE, 0),
        _ if std::str::from_utf8(bytes).is_ok() => (UTF_8, 0),
        _ => (WINDOWS_1252, 0),
    };
    let rest = bytes.get(skip..).unwrap_or_default();
    let (text, _) = encoding.decode_without_bom_handling(rest);
    (text.into_owned(), encoding.name())
}

/// Whether every second byte of the beginning is zero, as in UTF-16 of Latin letters.
fn looks_like_utf16(bytes: &[u8], zero_at: usize) -> bool {
    let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
    let pairs: Vec<&[u8]> = head.chunks_exact(2).collect();
    let zeros = pairs
        .iter()
        .filter(|pair| pair[zero_at] == 0 && pair[1 - zero_at] != 0);
    pairs.len() > 4 && zeros.count() * 10 > pairs.len() * 8
}

/// The delimiter with which most lines have the same number of cells, more than one.
fn delimiter_of(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = reader(text, delimiter);
        let counts: Vec<usize> = reader
            .records()
            .take(LOOKED_AT)
            .filter_map(|record| record.ok().map(|record| record.len()))
            .collect();
        let first = counts.first().copied().unwrap_or(0);
        if first < 2 {
            return (0, 0);
        }
        let alike = counts.iter().filter(|count| **count == first).count();
        (alike * 100 / counts.len().max(1), first)
    };
    let best = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| score(*delimiter));
    best.unwrap_or(b',')
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Reads a table whose first line that is not empty names the columns.
///
/// # Errors
/// [`Error::Invalid`] for what is too large, empty, or no table.
pub fn read(bytes: &[u8]) -> Result<Table> {
    if bytes.len() > BYTES_MOST {
        return Err(Error::invalid_field(
            "file",
            format!(
                "The file is larger than {} MiB. Split it.",
                BYTES_MOST / 1024 / 1024
            ),
        ));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Error::invalid_field(
            "file",
            "This is a workbook, not a CSV file. Open it in your spreadsheet and save it as CSV.",
        ));
    }
    let (text, encoding) = decode(bytes);
    if text.trim().is_empty() {
        return Err(Error::invalid_field(
            "file",
            "The file is empty. Choose one with a line of column names and a line for each application.",
        ));
    }
    let delimiter = delimiter_of(&text);
    let mut table = Table {
        encoding,
        delimiter: char::from(delimiter),
        ..Table::default()
    };
    for record in reader(&text, delimiter).records() {
        take(&mut table, record)?;
    }
    if table.header.len() < 2 && table.rows.is_empty() {
        return Err(Error::invalid_field(
            "file",
            "No table was found. The first line must name the columns, with commas, semicolons or tabs between.",
        ));
    }
    Ok(table)
}

fn take(table: &mut Table, record: csv::Result<csv::StringRecord>) -> Result<()> {
    let record = match record {
        Ok(record) => record,
        Err(cause) => {
            let line = cause.position().map_or(0, csv::Position::line);
            table
                .problems
                .push((line, format!("This line cannot be read: {cause}")));
            return Ok(());
        }
    };
    let line = record.position().map_or(0, csv::Position::line);
    let cells: Vec<String> = record
        .iter()
        .map(|cell| cell.trim().replace("\r\n", "\n"))
        .collect();
    if cells.iter().all(String::is_empty) {
        return Ok(());
    }
    if cells.len() > COLUMNS_MOST {
        return Err(Error::invalid_field(
            "file",
            format!(
                "Line {line} has more than {COLUMNS_MOST} columns. Is it a table of applications?"
            ),
        ));
    }
    if table.header.is_empty() {
        table.header = cells;
    } else if table.rows.len() >= ROWS_MOST {
        return Err(Error::invalid_field(
            "file",
            format!("The table has more than {ROWS_MOST} rows. Split it."),
        ));
    } else {
        table.rows.push((line, cells));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn delimiters_are_found_also_when_cells_hold_others() {
        let of = |text: &str| read(text.as_bytes()).unwrap();
        let semicolons = of("Firma;Stelle;Ort\nNorthlight;Praktikum, Backend;Berlin\n");
        assert_eq!(semicolons.delimiter, ';');
        assert_eq!(semicolons.rows[0].1[1], "Praktikum, Backend");
        assert_eq!(of("a\tb\n1\t2,3\n").delimiter, '\t');
        let quoted = of("company,notes\n\"North, light\",\"two\nlines; here\"\nFernhill,x\n");
        assert_eq!(
            quoted.rows[0],
            (2, vec!["North, light".into(), "two\nlines; here".into()])
        );
        assert_eq!(quoted.rows[1].0, 4);
    }

    #[test]
    fn encodings_of_spreadsheets_are_read() {
        let latin = b"Firma;Ort\nGr\xf6\xdfe;K\xf6ln\n";
        let table = read(latin).unwrap();
        assert_eq!(
            (table.encoding, table.rows[0].1[1].as_str()),
            ("windows-1252", "Köln")
        );
        let mut wide = vec![0xff, 0xfe];
        wide.extend(
            "Firma\tOrt\nGröße\tKöln\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        );
        let table = read(&wide).unwrap();
        assert_eq!(
            (table.encoding, table.rows[0].1[0].as_str()),
            ("UTF-16LE", "Größe")
        );
        assert_eq!(
            read("\u{feff}a,b\n1,2\n".as_bytes()).unwrap().header[0],
            "a"
        );
    }

    #[test]
    fn what_is_no_table_is_told() {
        for (bytes, expected) in [
            (&b""[..], "empty"),
            (&b"PK\x03\x04rest"[..], "workbook"),
            (&b"just words"[..], "No table"),
        ] {
            let told = read(bytes).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end_in_a_table_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }
    }
}

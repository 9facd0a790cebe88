//! The terminal: tables for people, JSON for programs, progress for the patient. The only place that prints.

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::error::{Error, Result};

/// Where a command writes, and how.
#[derive(Clone, Debug)]
pub struct Terminal {
    json: bool,
    quiet: bool,
    interactive: bool,
}

/// How a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left: text.
    Left,
    /// At the right: numbers.
    Right,
}

impl Terminal {
    /// A terminal that writes JSON if asked to, and shows progress unless told to be quiet or piped.
    #[must_use]
    pub fn new(json: bool, quiet: bool) -> Self {
        Self {
            json,
            quiet,
            interactive: std::io::stderr().is_terminal(),
        }
    }

    /// Whether the caller wants JSON.
    #[must_use]
    pub fn wants_json(&self) -> bool {
        self.json
    }

    /// Writes one JSON document, in several lines.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the output is closed.
    pub fn json(&self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string_pretty(value).map_err(Error::internal)?;
        self.write(&text)
    }

    /// Writes one JSON document in one line, for streams of them.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the output is closed.
    pub fn json_line(&self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(value).map_err(Error::internal)?;
        self.write(&text)
    }

    /// Writes a line for people, or nothing when JSON is wanted.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the output is closed.
    pub fn line(&self, text: impl AsRef<str>) -> Result<()> {
        if self.json {
            Ok(())
        } else {
            self.write(text.as_ref())
        }
    }

    /// Writes `value` as JSON when that is wanted, else `text`.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the output is closed.
    pub fn answer(&self, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<()> {
        if self.json {
            self.json(value)
        } else {
            self.write(&text())
        }
    }

    /// Writes a remark to the error output, so that the output proper stays what was asked for.
    pub fn remark(&self, text: impl AsRef<str>) {
        if !self.quiet {
            // There is nothing better to do when even the error output is closed.
            let _ = writeln!(anstream::stderr(), "{}", text.as_ref());
        }
    }

    /// Writes a table: `columns` with their alignment, and rows of as many cells.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the output is closed.
    pub fn table(&self, columns: &[(&str, Align)], rows: Vec<Vec<String>>) -> Result<()> {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic);
        if !std::io::stdout().is_terminal() {
            // Piped, a row is a line, so that other programs can take it apart.
            table.set_content_arrangement(ContentArrangement::Disabled);
        }
        let bold = Style::new().bold();
        table.set_header(
            columns
                .iter()
                .map(|(name, align)| cell(format!("{bold}{name}{bold:#}"), *align)),
        );
        for row in rows {
            table.add_row(
                row.into_iter()
                    .zip(columns)
                    .map(|(text, (_, align))| cell(text, *align)),
            );
        }
        self.write(table.trim_fmt().trim_end())
    }

    /// A bar that counts to `total`, or without an end when that is not known. Nothing is shown when piped or quiet.
    #[must_use]
    pub fn progress(&self, what: &str, total: Option<u64>) -> ProgressBar {
        if !self.interactive || self.quiet || self.json {
            return ProgressBar::hidden();
        }
        let (bar, shape) = match total {
            Some(total) => (
                ProgressBar::new(total),
                "{msg} {wide_bar} {pos}/{len} {eta}",
            ),
            None => (ProgressBar::new_spinner(), "{spinner} {msg} {pos}"),
        };
        if let Ok(style) = ProgressStyle::with_template(shape) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    /// Writes bytes as they are: a completion script, a manual page.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the output is closed.
    pub fn bytes(&self, bytes: &[u8]) -> Result<()> {
        std::io::stdout().write_all(bytes).map_err(closed)
    }

    fn write(&self, text: &str) -> Result<()> {
        writeln!(anstream::stdout(), "{text}").map_err(closed)
    }
}

/// Writes an error as people read it, or as JSON on the error output.
pub fn report(error: &Error, json: bool) {
    let red = Style::new().fg_color(Some(AnsiColor::Red.into())).bold();
    let text = if json {
        serde_json::json!({ "error": { "code": error.code(), "message": error.to_string() } })
            .to_string()
    } else {
        format!("{red}error:{red:#} {error}")
    };
    // There is nothing better to do when even the error output is closed.
    let _ = writeln!(anstream::stderr(), "{text}");
}

fn cell(text: String, align: Align) -> Cell {
    Cell::new(text).set_alignment(match align {
        Align::Left => CellAlignment::Left,
        Align::Right => CellAlignment::Right,
    })
}

/// A reader that has seen enough, such as `head`, is no failure: the program then ends quietly.
fn closed(cause: std::io::Error) -> Error {
    if cause.kind() == std::io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    Error::unavailable("The output cannot be written.", cause)
}

/// A colour for a word that says how something does.
#[must_use]
pub fn tinted(word: &str, color: AnsiColor) -> String {
    let style = Style::new().fg_color(Some(color.into()));
    format!("{style}{word}{style:#}")
}

//! What a run of measures tells: the table of figures, what was left out, and on request each mistake.

use crate::table::{Bar, Table};

/// What the measures tell.
pub struct Report {
    /// The figures beside their bars.
    pub table: Table,
    shows_mistakes: bool,
}

impl Report {
    /// An empty report; `shows_mistakes`: whether mistakes are printed as they come.
    pub fn new(shows_mistakes: bool) -> Self {
        Self {
            table: Table::default(),
            shows_mistakes,
        }
    }

    /// A share between 0 and 1 that must reach `bar`.
    pub fn at_least(&mut self, what: &str, figure: f64, bar: f64) {
        self.table.add(what, figure, "", Bar::AtLeast(bar));
    }

    /// A figure that is only told.
    pub fn tell(&mut self, what: &str, figure: f64) {
        self.table.add(what, figure, "", Bar::None);
    }

    /// What could not be measured since its data is not there.
    pub fn left_out(&self, what: &str, file: &str) {
        println!("left out: {what}, since {file} is not among the data");
    }

    /// Whether mistakes are to be printed.
    pub const fn shows_mistakes(&self) -> bool {
        self.shows_mistakes
    }

    /// One mistake, in a line.
    pub fn mistake(&self, line: impl FnOnce() -> String) {
        if self.shows_mistakes {
            println!("mistake: {}", line());
        }
    }
}

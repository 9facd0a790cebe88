//! The tables that measurements print: what was measured, the figure, the bar that it is held against.

/// Rows of one table; printed at the end of a run.
#[derive(Default)]
pub struct Table {
    rows: Vec<[String; 4]>,
    missed: usize,
}

/// What a figure is held against.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// It should be at least so much.
    AtLeast(f64),
    /// It should be at most so much.
    AtMost(f64),
    /// It is only told.
    None,
}

impl Table {
    /// Adds a figure, as measured, with its unit.
    pub fn add(&mut self, what: &str, figure: f64, unit: &str, bar: Bar) {
        let shown = |value: f64| format!("{} {unit}", round(value));
        let (bar, held) = match bar {
            Bar::AtLeast(bar) => (format!(">= {}", shown(bar)), Some(figure >= bar)),
            Bar::AtMost(bar) => (format!("<= {}", shown(bar)), Some(figure <= bar)),
            Bar::None => (String::new(), None),
        };
        let ok = match held {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        self.missed += usize::from(held == Some(false));
        self.rows
            .push([what.to_owned(), shown(figure), bar, ok.to_owned()]);
    }

    /// Notes what could not be measured, and why; that misses its bar.
    pub fn fail(&mut self, what: &str, reason: &str) {
        self.missed += 1;
        self.rows.push([
            what.to_owned(),
            format!("not measured: {reason}"),
            String::new(),
            "NO".to_owned(),
        ]);
    }

    /// How many bars were missed.
    pub fn missed(&self) -> usize {
        self.missed
    }

    /// The table as aligned text, columns divided by bars.
    pub fn render(&self) -> String {
        let head = ["what", "figure", "bar", "ok"].map(str::to_owned);
        let rows: Vec<&[String; 4]> = std::iter::once(&head).chain(&self.rows).collect();
        let width = |column: usize| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2), width(3)];
        let line = |row: &[String; 4]| {
            let cells: Vec<String> = row
                .iter()
                .zip(widths)
                .map(|(cell, width)| format!("{cell:width$}"))
                .collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rule = widths.map(|width| "-".repeat(width));
        let mut lines: Vec<String> = rows.into_iter().map(line).collect();
        lines.insert(1, line(&rule));
        lines.concat()
    }
}

/// Three significant figures are what a measurement is worth.
fn round(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size < 1.0 && size > 0.0 => format!("{value:.3}"),
        _ => format!("{value:.2}"),
    }
}

/// The value that `share` (0 to 1) of the sorted values do not exceed; 0 of none.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    // The index is within the slice: the share is at most 1, and rounding goes to a whole number.
    let index = (last as f64 * share).ceil() as usize;
    sorted.get(index.min(last)).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_bar_is_counted_and_shown() {
        let mut table = Table::default();
        table.add("ingest", 6_000.0, "postings/s", Bar::AtLeast(5_000.0));
        table.add("memory", 512.0, "MiB", Bar::AtMost(400.0));
        table.add("cores", 2.0, "", Bar::None);
        assert_eq!(table.missed(), 1);
        assert!(
            table
                .render()
                .contains("| memory | 512 MiB         | <= 400 MiB         | NO  |"),
            "{}",
            table.render()
        );
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let sorted: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(
            [
                percentile(&sorted, 0.5),
                percentile(&sorted, 0.99),
                percentile(&[], 0.5)
            ],
            [51.0, 100.0, 0.0]
        );
    }
}

//! What the lines of a table would become. Pure.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::choices::Choices;
use super::super::log::Change;
use super::super::model::{
    ApplicationId, Details, LINE_MOST, Person, Stage, TEXT_MOST, is_web_address,
};
use super::columns::{Field, Mapping, plain};
use super::days::{self, DayOrder, order_of};
use super::stages;
use super::table::Table;
use crate::clock::Timestamp;

/// A line as it would become an application.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImportLine)]
pub struct PlannedLine {
    /// Its number in the file.
    pub line: u64,
    /// What it is for.
    pub details: Details,
    /// Where it stands.
    pub stage: Stage,
    /// When it was noted first.
    pub began: Timestamp,
    /// When it was sent.
    pub applied: Option<Timestamp>,
    /// When it went to where it stands.
    pub since: Timestamp,
    /// Somebody there.
    pub person: Option<Person>,
    /// What no field took, each with the name of its column.
    pub note: String,
    /// What was not understood.
    pub remarks: Vec<String>,
    /// The application that is there already.
    pub known: Option<ApplicationId>,
    /// The line before it that says the same.
    pub same_as: Option<u64>,
}

/// What is there already, by company and title.
pub type Known = HashMap<(String, String), ApplicationId>;

/// The key by which two applications are the same.
#[must_use]
pub fn key(company: &str, title: &str) -> (String, String) {
    (plain(company), plain(title))
}

/// What lines are planned with.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// What stages are called.
    pub choices: &'a Choices,
    /// What is there already.
    pub known: &'a Known,
    /// The reader's time zone.
    pub zone: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// What each line would become; a line that cannot is told with why.
#[must_use]
pub fn plan(
    table: &Table,
    mapping: &Mapping,
    basis: &Basis<'_>,
) -> (Vec<PlannedLine>, Vec<(u64, String)>) {
    let orders = orders(table, mapping);
    let mut problems = table.problems.clone();
    let mut planned: Vec<PlannedLine> = Vec::new();
    let mut seen: HashMap<(String, String), u64> = HashMap::new();
    for (line, cells) in &table.rows {
        let row = Row {
            header: &table.header,
            mapping,
            cells,
            orders: &orders,
            basis,
        };
        let mut one = row.planned(*line);
        if one.details.company.is_empty() && one.details.title.is_empty() {
            problems.push((*line, "There is neither a company nor a position in this line. Say which column holds them.".into()));
            continue;
        }
        let key = key(&one.details.company, &one.details.title);
        one.known = basis.known.get(&key).copied();
        one.same_as = seen.get(&key).copied();
        seen.entry(key).or_insert(*line);
        planned.push(one);
    }
    problems.sort_by_key(|(line, _)| *line);
    (planned, problems)
}

/// In which order each column writes its days.
fn orders(table: &Table, mapping: &Mapping) -> Vec<DayOrder> {
    (0..mapping.len())
        .map(|column| {
            let cells = table.rows.iter().filter_map(|(_, cells)| cells.get(column));
            order_of(cells.map(String::as_str))
        })
        .collect()
}

struct Row<'a> {
    header: &'a [String],
    mapping: &'a Mapping,
    cells: &'a [String],
    orders: &'a [DayOrder],
    basis: &'a Basis<'a>,
}

impl Row<'_> {
    fn cell(&self, field: Field) -> Option<(usize, &str)> {
        let column = self.mapping.iter().position(|one| *one == Some(field))?;
        let cell = self.cells.get(column)?.as_str();
        (!cell.is_empty()).then_some((column, cell))
    }

    fn planned(&self, line: u64) -> PlannedLine {
        let mut rest = Rest::default();
        let details = Details {
            posting: None,
            company: self.line_of(Field::Company, &mut rest),
            title: self.line_of(Field::Title, &mut rest),
            url: self.url(&mut rest),
            place: self.line_of(Field::Place, &mut rest),
            source: self.line_of(Field::Source, &mut rest),
            deadline: self.day(Field::Deadline, 23, &mut rest),
        };
        let stage = self.stage(&mut rest);
        let applied = self
            .day(Field::Applied, 12, &mut rest)
            .map(|at| self.past(at));
        let created = self
            .day(Field::Created, 12, &mut rest)
            .map(|at| self.past(at));
        let changed = self
            .day(Field::Changed, 12, &mut rest)
            .map(|at| self.past(at));
        let stage = stage.unwrap_or(if applied.is_some() {
            Stage::Applied
        } else {
            Stage::Interested
        });
        let began = created
            .into_iter()
            .chain(applied)
            .chain(changed)
            .min()
            .unwrap_or(self.basis.now);
        let since = changed
            .or(applied)
            .or(created)
            .unwrap_or(self.basis.now)
            .max(applied.unwrap_or(began));
        let person = self.person(&mut rest);
        PlannedLine {
            line,
            details,
            stage,
            began,
            applied,
            since,
            person,
            note: self.note(&rest),
            remarks: rest.remarks,
            known: None,
            same_as: None,
        }
    }

    /// What happened lies not in the future.
    fn past(&self, at: Timestamp) -> Timestamp {
        at.min(self.basis.now)
    }

    /// A cell as a line; what does not fit goes into the note as a whole.
    fn line_of(&self, field: Field, rest: &mut Rest) -> String {
        let Some((column, cell)) = self.cell(field) else {
            return String::new();
        };
        let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() <= LINE_MOST {
            return text;
        }
        rest.kept.push(column);
        text.chars().take(LINE_MOST).collect()
    }

    fn url(&self, rest: &mut Rest) -> String {
        match self.cell(Field::Url) {
            Some((_, cell)) if is_web_address(cell) && cell.chars().count() <= LINE_MOST => {
                cell.to_owned()
            }
            Some((column, _)) => {
                rest.kept.push(column);
                String::new()
            }
            None => String::new(),
        }
    }

    fn stage(&self, rest: &mut Rest) -> Option<Stage> {
        let (column, cell) = self.cell(Field::Stage)?;
        let found = stages::read(cell, self.basis.choices);
        if found.is_none() {
            rest.kept.push(column);
            rest.remarks.push(format!(
                "\"{cell}\" is no stage that is understood; it is kept in the note."
            ));
        }
        found
    }

    fn day(&self, field: Field, hour: i8, rest: &mut Rest) -> Option<Timestamp> {
        let (column, cell) = self.cell(field)?;
        let order = self.orders.get(column).copied().unwrap_or(DayOrder::Unsaid);
        let found = days::read(cell, order).and_then(|day| self.instant(day, hour));
        if found.is_none() {
            rest.kept.push(column);
            rest.remarks.push(format!(
                "\"{cell}\" is no day that is understood; it is kept in the note."
            ));
        }
        found
    }

    fn instant(&self, day: Date, hour: i8) -> Option<Timestamp> {
        let zone = TimeZone::get(self.basis.zone).unwrap_or(TimeZone::UTC);
        let at = zone
            .to_ambiguous_timestamp(day.at(hour, 0, 0, 0))
            .compatible();
        at.ok().map(Timestamp::from)
    }

    fn person(&self, rest: &mut Rest) -> Option<Person> {
        let name = self.line_of(Field::Person, rest);
        let email = self.line_of(Field::Email, rest);
        let name = if name.is_empty() { email.clone() } else { name };
        (!name.is_empty()).then_some(Person {
            id: 1,
            name,
            email,
            ..Person::default()
        })
    }

    /// Notes first, then every cell that no field took, with the name of its column: nothing is lost.
    fn note(&self, rest: &Rest) -> String {
        let mut lines: Vec<String> = Vec::new();
        for (column, cell) in self
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            let field = self.mapping.get(column).copied().flatten();
            let name = self.header.get(column).map_or("", String::as_str);
            match field {
                Some(Field::Note) => lines.insert(0, cell.clone()),
                None | Some(Field::Pay) => lines.push(named(name, column, cell)),
                Some(_) if rest.kept.contains(&column) => lines.push(named(name, column, cell)),
                Some(field) if self.cell(field).is_some_and(|(first, _)| first != column) => {
                    lines.push(named(name, column, cell));
                }
                Some(_) => {}
            }
        }
        lines.join("\n").chars().take(TEXT_MOST).collect()
    }
}

fn named(name: &str, column: usize, cell: &str) -> String {
    match name {
        "" => format!("Column {}: {cell}", column + 1),
        name => format!("{name}: {cell}"),
    }
}

/// What a row's fields did not take.
#[derive(Default)]
struct Rest {
    /// Columns whose cells go into the note.
    kept: Vec<usize>,
    remarks: Vec<String>,
}

impl PlannedLine {
    /// Whether it is there already, in Cadet or earlier in the file.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.known.is_some() || self.same_as.is_some()
    }

    /// The entries of its log.
    #[must_use]
    pub fn changes(&self) -> Vec<(Timestamp, Change)> {
        let moved = |to: Stage| Change::Moved {
            to,
            why: String::new(),
        };
        let was_sent = self.applied.is_some()
            || !matches!(
                self.stage,
                Stage::Interested | Stage::Preparing | Stage::Withdrawn
            );
        let applied = self.applied.unwrap_or(self.began);
        let first = if was_sent && applied <= self.began {
            Stage::Applied
        } else {
            Stage::Interested
        };
        let created = Change::Created {
            details: self.details.clone(),
            stage: first,
        };
        let mut changes = vec![(self.began, created)];
        if was_sent && first != Stage::Applied {
            changes.push((applied, moved(Stage::Applied)));
        }
        let at = changes.last().map_or(first, |(_, change)| match change {
            Change::Moved { to, .. } => *to,
            _ => first,
        });
        if self.stage != at {
            changes.push((self.since.max(applied), moved(self.stage)));
        }
        if let Some(person) = &self.person {
            changes.push((
                self.began,
                Change::PersonSet {
                    person: person.clone(),
                },
            ));
        }
        if !self.note.is_empty() {
            let text = self.note.clone();
            changes.push((self.began, Change::NoteSet { note: 2, text }));
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::guess;
    use super::super::table::read;
    use super::*;

    /// 2026-11-23T12:00:00Z.
    const NOW: Timestamp = Timestamp(1_795_435_200_000);

    fn planned(text: &str) -> (Vec<PlannedLine>, Vec<(u64, String)>) {
        let table = read(text.as_bytes()).unwrap();
        let mapping = guess(&table.header);
        let known = Known::from([(key("Fernhill", "Intern"), ApplicationId(9))]);
        let basis = Basis {
            choices: &Choices::default(),
            known: &known,
            zone: "Europe/Berlin",
            now: NOW,
        };
        plan(&table, &mapping, &basis)
    }

    #[test]
    fn a_line_becomes_an_application_and_nothing_of_it_is_lost() {
        let (lines, problems) = planned(
            "Company,Title,Status,Date Applied,Last updated,Color,URL,Salary,Notes\n\
             Northlight,Backend Intern,Rejected,2026-10-01,2026-10-20,teal,see mail,2100,Kind people\n",
        );
        assert!(problems.is_empty());
        let one = &lines[0];
        assert_eq!(one.stage, Stage::Rejected);
        assert_eq!(
            one.note,
            "Kind people\nColor: teal\nURL: see mail\nSalary: 2100"
        );
        let kinds: Vec<(i64, &str)> = one
            .changes()
            .iter()
            .map(|(at, change)| ((NOW.0 - at.0) / Timestamp::DAY_MS, change.kind()))
            .collect();
        assert_eq!(kinds, [(53, "created"), (34, "moved"), (53, "note-set")]);
    }

    #[test]
    fn what_is_there_already_or_twice_is_seen() {
        let (lines, _) =
            planned("company,title\nFERNHILL,intern\nOstwerk,Intern\nostwerk,Intern\n");
        assert_eq!(lines[0].known, Some(ApplicationId(9)));
        assert_eq!((lines[1].same_as, lines[2].same_as), (None, Some(3)));
        assert!(lines[2].is_known());
    }

    #[test]
    fn a_line_that_cannot_be_used_is_told_with_its_number_and_the_others_stay() {
        let (lines, problems) = planned("company,title,status\n,,Applied\nOstwerk,,purple\n");
        assert_eq!(problems[0].0, 2);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].remarks[0].contains("purple"));
        assert_eq!(lines[0].note, "status: purple");
    }

    #[test]
    fn days_to_come_are_taken_for_today_except_last_days() {
        let (lines, _) = planned("company,applied,deadline\nOstwerk,2027-05-01,2027-05-01\n");
        assert_eq!(lines[0].applied, Some(NOW));
        assert!(lines[0].details.deadline > Some(NOW));
        assert_eq!(lines[0].stage, Stage::Applied);
    }
}

//! How many applications were sent each week, and the goal. Pure. A week below the goal ends a row of weeks and is nothing else.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::Serialize;
use utoipa::ToSchema;

use super::super::dates::day_of;
use super::model::Case;
use crate::clock::Timestamp;

/// Weeks that are looked back at for rows of weeks: ten years.
const LOOKED_BACK: i64 = 520;
/// Weeks that are told.
pub const WEEKS: usize = 16;

/// The weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ApplicationWeeks)]
pub struct Weeks {
    /// Applications a week to aim at; 0: none.
    pub goal: u32,
    /// The last weeks, the oldest first; the last one is this week.
    pub weeks: Vec<Week>,
    /// How many weeks in a row reached the goal, up to now; this week counts once it has.
    pub streak: u32,
    /// The longest such row.
    pub longest: u32,
}

/// A week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ApplicationWeek)]
pub struct Week {
    /// Its Monday: `2026-11-23`.
    pub monday: String,
    /// How many were sent.
    pub sent: u32,
}

impl Weeks {
    /// What there is to say of it, kindly.
    #[must_use]
    pub fn words(&self) -> String {
        let this = self.weeks.last().map_or(0, |week| week.sent);
        let plural = |count: u32| if count == 1 { "" } else { "s" };
        if self.goal == 0 {
            return format!("{this} application{} this week.", plural(this));
        }
        let left = self.goal.saturating_sub(this);
        let week = match left {
            0 => format!("{this} this week: your goal of {} is reached.", self.goal),
            left => format!(
                "{this} this week; {left} more would reach your goal of {}.",
                self.goal
            ),
        };
        match self.streak {
            0 | 1 => week,
            streak => format!("{week} {streak} weeks in a row."),
        }
    }
}

fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().since(Weekday::Monday));
    day.checked_sub(back.days()).unwrap_or(day)
}

/// Counts the weeks up to `now` by the clock of `zone`.
#[must_use]
pub fn weeks(cases: &[Case], now: Timestamp, zone: &str, goal: u32) -> Weeks {
    let mut counts: HashMap<Date, u32> = HashMap::new();
    for at in cases.iter().filter_map(|case| case.applied_at) {
        *counts.entry(monday(day_of(at, zone))).or_default() += 1;
    }
    let this = monday(day_of(now, zone));
    let first = counts.keys().min().copied().unwrap_or(this).min(this);
    // A date typed wrongly may lie centuries back.
    let earliest = this.checked_sub(LOOKED_BACK.weeks()).unwrap_or(this);
    let mut all = Vec::new();
    let mut week = first.max(earliest);
    while week <= this {
        all.push(Week {
            monday: week.to_string(),
            sent: counts.get(&week).copied().unwrap_or(0),
        });
        match week.checked_add(7.days()) {
            Ok(next) => week = next,
            Err(_) => break,
        }
    }
    let (streak, longest) = rows(&all, goal);
    let from = all.len().saturating_sub(WEEKS);
    let mut shown = all.split_off(from);
    pad(&mut shown);
    Weeks {
        goal,
        weeks: shown,
        streak,
        longest,
    }
}

/// Weeks without an application before the first one.
fn pad(weeks: &mut Vec<Week>) {
    while weeks.len() < WEEKS {
        let first = weeks
            .first()
            .and_then(|week| week.monday.parse::<Date>().ok());
        let Some(before) = first.and_then(|day| day.checked_sub(7.days()).ok()) else {
            return;
        };
        let week = Week {
            monday: before.to_string(),
            sent: 0,
        };
        weeks.insert(0, week);
    }
}

/// The row that reaches up to now, and the longest. This week is not over, so that it ends no row.
fn rows(weeks: &[Week], goal: u32) -> (u32, u32) {
    if goal == 0 {
        return (0, 0);
    }
    let (mut row, mut longest) = (0_u32, 0);
    for (at, week) in weeks.iter().enumerate() {
        if week.sent >= goal {
            row += 1;
        } else if at + 1 < weeks.len() {
            row = 0;
        }
        longest = longest.max(row);
    }
    (row, longest)
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Stage;
    use super::super::model::testing::case;
    use super::*;

    /// Monday, 2026-11-23.
    const NOW: Timestamp = Timestamp(1_795_435_200_000);

    fn sent(days_ago: i64) -> Case {
        let mut sent = case(&[(Stage::Applied, 0)]);
        sent.applied_at = Some(NOW.plus_days(-days_ago));
        sent
    }

    #[test]
    fn this_week_ends_no_row_before_it_is_over() {
        let cases: Vec<Case> = [4, 5, 8, 9, 30].into_iter().map(sent).collect();
        let told = weeks(&cases, NOW, "Europe/Berlin", 2);
        assert_eq!(told.weeks.len(), WEEKS);
        assert_eq!(told.weeks.last().unwrap().monday, "2026-11-23");
        assert_eq!((told.streak, told.longest), (2, 2));
        assert!(
            told.words().contains("2 more would reach your goal"),
            "{}",
            told.words()
        );
    }

    #[test]
    fn a_week_begins_on_monday_by_the_readers_clock() {
        // 2026-11-22T23:30Z is a Monday in Berlin.
        let mut one = sent(0);
        one.applied_at = Some(Timestamp(NOW.0 - 45_000_000));
        let in_berlin = weeks(std::slice::from_ref(&one), NOW, "Europe/Berlin", 0);
        assert_eq!(in_berlin.weeks.last().unwrap().sent, 1);
        let in_utc = weeks(&[one], NOW, "UTC", 0);
        assert_eq!(in_utc.weeks.last().unwrap().sent, 0);
    }

    #[test]
    fn without_a_goal_there_is_no_row_to_lose() {
        let told = weeks(&[sent(0)], NOW, "UTC", 0);
        assert_eq!(
            (told.streak, told.words().as_str()),
            (0, "1 application this week.")
        );
    }
}

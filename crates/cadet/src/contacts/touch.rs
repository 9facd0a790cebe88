//! When to be in touch again: suggestions with their reasons, from what is known of a contact. Pure.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Met, Touch};
use super::timeline::{OwedBy, Promise};

/// Days after meeting somebody in which a first message is still expected.
const FIRST_MESSAGE_DAYS: i32 = 2;
/// Days after which somebody at a company that one applies to is asked again.
const ACTIVE_DAYS: i32 = 14;
/// Days after which a contact is greeted, so that it stays one.
const USUAL_DAYS: i32 = 90;

/// What is known when a suggestion is made.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The contact's first name or name, for the words.
    pub name: &'a str,
    /// Where they were met.
    pub met: Option<Met>,
    /// The day on which the contact was written down.
    pub added_on: Date,
    /// The day of the last conversation.
    pub last_touch_on: Option<Date>,
    /// What is promised and not kept.
    pub promises: &'a [Promise],
    /// How many postings are open at their company.
    pub open_postings: u64,
    /// Today.
    pub today: Date,
}

/// A day that Cadet proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// The day and why.
    #[serde(flatten)]
    pub touch: Touch,
}

/// The best next touch, or none where one is not needed. The first reason that applies counts: a promise of one's own,
/// a promise of theirs that is late, a first message, openings at their company, a greeting after a quarter.
#[must_use]
pub fn suggest(known: &Known<'_>) -> Option<Touch> {
    own_promise(known)
        .or_else(|| late_promise(known))
        .or_else(|| first_message(known))
        .or_else(|| openings(known))
        .or_else(|| greeting(known))
}

fn at_or_after_today(known: &Known<'_>, on: Date, reason: String) -> Touch {
    Touch {
        on: on.max(known.today),
        reason,
    }
}

fn own_promise(known: &Known<'_>) -> Option<Touch> {
    let own = known
        .promises
        .iter()
        .filter(|one| one.owed_by == OwedBy::Me && one.done_at.is_none());
    let first = own
        .filter_map(|one| Some((one.due_on?, one)))
        .min_by_key(|(due, _)| *due);
    first.map(|(due, promise)| {
        at_or_after_today(known, due, format!("You promised: {}", promise.text))
    })
}

fn late_promise(known: &Known<'_>) -> Option<Touch> {
    let late = known
        .promises
        .iter()
        .find(|one| one.owed_by == OwedBy::Them && one.is_late(known.today))?;
    let reason = format!("Ask kindly, {} promised: {}", known.name, late.text);
    Some(at_or_after_today(known, known.today, reason))
}

fn first_message(known: &Known<'_>) -> Option<Touch> {
    if known.last_touch_on.is_some() {
        return None;
    }
    let reason = match known.met {
        Some(Met::Event) => "You met at an event and have not written yet",
        Some(Met::Referral) => "You were introduced and have not written yet",
        Some(Met::Recruiter) => "They wrote first and wait for an answer",
        _ => return None,
    };
    let on = plus(known.added_on, FIRST_MESSAGE_DAYS);
    Some(at_or_after_today(known, on, reason.to_owned()))
}

fn openings(known: &Known<'_>) -> Option<Touch> {
    let last = known.last_touch_on.unwrap_or(known.added_on);
    if known.open_postings == 0 {
        return None;
    }
    let what = match known.open_postings {
        1 => "1 posting is open".to_owned(),
        count => format!("{count} postings are open"),
    };
    let reason = format!("{what} at their company: ask how the team works, or for a referral");
    Some(at_or_after_today(known, plus(last, ACTIVE_DAYS), reason))
}

fn greeting(known: &Known<'_>) -> Option<Touch> {
    let last = known.last_touch_on?;
    let reason = "A quarter since you last spoke: tell what became of it".to_owned();
    Some(at_or_after_today(known, plus(last, USUAL_DAYS), reason))
}

fn plus(date: Date, days: i32) -> Date {
    date.checked_add(jiff::Span::new().days(days))
        .unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::super::model::{ContactId, PromiseId};
    use super::*;
    use crate::clock::Timestamp;

    fn date(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn known<'a>(promises: &'a [Promise]) -> Known<'a> {
        Known {
            name: "Mira",
            met: Some(Met::Event),
            added_on: date("2026-11-20"),
            last_touch_on: None,
            promises,
            open_postings: 0,
            today: date("2026-11-26"),
        }
    }

    fn promise(owed_by: OwedBy, due: &str) -> Promise {
        Promise {
            id: PromiseId(1),
            contact: ContactId(1),
            contact_name: "Mira".into(),
            owed_by,
            text: "send the talk".into(),
            due_on: Some(date(due)),
            done_at: None,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn a_promise_of_ones_own_comes_first_on_its_day() {
        let all = [
            promise(OwedBy::Them, "2026-11-01"),
            promise(OwedBy::Me, "2026-12-02"),
        ];
        let touch = suggest(&known(&all)).expect("a suggestion");
        assert_eq!(touch.on, date("2026-12-02"));
        assert!(touch.reason.contains("send the talk"));
    }

    #[test]
    fn what_they_owe_is_asked_for_only_when_it_is_late() {
        let late = [promise(OwedBy::Them, "2026-11-25")];
        assert!(
            suggest(&known(&late))
                .expect("one")
                .reason
                .starts_with("Ask kindly")
        );
        let open = [promise(OwedBy::Them, "2026-11-26")];
        assert!(
            !suggest(&known(&open))
                .expect("one")
                .reason
                .starts_with("Ask kindly")
        );
    }

    #[test]
    fn somebody_met_and_never_written_to_gets_a_first_message_today_at_the_latest() {
        let touch = suggest(&known(&[])).expect("a suggestion");
        assert_eq!(touch.on, date("2026-11-26"));
        let quiet = Known {
            met: Some(Met::Work),
            ..known(&[])
        };
        assert_eq!(suggest(&quiet), None, "nobody is pressed without a reason");
    }

    #[test]
    fn openings_at_their_company_come_before_a_greeting() {
        let spoken = Known {
            last_touch_on: Some(date("2026-11-25")),
            ..known(&[])
        };
        assert_eq!(suggest(&spoken).expect("one").on, date("2027-02-23"));
        let open = Known {
            open_postings: 3,
            ..spoken
        };
        let touch = suggest(&open).expect("one");
        assert_eq!(touch.on, date("2026-12-09"));
        assert!(touch.reason.starts_with("3 postings are open"));
    }
}

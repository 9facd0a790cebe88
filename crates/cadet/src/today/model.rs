//! What Today shows, and the order in which things are to be done. Pure.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::alerts::digest::MatchRecord;
use crate::applications::next::NextAction;
use crate::applications::record::StageCount;
use crate::clock::Timestamp;
use crate::contacts::model::Contact;
use crate::contacts::timeline::{OwedBy, Promise};
use crate::correspondence::model::Reply;

/// How pressing something is; smaller is sooner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Its time is past, or within a day.
    Now,
    /// Somebody waits, or it is due today.
    Today,
    /// It is dated, and its day comes.
    Soon,
    /// Whenever there is time.
    Whenever,
}

/// Where a line of the list comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = TodoOrigin)]
pub enum Origin {
    /// An employer's answer that waits for a decision.
    Reply,
    /// An application.
    Application,
    /// A promise.
    Promise,
    /// A contact.
    Touch,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Todo {
    /// How pressing it is.
    pub urgency: Urgency,
    /// Where it comes from.
    pub origin: Origin,
    /// What to do.
    pub title: String,
    /// Why.
    pub reason: String,
    /// By when, if there is a day.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// Where it is done.
    pub path: String,
}

/// What is known of a day when the list is made.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Today, for the person.
    pub today: Date,
    /// The IANA time zone that says so.
    pub zone: String,
}

impl Moment {
    /// The day of an instant, for the person.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> Date {
        let zone = jiff::tz::TimeZone::get(&self.zone).unwrap_or(jiff::tz::TimeZone::UTC);
        at.to_jiff().to_zoned_datetime(zone).date()
    }
}

/// What is due, from each part.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// Actions of applications.
    pub actions: Vec<NextAction>,
    /// Promises that are not kept.
    pub promises: Vec<Promise>,
    /// Contacts to be in touch with.
    pub touches: Vec<Contact>,
    /// Answers that wait.
    pub replies: Vec<Reply>,
}

/// Everything in the order in which it is to be done: by urgency, then by day, then by where it comes from.
#[must_use]
pub fn ordered(due: &Due, moment: &Moment) -> Vec<Todo> {
    let mut all: Vec<Todo> = Vec::new();
    all.extend(due.replies.iter().map(of_reply));
    all.extend(due.actions.iter().map(|action| of_action(action, moment)));
    all.extend(
        due.promises
            .iter()
            .map(|promise| of_promise(promise, moment)),
    );
    all.extend(
        due.touches
            .iter()
            .filter_map(|contact| of_touch(contact, moment)),
    );
    all.sort_by_key(|todo| (todo.urgency, todo.due_on.unwrap_or(Date::MAX), todo.origin));
    all
}

fn of_reply(reply: &Reply) -> Todo {
    let who = if reply.from_name.is_empty() {
        &reply.from_address
    } else {
        &reply.from_name
    };
    Todo {
        urgency: Urgency::Today,
        origin: Origin::Reply,
        title: format!("Decide on an answer of {who}"),
        reason: format!("{}: \u{201c}{}\u{201d}", reply.kind.label(), reply.quote),
        due_on: None,
        path: "/mail/replies".into(),
    }
}

fn of_action(action: &NextAction, moment: &Moment) -> Todo {
    let due_on = action.due.map(|at| moment.day_of(at));
    let urgency = match due_on {
        _ if action.urgent => Urgency::Now,
        Some(day) if day <= moment.today => Urgency::Today,
        Some(_) => Urgency::Soon,
        None => Urgency::Whenever,
    };
    Todo {
        urgency,
        origin: Origin::Application,
        title: format!("{}: {}", action.title, action.name),
        reason: action.reason.clone(),
        due_on,
        path: action.path.clone(),
    }
}

fn of_promise(promise: &Promise, moment: &Moment) -> Todo {
    let name = &promise.contact_name;
    let late = promise.is_late(moment.today);
    let (title, reason) = match promise.owed_by {
        OwedBy::Me => (promise.text.clone(), format!("You promised it to {name}")),
        OwedBy::Them => (
            format!("Ask {name} kindly"),
            format!("They promised: {}", promise.text),
        ),
    };
    let urgency = match (late, promise.owed_by) {
        (true, OwedBy::Me) => Urgency::Now,
        (_, OwedBy::Me) if promise.due_on == Some(moment.today) => Urgency::Today,
        (true, OwedBy::Them) => Urgency::Today,
        _ => Urgency::Soon,
    };
    let path = format!("/contacts/{}", promise.contact);
    Todo {
        urgency,
        origin: Origin::Promise,
        title,
        reason,
        due_on: promise.due_on,
        path,
    }
}

fn of_touch(contact: &Contact, moment: &Moment) -> Option<Todo> {
    let touch = contact.next_touch.as_ref()?;
    let position = contact.position();
    let reason = match (touch.reason.as_str(), position.as_str()) {
        ("", "") => "You set this day".to_owned(),
        ("", position) => position.to_owned(),
        (reason, _) => reason.to_owned(),
    };
    Some(Todo {
        urgency: if touch.on <= moment.today {
            Urgency::Today
        } else {
            Urgency::Soon
        },
        origin: Origin::Touch,
        title: format!("Be in touch with {}", contact.name),
        reason,
        due_on: Some(touch.on),
        path: contact.path(),
    })
}

/// Something that happens on a day of the week to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Planned {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// The time by the clocks of its place; empty for a whole day.
    pub time: String,
    /// What.
    pub title: String,
    /// Its page.
    pub path: String,
}

/// A posting that is new and fits.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Fitting {
    /// The posting's number.
    pub posting: i64,
    /// Title.
    pub title: String,
    /// Employer.
    pub company: String,
    /// When it was first seen.
    pub first_seen_at: Timestamp,
    /// How well it fits, 0 to 1, once there is a profile to hold it against.
    pub fit: Option<f64>,
    /// Whether somebody is known at the employer.
    pub knows_somebody: bool,
}

/// A step of beginning with Cadet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Step {
    /// What to do.
    pub title: &'static str,
    /// Why it helps.
    pub reason: &'static str,
    /// Where.
    pub path: &'static str,
    /// Whether it is done.
    pub done: bool,
}

/// Everything that Today shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Today {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// What to do, the first first.
    pub next: Vec<Todo>,
    /// How many more there are.
    pub more: usize,
    /// Answers that wait for a decision.
    pub replies: Vec<Reply>,
    /// What the alerts found in the last days.
    pub found: Vec<MatchRecord>,
    /// New postings that fit.
    pub fitting: Vec<Fitting>,
    /// What happens in the next seven days.
    pub week: Vec<Planned>,
    /// How many applications stand where.
    pub funnel: Vec<StageCount>,
    /// The first steps, until they are done.
    pub steps: Vec<Step>,
}

impl Today {
    /// Whether the first steps are still worth showing.
    #[must_use]
    pub fn is_beginning(&self) -> bool {
        self.steps.iter().any(|step| !step.done)
    }

    /// How many applications there are.
    #[must_use]
    pub fn applications(&self) -> u64 {
        self.funnel.iter().map(|stage| stage.count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::model::ApplicationId;
    use crate::applications::next::ActionKind;
    use crate::contacts::model::{ContactId, PromiseId};

    fn moment() -> Moment {
        Moment {
            today: "2026-11-26".parse().expect("a day"),
            zone: "Europe/Zurich".into(),
        }
    }

    fn action(title: &str, due: Option<&str>, urgent: bool) -> NextAction {
        NextAction {
            application: ApplicationId(1),
            key: "k".into(),
            kind: ActionKind::FollowUp,
            name: "Backend Intern at Northlight".into(),
            title: title.into(),
            reason: "You applied 8 days ago".into(),
            due: due.map(|at| at.parse::<jiff::Timestamp>().expect("an instant").into()),
            urgent,
            path: "/applications/1".into(),
        }
    }

    fn promise(owed_by: OwedBy, due: &str) -> Promise {
        Promise {
            id: PromiseId(1),
            contact: ContactId(7),
            contact_name: "Mira Okafor".into(),
            owed_by,
            text: "send the talk".into(),
            due_on: Some(due.parse().expect("a day")),
            done_at: None,
            created_at: Timestamp(0),
        }
    }

    #[test]
    fn what_is_late_or_fixed_comes_first_and_what_can_wait_last() {
        let due = Due {
            actions: vec![
                action("ask", None, false),
                action("answer the offer", Some("2026-11-26T20:00:00Z"), true),
                action("prepare", Some("2026-11-30T08:00:00Z"), false),
            ],
            promises: vec![
                promise(OwedBy::Them, "2026-11-20"),
                promise(OwedBy::Me, "2026-11-25"),
            ],
            ..Due::default()
        };
        let list = ordered(&due, &moment());
        let titles: Vec<&str> = list
            .iter()
            .map(|todo| todo.title.split(':').next().unwrap_or(""))
            .collect();
        assert_eq!(
            titles,
            [
                "send the talk",
                "answer the offer",
                "Ask Mira Okafor kindly",
                "prepare",
                "ask"
            ]
        );
        assert!(
            list.iter()
                .all(|todo| !todo.reason.is_empty() && todo.path.starts_with('/'))
        );
    }

    #[test]
    fn a_day_is_that_of_the_person() {
        let late: jiff::Timestamp = "2026-11-26T23:30:00Z".parse().expect("an instant");
        assert_eq!(moment().day_of(late.into()).to_string(), "2026-11-27");
    }
}

//! Items as iCalendar. Pure: the same items give the same bytes.

use icalendar::{
    Alarm, Calendar, Component as _, Event, EventLike as _, EventStatus, Parameter, Property, Todo,
    TodoStatus, Trigger,
};

use super::model::Item;
use crate::clock::Timestamp;

/// How often a calendar program should look again.
const REFRESH: &str = "PT1H";
/// Who made it, as RFC 5545 wants it.
const PRODUCT: &str = "-//Cadet//Applications//EN";

/// What is written of items.
#[derive(Clone, Copy, Debug)]
pub struct Writing<'a> {
    /// What the calendar is called.
    pub name: &'a str,
    /// The address of this Cadet, without a slash at its end.
    pub address: &'a str,
    /// Makes UIDs the owner's own: the account's number and this host.
    pub host: &'a str,
    /// Whether tasks are written, as `VTODO`.
    pub tasks: bool,
}

/// Items as a calendar.
#[must_use]
pub fn calendar(items: &[Item], writing: &Writing<'_>) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(writing.name);
    let refresh = Property::new("REFRESH-INTERVAL", REFRESH)
        .append_parameter(Parameter::new("VALUE", "DURATION"))
        .done();
    calendar.append_property(refresh);
    calendar.append_property(Property::new("X-PUBLISHED-TTL", REFRESH));
    for item in items {
        match item.task_done {
            None => {
                calendar.push(event(item, writing));
            }
            Some(done) if writing.tasks => {
                calendar.push(todo(item, done, writing));
            }
            Some(_) => {}
        }
    }
    calendar.to_string()
}

/// The same for ever for the same thing.
fn uid(item: &Item, writing: &Writing<'_>) -> String {
    format!(
        "{}-application-{}@{}",
        item.key, item.application, writing.host
    )
}

fn utc(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// What events and tasks have alike.
fn common(component: &mut impl icalendar::Component, item: &Item, writing: &Writing<'_>) {
    let page = format!("{}/applications/{}", writing.address, item.application);
    let description = match item.description.as_str() {
        "" => page.clone(),
        text => format!("{text}\n{page}"),
    };
    component.add_property("UID", uid(item, writing));
    component.add_property("DTSTAMP", utc(item.changed_at));
    component.add_property("LAST-MODIFIED", utc(item.changed_at));
    component.add_property("SEQUENCE", item.sequence.to_string());
    component.add_property("SUMMARY", item.summary.clone());
    component.add_property("DESCRIPTION", description);
    component.add_property("CATEGORIES", "Applications");
    let link = if item.url.is_empty() {
        page
    } else {
        item.url.clone()
    };
    component.add_property("URL", link);
    if !item.place.is_empty() {
        component.add_property("LOCATION", item.place.clone());
    }
}

fn event(item: &Item, writing: &Writing<'_>) -> Event {
    let mut event = Event::new();
    common(&mut event, item, writing);
    event.add_property("DTSTART", utc(item.starts));
    event.add_property("DTEND", utc(item.ends));
    if item.cancelled {
        event.status(EventStatus::Cancelled);
        event.add_property("TRANSP", "TRANSPARENT");
        return event.done();
    }
    event.status(EventStatus::Confirmed);
    for minutes in &item.alarms {
        if let Some(alarm) = alarm(item, *minutes, writing) {
            event.alarm(alarm);
        }
    }
    event.done()
}

fn alarm(item: &Item, minutes: u32, writing: &Writing<'_>) -> Option<Alarm> {
    let after = format!("PT{minutes}M");
    let trigger = Trigger::try_from(&Property::new("TRIGGER", &after)).ok()?;
    let mut alarm = Alarm::display(&item.summary, trigger);
    // The crate reads no times before the beginning, which it has for those who bring its kind of durations.
    let before = if minutes == 0 {
        after
    } else {
        format!("-{after}")
    };
    alarm.add_property("TRIGGER", before);
    // What is not said here would be filled in with the present and with chance, so that no two feeds were equal.
    alarm.add_property("UID", format!("alarm-{minutes}-{}", uid(item, writing)));
    alarm.add_property("DTSTAMP", utc(item.changed_at));
    Some(alarm)
}

fn todo(item: &Item, done: bool, writing: &Writing<'_>) -> Todo {
    let mut todo = Todo::new();
    common(&mut todo, item, writing);
    todo.add_property("DUE", utc(item.ends));
    let status = match (item.cancelled, done) {
        (true, _) => TodoStatus::Cancelled,
        (false, true) => TodoStatus::Completed,
        (false, false) => TodoStatus::NeedsAction,
    };
    todo.status(status);
    if done {
        todo.add_property("PERCENT-COMPLETE", "100");
    }
    todo.done()
}

#[cfg(test)]
mod tests {
    use super::super::super::model::ApplicationId;
    use super::*;

    const WRITING: Writing<'_> = Writing {
        name: "Applications",
        address: "https://cadet.example",
        host: "1.cadet",
        tasks: true,
    };

    fn item() -> Item {
        Item {
            application: ApplicationId(7),
            key: "round-3".into(),
            sequence: 2,
            changed_at: Timestamp(0),
            summary: "Interview, \u{201c}Größe; Maß\u{201d}".into(),
            description: "Line one\nline two, with comma".into(),
            place: "Berlin; Hall 2".into(),
            url: "https://meet.example/a,b;c".into(),
            starts: Timestamp(1_795_435_200_000),
            ends: Timestamp(1_795_438_800_000),
            alarms: vec![30],
            cancelled: false,
            task_done: None,
        }
    }

    #[test]
    fn the_same_items_give_the_same_bytes() {
        let first = calendar(&[item()], &WRITING);
        assert_eq!(first, calendar(&[item()], &WRITING));
        assert!(first.contains("UID:round-3-application-7@1.cadet\r\n"));
        assert!(first.contains("DTSTART:20261123T120000Z\r\n"));
        assert!(
            first.contains("SEQUENCE:2\r\n") && first.contains("TRIGGER:-PT30M\r\n"),
            "{first}"
        );
    }

    #[test]
    fn lines_are_at_most_75_octets_and_texts_are_escaped() {
        let text = calendar(&[item()], &WRITING);
        let longest = text.split("\r\n").map(str::len).max();
        assert!(longest <= Some(75), "{longest:?}: {text}");
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains("LOCATION:Berlin\\; Hall 2"), "{whole}");
        assert!(
            whole.contains("Line one\\nline two\\, with comma"),
            "{whole}"
        );
    }

    #[test]
    fn what_is_off_stays_as_cancelled_without_reminders() {
        let off = Item {
            cancelled: true,
            ..item()
        };
        let text = calendar(&[off], &WRITING);
        assert!(
            text.contains("STATUS:CANCELLED") && !text.contains("VALARM"),
            "{text}"
        );
    }

    #[test]
    fn tasks_are_there_if_wanted() {
        let task = Item {
            task_done: Some(true),
            ..item()
        };
        assert!(calendar(std::slice::from_ref(&task), &WRITING).contains("STATUS:COMPLETED"));
        let without = Writing {
            tasks: false,
            ..WRITING
        };
        assert!(!calendar(&[task], &without).contains("VTODO"));
    }
}

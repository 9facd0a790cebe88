//! Gathering what Today shows. It only reads.

use super::fits::fitting;
use super::model::{Due, Moment, Planned, Step, Today, ordered};
use crate::accounts::actions::account_get;
use crate::alerts::actions::{alert_list, matches_newest};
use crate::applications::actions::{actions_due, application_stages};
use crate::contacts::actions::{
    ContactQuery, contact_list, events_between, promises_due, touches_due,
};
use crate::correspondence::actions::replies_open;
use crate::error::Result;
use crate::postings::sources::actions::source_list;
use crate::profile::actions::profile_now;
use crate::state::Ctx;

/// Lines of the list.
const LINES: usize = 12;
/// Days of the week's plan.
const WEEK: i64 = 7;
/// Answers shown.
const REPLIES: u64 = 10;
/// New matches of alerts shown, and how old they may be in days.
const FOUND: u64 = 8;
const FOUND_DAYS: i64 = 7;

/// What to do today, what is new, and how the week looks.
///
/// # Errors
/// From the database and the index.
pub async fn today_show(ctx: &Ctx) -> Result<Today> {
    let zone = account_get(ctx).await?.settings.time_zone;
    let moment = Moment {
        today: crate::contacts::actions::today(ctx).await?,
        zone,
    };
    let due = Due {
        actions: actions_due(ctx, ctx.now()).await?,
        promises: promises_due(ctx, moment.today).await?,
        touches: touches_due(ctx, moment.today).await?,
        replies: replies_open(ctx, REPLIES).await?,
    };
    let mut next = ordered(&due, &moment);
    let more = next.len().saturating_sub(LINES);
    next.truncate(LINES);
    let since = ctx.now().plus_days(-FOUND_DAYS);
    let has_profile = profile_now(ctx).await?.0.is_some();
    Ok(Today {
        day: moment.today,
        next,
        more,
        replies: due.replies,
        found: matches_newest(ctx, since, FOUND).await?,
        fitting: fitting(ctx, has_profile).await?,
        week: week(ctx, &moment).await?,
        funnel: application_stages(ctx).await?,
        steps: steps(ctx).await?,
    })
}

/// What happens in the next seven days: events, what applications have to do by an instant, promises and touches.
async fn week(ctx: &Ctx, moment: &Moment) -> Result<Vec<Planned>> {
    let (now, end) = (ctx.now(), ctx.now().plus_days(WEEK));
    let last = moment.day_of(end);
    let mut all = Vec::new();
    for event in events_between(ctx, now, end).await? {
        all.push(Planned {
            on: moment.day_of(event.starts_at),
            time: event
                .local_start()
                .split(' ')
                .skip(1)
                .collect::<Vec<_>>()
                .join(" "),
            title: event.name,
            path: format!("/contacts/events/{}", event.id),
        });
    }
    for action in actions_due(ctx, end).await? {
        let Some(due) = action.due.filter(|due| (now..end).contains(due)) else {
            continue;
        };
        all.push(Planned {
            on: moment.day_of(due),
            time: String::new(),
            title: format!("{}: {}", action.title, action.name),
            path: action.path,
        });
    }
    let ahead = |on: Option<jiff::civil::Date>| on.filter(|on| *on > moment.today);
    for promise in promises_due(ctx, last).await? {
        all.extend(ahead(promise.due_on).map(|on| Planned {
            on,
            time: String::new(),
            title: format!("Promise: {} ({})", promise.text, promise.contact_name),
            path: format!("/contacts/{}", promise.contact),
        }));
    }
    for contact in touches_due(ctx, last).await? {
        let on = ahead(contact.next_touch.as_ref().map(|touch| touch.on));
        all.extend(on.map(|on| Planned {
            on,
            time: String::new(),
            title: format!("Be in touch with {}", contact.name),
            path: contact.path(),
        }));
    }
    all.sort_by(|one, other| (one.on, &one.time).cmp(&(other.on, &other.time)));
    Ok(all)
}

/// The first steps, each with whether it is done.
async fn steps(ctx: &Ctx) -> Result<Vec<Step>> {
    let (revision, _) = profile_now(ctx).await?;
    let begun = application_stages(ctx)
        .await?
        .iter()
        .any(|stage| stage.count > 0);
    let contacts = contact_list(ctx, &ContactQuery::default()).await?.total;
    let step = |title, reason, path, done| Step {
        title,
        reason,
        path,
        done,
    };
    Ok(vec![
        step(
            "Choose employers",
            "Cadet reads their job boards and tells you what is new",
            "/welcome",
            !source_list(ctx).await?.is_empty(),
        ),
        step(
            "Bring your resume in",
            "Every posting is then held against what you can prove, and documents are made from it",
            "/profile",
            revision.is_some(),
        ),
        step(
            "Save a search as an alert",
            "New internships that fit come to you",
            "/alerts",
            !alert_list(ctx, 0, 1).await?.is_empty(),
        ),
        step(
            "Write down whom you know",
            "A posting says who you know at its employer",
            "/contacts",
            contacts > 0,
        ),
        step(
            "Begin an application",
            "Its steps, days and people are kept, and the next one is told here",
            "/postings?internship=yes&backend=explicit&status=open",
            begun,
        ),
    ])
}

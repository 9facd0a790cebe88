//! Commands that read applications.

use super::super::actions::{
    actions_due, actions_due_count, application_choices, application_list, application_offers,
    application_show, time_zone,
};
use super::super::dates::{day_field, exact};
use super::super::list::ListQuery;
use super::super::model::ApplicationId;
use super::super::record::ApplicationRecord;
use super::super::round::LocalTime;
use super::super::statistics::actions::{application_statistics, statistics_file};
use super::super::statistics::model::Statistics;
use super::super::timeline::timeline;
use super::ListArgs;
use super::files::write;
use crate::error::Result;
use crate::state::Ctx;
use crate::terminal::{Align, Terminal};

pub(super) async fn list(ctx: &Ctx, args: &ListArgs, out: &Terminal) -> Result<()> {
    let query = ListQuery {
        words: args.words.join(" "),
        stages: args.stage.clone(),
        archived: args.archived,
        order: args.sort,
    };
    let page = application_list(ctx, &query, args.offset, args.limit).await?;
    if out.wants_json() {
        return out.json(&page);
    }
    if page.applications.is_empty() {
        return out.line(
            "There are no such applications. Begin one: cadet application add --posting NUMBER",
        );
    }
    let (choices, zone) = (application_choices(ctx).await?, time_zone(ctx).await?);
    let columns = [
        ("#", Align::Right),
        ("Application", Align::Left),
        ("Stage", Align::Left),
        ("Since", Align::Left),
        ("Applied", Align::Left),
        ("Place", Align::Left),
    ];
    let rows = page.applications.iter().map(|one| {
        vec![
            one.id.to_string(),
            one.name(),
            choices.label(one.stage).to_owned(),
            day_field(Some(one.stage_since), &zone),
            day_field(one.applied_at, &zone),
            one.place.clone(),
        ]
    });
    out.table(&columns, rows.collect())?;
    if page.total > page.applications.len() as u64 {
        out.remark(format!("{} in all; --offset shows more.", page.total));
    }
    Ok(())
}

pub(super) async fn show(ctx: &Ctx, id: ApplicationId, out: &Terminal) -> Result<()> {
    let record = application_show(ctx, id).await?;
    if out.wants_json() {
        return out.json(&record);
    }
    let (choices, zone) = (application_choices(ctx).await?, time_zone(ctx).await?);
    let one = &record.application;
    out.line(format!("{} (number {id})", one.name()))?;
    out.line(format!(
        "{} since {}",
        choices.label(one.stage),
        exact(one.stage_since, &zone)
    ))?;
    for action in &record.next {
        out.line(format!(
            "Next: {} ({}) [{}]",
            action.title, action.reason, action.key
        ))?;
    }
    belongings(&record, out)?;
    out.line("Timeline:")?;
    for line in timeline(&record.log, &choices, &zone) {
        let undone = if line.undone { " (undone)" } else { "" };
        let more = line.more.lines().next().unwrap_or("");
        let text = format!(
            "  {:>6}  {}  {}{undone}  {more}",
            line.id,
            exact(line.at, &zone),
            line.what
        );
        out.line(text.trim_end())?;
    }
    Ok(())
}

/// Rounds, tasks, people, notes and files of an application.
fn belongings(record: &ApplicationRecord, out: &Terminal) -> Result<()> {
    let state = &record.state;
    for round in &state.rounds {
        let when = round.starts.as_ref().or(round.due.as_ref());
        let when = when.map_or_else(|| "no time yet".to_owned(), LocalTime::words);
        let off = if round.cancelled { ", off" } else { "" };
        out.line(format!(
            "Round {}: {}, {when}, {}{off}",
            round.id,
            round.label(),
            round.outcome.name()
        ))?;
    }
    for task in &state.tasks {
        let mark = if task.done { "x" } else { " " };
        out.line(format!("Task {}: [{mark}] {}", task.id, task.text))?;
    }
    for person in &state.people {
        out.line(
            format!(
                "Person {}: {} {} {}",
                person.id, person.name, person.role, person.email
            )
            .trim_end(),
        )?;
    }
    for note in state.notes.iter().filter(|note| !note.text.is_empty()) {
        out.line(format!("Note {}: {}", note.id, note.text))?;
    }
    for file in &state.files {
        out.line(format!(
            "File {}: {} ({}, {} bytes, SHA-256 {})",
            file.id, file.name, file.role, file.bytes, file.sha256
        ))?;
    }
    Ok(())
}

pub(super) async fn due(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let actions = actions_due(ctx, ctx.now()).await?;
    if out.wants_json() {
        return out.json(&actions);
    }
    if actions.is_empty() {
        return out.line("Nothing is due.");
    }
    let zone = time_zone(ctx).await?;
    let columns = [
        ("#", Align::Right),
        ("What", Align::Left),
        ("For", Align::Left),
        ("Why", Align::Left),
        ("Until", Align::Left),
        ("Key", Align::Left),
    ];
    let rows = actions.iter().map(|action| {
        vec![
            action.application.to_string(),
            action.title.clone(),
            action.name.clone(),
            action.reason.clone(),
            action.due.map_or_else(String::new, |due| exact(due, &zone)),
            action.key.clone(),
        ]
    });
    out.table(&columns, rows.collect())?;
    let total = actions_due_count(ctx, ctx.now()).await?;
    if total > actions.len() as u64 {
        out.remark(format!("The most pressing of {total}."));
    }
    Ok(())
}

pub(super) async fn compare(ctx: &Ctx, out: &Terminal) -> Result<()> {
    let offers = application_offers(ctx).await?;
    if out.wants_json() {
        return out.json(&offers);
    }
    if offers.is_empty() {
        return out.line("There is no offer yet.");
    }
    let zone = time_zone(ctx).await?;
    let columns = [
        ("#", Align::Right),
        ("Offer", Align::Left),
        ("An hour", Align::Right),
        ("A month", Align::Right),
        ("Hours", Align::Right),
        ("Place", Align::Left),
        ("Begins", Align::Left),
        ("Answer by", Align::Left),
        ("Mark", Align::Right),
    ];
    let rows = offers.iter().map(|one| {
        let rates = one.rates.as_ref();
        vec![
            one.application.to_string(),
            format!("{} at {}", one.title, one.company),
            rates.map_or_else(String::new, |rates| {
                format!("{:.2} {}", rates.hourly_min, rates.currency)
            }),
            rates.map_or_else(String::new, |rates| {
                format!("{:.0} {}", rates.monthly_min, rates.currency)
            }),
            one.offer
                .hours
                .map_or_else(String::new, |hours| hours.to_string()),
            one.offer.place.clone(),
            one.offer.begins.clone(),
            day_field(one.offer.answer_by, &zone),
            one.mark
                .map_or_else(String::new, |mark| format!("{mark:.1}")),
        ]
    });
    out.table(&columns, rows.collect())
}

pub(super) async fn stats(ctx: &Ctx, save: Option<&str>, out: &Terminal) -> Result<()> {
    if let Some(name) = save {
        let path = std::path::Path::new(name);
        let bare = path
            .file_name()
            .and_then(|bare| bare.to_str())
            .unwrap_or(name);
        let file = statistics_file(ctx, bare).await?;
        write(path, &file.content)?;
        return out.answer(&serde_json::json!({ "file": name }), || {
            format!("{name} is written.")
        });
    }
    let told = application_statistics(ctx).await?;
    if out.wants_json() {
        return out.json(&*told);
    }
    told_in_words(&told, out)
}

fn told_in_words(told: &Statistics, out: &Terminal) -> Result<()> {
    out.line(format!(
        "{} applications, {} sent, {} answered. {}",
        told.total,
        told.sent,
        told.answered,
        told.weeks.words()
    ))?;
    for step in &told.funnel {
        out.line(format!("  {:<20} {}", step.label, step.reached))?;
    }
    for one in told
        .lasting
        .iter()
        .chain([&told.until_answer])
        .filter(|one| one.cases > 0)
    {
        let median = one.median.map_or_else(
            || "not yet known".to_owned(),
            |days| format!("{days:.0} days"),
        );
        let few = if one.few { ", few cases" } else { "" };
        out.line(format!(
            "  {:<24} half over after {median} ({} cases, {} open{few})",
            one.label, one.cases, one.open
        ))?;
    }
    for rate in &told.answers.by_source {
        let few = if rate.few { ", few" } else { "" };
        out.line(format!(
            "  {:<24} {} of {} answered ({:.0} to {:.0} %{few})",
            rate.label,
            rate.answered,
            rate.sent,
            rate.low * 100.0,
            rate.high * 100.0
        ))?;
    }
    Ok(())
}

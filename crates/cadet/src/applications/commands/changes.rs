//! Commands that change one application.

use std::collections::BTreeMap;

use super::super::actions::{
    action_done, application_add, application_archive, application_begin, application_correct,
    application_move, application_note_set, application_offer_set, application_review,
    application_round_cancel, application_round_set, application_show, application_snooze,
    application_task_set, application_undo, time_zone,
};
use super::super::dates::{from_morning, happened, until};
use super::super::model::{ApplicationId, Details, EventId, Review, Stage, Task};
use super::super::offers::model::Offer;
use super::super::round::{LocalTime, Round};
use super::{AddArgs, ApplicationCommand, OfferArgs, ReviewArgs, RoundArgs, TaskArgs};
use crate::error::{Error, Result};
use crate::postings::model::{PayPeriod, PostingId};
use crate::state::Ctx;
use crate::terminal::Terminal;

/// Runs a command that changes one application, and tells how it stands then.
pub(super) async fn run(ctx: &Ctx, command: ApplicationCommand, out: &Terminal) -> Result<()> {
    use ApplicationCommand as Command;
    let zone = time_zone(ctx).await?;
    let (id, told) = match command {
        Command::Add(args) => add(ctx, &args, &zone).await?,
        Command::Move { id, stage, on, why } => go(ctx, id, stage, (&on, &why), &zone).await?,
        Command::Undo { id, event } => {
            let event = application_undo(ctx, ApplicationId(id), event.map(EventId)).await?;
            (id, format!("Entry {event} is undone."))
        }
        Command::Correct { id, event, day } => {
            let at = happened("day", &day, &zone, ctx.now())?;
            let at = at.ok_or_else(|| Error::invalid_field("day", "Give the day."))?;
            application_correct(ctx, ApplicationId(id), EventId(event), at).await?;
            (id, "The date is corrected.".to_owned())
        }
        Command::Note { id, text, note } => {
            let number = application_note_set(ctx, ApplicationId(id), note, &text).await?;
            (id, format!("Note {number} is kept."))
        }
        Command::Round(args) => round(ctx, &args, &zone).await?,
        Command::Task(args) => task(ctx, &args, &zone).await?,
        Command::Offer(args) => offer(ctx, &args, &zone).await?,
        Command::Done { id, action } => {
            action_done(ctx, ApplicationId(id), &action).await?;
            (id, "Done.".to_owned())
        }
        Command::Snooze { id, until } => {
            let until = from_morning("until", &until, &zone)?;
            application_snooze(ctx, ApplicationId(id), until).await?;
            let told = if until.is_some() {
                "It sleeps until then."
            } else {
                "It is awake."
            };
            (id, told.to_owned())
        }
        Command::Archive { id, restore } => {
            application_archive(ctx, ApplicationId(id), !restore).await?;
            let told = if restore {
                "It is back."
            } else {
                "Archived. Nothing of it is lost."
            };
            (id, told.to_owned())
        }
        Command::Review(args) => review(ctx, &args, &zone).await?,
        _ => return Ok(()),
    };
    let shown = application_show(ctx, ApplicationId(id)).await?;
    out.answer(&shown.application, || format!("Application {id}: {told}"))
}

async fn add(ctx: &Ctx, args: &AddArgs, zone: &str) -> Result<(i64, String)> {
    let id = match args.posting {
        Some(posting) => application_begin(ctx, PostingId(posting)).await?,
        None => {
            let details = Details {
                posting: None,
                company: args.company.clone(),
                title: args.title.clone(),
                url: args.url.clone(),
                place: args.place.clone(),
                source: args.source.clone(),
                deadline: until("deadline", &args.deadline, zone)?,
            };
            let at = happened("on", &args.on, zone, ctx.now())?;
            application_add(ctx, details, args.stage.unwrap_or(Stage::Interested), at).await?
        }
    };
    let shown = application_show(ctx, id).await?;
    Ok((id.0, format!("{} is tracked.", shown.application.name())))
}

async fn go(
    ctx: &Ctx,
    id: i64,
    stage: Stage,
    (on, why): (&str, &str),
    zone: &str,
) -> Result<(i64, String)> {
    let at = happened("on", on, zone, ctx.now())?;
    let done = application_move(ctx, ApplicationId(id), stage, at, why).await?;
    let frozen = match done.frozen {
        0 => String::new(),
        count => format!(" {count} file(s) frozen with it."),
    };
    let told = match done.is_current {
        true => format!("Moved to {}.{frozen}", stage.name()),
        false => format!(
            "{} is in the history; it stands at {}, where a later step took it.{frozen}",
            stage.name(),
            done.application.stage.name()
        ),
    };
    Ok((id, told))
}

async fn round(ctx: &Ctx, args: &RoundArgs, zone: &str) -> Result<(i64, String)> {
    let id = ApplicationId(args.id);
    let before = match args.round {
        Some(number) => {
            let shown = application_show(ctx, id).await?;
            let known = shown.state.round(number).cloned();
            known.ok_or_else(|| Error::not_found("round", number))?
        }
        None => Round::default(),
    };
    if args.cancel {
        application_round_cancel(ctx, id, before.id, true).await?;
        return Ok((args.id, format!("Round {} is off.", before.id)));
    }
    let number = application_round_set(ctx, id, changed(before, args, zone)?).await?;
    Ok((args.id, format!("Round {number} is kept.")))
}

/// The round with what was given changed.
fn changed(mut round: Round, args: &RoundArgs, zone: &str) -> Result<Round> {
    let known = round.starts.as_ref().or(round.due.as_ref());
    let known = known.map_or(zone, |time| time.zone.as_str()).to_owned();
    let zone = args.zone.as_deref().unwrap_or(&known);
    if let Some(starts) = &args.starts {
        round.starts = Some(LocalTime::parse("starts", starts, zone)?);
    }
    if let Some(due) = &args.due {
        round.due = Some(LocalTime::parse("due", due, zone)?);
    }
    round.kind = args.kind.unwrap_or(round.kind);
    round.minutes = args.minutes.unwrap_or(round.minutes);
    round.outcome = args.outcome.unwrap_or(round.outcome);
    for (given, text) in [
        (&args.name, &mut round.name),
        (&args.place, &mut round.place),
        (&args.link, &mut round.link),
        (&args.notes, &mut round.notes),
    ] {
        if let Some(given) = given {
            text.clone_from(given);
        }
    }
    if !args.people.is_empty() {
        round.people.clone_from(&args.people);
    }
    Ok(round)
}

async fn task(ctx: &Ctx, args: &TaskArgs, zone: &str) -> Result<(i64, String)> {
    let id = ApplicationId(args.id);
    let shown = application_show(ctx, id).await?;
    let known = args.task.and_then(|number| {
        let mut tasks = shown.state.tasks.iter();
        tasks.find(|task| task.id == number).cloned()
    });
    let before = known.unwrap_or(Task {
        id: args.task.unwrap_or(0),
        ..Task::default()
    });
    let task = Task {
        text: if args.text.is_empty() {
            before.text
        } else {
            args.text.clone()
        },
        due: until("due", &args.due, zone)?.or(before.due),
        round: args.round.or(before.round),
        done: args.done,
        id: before.id,
    };
    let number = application_task_set(ctx, id, task).await?;
    Ok((args.id, format!("Task {number} is kept.")))
}

async fn offer(ctx: &Ctx, args: &OfferArgs, zone: &str) -> Result<(i64, String)> {
    let mut marks = BTreeMap::new();
    for mark in &args.mark {
        let (criterion, number) = mark.split_once('=').unwrap_or((mark, ""));
        // What is no number is refused as a mark beyond the greatest.
        marks.insert(
            criterion.trim().to_owned(),
            number.trim().parse().unwrap_or(u8::MAX),
        );
    }
    let period: PayPeriod = serde_json::from_value(args.per.as_str().into()).map_err(|_| {
        Error::invalid_field("per", "Pay is per hour, day, week, month, year or once.")
    })?;
    let offer = Offer {
        amount: args.amount,
        currency: args.currency.clone(),
        period: Some(period),
        hours: args.hours,
        weeks: args.weeks,
        begins: args.begins.clone(),
        place: args.place.clone(),
        answer_by: until("answer_by", &args.answer_by, zone)?,
        notes: args.notes.clone(),
        marks,
    };
    application_offer_set(ctx, ApplicationId(args.id), offer).await?;
    Ok((args.id, "The offer is kept.".to_owned()))
}

async fn review(ctx: &Ctx, args: &ReviewArgs, zone: &str) -> Result<(i64, String)> {
    let review = Review {
        went_well: args.went_well.clone(),
        otherwise: args.otherwise.clone(),
        to_learn: args.to_learn.clone(),
        keep_contact: !args.no_contact,
        apply_again: from_morning("apply_again", &args.apply_again, zone)?,
    };
    application_review(ctx, ApplicationId(args.id), review).await?;
    Ok((args.id, "What you wrote is kept.".to_owned()))
}

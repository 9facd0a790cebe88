//! What belongs to an application besides its stage: details, notes, tasks, people, its review, its sleep; and choices.

use super::super::choices::Choices;
use super::super::log::Change;
use super::super::model::{ApplicationId, Details, Person, Review, Task, line, text};
use super::super::record::ApplicationSummary;
use super::super::store::choices;
use super::recording::record_now;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::state::Ctx;

/// Most things of one kind within an application.
const MOST: usize = 500;

fn room(have: usize, what: &str) -> Result<()> {
    if have >= MOST {
        return Err(Error::Conflict(format!(
            "An application has at most {MOST} {what}. Remove one first."
        )));
    }
    Ok(())
}

/// Corrects what an application is for.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`]; from the database.
pub async fn application_details_set(
    ctx: &Ctx,
    id: ApplicationId,
    details: Details,
) -> Result<ApplicationSummary> {
    let stored = record_now(ctx, id, |state| {
        let details = details.checked()?;
        // Which posting it is for is not typed in.
        let posting = details.posting.or(state.details.posting);
        let details = Details { posting, ..details };
        Ok(Change::DetailsSet { details })
    });
    Ok(stored.await?.summary)
}

/// Writes a note, or one that is there anew; an empty one is gone. Gives its number.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`]; from the database.
pub async fn application_note_set(
    ctx: &Ctx,
    id: ApplicationId,
    note: Option<u32>,
    body: &str,
) -> Result<u32> {
    let body = text("text", body)?;
    let mut number = 0;
    record_now(ctx, id, |state| {
        number = match note {
            Some(note) if state.notes.iter().any(|known| known.id == note) => note,
            Some(note) => return Err(Error::not_found("note", note)),
            None if body.is_empty() => {
                return Err(Error::invalid_field("text", "Write something first."));
            }
            None => state.next_number(),
        };
        room(state.notes.len(), "notes")?;
        Ok(Change::NoteSet {
            note: number,
            text: body,
        })
    })
    .await?;
    Ok(number)
}

/// Adds a task (number 0), or changes one. Gives its number.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`]; from the database.
pub async fn application_task_set(ctx: &Ctx, id: ApplicationId, mut task: Task) -> Result<u32> {
    task.text = line("text", &task.text)?;
    let mut number = 0;
    record_now(ctx, id, |state| {
        let known = state.tasks.iter().find(|known| known.id == task.id);
        match known {
            Some(known) if task.text.is_empty() => task.text.clone_from(&known.text),
            Some(_) => {}
            None if task.id != 0 => return Err(Error::not_found("task", task.id)),
            None if task.text.is_empty() => {
                return Err(Error::invalid_field("text", "Say what is to be done."));
            }
            None => {
                room(state.tasks.len(), "tasks")?;
                task.id = state.next_number();
            }
        }
        if let Some(round) = task.round
            && state.round(round).is_none()
        {
            return Err(Error::not_found("round", round));
        }
        number = task.id;
        Ok(Change::TaskSet { task })
    })
    .await?;
    Ok(number)
}

/// Removes a task.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn application_task_remove(ctx: &Ctx, id: ApplicationId, task: u32) -> Result<()> {
    record_now(ctx, id, |state| {
        match state.tasks.iter().any(|known| known.id == task) {
            true => Ok(Change::TaskRemoved { task }),
            false => Err(Error::not_found("task", task)),
        }
    })
    .await?;
    Ok(())
}

/// Adds a person (number 0), or changes one. Gives their number.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`]; from the database.
pub async fn application_person_set(
    ctx: &Ctx,
    id: ApplicationId,
    mut person: Person,
) -> Result<u32> {
    let mut number = 0;
    record_now(ctx, id, |state| {
        person.name = line("name", &person.name)?;
        person.role = line("role", &person.role)?;
        person.email = line("email", &person.email)?;
        if person.name.is_empty() {
            return Err(Error::invalid_field("name", "Say who it is."));
        }
        let is_known = state.people.iter().any(|known| known.id == person.id);
        match (is_known, person.id) {
            (true, _) => {}
            (false, 0) => {
                room(state.people.len(), "people")?;
                person.id = state.next_number();
            }
            (false, other) => return Err(Error::not_found("person", other)),
        }
        number = person.id;
        Ok(Change::PersonSet { person })
    })
    .await?;
    Ok(number)
}

/// Removes a person from an application.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn application_person_remove(ctx: &Ctx, id: ApplicationId, person: u32) -> Result<()> {
    record_now(ctx, id, |state| {
        match state.people.iter().any(|known| known.id == person) {
            true => Ok(Change::PersonRemoved { person }),
            false => Err(Error::not_found("person", person)),
        }
    })
    .await?;
    Ok(())
}

/// Keeps what somebody thinks of an application that has ended.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`]; from the database.
pub async fn application_review(
    ctx: &Ctx,
    id: ApplicationId,
    review: Review,
) -> Result<ApplicationSummary> {
    let review = Review {
        went_well: text("went_well", &review.went_well)?,
        otherwise: text("otherwise", &review.otherwise)?,
        to_learn: text("to_learn", &review.to_learn)?,
        ..review
    };
    let stored = record_now(ctx, id, |_| Ok(Change::Reviewed { review }));
    Ok(stored.await?.summary)
}

/// Lets an application sleep until an instant; with none, it wakes.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for an instant that has passed; from the database.
pub async fn application_snooze(
    ctx: &Ctx,
    id: ApplicationId,
    until: Option<Timestamp>,
) -> Result<ApplicationSummary> {
    if until.is_some_and(|until| until <= ctx.now()) {
        return Err(Error::invalid_field(
            "until",
            "That has passed. Give a day to come, or none to wake it.",
        ));
    }
    let stored = record_now(ctx, id, |_| Ok(Change::Snoozed { until }));
    Ok(stored.await?.summary)
}

/// Puts an application away, or takes it back. Nothing of it is lost.
///
/// # Errors
/// [`Error::NotFound`]; from the database.
pub async fn application_archive(
    ctx: &Ctx,
    id: ApplicationId,
    archived: bool,
) -> Result<ApplicationSummary> {
    let stored = record_now(ctx, id, |_| Ok(Change::Archived { archived }));
    Ok(stored.await?.summary)
}

/// What the caller chose for their applications.
///
/// # Errors
/// From the database.
pub async fn application_choices(ctx: &Ctx) -> Result<Choices> {
    choices::get(&ctx.db, ctx.owner()?).await
}

/// Keeps what the caller chose for their applications.
///
/// # Errors
/// [`Error::Invalid`]; from the database.
pub async fn application_choices_set(ctx: &Ctx, chosen: Choices) -> Result<Choices> {
    let chosen = chosen.checked()?;
    choices::set(&ctx.db, ctx.owner()?, &chosen).await?;
    Ok(chosen)
}

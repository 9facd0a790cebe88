//! What the forms of an application's page send: each is one action, and then the page again.

pub(super) mod moves;
pub(super) mod rounds;

use serde::Deserialize;

use super::super::actions::{
    application_details_set, application_note_set, application_person_remove,
    application_person_set, application_review, application_task_remove, application_task_set,
    time_zone,
};
use super::super::dates::{from_morning, until};
use super::super::model::{ApplicationId, Details, Person, Review, Task};
use crate::error::Result;
use crate::state::Ctx;
use crate::web::flash::local_path;
use crate::web::{Form, Path, Redirect};

/// The page of an application.
fn page(id: ApplicationId) -> String {
    format!("/applications/{id}")
}

/// Where a form wants to go back to, or the application's page.
fn back(id: ApplicationId, wanted: &str) -> String {
    match local_path(wanted) {
        "/" => page(id),
        path => path.to_owned(),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DetailsForm {
    company: String,
    title: String,
    url: String,
    place: String,
    source: String,
    deadline: String,
}

impl DetailsForm {
    fn details(self, zone: &str) -> Result<Details> {
        Ok(Details {
            posting: None,
            deadline: until("deadline", &self.deadline, zone)?,
            company: self.company,
            title: self.title,
            url: self.url,
            place: self.place,
            source: self.source,
        })
    }
}

pub(super) async fn details(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<DetailsForm>,
) -> Result<Redirect> {
    let zone = time_zone(&ctx).await?;
    let done = match form.details(&zone) {
        Ok(details) => application_details_set(&ctx, id, details).await,
        Err(problem) => Err(problem),
    };
    Redirect::after(done, &page(id), "The details are kept.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NoteForm {
    note: Option<u32>,
    text: String,
}

pub(super) async fn note(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<NoteForm>,
) -> Result<Redirect> {
    let done = application_note_set(&ctx, id, form.note, &form.text).await;
    Redirect::after(done, &page(id), "The note is kept.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TaskForm {
    task: u32,
    text: String,
    due: String,
    round: String,
    what: String,
}

impl TaskForm {
    fn task(&self, zone: &str) -> Result<Task> {
        Ok(Task {
            id: self.task,
            text: self.text.clone(),
            due: until("due", &self.due, zone)?,
            round: self.round.parse().ok(),
            done: self.what == "done",
        })
    }
}

pub(super) async fn task(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<TaskForm>,
) -> Result<Redirect> {
    let zone = time_zone(&ctx).await?;
    let done = match (form.what.as_str(), form.task(&zone)) {
        ("remove", _) => application_task_remove(&ctx, id, form.task).await,
        (_, Ok(task)) => application_task_set(&ctx, id, task).await.map(|_| ()),
        (_, Err(problem)) => Err(problem),
    };
    Redirect::after(done, &page(id), "The list is kept.")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PersonForm {
    person: u32,
    name: String,
    role: String,
    email: String,
    what: String,
}

pub(super) async fn person(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<PersonForm>,
) -> Result<Redirect> {
    let done = match form.what.as_str() {
        "remove" => application_person_remove(&ctx, id, form.person).await,
        _ => application_person_set(&ctx, id, of_form(form))
            .await
            .map(|_| ()),
    };
    Redirect::after(done, &page(id), "The people are kept.")
}

fn of_form(form: PersonForm) -> Person {
    Person {
        id: form.person,
        name: form.name,
        role: form.role,
        email: form.email,
        contact: None,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReviewForm {
    went_well: String,
    otherwise: String,
    to_learn: String,
    keep_contact: Option<String>,
    apply_again: String,
}

impl ReviewForm {
    fn review(self, zone: &str) -> Result<Review> {
        Ok(Review {
            apply_again: from_morning("apply_again", &self.apply_again, zone)?,
            went_well: self.went_well,
            otherwise: self.otherwise,
            to_learn: self.to_learn,
            keep_contact: self.keep_contact.is_some(),
        })
    }
}

pub(super) async fn review(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<ReviewForm>,
) -> Result<Redirect> {
    let zone = time_zone(&ctx).await?;
    let done = match form.review(&zone) {
        Ok(review) => application_review(&ctx, id, review).await,
        Err(problem) => Err(problem),
    };
    Redirect::after(done, &page(id), "What you wrote is kept.")
}

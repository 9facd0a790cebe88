//! The form of a contact, for a new one and for one that is changed.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions;
use super::super::input::ContactInput;
use super::super::model::{Contact, ContactId, Met};
use crate::error::{Error, FieldProblem, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Query, Redirect, View};

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ContactForm {
    name: String,
    mails: String,
    phones: String,
    links: String,
    role: String,
    company: String,
    met: String,
    met_note: String,
    notes: String,
}

/// The lines of a field that takes several.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

impl ContactForm {
    fn of(contact: &Contact) -> Self {
        let input = ContactInput::of(contact);
        Self {
            name: input.name,
            mails: input.mails.join("\n"),
            phones: input.phones.join("\n"),
            links: input.links.join("\n"),
            role: input.role,
            company: input.company,
            met: input.met,
            met_note: input.met_note,
            notes: input.notes,
        }
    }

    fn input(&self) -> ContactInput {
        ContactInput {
            name: self.name.clone(),
            mails: lines(&self.mails),
            phones: lines(&self.phones),
            links: lines(&self.links),
            role: self.role.clone(),
            company: self.company.clone(),
            met: self.met.clone(),
            met_note: self.met_note.clone(),
            notes: self.notes.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "contacts/pages/form.html")]
pub(super) struct FormPage {
    layout: Layout,
    action: String,
    back: String,
    form: ContactForm,
    ways: &'static [Met],
    problems: Vec<FieldProblem>,
}

impl FormPage {
    fn problem(&self, field: &str) -> Option<&str> {
        let found = self.problems.iter().find(|one| one.field == field);
        found.map(|one| one.message.as_str())
    }
}

fn page(
    layout: Layout,
    contact: Option<&Contact>,
    form: ContactForm,
    problems: Vec<FieldProblem>,
) -> FormPage {
    let (title, action) = match contact {
        Some(contact) => (format!("Change {}", contact.name), contact.path()),
        None => ("New contact".to_owned(), "/contacts".to_owned()),
    };
    FormPage {
        layout: layout.titled(title),
        back: action.clone(),
        action,
        form,
        ways: &Met::ALL,
        problems,
    }
}

/// What a link may fill in.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NewParams {
    name: String,
    mail: String,
    company: String,
}

pub(super) async fn new(layout: Layout, Query(params): Query<NewParams>) -> View<FormPage> {
    let form = ContactForm {
        name: params.name,
        mails: params.mail,
        company: params.company,
        ..ContactForm::default()
    };
    View(page(layout, None, form, Vec::new()))
}

pub(super) async fn add(
    ctx: Ctx,
    layout: Layout,
    Form(form): Form<ContactForm>,
) -> Result<Response> {
    let done = actions::contact_add(&ctx, &form.input()).await;
    answer(layout, None, form, done, "The contact is written down.")
}

pub(super) async fn edit(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<ContactId>,
) -> Result<View<FormPage>> {
    let contact = actions::contact_get(&ctx, id).await?;
    let form = ContactForm::of(&contact);
    Ok(View(page(layout, Some(&contact), form, Vec::new())))
}

pub(super) async fn update(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<ContactId>,
    Form(form): Form<ContactForm>,
) -> Result<Response> {
    let contact = actions::contact_get(&ctx, id).await?;
    let done = actions::contact_update(&ctx, id, &form.input()).await;
    answer(
        layout,
        Some(&contact),
        form,
        done,
        "The contact is changed.",
    )
}

/// The contact's page, or the form again if something cannot be used.
fn answer(
    layout: Layout,
    contact: Option<&Contact>,
    form: ContactForm,
    done: Result<Contact>,
    told: &str,
) -> Result<Response> {
    match done {
        Ok(contact) => Ok(Redirect::to(contact.path())
            .with(Flash::ok(told))
            .into_response()),
        Err(error) => {
            let page = page(layout, contact, form, problems_of(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
    }
}

/// What a form can tell of an error; others are left to the page of errors.
pub(super) fn problems_of(error: Error) -> Result<Vec<FieldProblem>> {
    match error {
        Error::Invalid { fields, .. } if !fields.is_empty() => Ok(fields),
        Error::Invalid { message, .. } | Error::Conflict(message) => Ok(vec![FieldProblem {
            field: String::new(),
            message,
        }]),
        other => Err(other),
    }
}

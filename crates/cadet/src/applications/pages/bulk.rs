//! Changes of many applications from the list.

use axum::extract::RawForm;

use super::super::actions::{BulkChange, application_bulk, application_bulk_undo, time_zone};
use super::super::dates::from_morning;
use super::super::model::ApplicationId;
use crate::error::{Error, Result};
use crate::state::Ctx;
use crate::web::flash::local_path;
use crate::web::{Flash, Form, Redirect};

/// What the list's form holds: checkboxes of one name, which a plain form type does not read.
#[derive(Debug, Default)]
struct BulkForm {
    ids: Vec<ApplicationId>,
    what: String,
    to: String,
    until: String,
    back: String,
}

impl BulkForm {
    fn read(body: &[u8]) -> Self {
        let mut form = Self::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            match name.as_ref() {
                "id" => form.ids.extend(value.parse().ok().map(ApplicationId)),
                "what" => form.what = value.into_owned(),
                "to" => form.to = value.into_owned(),
                "until" => form.until = value.into_owned(),
                "back" => form.back = value.into_owned(),
                _ => {}
            }
        }
        form
    }

    fn change(&self, zone: &str) -> Result<BulkChange> {
        match self.what.as_str() {
            "move" => Ok(BulkChange::Move(self.to.parse()?)),
            "archive" => Ok(BulkChange::Archive),
            "unarchive" => Ok(BulkChange::Unarchive),
            "snooze" => match from_morning("until", &self.until, zone)? {
                Some(until) => Ok(BulkChange::Snooze(until)),
                None => Err(Error::invalid_field(
                    "until",
                    "Give the day until which they sleep.",
                )),
            },
            _ => Err(Error::invalid_field("what", "Choose what to do with them.")),
        }
    }

    fn back(&self) -> String {
        match local_path(&self.back) {
            "/" => "/applications/list".to_owned(),
            path => path.to_owned(),
        }
    }
}

pub(super) async fn change(ctx: Ctx, RawForm(body): RawForm) -> Result<Redirect> {
    let form = BulkForm::read(&body);
    let back = form.back();
    let change = form.change(&time_zone(&ctx).await?);
    let done = match change {
        Ok(change) => application_bulk(&ctx, &form.ids, change).await,
        Err(problem) => Err(problem),
    };
    answer(done.map(|done| (done.changed, done.batch)), &back)
}

fn answer(done: Result<(usize, String)>, back: &str) -> Result<Redirect> {
    match done {
        Ok((changed, batch)) => {
            let joint = if back.contains('?') { '&' } else { '?' };
            let told = format!("{changed} changed.");
            Ok(Redirect::to(format!("{back}{joint}batch={batch}")).with(Flash::ok(told)))
        }
        Err(problem) => Redirect::after::<()>(Err(problem), back, ""),
    }
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct UndoForm {
    batch: String,
    back: String,
}

pub(super) async fn undo(ctx: Ctx, Form(form): Form<UndoForm>) -> Result<Redirect> {
    let undone = application_bulk_undo(&ctx, &form.batch).await;
    let told = undone
        .as_ref()
        .map_or_else(|_| String::new(), |undone| format!("{undone} taken back."));
    let back = match local_path(&form.back) {
        "/" => "/applications/list",
        path => path,
    };
    Redirect::after(undone, back, &told)
}

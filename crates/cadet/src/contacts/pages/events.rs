//! Events: the lists, an event's page, and its buttons.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::super::actions::{self, EventLists};
use super::super::input::EventInput;
use super::super::model::{CareerEvent, ContactId, EventId};
use super::form::problems_of;
use crate::error::{FieldProblem, Result};
use crate::state::Ctx;
use crate::web::{Flash, Form, Layout, Path, Query, Redirect, View};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EventForm {
    name: String,
    place: String,
    url: String,
    starts: String,
    ends: String,
    time_zone: String,
    notes: String,
}

impl EventForm {
    fn of(event: &CareerEvent) -> Self {
        let local = |at: crate::clock::Timestamp| {
            let zone = jiff::tz::TimeZone::get(&event.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
            let local = at.to_jiff().to_zoned_datetime(zone);
            local.strftime("%Y-%m-%dT%H:%M").to_string()
        };
        Self {
            name: event.name.clone(),
            place: event.place.clone(),
            url: event.url.clone(),
            starts: local(event.starts_at),
            ends: event.ends_at.map(local).unwrap_or_default(),
            time_zone: event.time_zone.clone(),
            notes: event.notes.clone(),
        }
    }

    fn input(&self) -> EventInput {
        EventInput {
            name: self.name.clone(),
            place: self.place.clone(),
            url: self.url.clone(),
            starts: self.starts.clone(),
            ends: self.ends.clone(),
            time_zone: self.time_zone.clone(),
            notes: self.notes.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "contacts/pages/events.html")]
pub(super) struct ListPage {
    layout: Layout,
    lists: EventLists,
    form: EventForm,
    action: String,
    problems: Vec<FieldProblem>,
    removed: Option<EventId>,
}

impl ListPage {
    fn groups(&self) -> [(&'static str, &[CareerEvent]); 2] {
        [("To come", &self.lists.coming), ("Past", &self.lists.past)]
    }
}

#[derive(Template)]
#[template(path = "contacts/pages/event.html")]
pub(super) struct EventPage {
    layout: Layout,
    event: CareerEvent,
    form: EventForm,
    action: String,
    problems: Vec<FieldProblem>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ListParams {
    removed: Option<EventId>,
}

pub(super) async fn list(
    ctx: Ctx,
    layout: Layout,
    Query(params): Query<ListParams>,
) -> Result<View<ListPage>> {
    let page = list_page(&ctx, layout, EventForm::default(), Vec::new()).await?;
    let removed = params.removed;
    Ok(View(ListPage { removed, ..page }))
}

async fn list_page(
    ctx: &Ctx,
    layout: Layout,
    form: EventForm,
    problems: Vec<FieldProblem>,
) -> Result<ListPage> {
    Ok(ListPage {
        layout: layout.titled("Events"),
        lists: actions::event_list(ctx).await?,
        form,
        action: "/contacts/events".into(),
        problems,
        removed: None,
    })
}

pub(super) async fn add(ctx: Ctx, layout: Layout, Form(form): Form<EventForm>) -> Result<Response> {
    match actions::event_save(&ctx, None, &form.input()).await {
        Ok(event) => Ok(to_event(event.id, "The event is written down.")),
        Err(error) => {
            let page = list_page(&ctx, layout, form, problems_of(error)?).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
    }
}

fn to_event(id: EventId, told: &str) -> Response {
    let to = Redirect::to(format!("/contacts/events/{id}"));
    to.with(Flash::ok(told)).into_response()
}

fn event_page(
    layout: Layout,
    event: CareerEvent,
    form: EventForm,
    problems: Vec<FieldProblem>,
) -> EventPage {
    let action = format!("/contacts/events/{}", event.id);
    let layout = layout.titled(event.name.clone());
    EventPage {
        layout,
        event,
        form,
        action,
        problems,
    }
}

pub(super) async fn show(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<EventId>,
) -> Result<View<EventPage>> {
    let event = actions::event_get(&ctx, id).await?;
    let form = EventForm::of(&event);
    Ok(View(event_page(layout, event, form, Vec::new())))
}

pub(super) async fn update(
    ctx: Ctx,
    layout: Layout,
    Path(id): Path<EventId>,
    Form(form): Form<EventForm>,
) -> Result<Response> {
    match actions::event_save(&ctx, Some(id), &form.input()).await {
        Ok(event) => Ok(to_event(event.id, "The event is changed.")),
        Err(error) => {
            let (problems, event) = (problems_of(error)?, actions::event_get(&ctx, id).await?);
            let page = event_page(layout, event, form, problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response())
        }
    }
}

pub(super) async fn remove(ctx: Ctx, Path(id): Path<EventId>) -> Result<Redirect> {
    actions::event_remove(&ctx, id).await?;
    Ok(Redirect::to(format!("/contacts/events?removed={id}")))
}

pub(super) async fn restore(ctx: Ctx, Path(id): Path<EventId>) -> Result<Redirect> {
    actions::event_restore(&ctx, id).await?;
    let to = Redirect::to(format!("/contacts/events/{id}"));
    Ok(to.with(Flash::ok("The event is back.")))
}

/// Which contact, by number, address of the page, or mail address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PersonForm {
    person: String,
}

pub(super) async fn add_person(
    ctx: Ctx,
    Path(id): Path<EventId>,
    Form(form): Form<PersonForm>,
) -> Result<Redirect> {
    let done = actions::event_person_named(&ctx, id, &form.person).await;
    let page = format!("/contacts/events/{id}");
    Redirect::after(done, &page, "Noted.")
}

pub(super) async fn remove_person(
    ctx: Ctx,
    Path(id): Path<EventId>,
    Form(form): Form<PersonForm>,
) -> Result<Redirect> {
    let person = ContactId(form.person.trim().parse().unwrap_or(0));
    let done = actions::event_person_remove(&ctx, id, person).await;
    let page = format!("/contacts/events/{id}");
    Redirect::after(done, &page, "They are no longer noted there.")
}

//! Forms of rounds and of the offer.

use std::collections::BTreeMap;

use axum::extract::RawForm;
use serde::Deserialize;

use super::super::super::actions::{
    application_offer_set, application_owned, application_round_cancel, application_round_set,
    time_zone,
};
use super::super::super::dates::until;
use super::super::super::model::ApplicationId;
use super::super::super::offers::model::{CRITERIA, Offer};
use super::super::super::round::{LocalTime, Round, RoundKind, RoundOutcome};
use super::page;
use crate::error::{Error, Result};
use crate::postings::model::PayPeriod;
use crate::state::Ctx;
use crate::web::{Form, Path, Redirect};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct RoundForm {
    round: u32,
    kind: String,
    name: String,
    starts: String,
    zone: String,
    minutes: String,
    due: String,
    place: String,
    link: String,
    people: String,
    notes: String,
    outcome: String,
    what: String,
}

impl RoundForm {
    fn time(&self, field: &str, text: &str, zone: &str) -> Result<Option<LocalTime>> {
        let zone = match self.zone.trim() {
            "" => zone,
            zone => zone,
        };
        match text.trim() {
            "" => Ok(None),
            text => LocalTime::parse(field, text, zone).map(Some),
        }
    }

    fn round(&self, zone: &str) -> Result<Round> {
        Ok(Round {
            id: self.round,
            kind: match self.kind.as_str() {
                "" => RoundKind::default(),
                name => RoundKind::parse(name)?,
            },
            name: self.name.clone(),
            starts: self.time("starts", &self.starts, zone)?,
            minutes: number("minutes", &self.minutes)?.unwrap_or(0),
            due: self.time("due", &self.due, zone)?,
            place: self.place.clone(),
            link: self.link.clone(),
            people: self.people.split(',').map(str::to_owned).collect(),
            notes: self.notes.clone(),
            outcome: RoundOutcome::parse(&self.outcome)?,
            cancelled: false,
        })
    }
}

/// A number that may be left out.
fn number<T: std::str::FromStr>(field: &str, text: &str) -> Result<Option<T>> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| {
            Error::invalid_field(
                field,
                format!(
                    "\"{text}\" is no number that fits here. Leave it empty if it is not known."
                ),
            )
        }),
    }
}

async fn done(ctx: &Ctx, id: ApplicationId, form: &RoundForm) -> Result<()> {
    match form.what.as_str() {
        "cancel" => application_round_cancel(ctx, id, form.round, true).await,
        "restore" => application_round_cancel(ctx, id, form.round, false).await,
        _ => {
            application_owned(ctx, id).await?;
            let round = form.round(&time_zone(ctx).await?)?;
            application_round_set(ctx, id, round).await.map(|_| ())
        }
    }
}

pub(in super::super) async fn set(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    Form(form): Form<RoundForm>,
) -> Result<Redirect> {
    let done = done(&ctx, id, &form).await;
    Redirect::after(done, &page(id), "The round is kept.")
}

fn offer_of(body: &[u8], zone: &str) -> Result<Offer> {
    let fields: BTreeMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let mut marks = BTreeMap::new();
    for (criterion, _) in CRITERIA {
        let name = format!("mark-{criterion}");
        if let Some(mark) = number(&name, field(&name))? {
            marks.insert(criterion.to_owned(), mark);
        }
    }
    Ok(Offer {
        amount: number("amount", &field("amount").replace(',', "."))?,
        currency: field("currency").to_owned(),
        period: period(field("period")),
        hours: number("hours", field("hours"))?,
        weeks: number("weeks", field("weeks"))?,
        begins: field("begins").to_owned(),
        place: field("place").to_owned(),
        answer_by: until("answer_by", field("answer_by"), zone)?,
        notes: field("notes").to_owned(),
        marks,
    })
}

fn period(name: &str) -> Option<PayPeriod> {
    serde_json::from_value(serde_json::Value::from(name)).ok()
}

pub(in super::super) async fn offer(
    ctx: Ctx,
    Path(id): Path<ApplicationId>,
    RawForm(body): RawForm,
) -> Result<Redirect> {
    let zone = time_zone(&ctx).await?;
    let done = match offer_of(&body, &zone) {
        Ok(offer) => application_offer_set(&ctx, id, offer).await,
        Err(problem) => Err(problem),
    };
    Redirect::after(done, &page(id), "The offer is kept.")
}

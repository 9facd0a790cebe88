//! `/applications/offers`: offers side by side.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawForm;

use super::super::actions::{
    application_choices, application_choices_set, application_offers, time_zone,
};
use super::super::choices::Choices;
use super::super::dates::exact;
use super::super::offers::compare::ComparedOffer;
use super::super::offers::model::{CRITERIA, Weights};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::state::Ctx;
use crate::web::{Layout, Redirect, View};

#[derive(Template)]
#[template(path = "applications/pages/offers.html")]
pub(super) struct OffersPage {
    layout: Layout,
    offers: Vec<ComparedOffer>,
    choices: Choices,
    zone: String,
}

impl OffersPage {
    fn criteria(&self) -> [(&'static str, &'static str); 6] {
        CRITERIA
    }

    fn weight(&self, criterion: &str) -> u8 {
        self.choices.weights.of(criterion)
    }

    fn mark(&self, one: &ComparedOffer, criterion: &str) -> String {
        let mark = one.offer.marks.get(criterion);
        mark.map_or_else(|| "–".to_owned(), ToString::to_string)
    }

    fn exact(&self, at: &Timestamp) -> String {
        exact(*at, &self.zone)
    }

    /// Pay can be compared at a glance only within one currency.
    fn currencies(&self) -> usize {
        let mut currencies: Vec<&str> = self
            .offers
            .iter()
            .filter_map(|one| one.rates.as_ref())
            .map(|rates| rates.currency.as_str())
            .collect();
        currencies.sort_unstable();
        currencies.dedup();
        currencies.len()
    }
}

pub(super) async fn show(ctx: Ctx, layout: Layout) -> Result<View<OffersPage>> {
    Ok(View(OffersPage {
        layout: layout.titled("Offers side by side"),
        offers: application_offers(&ctx).await?,
        choices: application_choices(&ctx).await?,
        zone: time_zone(&ctx).await?,
    }))
}

pub(super) async fn weigh(ctx: Ctx, RawForm(body): RawForm) -> Result<Redirect> {
    let choices = application_choices(&ctx).await?;
    let weights = Weights(weights_of(&body));
    let done = application_choices_set(&ctx, Choices { weights, ..choices }).await;
    Redirect::after(done, "/applications/offers", "The weights are kept.")
}

fn weights_of(body: &[u8]) -> BTreeMap<String, u8> {
    url::form_urlencoded::parse(body)
        .filter_map(|(name, value)| {
            let criterion = name.strip_prefix("weight-")?.to_owned();
            // What is no number is refused as a weight beyond the greatest.
            Some((criterion, value.trim().parse().unwrap_or(u8::MAX)))
        })
        .collect()
}

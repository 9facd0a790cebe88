//! An offer: what an employer says they give, and what the candidate thinks of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::model::{line, text};
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::postings::model::{Duration, Hours, Pay, PayPeriod};
use crate::postings::rates::{PayRates, rates};

/// Best mark that a candidate gives, and greatest weight of a criterion.
pub const MARK_MOST: u8 = 5;

/// What offers are judged by, each with its words.
pub const CRITERIA: [(&str, &str); 6] = [
    ("pay", "Pay"),
    ("learning", "Learning"),
    ("people", "People"),
    ("place", "Place"),
    ("hours", "Hours"),
    ("future", "Chance to stay"),
];

/// An offer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = ApplicationOffer)]
pub struct Offer {
    /// What is paid, as it is stated.
    pub amount: Option<f64>,
    /// In which currency, ISO 4217.
    pub currency: String,
    /// Per what: `hour`, `day`, `week`, `month`, `year`, `once`.
    pub period: Option<PayPeriod>,
    /// Hours a week.
    pub hours: Option<u8>,
    /// Weeks in all.
    pub weeks: Option<u16>,
    /// From when, in the employer's words or as a date.
    pub begins: String,
    /// Where.
    pub place: String,
    /// Until when they want an answer.
    pub answer_by: Option<Timestamp>,
    /// What else belongs to it: housing, travel, holidays.
    pub notes: String,
    /// The candidate's marks, 0 to 5, by criterion.
    pub marks: BTreeMap<String, u8>,
}

impl Offer {
    /// The offer with its texts trimmed.
    ///
    /// # Errors
    /// [`Error::Invalid`] for amounts, currencies, hours and marks that cannot be.
    pub fn checked(mut self) -> Result<Self> {
        self.begins = line("begins", &self.begins)?;
        self.place = line("place", &self.place)?;
        self.notes = text("notes", &self.notes)?;
        self.currency = line("currency", &self.currency)?.to_uppercase();
        if self
            .amount
            .is_some_and(|amount| !amount.is_finite() || amount < 0.0)
        {
            return Err(Error::invalid_field(
                "amount",
                "The pay must be a number that is not below zero.",
            ));
        }
        let is_code =
            self.currency.len() == 3 && self.currency.chars().all(|c| c.is_ascii_uppercase());
        if self.amount.is_some() && !is_code {
            return Err(Error::invalid_field(
                "currency",
                "Give the currency as three letters: EUR, USD, GBP, CHF, INR.",
            ));
        }
        if self.hours.is_some_and(|hours| hours == 0 || hours > 100) {
            return Err(Error::invalid_field(
                "hours",
                "A week has 1 to 100 hours of work. Leave it empty if it is not known.",
            ));
        }
        for (criterion, mark) in &self.marks {
            if !CRITERIA.iter().any(|(name, _)| name == criterion) || *mark > MARK_MOST {
                return Err(Error::invalid_field(
                    "marks",
                    format!(
                        "Marks go from 0 to {MARK_MOST}, for pay, learning, people, place, hours and future. \"{criterion}: {mark}\" is none."
                    ),
                ));
            }
        }
        Ok(self)
    }

    /// Its pay by the hour and by the month, in the currency in which it is stated.
    #[must_use]
    pub fn rates(&self) -> Option<PayRates> {
        let pay = Pay {
            min: Some(self.amount?),
            max: None,
            currency: self.currency.clone(),
            period: self.period.unwrap_or(PayPeriod::Month),
        };
        let hours = self.hours.map(|hours| Hours {
            min: hours,
            max: hours,
        });
        let length = self.weeks.map(|weeks| Duration {
            min_weeks: weeks,
            max_weeks: weeks,
        });
        rates(&pay, hours, length)
    }
}

/// What counts how much for somebody, 0 to 5, by criterion. What is not there counts 3.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = OfferWeights)]
pub struct Weights(pub BTreeMap<String, u8>);

impl Weights {
    /// The weight of a criterion.
    #[must_use]
    pub fn of(&self, criterion: &str) -> u8 {
        self.0.get(criterion).copied().unwrap_or(3)
    }

    /// The weights with what is no criterion refused.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown criterion or a weight beyond 5.
    pub fn checked(self) -> Result<Self> {
        for (criterion, weight) in &self.0 {
            if !CRITERIA.iter().any(|(name, _)| name == criterion) || *weight > MARK_MOST {
                return Err(Error::invalid_field(
                    "weights",
                    format!("Weights go from 0 to {MARK_MOST}. \"{criterion}: {weight}\" is none."),
                ));
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_by_the_month_is_told_by_the_hour() {
        let offer = Offer {
            amount: Some(2_080.0),
            currency: "eur".into(),
            period: Some(PayPeriod::Month),
            hours: Some(40),
            ..Offer::default()
        };
        let rates = offer.checked().unwrap().rates().unwrap();
        assert_eq!(rates.currency, "EUR");
        assert!((rates.hourly_min - 12.0).abs() < 0.001, "{rates:?}");
    }

    #[test]
    fn amounts_and_marks_that_cannot_be_are_refused() {
        let without_currency = Offer {
            amount: Some(1.0),
            ..Offer::default()
        };
        assert!(without_currency.checked().is_err());
        let marked = Offer {
            marks: BTreeMap::from([("pay".into(), 6)]),
            ..Offer::default()
        };
        assert!(marked.checked().is_err());
    }
}

//! Pay made comparable: the same pay by the hour and by the month. Pure.
//!
//! A posting states pay by the hour, the day, the week, the month, the year, or for the whole. Between them lie the hours that
//! are worked: those that the posting states (the middle of a range), else 40 a week, which is said beside the figures. A month
//! has 52 / 12 weeks, a week five days. Pay for the whole is only spread over a length that the posting states. Currencies are
//! never converted.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Duration, Hours, NormalPosting, Pay, PayPeriod};

/// Hours a week where a posting states none.
pub const USUAL_HOURS: f64 = 40.0;
/// Weeks of a month.
const WEEKS_PER_MONTH: f64 = 52.0 / 12.0;
/// Days of a week.
const DAYS_PER_WEEK: f64 = 5.0;

/// Pay by the hour and by the month, in the currency in which it is stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PayRates {
    /// ISO 4217.
    pub currency: String,
    /// Lower amount an hour; the upper one where only that is stated.
    pub hourly_min: f64,
    /// Upper amount an hour; the lower one where only that is stated.
    pub hourly_max: f64,
    /// Lower amount a month.
    pub monthly_min: f64,
    /// Upper amount a month.
    pub monthly_max: f64,
    /// Hours a week by which it was computed.
    pub hours_per_week: f64,
    /// Whether those hours are assumed, since the posting states none.
    pub hours_assumed: bool,
}

/// The pay by the hour and by the month. `None` when no amount is stated, or it is for a whole of unknown length.
#[must_use]
pub fn rates(pay: &Pay, hours: Option<Hours>, length: Option<Duration>) -> Option<PayRates> {
    let low = pay.min.or(pay.max)?;
    let high = pay.max.or(pay.min)?;
    let per_week = hours.map_or(USUAL_HOURS, |hours| {
        (f64::from(hours.min) + f64::from(hours.max)) / 2.0
    });
    if per_week <= 0.0 {
        return None;
    }
    let per_hour = match pay.period {
        PayPeriod::Hour => 1.0,
        PayPeriod::Day => DAYS_PER_WEEK / per_week,
        PayPeriod::Week => 1.0 / per_week,
        PayPeriod::Month => 1.0 / (WEEKS_PER_MONTH * per_week),
        PayPeriod::Year => 1.0 / (52.0 * per_week),
        PayPeriod::Once => {
            let length = length?;
            let weeks = (f64::from(length.min_weeks) + f64::from(length.max_weeks)) / 2.0;
            if weeks <= 0.0 {
                return None;
            }
            1.0 / (weeks * per_week)
        }
    };
    let hourly = |amount: f64| cents(amount * per_hour);
    let monthly = |amount: f64| cents(amount * per_hour * per_week * WEEKS_PER_MONTH);
    Some(PayRates {
        currency: pay.currency.clone(),
        hourly_min: hourly(low),
        hourly_max: hourly(high),
        monthly_min: monthly(low),
        monthly_max: monthly(high),
        hours_per_week: per_week,
        hours_assumed: hours.is_none(),
    })
}

impl NormalPosting {
    /// Its pay by the hour and by the month, if it states pay.
    #[must_use]
    pub fn pay_rates(&self) -> Option<PayRates> {
        rates(
            self.pay.as_ref()?,
            self.facts.hours.as_ref().map(|fact| fact.value),
            self.facts.duration.as_ref().map(|fact| fact.value),
        )
    }
}

fn cents(amount: f64) -> f64 {
    (amount * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(
        amount: f64,
        period: PayPeriod,
        hours: Option<u8>,
        weeks: Option<u16>,
    ) -> Option<(f64, f64, bool)> {
        let pay = Pay {
            min: Some(amount),
            max: None,
            currency: "EUR".into(),
            period,
        };
        let hours = hours.map(|hours| Hours {
            min: hours,
            max: hours,
        });
        let length = weeks.map(|weeks| Duration {
            min_weeks: weeks,
            max_weeks: weeks,
        });
        let rates = rates(&pay, hours, length)?;
        Some((rates.hourly_min, rates.monthly_max, rates.hours_assumed))
    }

    #[test]
    fn every_period_becomes_an_hour_and_a_month() {
        for (amount, period, expected) in [
            (20.0, PayPeriod::Hour, (20.0, 3_466.67, true)),
            (160.0, PayPeriod::Day, (20.0, 3_466.67, true)),
            (800.0, PayPeriod::Week, (20.0, 3_466.67, true)),
            (3_466.67, PayPeriod::Month, (20.0, 3_466.67, true)),
            (41_600.0, PayPeriod::Year, (20.0, 3_466.67, true)),
        ] {
            assert_eq!(of(amount, period, None, None), Some(expected), "{period:?}");
        }
    }

    #[test]
    fn hours_that_the_posting_states_are_those_that_count() {
        assert_eq!(
            of(1_300.0, PayPeriod::Month, Some(20), None),
            Some((15.0, 1_300.0, false))
        );
    }

    #[test]
    fn pay_for_the_whole_needs_the_length_of_the_whole() {
        assert_eq!(of(9_600.0, PayPeriod::Once, None, None), None);
        assert_eq!(
            of(9_600.0, PayPeriod::Once, None, Some(12)),
            Some((20.0, 3_466.67, true))
        );
    }
}

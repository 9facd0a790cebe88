//! Offers side by side; pure.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::model::ApplicationId;
use super::model::{CRITERIA, Offer, Weights};
use crate::postings::rates::PayRates;

/// An offer as it is compared.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ComparedOffer {
    /// The application.
    pub application: ApplicationId,
    /// The employer.
    pub company: String,
    /// The position.
    pub title: String,
    /// The offer.
    pub offer: Offer,
    /// Its pay by the hour and by the month.
    pub rates: Option<PayRates>,
    /// The weighted mean of the candidate's marks, 0 to 5; absent while there are none.
    pub mark: Option<f64>,
}

/// Puts offers side by side, the one with the best mark first; those without marks follow in the order given.
#[must_use]
pub fn compare(
    offers: Vec<(ApplicationId, String, String, Offer)>,
    weights: &Weights,
) -> Vec<ComparedOffer> {
    let mut compared: Vec<ComparedOffer> = offers
        .into_iter()
        .map(|(application, company, title, offer)| ComparedOffer {
            application,
            company,
            title,
            rates: offer.rates(),
            mark: mark(&offer, weights),
            offer,
        })
        .collect();
    compared.sort_by(|a, b| {
        let order = |one: &ComparedOffer| one.mark.unwrap_or(-1.0);
        order(b).total_cmp(&order(a))
    });
    compared
}

/// The weighted mean of the marks that were given.
fn mark(offer: &Offer, weights: &Weights) -> Option<f64> {
    let given = CRITERIA.iter().filter_map(|(name, _)| {
        let mark = offer.marks.get(*name)?;
        Some((f64::from(*mark), f64::from(weights.of(name))))
    });
    let (sum, weight) = given.fold((0.0, 0.0), |(sum, all), (mark, weight)| {
        (sum + mark * weight, all + weight)
    });
    (weight > 0.0).then(|| sum / weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn offer(marks: &[(&str, u8)]) -> Offer {
        Offer {
            marks: marks
                .iter()
                .map(|(name, mark)| ((*name).to_owned(), *mark))
                .collect(),
            ..Offer::default()
        }
    }

    #[test]
    fn what_counts_more_decides() {
        let offers = || {
            vec![
                (
                    ApplicationId(1),
                    "A".into(),
                    String::new(),
                    offer(&[("pay", 5), ("learning", 2)]),
                ),
                (
                    ApplicationId(2),
                    "B".into(),
                    String::new(),
                    offer(&[("pay", 2), ("learning", 5)]),
                ),
                (ApplicationId(3), "C".into(), String::new(), offer(&[])),
            ]
        };
        let first = |pay: u8, learning: u8| {
            let weights =
                BTreeMap::from([("pay".to_owned(), pay), ("learning".to_owned(), learning)]);
            let compared = compare(offers(), &Weights(weights));
            assert_eq!(compared[2].application, ApplicationId(3));
            compared[0].application
        };
        assert_eq!(first(5, 1), ApplicationId(1));
        assert_eq!(first(1, 5), ApplicationId(2));
    }

    #[test]
    fn marks_that_count_nothing_give_no_mark() {
        let weights = Weights(BTreeMap::from([("pay".to_owned(), 0)]));
        assert_eq!(mark(&offer(&[("pay", 5)]), &weights), None);
    }
}

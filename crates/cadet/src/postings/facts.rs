//! Facts in words, as people read them. Pure.

use super::fields::term_label;
use super::model::{BackendGrade, Degree, Fact, Facts, Pay, PayPeriod, Sponsorship};

/// Each fact that is known: its name and its value in words, in the order in which a candidate asks.
#[must_use]
pub fn lines(facts: &Facts) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let mut add =
        |name: &'static str, words: Option<String>| lines.extend(words.map(|words| (name, words)));
    add(
        "Internship",
        value(facts.internship.as_ref(), |yes| yes_no(*yes)),
    );
    add(
        "Backend",
        value(facts.backend.as_ref(), |grade| backend(*grade).to_owned()),
    );
    let terms: Vec<String> = facts
        .terms
        .iter()
        .map(|fact| term_label(&fact.value))
        .collect();
    add("Term", (!terms.is_empty()).then(|| terms.join(", ")));
    add(
        "Duration",
        value(facts.duration.as_ref(), |length| {
            weeks(length.min_weeks, length.max_weeks)
        }),
    );
    add(
        "Hours a week",
        value(facts.hours.as_ref(), |hours| range(hours.min, hours.max)),
    );
    add("Paid", value(facts.paid.as_ref(), |yes| yes_no(*yes)));
    add("Pay", value(facts.pay.as_ref(), pay));
    add(
        "Degree",
        value(facts.degree.as_ref(), |degree| {
            self::degree(*degree).to_owned()
        }),
    );
    add(
        "Graduation",
        value(facts.graduation.as_ref(), |window| {
            match (&window.from, &window.to) {
                (Some(from), Some(to)) if from == to => from.clone(),
                (Some(from), Some(to)) => format!("{from} to {to}"),
                (Some(from), None) => format!("from {from}"),
                (None, Some(to)) => format!("until {to}"),
                (None, None) => String::new(),
            }
        }),
    );
    add(
        "Work authorisation",
        value(facts.sponsorship.as_ref(), |sponsorship| {
            self::sponsorship(*sponsorship).to_owned()
        }),
    );
    add(
        "Apply until",
        value(facts.deadline.as_ref(), |deadline| {
            deadline.at.date_string()
        }),
    );
    lines
}

fn value<T>(fact: Option<&Fact<T>>, words: impl Fn(&T) -> String) -> Option<String> {
    fact.map(|fact| words(&fact.value))
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// A grade as people read it.
#[must_use]
pub const fn backend(grade: BackendGrade) -> &'static str {
    match grade {
        BackendGrade::Explicit => "backend work, says so",
        BackendGrade::Plausible => "may well be backend work",
        BackendGrade::No => "not backend work",
    }
}

/// A degree as people read it.
#[must_use]
pub const fn degree(degree: Degree) -> &'static str {
    match degree {
        Degree::None => "none needed",
        Degree::Vocational => "vocational training",
        Degree::Associate => "associate",
        Degree::Bachelor => "bachelor",
        Degree::Master => "master",
        Degree::Doctorate => "doctorate",
    }
}

/// Work authorisation as people read it.
#[must_use]
pub const fn sponsorship(sponsorship: Sponsorship) -> &'static str {
    match sponsorship {
        Sponsorship::Offered => "a visa is sponsored",
        Sponsorship::NotOffered => "no visa is sponsored",
        Sponsorship::CitizensOnly => "citizens or permanent residents only",
    }
}

/// Pay in words: `USD 38 to 45 an hour`.
#[must_use]
pub fn pay(pay: &Pay) -> String {
    let amount = |amount: f64| {
        if amount.fract() == 0.0 {
            format!("{amount:.0}")
        } else {
            format!("{amount:.2}")
        }
    };
    let amounts = match (pay.min, pay.max) {
        (Some(min), Some(max)) if (max - min).abs() < f64::EPSILON => amount(min),
        (Some(min), Some(max)) => format!("{} to {}", amount(min), amount(max)),
        (Some(min), None) => format!("from {}", amount(min)),
        (None, Some(max)) => format!("up to {}", amount(max)),
        (None, None) => return String::new(),
    };
    let period = match pay.period {
        PayPeriod::Hour => " an hour",
        PayPeriod::Day => " a day",
        PayPeriod::Week => " a week",
        PayPeriod::Month => " a month",
        PayPeriod::Year => " a year",
        PayPeriod::Once => " in all",
    };
    format!("{} {amounts}{period}", pay.currency)
}

fn weeks(min: u16, max: u16) -> String {
    let whole_months = min >= 8
        && [min, max].iter().all(|weeks| {
            (f64::from(*weeks) / 4.345 - (f64::from(*weeks) / 4.345).round()).abs() < 0.15
        });
    if whole_months {
        let months = |weeks: u16| (f64::from(weeks) / 4.345).round() as u16;
        return format!("{} months", range(months(min), months(max)));
    }
    format!("{} weeks", range(min, max))
}

fn range<T: PartialEq + std::fmt::Display>(min: T, max: T) -> String {
    if min == max {
        min.to_string()
    } else {
        format!("{min} to {max}")
    }
}

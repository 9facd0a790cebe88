//! Facts in words, as people read them. Pure.

use super::fields::term_label;
use super::model::{
    BackendGrade, BackendReason, Degree, Fact, Facts, GraduationWindow, Origin, Pay, PayPeriod,
    RemoteArea, Sponsorship, StartDate,
};
use super::normalise::gazetteer::gazetteer;
use super::rates::PayRates;

/// A fact in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactLine {
    /// What it is about: `Duration`.
    pub name: &'static str,
    /// What is held to be true: `3 to 6 months`.
    pub value: String,
    /// The words of the posting that say so; empty when it follows from their absence.
    pub quote: String,
    /// Where those words stand.
    pub origin: Origin,
}

/// Each fact that is known, in the order in which a candidate asks; several for several terms.
#[must_use]
pub fn told(facts: &Facts) -> Vec<FactLine> {
    let mut told = Vec::new();
    told.extend(line("Internship", facts.internship.as_ref(), |yes| {
        yes_no(*yes)
    }));
    told.extend(line("Backend", facts.backend.as_ref(), |grade| {
        backend_with_reason(*grade, facts.backend_reason)
    }));
    for term in &facts.terms {
        told.extend(line("Term", Some(term), term_label));
    }
    told.extend(line("Starts", facts.start.as_ref(), start));
    told.extend(line("Duration", facts.duration.as_ref(), |length| {
        weeks(length.min_weeks, length.max_weeks)
    }));
    told.extend(line("Hours a week", facts.hours.as_ref(), |hours| {
        range(hours.min, hours.max)
    }));
    told.extend(line("Paid", facts.paid.as_ref(), |yes| yes_no(*yes)));
    told.extend(line("Pay", facts.pay.as_ref(), pay));
    told.extend(line("Degree", facts.degree.as_ref(), |degree| {
        self::degree(*degree).to_owned()
    }));
    told.extend(line("Graduation", facts.graduation.as_ref(), graduation));
    told.extend(line(
        "Work authorisation",
        facts.sponsorship.as_ref(),
        |said| sponsorship(*said).to_owned(),
    ));
    told.extend(line("Apply until", facts.deadline.as_ref(), |deadline| {
        deadline.at.date_string()
    }));
    told.extend(line("Rolling", facts.rolling.as_ref(), |_| {
        "read as they come, so apply early".to_owned()
    }));
    told.extend(line("Remote from", facts.remote_in.as_ref(), remote_area));
    told
}

/// The same without the words that say so, one line for each name.
#[must_use]
pub fn lines(facts: &Facts) -> Vec<(&'static str, String)> {
    let mut lines: Vec<(&'static str, String)> = Vec::new();
    for fact in told(facts) {
        match lines.last_mut() {
            Some((name, value)) if *name == fact.name => {
                value.push_str(", ");
                value.push_str(&fact.value);
            }
            _ => lines.push((fact.name, fact.value)),
        }
    }
    lines
}

fn line<T>(
    name: &'static str,
    fact: Option<&Fact<T>>,
    words: impl Fn(&T) -> String,
) -> Option<FactLine> {
    fact.map(|fact| FactLine {
        name,
        value: words(&fact.value),
        quote: fact.quote.clone(),
        origin: fact.origin,
    })
}

fn graduation(window: &GraduationWindow) -> String {
    match (&window.from, &window.to) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    }
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

fn backend_with_reason(grade: BackendGrade, reason: Option<BackendReason>) -> String {
    let told = backend(grade);
    reason.map_or_else(
        || told.to_owned(),
        |reason| format!("{told}: {}", backend_reason(reason)),
    )
}

/// Why a grade is what it is, as people read it behind the grade.
#[must_use]
pub const fn backend_reason(reason: BackendReason) -> &'static str {
    match reason {
        BackendReason::NamesBackend => "the title names backend work",
        BackendReason::FullStack => "the title names full-stack work",
        BackendReason::ServerTechnology => "the title names a technology of servers",
        BackendReason::TextNamesBackend => "the text names backend work",
        BackendReason::SoftwareRole => "software work, and the title does not say which",
        BackendReason::Platform => "data, cloud or platform engineering",
        BackendReason::Engineering => "the title says engineering, and not of what",
        BackendReason::Frontend => "the title names frontend work",
        BackendReason::Mobile => "the title names apps for phones",
        BackendReason::Device => "the title names devices, robots or vehicles",
        BackendReason::Quality => "the title names testing",
        BackendReason::Graphics => "the title names graphics, games or compilers",
        BackendReason::OtherWork => "the title names other work",
        BackendReason::NotSoftware => "the title names no software work",
        BackendReason::TextNotSoftware => "the text never speaks of software",
    }
}

fn start(start: &StartDate) -> String {
    match &start.date {
        Some(date) => date.clone(),
        None => "as soon as possible".to_owned(),
    }
}

fn remote_area(area: &RemoteArea) -> String {
    if area.worldwide {
        return "anywhere".to_owned();
    }
    let countries = area
        .countries
        .iter()
        .map(|code| gazetteer().country_name(code).unwrap_or(code));
    countries
        .chain(area.regions.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Pay by the hour and by the month in words: `about USD 38 to 45 an hour, USD 6,587 to 7,800 a month at 40 hours a week`.
#[must_use]
pub fn pay_rates(rates: &PayRates) -> String {
    let between = |low: f64, high: f64| {
        let (low, high) = (group_thousands(low.round()), group_thousands(high.round()));
        if low == high {
            low
        } else {
            format!("{low} to {high}")
        }
    };
    format!(
        "about {currency} {} an hour, {currency} {} a month, at {} hours a week{}",
        between(rates.hourly_min, rates.hourly_max),
        between(rates.monthly_min, rates.monthly_max),
        rates.hours_per_week,
        if rates.hours_assumed {
            ", which is assumed"
        } else {
            ""
        },
        currency = rates.currency,
    )
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
        Sponsorship::AuthorisationRequired => "you need the right to work there",
    }
}

/// Pay in words: `USD 38 to 45 an hour`.
#[must_use]
pub fn pay(pay: &Pay) -> String {
    let amount = |amount: f64| {
        if amount.fract() == 0.0 {
            group_thousands(amount)
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

/// Pay in a few characters, for lists: `USD 38–45 /h`.
#[must_use]
pub fn pay_short(pay: &Pay) -> String {
    let amount = |amount: f64| group_thousands(amount.round());
    let amounts = match (pay.min, pay.max) {
        (Some(min), Some(max)) if (max - min).abs() < f64::EPSILON => amount(min),
        (Some(min), Some(max)) => format!("{}–{}", amount(min), amount(max)),
        (Some(min), None) => format!("from {}", amount(min)),
        (None, Some(max)) => format!("to {}", amount(max)),
        (None, None) => return String::new(),
    };
    let period = match pay.period {
        PayPeriod::Hour => " /h",
        PayPeriod::Day => " /day",
        PayPeriod::Week => " /wk",
        PayPeriod::Month => " /mo",
        PayPeriod::Year => " /yr",
        PayPeriod::Once => "",
    };
    format!("{} {amounts}{period}", pay.currency)
}

/// `12345` as `12,345`.
fn group_thousands(whole: f64) -> String {
    let digits = format!("{whole:.0}");
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
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

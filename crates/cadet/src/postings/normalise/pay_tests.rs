//! Pay as sources and texts state it.

use proptest::prelude::*;

use super::*;

fn words(
    sentence: &str,
    country: Option<&str>,
) -> Option<(Option<f64>, Option<f64>, String, PayPeriod)> {
    pay_of_words(sentence, country, false).map(|pay| (pay.min, pay.max, pay.currency, pay.period))
}

/// Sentence, country, lower and upper amount, currency, period.
type Case = (
    &'static str,
    Option<&'static str>,
    f64,
    f64,
    &'static str,
    PayPeriod,
);

const CASES: &[Case] = &[
    (
        "The pay for this role is $38 - $45/hr.",
        None,
        38.0,
        45.0,
        "USD",
        PayPeriod::Hour,
    ),
    (
        "$38.50 to $45.25 per hour",
        None,
        38.5,
        45.25,
        "USD",
        PayPeriod::Hour,
    ),
    (
        "Vergütung: €2,100 brutto im Monat",
        None,
        2100.0,
        2100.0,
        "EUR",
        PayPeriod::Month,
    ),
    (
        "Wir zahlen 2.100 € brutto pro Monat.",
        None,
        2100.0,
        2100.0,
        "EUR",
        PayPeriod::Month,
    ),
    (
        "Lohn: CHF 2'500 pro Monat",
        None,
        2500.0,
        2500.0,
        "CHF",
        PayPeriod::Month,
    ),
    (
        "Salary: £28k",
        None,
        28_000.0,
        28_000.0,
        "GBP",
        PayPeriod::Year,
    ),
    (
        "Gratification : 1.200 € / mois",
        None,
        1200.0,
        1200.0,
        "EUR",
        PayPeriod::Month,
    ),
    (
        "Gratification de 1 200 € bruts par mois",
        None,
        1200.0,
        1200.0,
        "EUR",
        PayPeriod::Month,
    ),
    (
        "Bolsa-auxílio: R$ 2.000 por mês",
        None,
        2000.0,
        2000.0,
        "BRL",
        PayPeriod::Month,
    ),
    (
        "Stipend: ₹40,000 per month",
        None,
        40_000.0,
        40_000.0,
        "INR",
        PayPeriod::Month,
    ),
    (
        "USD 8,000-9,500 monthly",
        None,
        8000.0,
        9500.0,
        "USD",
        PayPeriod::Month,
    ),
    (
        "Base salary 100k-120k",
        Some("US"),
        100_000.0,
        120_000.0,
        "USD",
        PayPeriod::Year,
    ),
    (
        "Compensation: $100-120k",
        None,
        100_000.0,
        120_000.0,
        "USD",
        PayPeriod::Year,
    ),
    (
        "Hourly rate: $25 – $32",
        Some("CA"),
        25.0,
        32.0,
        "CAD",
        PayPeriod::Hour,
    ),
    (
        "The annual salary range is $95,000.00 to $120,000.00 USD.",
        None,
        95_000.0,
        120_000.0,
        "USD",
        PayPeriod::Year,
    ),
    ("15 €/Stunde", None, 15.0, 15.0, "EUR", PayPeriod::Hour),
    (
        "Salary 6 - 8 LPA",
        Some("IN"),
        600_000.0,
        800_000.0,
        "INR",
        PayPeriod::Year,
    ),
    (
        "You earn $1,500 per week.",
        None,
        1500.0,
        1500.0,
        "USD",
        PayPeriod::Week,
    ),
    (
        "Beca de 600€ al mes",
        None,
        600.0,
        600.0,
        "EUR",
        PayPeriod::Month,
    ),
    (
        "a stipend of $5,000 for the summer",
        None,
        5000.0,
        5000.0,
        "USD",
        PayPeriod::Once,
    ),
    (
        "Lön: 25 000 SEK per month",
        None,
        25_000.0,
        25_000.0,
        "SEK",
        PayPeriod::Month,
    ),
];

#[test]
fn amounts_of_many_countries_are_read() {
    for &(sentence, country, min, max, currency, period) in CASES {
        assert_eq!(
            words(sentence, country),
            Some((Some(min), Some(max), currency.to_owned(), period)),
            "{sentence}"
        );
    }
}

#[test]
fn other_amounts_are_not_pay() {
    for sentence in [
        "We raised $40M in a Series B.",
        "Our $2.5 billion revenue grew.",
        "401k matching",
        "401(k) with 4% match",
        "We are a team of 120 people.",
        "Founded in 2015, 2,000 customers.",
        "Over $300 million in funding to date",
        "$5,000 relocation bonus",
        "5+ years of experience",
        "We process $1,000,000 per day in transactions",
        "Summer 2027 - Fall 2027",
        "A $500 equipment budget per year",
        "We manage $90,000,000 in assets.",
        "10-12 weeks",
        "24/7 support",
        "Referral of $2,000",
    ] {
        assert_eq!(words(sentence, Some("US")), None, "{sentence}");
    }
}

#[test]
fn one_end_may_be_open() {
    assert_eq!(
        words("Salary up to €60,000 per year", None),
        Some((None, Some(60_000.0), "EUR".to_owned(), PayPeriod::Year))
    );
    assert_eq!(
        words("Pay from $30 per hour", None),
        Some((Some(30.0), None, "USD".to_owned(), PayPeriod::Hour))
    );
}

#[test]
fn data_is_used_when_it_makes_sense() {
    let raw = RawPay {
        min: Some(38.0),
        max: Some(45.0),
        currency: Some("USD".to_owned()),
        period: Some("per-hour-wage".to_owned()),
        text: None,
    };
    assert_eq!(
        pay_of_data(&raw, None),
        Some(Pay {
            min: Some(38.0),
            max: Some(45.0),
            currency: "USD".to_owned(),
            period: PayPeriod::Hour
        })
    );
    let raw = RawPay {
        min: Some(0.0),
        max: Some(0.0),
        currency: Some("USD".to_owned()),
        ..RawPay::default()
    };
    assert_eq!(pay_of_data(&raw, None), None);
    let raw = RawPay {
        text: Some("$38 - $45 / hour".to_owned()),
        ..RawPay::default()
    };
    assert_eq!(
        pay_of_data(&raw, None).map(|pay| pay.period),
        Some(PayPeriod::Hour)
    );
    let raw = RawPay {
        min: Some(f64::NAN),
        max: Some(f64::INFINITY),
        currency: Some("EUR".to_owned()),
        period: Some("YEAR".to_owned()),
        text: None,
    };
    assert_eq!(pay_of_data(&raw, None), None);
}

proptest! {
    #[test]
    fn any_words_are_read(sentence in "(\\$|€|£|CHF |[0-9]{1,6}|[.,' k–-]|per |hour|month|salary |\\PC){0,24}") {
        if let Some(pay) = pay_of_words(&sentence, Some("US"), true) {
            prop_assert!(pay.min.unwrap_or(1.0) > 0.0 && pay.max.unwrap_or(1.0) >= pay.min.unwrap_or(0.0));
        }
    }
}

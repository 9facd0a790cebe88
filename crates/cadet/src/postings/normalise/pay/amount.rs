//! Amounts, currencies and periods, and whether they make sense together.

use std::sync::LazyLock;

use regex::Regex;

use crate::postings::model::PayPeriod;

/// A number as written, and whether a `k` stands behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) value: f64,
    pub(super) thousands: bool,
}

/// Currencies, and roughly how many of their units make one dollar: enough to tell an hour's pay from a year's.
const CURRENCIES: &[(&str, f64)] = &[
    ("USD", 1.0),
    ("EUR", 1.0),
    ("GBP", 0.8),
    ("CHF", 0.9),
    ("CAD", 1.35),
    ("AUD", 1.5),
    ("NZD", 1.6),
    ("SGD", 1.3),
    ("HKD", 7.8),
    ("INR", 60.0),
    ("BRL", 4.0),
    ("MXN", 15.0),
    ("PLN", 3.5),
    ("CZK", 20.0),
    ("SEK", 10.0),
    ("NOK", 10.0),
    ("DKK", 7.0),
    ("JPY", 130.0),
    ("CNY", 6.0),
    ("KRW", 1200.0),
    ("ILS", 3.5),
    ("HUF", 300.0),
    ("RON", 4.0),
    ("ZAR", 14.0),
    ("TRY", 30.0),
    ("AED", 3.7),
];

/// Which currency a country pays in.
const OF_COUNTRY: &[(&str, &str)] = &[
    ("US", "USD"),
    ("CA", "CAD"),
    ("AU", "AUD"),
    ("NZ", "NZD"),
    ("SG", "SGD"),
    ("HK", "HKD"),
    ("GB", "GBP"),
    ("CH", "CHF"),
    ("IN", "INR"),
    ("BR", "BRL"),
    ("MX", "MXN"),
    ("PL", "PLN"),
    ("CZ", "CZK"),
    ("SE", "SEK"),
    ("NO", "NOK"),
    ("DK", "DKK"),
    ("JP", "JPY"),
    ("CN", "CNY"),
    ("KR", "KRW"),
    ("IL", "ILS"),
    ("HU", "HUF"),
    ("RO", "RON"),
    ("ZA", "ZAR"),
    ("TR", "TRY"),
    ("AE", "AED"),
    ("DE", "EUR"),
    ("FR", "EUR"),
    ("ES", "EUR"),
    ("IT", "EUR"),
    ("NL", "EUR"),
    ("BE", "EUR"),
    ("AT", "EUR"),
    ("IE", "EUR"),
    ("PT", "EUR"),
    ("FI", "EUR"),
    ("GR", "EUR"),
    ("LU", "EUR"),
    ("EE", "EUR"),
    ("LV", "EUR"),
    ("LT", "EUR"),
    ("SK", "EUR"),
    ("SI", "EUR"),
    ("HR", "EUR"),
    ("MT", "EUR"),
    ("CY", "EUR"),
];

/// The currency of a country, ISO 4217.
pub(super) fn currency_of_country(country: &str) -> Option<&'static str> {
    OF_COUNTRY
        .iter()
        .find(|(code, _)| *code == country)
        .map(|(_, currency)| *currency)
}

/// The ISO 4217 code of a code, symbol or name. `country` decides what `$`, `kr` and `¥` mean.
#[must_use]
pub fn currency_of(text: &str, country: Option<&str>) -> Option<&'static str> {
    let symbol = text
        .trim()
        .trim_end_matches('.')
        .to_uppercase()
        .replace(' ', "");
    if let Some((code, _)) = CURRENCIES.iter().find(|(code, _)| *code == symbol) {
        return Some(code);
    }
    let of_country = |among: &[&'static str], otherwise: &'static str| {
        country
            .and_then(currency_of_country)
            .and_then(|currency| among.iter().find(|known| **known == currency).copied())
            .or(Some(otherwise))
    };
    match symbol.as_str() {
        "$" => of_country(&["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"], "USD"),
        "KR" => of_country(&["SEK", "NOK", "DKK"], "SEK"),
        "¥" => of_country(&["JPY", "CNY"], "JPY"),
        "US$" | "USD$" => Some("USD"),
        "CA$" | "C$" | "CAD$" => Some("CAD"),
        "A$" | "AU$" => Some("AUD"),
        "NZ$" => Some("NZD"),
        "S$" => Some("SGD"),
        "HK$" => Some("HKD"),
        "R$" => Some("BRL"),
        "MX$" => Some("MXN"),
        "€" | "EURO" | "EUROS" => Some("EUR"),
        "£" => Some("GBP"),
        "FR" => Some("CHF"),
        "₹" | "RS" => Some("INR"),
        "ZŁ" => Some("PLN"),
        "KČ" => Some("CZK"),
        "RMB" => Some("CNY"),
        "₩" => Some("KRW"),
        "₪" => Some("ILS"),
        "₺" => Some("TRY"),
        _ => None,
    }
}

/// A number in any country's writing: `2,100`, `2.100`, `2'500`, `1 200`, `45.50`, `45,50`.
pub(super) fn parse_amount(text: &str) -> Option<f64> {
    let last_mark = text.rfind(['.', ',']);
    let decimals = last_mark
        .filter(|at| text.len() - at <= 3)
        .map_or("", |at| &text[at + 1..]);
    let whole = if decimals.is_empty() {
        text
    } else {
        &text[..last_mark?]
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() || digits.len() > 12 {
        return None;
    }
    format!(
        "{digits}.{}",
        if decimals.is_empty() { "0" } else { decimals }
    )
    .parse()
    .ok()
}

/// Periods by the words of fields and texts, in lower case.
const PERIODS: &[(PayPeriod, &[&str])] = &[
    (
        PayPeriod::Hour,
        &[
            "hour", "hourly", "hr", "hrs", "h", "stunde", "std", "heure", "hora", "ora", "hours",
            "perhour", "timme", "time", "uur",
        ],
    ),
    (
        PayPeriod::Day,
        &[
            "day", "daily", "tag", "jour", "dia", "día", "giorno", "perday",
        ],
    ),
    (
        PayPeriod::Week,
        &[
            "week",
            "weekly",
            "wk",
            "woche",
            "semaine",
            "semana",
            "settimana",
            "biweekly",
            "perweek",
        ],
    ),
    (
        PayPeriod::Month,
        &[
            "month",
            "monthly",
            "mo",
            "mth",
            "monat",
            "monatlich",
            "mtl",
            "mois",
            "mes",
            "mês",
            "mensuel",
            "mensual",
            "mensal",
            "mese",
            "mensile",
            "permonth",
            "maand",
            "pm",
        ],
    ),
    (
        PayPeriod::Year,
        &[
            "year",
            "yearly",
            "annual",
            "annually",
            "annum",
            "yr",
            "pa",
            "jahr",
            "an",
            "année",
            "annuel",
            "año",
            "anual",
            "ano",
            "anno",
            "lordi",
            "jährlich",
            "peryear",
            "jaar",
        ],
    ),
    (
        PayPeriod::Once,
        &["once", "onetime", "total", "fixed", "lump"],
    ),
];

/// The period that a field or a word names.
pub(super) fn period_word(text: &str) -> Option<PayPeriod> {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| {
        lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| words.contains(&word))
    };
    PERIODS
        .iter()
        .find(|(_, words)| has(words))
        .map(|(period, _)| *period)
}

/// The period that is named right behind an amount: `/hr`, `per month`, `brutto im Monat`, `an hour`, `/ mois`.
pub(super) fn period_behind(behind: &str) -> Option<PayPeriod> {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)^ [\s,(]* (?:(?:USD|CAD|EUR|GBP|CHF|AUD|gross|net|brutto|netto|bruts?|nets?|brutos?|lordi|base|salary|pay|stipend|plus|paid)[\s,)]*){0,3} (?:
                (?: / | per | an? | each | every | pro | im | je | par | por | al | a\s+la | de\s+l['’] | à\s+l['’] | l['’] | all['’] | p\. ) \s? /?
                (?P<unit> hour | hr | h\b | std | stunde | heure | hora | ora | day | tag | jour | d[ií]a | week | wk | woche | semaine | semana | month | mo\b | mth | monat | mois | m[eê]s\b | mese | year | yr | annum | jahr | an\b | ann[ée]e | a[nñ]o | a\. )
                | (?P<word> hourly | daily | weekly | monthly | annually | annual | yearly | monatlich | jährlich | mensuels? | mensuales | mensual | mensais | mensal | mensili | annuels? | anuales | anuais | lpa | /h\b | p\.\s?m\. | p\.\s?a\. | pm\b | pa\b )
            )",
        )
        .expect("the pattern is constant")
    });
    let found = BEHIND.captures(behind)?;
    if let Some(unit) = found.name("unit") {
        return if unit.as_str().eq_ignore_ascii_case("a.") {
            Some(PayPeriod::Year)
        } else {
            period_word(unit.as_str())
        };
    }
    let word = found
        .name("word")?
        .as_str()
        .to_lowercase()
        .replace([' ', '.'], "");
    match word.as_str() {
        "mensuels" | "mensuales" | "mensais" | "mensili" => Some(PayPeriod::Month),
        "annuels" | "anuales" | "anuais" | "lpa" => Some(PayPeriod::Year),
        word => period_word(word),
    }
}

/// The period that is named before an amount: `hourly rate:`, `monthly stipend of`, `annual salary`.
pub(super) fn period_before(before: &str) -> Option<PayPeriod> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(hourly|per hour|hour|daily|weekly|monthly|per month|annual|annually|yearly|annualized|per year|stundenlohn|monatlich\w*|monatsgehalt|monat|jahresgehalt|jährlich\w*|stunde|mensuelle?|annuelle?|mensual|anual|mensal|mensile|por hora|por mes|par mois)\b")
            .expect("the pattern is constant")
    });
    let last = BEFORE.find_iter(before).last()?.as_str().to_lowercase();
    match last.as_str() {
        "stundenlohn" => Some(PayPeriod::Hour),
        "monatsgehalt" | "mensuelle" => Some(PayPeriod::Month),
        "jahresgehalt" | "annuelle" | "annualized" => Some(PayPeriod::Year),
        word if word.starts_with("monatlich") => Some(PayPeriod::Month),
        word if word.starts_with("jährlich") => Some(PayPeriod::Year),
        word => period_word(word),
    }
}

/// `a stipend of $5,000 for the summer`.
pub(super) fn is_lump_sum(before: &str, behind: &str) -> bool {
    static LUMP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:one-time|lump sum|stipend|for the (?:summer|internship|program|duration)|einmalig)\b").expect("the pattern is constant")
    });
    LUMP.is_match(before) || LUMP.is_match(behind)
}

/// The period that amounts of such a size are paid by, where no words say so; the sizes between are left alone.
pub(super) fn infer_period(low: f64, high: f64, currency: &str) -> Option<PayPeriod> {
    let scale = units_per_dollar(currency);
    let (low, high) = (low / scale, high / scale);
    if (7.0..=250.0).contains(&low) && high <= 300.0 {
        Some(PayPeriod::Hour)
    } else if low >= 18_000.0 && high <= 1_000_000.0 {
        Some(PayPeriod::Year)
    } else {
        None
    }
}

/// Whether anybody is paid so much or so little.
pub(super) fn fits(low: f64, high: f64, currency: &str, period: PayPeriod) -> bool {
    let scale = units_per_dollar(currency);
    let range = match period {
        PayPeriod::Hour => 0.5..=500.0,
        PayPeriod::Day => 4.0..=5_000.0,
        PayPeriod::Week => 15.0..=20_000.0,
        PayPeriod::Month => 40.0..=80_000.0,
        PayPeriod::Year => 400.0..=2_500_000.0,
        PayPeriod::Once => 50.0..=200_000.0,
    };
    range.contains(&(low / scale)) && range.contains(&(high / scale)) && high / low <= 10.0
}

fn units_per_dollar(currency: &str) -> f64 {
    CURRENCIES
        .iter()
        .find(|(code, _)| *code == currency)
        .map_or(1.0, |(_, units)| *units)
}

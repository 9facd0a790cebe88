//! Pay: from data, and from the words of a text, without taking funding rounds, pensions or team sizes for it.

mod amount;

use std::sync::LazyLock;

use regex::Regex;

use crate::postings::model::{Pay, PayPeriod};
use crate::postings::sources::model::RawPay;

pub use amount::currency_of;
use amount::{Amount, fits, infer_period, parse_amount, period_word};

/// An amount or a range, with a currency before or behind either of them.
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    let currency = r"(?:US\$|USD\s?\$|CA\$|C\$|CAD\s?\$|AU\$|A\$|S\$|NZ\$|HK\$|R\$|MX\$|[$€£₹¥₩₪₺]|zł|Kč|kr\.?|Rs\.?|Fr\.|(?-u:\b)(?:USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|INR|BRL|MXN|PLN|CZK|SEK|NOK|DKK|JPY|CNY|RMB|KRW|ILS|HUF|RON|ZAR|TRY|AED|Euros?|EUR)(?-u:\b))";
    // A group of thousands is parted by one of `,`, `.`, `'`, a space; `2.100`, `2'500`, `1 200`.
    let number = r"[0-9]{1,3}(?:[,.'’\x{a0}\x{202f} ][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]+(?:[.,][0-9]{1,2})?";
    Regex::new(&format!(
        r"(?i)(?P<c1>{currency})?\s?(?P<n1>{number})\s?(?P<k1>k\b)?\s?(?P<c2>{currency})?(?P<p1>\s?(?:/|per|an)\s?[a-z]+\.?)?(?:\s?(?:[-–—]|to|bis|and|et|à|a|y|e|und|until|up to)\s?(?P<c3>{currency})?\s?(?P<n2>{number})\s?(?P<k2>k\b)?\s?(?P<c4>{currency})?)?"
    ))
    .expect("the pattern is constant")
});

/// Words near an amount which say that it is no pay.
static NOT_PAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:raised|raising|funding|funded|series [a-f]\b|seed|revenue|valuation|valued|valu\w+ at|turnover|umsatz|chiffre d.affaires|investors?|investment|market cap|aum|assets|under management|transactions?|sales of|in sales|volume|budget|customers|users|employees|donat\w+|prize|award|grants?\b|401|relocation|sign(?:ing|-on)|referral|reimburse\w*|allowance|learning|education budget|equipment|insurance|coverage|tuition|wellness|gym|bonus(?:es)? of|fine of|savings?|gift card|finanzierung|levée|ticket)",
    )
    .expect("the pattern is constant")
});

/// Words which say that amounts near them are pay.
static PAY_WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:salar\w+|compensation|pay\b|pays\b|paid|pay range|stipend|wages?|hourly|base range|base pay|remuneration|rate\b|earn\w*|gehalt\w*|vergütung\w*|vergütet|entgelt|lohn|stundenlohn|bezahlung|brutto|gratification|rémunération|rémunéré\w*|salaire|indemnité|brut|salario|sueldo|remuneración|retribución|beca de|bolsa|salário|remuneração|bolsa-auxílio|auxílio|compenso|rimborso|ctc|lpa)",
    )
    .expect("the pattern is constant")
});

/// How far around an amount the words that say what it is are looked for, in bytes.
const CONTEXT_BYTES: usize = 90;

/// Pay that a source states as data, if its amounts make sense. `country` tells which dollar a `$` is.
#[must_use]
pub fn pay_of_data(raw: &RawPay, country: Option<&str>) -> Option<Pay> {
    let from_text = raw
        .text
        .as_deref()
        .and_then(|text| pay_of_words(text, country, true));
    let [min, max] = [raw.min, raw.max]
        .map(|amount| amount.filter(|amount| amount.is_finite() && *amount > 0.0));
    let (min, max) = ordered(min.or(max), max.or(min));
    let (Some(low), Some(high)) = (min, max) else {
        return from_text;
    };
    let Some(currency) = raw
        .currency
        .as_deref()
        .and_then(|currency| currency_of(currency, country))
    else {
        return from_text;
    };
    let period = match raw.period.as_deref().and_then(period_word) {
        Some(period) => period,
        None => infer_period(low, high, currency)?,
    };
    fits(low, high, currency, period)
        .then(|| Pay {
            min: raw.min.and(min),
            max: raw.max.and(max),
            currency: currency.to_owned(),
            period,
        })
        .or(from_text)
}

/// The first amount of a sentence that is pay. `stated` says that the words are known to speak of pay.
#[must_use]
pub fn pay_of_words(sentence: &str, country: Option<&str>, stated: bool) -> Option<Pay> {
    if !sentence.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    RANGE.captures_iter(sentence).find_map(|found| {
        let whole = found.get(0)?;
        let words = whole.as_str();
        // The pattern may take a space at either end.
        let [before, behind] = around(
            sentence,
            whole.end() - words.trim_start().len(),
            whole.start() + words.trim_end().len(),
        );
        let currencies = ["c1", "c2", "c3", "c4"]
            .into_iter()
            .find_map(|name| found.name(name));
        let part = |number: &str, thousands: &str| {
            let text = found.name(number)?.as_str();
            Some(Amount {
                value: parse_amount(text)?,
                thousands: found.name(thousands).is_some(),
            })
        };
        let first = part("n1", "k1")?;
        let second = part("n2", "k2");
        if behind.trim_start().starts_with(['%', '+'])
            || is_scaled(behind)
            || is_part_of_word(before, behind)
        {
            return None;
        }
        let says_pay = stated || PAY_WORD.is_match(before) || PAY_WORD.is_match(behind);
        let period = found
            .name("p1")
            .and_then(|period| period_word(period.as_str()))
            .or_else(|| amount::period_behind(behind))
            .or_else(|| amount::period_before(before));
        // `100k-120k` without a currency needs both the `k` and a word of pay; the country then tells the currency.
        let currency = match currencies {
            Some(currency) => currency_of(currency.as_str(), country)?,
            None if says_pay && is_lakh(behind) => "INR",
            None if says_pay && (first.thousands || period.is_some() && first.value >= 10.0) => {
                amount::currency_of_country(country?)?
            }
            None => return None,
        };
        let near_period = amount::period_behind(behind).is_some();
        if (NOT_PAY.is_match(before) || NOT_PAY.is_match(behind)) && !(near_period && says_pay) {
            return None;
        }
        if period.is_none() && !says_pay {
            return None;
        }
        build(first, second, currency, period, behind, before)
    })
}

fn build(
    first: Amount,
    second: Option<Amount>,
    currency: &'static str,
    period: Option<PayPeriod>,
    behind: &str,
    before: &str,
) -> Option<Pay> {
    // `100-120k` means thousands both times.
    let shared = second.is_some_and(|second| second.thousands) && first.value < 1_000.0;
    let low = if first.thousands || shared {
        first.value * 1_000.0
    } else {
        first.value
    };
    let high = second.map_or(low, |second| {
        if second.thousands || first.thousands && second.value < 1_000.0 {
            second.value * 1_000.0
        } else {
            second.value
        }
    });
    let scale = if is_lakh(behind) { 100_000.0 } else { 1.0 };
    let (low, high) = (low * scale, high * scale);
    if high < low {
        return None;
    }
    let period = match period {
        Some(period) => period,
        None if scale > 1.0 => PayPeriod::Year,
        None if amount::is_lump_sum(before, behind) => PayPeriod::Once,
        None => infer_period(low, high, currency)?,
    };
    let starts_at_zero = low <= 0.0;
    fits(
        if starts_at_zero { high } else { low },
        high,
        currency,
        period,
    )
    .then(|| Pay {
        min: Some(low).filter(|_| !starts_at_zero && !is_ceiling(before)),
        max: Some(high).filter(|_| !is_floor(before)),
        currency: currency.to_owned(),
        period,
    })
}

/// Whether the number counts lakhs, as Indian pay is stated: `6 LPA` is 600,000 a year.
fn is_lakh(behind: &str) -> bool {
    let behind = behind.trim_start().to_ascii_lowercase();
    ["lpa", "lakh", "lac "]
        .iter()
        .any(|word| behind.starts_with(word))
}

fn is_ceiling(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    [
        "up to",
        "bis zu",
        "jusqu'à",
        "jusqu’à",
        "hasta",
        "até",
        "max.",
        "maximum of",
    ]
    .iter()
    .any(|words| before.ends_with(words))
}

fn is_floor(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    [
        "from",
        "ab",
        "starting at",
        "at least",
        "mindestens",
        "à partir de",
        "desde",
        "a partir de",
        "minimum of",
        "starts at",
    ]
    .iter()
    .any(|words| before.ends_with(words))
}

/// Whether the number goes on in words: `$40 million`, `$2B`, `€5 Mio.`.
fn is_scaled(behind: &str) -> bool {
    static SCALE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s?-?(?:m|mm|b|bn|mn|mio|mrd|million\w*|millones|milhões|billion\w*|milliard\w*|trillion\w*|crores?)\b").expect("the pattern is constant")
    });
    SCALE.is_match(behind)
}

/// Whether the number is part of something longer: `401k`, `R2D2`, `1.2.3`, a year in a date.
fn is_part_of_word(before: &str, behind: &str) -> bool {
    before.ends_with(|c: char| c.is_alphanumeric() || c == '.')
        || behind.starts_with(|c: char| c.is_alphanumeric())
        || behind.starts_with("(k)")
        || behind.starts_with('.') && behind[1..].starts_with(|c: char| c.is_ascii_digit())
}

fn around(sentence: &str, start: usize, end: usize) -> [&str; 2] {
    let from = sentence.ceil_char_boundary(start.saturating_sub(CONTEXT_BYTES));
    let to = sentence.floor_char_boundary(end + CONTEXT_BYTES);
    [&sentence[from.min(start)..start], &sentence[end..to]]
}

fn ordered(min: Option<f64>, max: Option<f64>) -> (Option<f64>, Option<f64>) {
    match (min, max) {
        (Some(a), Some(b)) if a > b => (Some(b), Some(a)),
        both => both,
    }
}

#[cfg(test)]
#[path = "pay_tests.rs"]
mod tests;

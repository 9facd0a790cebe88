//! Is it paid, and how much does the text say?

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::any_of;
use super::sentences::{Sentences, Topic, fact};
use crate::postings::model::{Fact, Origin, Pay};
use crate::postings::normalise::pay::pay_of_words;

static UNPAID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bunpaid\b|\bnot (?:a )?paid\b|\bno (?:monetary )?compensation\b|\bwithout pay\b|\bunbezahlt|\bnon[- ]rémunéré|\bno remunerad|\bnão remunerad|\bsin remuneración|\bfor (?:academic|course|college|school) credit only\b|\bvolunteer (?:internship|position)|\(volunteer\)")
        .expect("the pattern is constant")
});
static PAID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bpaid (?:\w+[\s-]){0,3}(?:internship|intern\b|co-?op|position|opportunity|role|program|placement|traineeship|apprenticeship)|(?:internship|position|role|program|placement|co-?op) is (?:a )?(?:fully )?paid|\b(?:competitive|attractive|monthly|generous|hourly) (?:\w+ )?(?:salary|stipend|wage|pay|compensation)|\bbezahlte[srn]? (?:\w+ )?(?:praktik|pflichtpraktik|stelle)|\b(?:attraktive|faire|angemessene|übertarifliche)\w* (?:vergütung|bezahlung|gehalt|entlohnung)|\bstage (?:\w+ )?(?:rémunéré|gratifié)|\bgratification\b|\b(?:práctica|prácticas|beca|pasantía)s? (?:\w+ )?remunerad|\bestágio remunerado|\bbolsa[- ]auxílio|\bpaid biweekly")
        .expect("the pattern is constant")
});
static NOT_OF_THE_JOB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)unpaid (?:leave|time|overtime|invoice)|unbezahlte\w* (?:urlaub|überstunden)|do not offer unpaid|no unpaid|not unpaid").expect("the pattern is constant")
});

static UNPAID_OR_PAID: LazyLock<Regex> = LazyLock::new(|| any_of([&*UNPAID, &*PAID]));

/// The first amount in the text that is pay. `country` tells which dollar a `$` is.
#[must_use]
pub fn pay(sentences: &Sentences<'_>, country: Option<&str>) -> Option<Fact<Pay>> {
    sentences.about(Topic::Pay).find_map(|sentence| {
        Some(fact(
            pay_of_words(sentence, country, false)?,
            sentence,
            "$",
            Origin::Description,
        ))
    })
}

/// Is it paid? From the title, from words of the text, from an amount.
#[must_use]
pub fn paid(title: &str, sentences: &Sentences<'_>, pay: Option<&Fact<Pay>>) -> Option<Fact<bool>> {
    if let Some(found) = UNPAID.find(title) {
        return Some(fact(false, title, found.as_str(), Origin::Title));
    }
    let about_pay = sentences.about(Topic::Pay);
    let telling: Vec<&str> = about_pay
        .filter(|sentence| UNPAID_OR_PAID.is_match(sentence))
        .collect();
    for sentence in telling
        .iter()
        .filter(|sentence| !NOT_OF_THE_JOB.is_match(sentence))
    {
        if let Some(found) = UNPAID.find(sentence) {
            return Some(fact(false, sentence, found.as_str(), Origin::Description));
        }
    }
    if let Some(pay) = pay {
        return Some(Fact {
            value: true,
            quote: pay.quote.clone(),
            origin: pay.origin,
        });
    }
    if let Some(found) = PAID.find(title) {
        return Some(fact(true, title, found.as_str(), Origin::Title));
    }
    telling.iter().find_map(|sentence| {
        Some(fact(
            true,
            sentence,
            PAID.find(sentence)?.as_str(),
            Origin::Description,
        ))
    })
}

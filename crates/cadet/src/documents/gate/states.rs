//! What a sentence states, held against what its sources hold: numbers, dates, skills, degrees, ranks, addresses, sense.

use super::dates::{Role, Stated, dates};
use super::figures::{Figure, figures};
use super::ground::{Held, Looked, degrees};
use super::lexicon::lexicon;
use super::names;
use super::tokens::{Token, addresses, blanked, fold, tokens};
use super::{Matter, Refusal, refusal};
use crate::documents::model::{Cite, Form, Sentence};
use crate::skills::{Kind, Taxonomy, mentions};

/// Everything that is stated and not held.
pub(super) fn check(sentence: &Sentence, looked: &Looked, held: &Held) -> Vec<Refusal> {
    let text = &sentence.text;
    let mut found = Vec::new();
    let links = addresses(text);
    for &(start, end) in &links {
        let link = text[start..end].to_lowercase();
        if !held
            .texts
            .iter()
            .any(|known| known.to_lowercase().contains(&link))
        {
            found.push(refusal(sentence, Matter::Address, (start, end), held));
        }
    }
    let bare = blanked(text, &links);
    let stated = dates(&bare);
    let spans: Vec<(usize, usize)> = stated.iter().map(|date| (date.start, date.end)).collect();
    for date in &stated {
        if !holds_date(held, date) {
            found.push(refusal(
                sentence,
                Matter::Date,
                (date.start, date.end),
                held,
            ));
        }
    }
    found.extend(going_on(sentence, &stated, held));
    for figure in figures(&blanked(&bare, &spans), &[looked.ground.language, "en"]) {
        if !held.figures.iter().any(|known| known.agrees(&figure)) {
            found.push(refusal(
                sentence,
                Matter::Number,
                (figure.start, figure.end),
                held,
            ));
        }
    }
    let (named, refused) = skills(sentence, looked, held);
    found.extend(refused);
    found.extend(learned(sentence, held));
    found.extend(ranks(sentence, held));
    // Addresses, dates and skills that are held are no names.
    let known = [links, spans, named].concat();
    found.extend(names::names(sentence, looked, held, &known));
    found
}

fn holds_date(held: &Held, date: &Stated) -> bool {
    let of_field = held
        .known
        .iter()
        .any(|(known, role)| date.is_of(*known, *role));
    let of_text = held.stated.iter().any(|known| date.is_stated_by(known));
    // A year that stands alone may be a number: "2000 users".
    let number = date
        .year
        .filter(|_| date.months.is_empty() && date.role == Role::Any);
    let of_number = number.is_some_and(|year| {
        let figure = Figure::of(year.into(), "");
        held.figures.iter().any(|known| known.agrees(&figure))
    });
    of_field || of_text || of_number
}

/// "2023 – present" and "since 2023" say that it goes on.
fn going_on(sentence: &Sentence, stated: &[Stated], held: &Held) -> Option<Refusal> {
    let text = sentence.text.to_lowercase();
    let now = [
        "present",
        "today",
        "heute",
        "aujourd'hui",
        "actualidad",
        "current",
        "now",
    ];
    let open = stated.iter().find(|date| {
        let after = text.get(date.end..).unwrap_or("").trim_start();
        let after = after.trim_start_matches(['–', '—', '-', ' ']);
        let after = after
            .strip_prefix("to ")
            .or(after.strip_prefix("bis "))
            .unwrap_or(after);
        now.iter().any(|word| after.starts_with(word))
    });
    let since = stated.iter().find(|date| {
        let before = text.get(..date.start).unwrap_or("").trim_end();
        ["since", "seit", "depuis", "sinds"]
            .iter()
            .any(|word| before.ends_with(word))
    });
    let date = open.or(since)?;
    let said = held.texts.iter().any(|known| {
        let known = known.to_lowercase();
        now.iter()
            .chain(&["since", "seit", "depuis"])
            .any(|word| known.contains(word))
    });
    (!held.goes_on && !said).then(|| refusal(sentence, Matter::Date, (date.start, date.end), held))
}

/// Whether the sentence speaks of what the company asks for, or of a wish, and claims nothing.
fn speaks_of_theirs(words: &[Token]) -> bool {
    let has = |list: &str| {
        words
            .iter()
            .any(|word| lexicon().has(list, &word.text.replace('’', "'").to_lowercase()))
    };
    let claims = has("claims") && has("first_person");
    !claims && (has("theirs") || has("wishes"))
}

/// A skill is held, or a subject that a held skill is part of; a skill of the posting may be spoken of, and its title has the
/// skills that it has. Gives where held ones stand, and refusals.
fn skills(
    sentence: &Sentence,
    looked: &Looked,
    held: &Held,
) -> (Vec<(usize, usize)>, Vec<Refusal>) {
    let taxonomy = Taxonomy::bundled();
    let words = tokens(&sentence.text);
    let may_ask = speaks_of_theirs(&words);
    let own_words = (sentence.cites.iter()).any(|cite| matches!(cite, Cite::Paragraph(_)));
    let title = title_in(sentence, looked);
    let (mut named, mut refused) = (Vec::new(), Vec::new());
    for span in mentions(taxonomy, &sentence.text) {
        let Some(skill) = taxonomy.get(&span.skill) else {
            continue;
        };
        let above = |known: &crate::skills::SkillId| {
            taxonomy
                .ancestors(known)
                .iter()
                .any(|above| above.id == skill.id)
        };
        let implied = skill.kind.is_subject() && held.skills.iter().any(above);
        let quality = own_words && skill.kind == Kind::SoftSkill;
        let in_title = title.is_some_and(|(start, end)| start <= span.start && span.end <= end);
        let asked = (may_ask || in_title) && held.asked.contains(&skill.id);
        let written = is_written(held, &sentence.text[span.start..span.end]);
        if held.skills.contains(&skill.id) || implied || quality || asked || written {
            named.push((span.start, span.end));
        } else {
            refused.push(refusal(
                sentence,
                Matter::Skill,
                (span.start, span.end),
                held,
            ));
        }
    }
    (named, refused)
}

/// Where the posting's title stands in the sentence.
fn title_in(sentence: &Sentence, looked: &Looked) -> Option<(usize, usize)> {
    let title = looked.ground.posting?.title.trim();
    let start = sentence.text.find(title).filter(|_| !title.is_empty())?;
    Some((start, start + title.len()))
}

/// Whether the very words stand in a source, as for names that mean a skill only in some neighbourhood.
fn is_written(held: &Held, named: &str) -> bool {
    if lexicon().has("negations", &named.to_lowercase()) {
        return false;
    }
    // Short names are words of another kind in another case: "Go", "C".
    let short = named.chars().count() <= 3;
    let cased = |text: &str| {
        if short {
            text.to_owned()
        } else {
            text.to_lowercase()
        }
    };
    let named = cased(named);
    held.texts.iter().map(|text| cased(text)).any(|text| {
        text.match_indices(named.as_str()).any(|(at, _)| {
            let joins = |c: char| c.is_alphanumeric() || c == '+' || c == '#';
            let before = text[..at].chars().next_back();
            let after = text[at + named.len()..].chars().next();
            let denied = text[..at].split_whitespace().rev().take(4).any(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
                lexicon().has("negations", &word.to_lowercase())
            });
            !before.is_some_and(joins) && !after.is_some_and(joins) && !denied
        })
    })
}

/// Degrees and honours.
fn learned(sentence: &Sentence, held: &Held) -> Vec<Refusal> {
    let text = &sentence.text;
    let mut found = Vec::new();
    for (start, end, degree) in degrees(text) {
        let fits = |known: &super::lexicon::Degree| {
            known.level == degree.level && (degree.field.is_empty() || degree.field == known.field)
        };
        if !held.degrees.iter().any(fits) {
            found.push(refusal(sentence, Matter::Degree, (start, end), held));
        }
    }
    let lower = text.to_lowercase();
    for honour in lexicon().list("honours") {
        let Some(start) = lower.find(honour) else {
            continue;
        };
        if !held
            .texts
            .iter()
            .any(|known| known.to_lowercase().contains(honour))
            && lower.len() == text.len()
        {
            found.push(refusal(
                sentence,
                Matter::Degree,
                (start, start + honour.len()),
                held,
            ));
        }
    }
    found
}

/// Words of rank must be those of a source. In a letter they count only where the person speaks of themselves.
fn ranks(sentence: &Sentence, held: &Held) -> Vec<Refusal> {
    let words = tokens(&sentence.text);
    let of_self =
        |word: &Token| lexicon().has("first_person", &word.text.replace('’', "'").to_lowercase());
    if sentence.form == Form::Prose && !words.iter().any(of_self) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let folded = fold(&word.text);
        let next = words
            .get(at + 1)
            .map(|next| fold(&next.text))
            .unwrap_or_default();
        let before = at
            .checked_sub(1)
            .and_then(|at| words.get(at))
            .map(|word| fold(&word.text));
        // "led to fewer errors", "your team lead", "the hiring manager".
        let everyday = next == "to"
            || before.is_some_and(|word| {
                ["hiring", "your", "ihr", "ihre", "the"].contains(&word.as_str())
            });
        let pieces = super::tokens::parts(&folded).any(|part| lexicon().has("ranks", part));
        if (lexicon().has("ranks", &folded) || pieces)
            && !everyday
            && !names::is_held(held, &folded)
        {
            found.push(refusal(
                sentence,
                Matter::Rank,
                (word.start, word.end),
                held,
            ));
        }
    }
    found
}

/// A rewording keeps what is denied, and which way something changed.
pub(super) fn sense(sentence: &Sentence, held: &Held) -> Option<Refusal> {
    let words = tokens(&sentence.text);
    let lower = |word: &Token| word.text.replace('’', "'").to_lowercase();
    let first = |list: &str| words.iter().find(|word| lexicon().has(list, &lower(word)));
    // The first text is the person's own wording of what is cited.
    let own = held
        .texts
        .first()
        .map(|text| tokens(text))
        .unwrap_or_default();
    let own_has = |list: &str| own.iter().any(|word| lexicon().has(list, &lower(word)));
    let whole = (0, sentence.text.len());
    let at = |word: &Token| (word.start, word.end);
    match (first("negations"), own_has("negations")) {
        (Some(word), false) => return Some(refusal(sentence, Matter::Sense, at(word), held)),
        (None, true) => return Some(refusal(sentence, Matter::Sense, whole, held)),
        _ => {}
    }
    let turned =
        |mine: &str, theirs: &str| first(mine).filter(|_| own_has(theirs) && !own_has(mine));
    let word = turned("rises", "falls").or_else(|| turned("falls", "rises"))?;
    Some(refusal(sentence, Matter::Sense, at(word), held))
}

//! Names in a sentence: words that no source, no paragraph and no dictionary accounts for.

use std::collections::HashSet;

use super::ground::{Held, Looked};
use super::lexicon::lexicon;
use super::tokens::{Token, fold, parts, tokens};
use super::{Matter, Refusal, refusal};
use crate::documents::model::{Cite, Form, Sentence};
use crate::skills::{Taxonomy, mentions};

/// Whether a source holds the word, in this or a near form: a plural, a genitive.
pub(super) fn is_held(held: &Held, folded: &str) -> bool {
    let near = |word: &str| {
        held.words.contains(word)
            || word
                .strip_suffix('s')
                .is_some_and(|stem| stem.len() > 1 && held.words.contains(stem))
            || held.words.contains(&format!("{word}s"))
    };
    near(folded)
        || (parts(folded).count() > 1 && parts(folded).all(|part| near(part) || is_small(part)))
}

/// Short words that join others: "of", "and", "und".
fn is_small(word: &str) -> bool {
    word.chars().count() <= 3 && word.chars().all(char::is_lowercase)
}

/// Names, outside of the ranges whose words are known: words written large where only a name is, words with signs or digits in them, and whole names of entries that are
/// not cited.
pub(super) fn names(
    sentence: &Sentence,
    looked: &Looked,
    held: &Held,
    known: &[(usize, usize)],
) -> Vec<Refusal> {
    let mut found = foreign_entries(sentence, looked, held);
    let inside = |word: &Token| {
        let over = |(start, end): &(usize, usize)| word.start < *end && *start < word.end;
        known.iter().any(over)
    };
    let words = tokens(&sentence.text);
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        if !inside(word) && is_unknown_name(word, before, sentence, looked, held) {
            found.push(refusal(
                sentence,
                Matter::Name,
                (word.start, word.end),
                held,
            ));
        }
    }
    found
}

fn is_unknown_name(
    word: &Token,
    before: Option<&Token>,
    sentence: &Sentence,
    looked: &Looked,
    held: &Held,
) -> bool {
    let folded = fold(&word.text);
    if is_held(held, &folded) || lexicon().has("ordinary_large", &folded) || is_measure(&folded) {
        return false;
    }
    let ground = looked.ground;
    let own_words = is_of_paragraph(sentence, looked, &folded);
    let chars: Vec<char> = word.text.chars().collect();
    let has_letter = chars.iter().any(|c| c.is_alphabetic());
    // Digits alone are numbers; digits among letters, or a sign, make a name of any word.
    let signed = has_letter
        && chars
            .iter()
            .any(|c| c.is_numeric() || *c == '+' || *c == '#');
    let begins_with_digit = chars.first().is_some_and(|c| c.is_numeric());
    let large_inside = chars.iter().skip(1).any(|c| c.is_uppercase());
    let large = chars.first().is_some_and(|c| c.is_uppercase());
    if signed && !begins_with_digit || large_inside && !is_spelled_out(&word.text) {
        return !is_degree(&folded);
    }
    if !large || is_degree(&folded) {
        return false;
    }
    let ordinary = |word: &str| ground.is_ordinary.is_some_and(|known| known(word));
    match ground.language {
        // German writes every noun large. In the person's own paragraph that says nothing; elsewhere a noun must be near a source.
        "de" if own_words => is_after_at(before) && !is_german_noun(&folded),
        "de" if is_after_at(before) => !is_german_noun(&folded),
        "de" => !word.begins && !shares_stem(held, &folded) && !is_german_noun(&folded),
        _ if !word.begins => !(own_words && ordinary(&folded) && is_title_case(sentence)),
        // Without a dictionary the first word of the person's own sentence is taken as it is.
        _ if own_words => {
            ground.is_ordinary.is_some() && !ordinary(&folded) && !parts(&folded).all(ordinary)
        }
        _ => !ordinary(&folded) && !parts(&folded).all(ordinary),
    }
}

/// Units and words of numbers, which German writes large: "Prozent", "Millionen".
fn is_measure(folded: &str) -> bool {
    let words = lexicon();
    words.units.contains_key(folded)
        || words.magnitudes.contains_key(folded)
        || words.vague.contains_key(folded)
        || words
            .numbers
            .values()
            .any(|table| table.contains_key(folded))
}

/// A subject line may be in title case.
fn is_title_case(sentence: &Sentence) -> bool {
    sentence.place.ends_with("/subject")
        || sentence.place.ends_with("/salutation")
        || sentence.place.ends_with("/closing")
}

/// "I", "A".
fn is_spelled_out(word: &str) -> bool {
    word.chars().count() == 1
}

fn is_degree(folded: &str) -> bool {
    lexicon().degrees.contains_key(folded)
}

fn is_of_paragraph(sentence: &Sentence, looked: &Looked, folded: &str) -> bool {
    sentence.cites.iter().any(|cite| match cite {
        Cite::Paragraph(key) => looked
            .ground
            .paragraphs
            .get(key)
            .is_some_and(|text| tokens(text).iter().any(|token| fold(&token.text) == folded)),
        _ => false,
    })
}

/// "bei Globex", "at Globex": what follows without an article is a name.
fn is_after_at(before: Option<&Token>) -> bool {
    before.is_some_and(|word| {
        ["bei", "von", "at", "für"].contains(&word.text.to_lowercase().as_str())
    })
}

/// Endings and words that German names hardly have.
fn is_german_noun(folded: &str) -> bool {
    let endings = [
        "ung",
        "ungen",
        "heit",
        "keit",
        "schaft",
        "tion",
        "tionen",
        "ität",
        "nis",
        "tum",
        "ment",
        "ismus",
        "arbeit",
        "aufgaben",
        "fragen",
        "gespräch",
        "team",
        "teams",
        "software",
        "systeme",
        "systemen",
        "anwendungen",
        "projekten",
        "projekte",
        "bedarf",
        "interesse",
        "studium",
        "beginn",
        "ende",
        "praktikum",
        "stelle",
        "unternehmen",
        "rückfragen",
        "dank",
        "zeit",
        "grüßen",
        "rückmeldung",
        "freude",
        "entwicklung",
        "code",
        "daten",
        "dienste",
        "diensten",
    ];
    endings.iter().any(|ending| folded.ends_with(ending))
}

/// Whether a source has a word with the same beginning: "Leitung" beside "leitete".
fn shares_stem(held: &Held, folded: &str) -> bool {
    let stem: String = folded.chars().take(5).collect();
    stem.chars().count() == 5 && held.words.iter().any(|word| word.starts_with(&stem))
}

/// Whole names of employers, schools and projects that are in the profile, but not in what is cited.
fn foreign_entries(sentence: &Sentence, looked: &Looked, held: &Held) -> Vec<Refusal> {
    let text = sentence.text.to_lowercase();
    if text.len() != sentence.text.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for entry in &looked.entries {
        let called = ["name", "organization", "institution", "awarder", "issuer"];
        let names = called.iter().filter_map(|field| entry.field(field));
        for name in names.filter(|name| name.chars().count() > 3) {
            let name = name.to_lowercase();
            let known = held
                .texts
                .iter()
                .any(|text| text.to_lowercase().contains(&name));
            if let Some(start) = whole_word(&text, &name)
                && !known
                && is_name_of_its_own(&name)
            {
                found.push(refusal(
                    sentence,
                    Matter::Name,
                    (start, start + name.len()),
                    held,
                ));
            }
        }
    }
    found
}

/// Groups of skills are called "Databases" or "Languages", which are everyday words.
fn is_name_of_its_own(name: &str) -> bool {
    Taxonomy::bundled().by_alias(name).is_empty()
        && !matches!(
            name,
            "languages" | "databases" | "tools" | "frameworks" | "backend" | "other"
        )
}

fn whole_word(text: &str, name: &str) -> Option<usize> {
    text.match_indices(name).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// In a rewording every word is in a source or in the dictionary, so that a name in lower case does not slip through. Script
/// without words must be that of the source.
pub(super) fn unknown_words(sentence: &Sentence, looked: &Looked, held: &Held) -> Vec<Refusal> {
    let ordinary = looked.ground.is_ordinary;
    let mut found = pairs_not_held(sentence, &held.texts, held);
    let words = tokens(&sentence.text);
    for (at, word) in words.iter().enumerate() {
        let folded = fold(&word.text);
        let small = word
            .text
            .chars()
            .all(|c| c.is_lowercase() || c == '-' || c == '\'' || c == '’');
        if !small || is_held(held, &folded) {
            continue;
        }
        let everyday = ordinary.is_none_or(|known| known(&folded) || parts(&folded).all(known));
        let before = at
            .checked_sub(1)
            .map(|at| words[at].text.to_lowercase())
            .unwrap_or_default();
        let after_tool = [
            "in", "with", "using", "mit", "via", "through", "avec", "con",
        ]
        .contains(&before.as_str());
        let technology = Taxonomy::bundled().by_alias(&folded);
        let claims = after_tool && technology.iter().any(|skill| skill.kind.is_technology());
        if !everyday || claims {
            let matter = if claims { Matter::Skill } else { Matter::Name };
            found.push(refusal(sentence, matter, (word.start, word.end), held));
        }
    }
    found
}

/// Words of a sentence that stand neither in the paragraphs that it is made from nor in a source.
pub(super) fn not_of_paragraph(
    sentence: &Sentence,
    paragraphs: &[&str],
    held: &Held,
) -> Vec<Refusal> {
    let known: HashSet<String> = paragraphs
        .iter()
        .flat_map(|text| tokens(text))
        .map(|token| fold(&token.text))
        .collect();
    let mut texts: Vec<String> = held.texts.clone();
    texts.extend(paragraphs.iter().map(|text| (*text).to_owned()));
    let mut found = pairs_not_held(sentence, &texts, held);
    // A slot names a skill in full, as "Apache Kafka", where the source has it shorter; whether it is held is judged elsewhere.
    let skills: Vec<(usize, usize)> = (mentions(Taxonomy::bundled(), &sentence.text).iter())
        .filter(|span| held.skills.contains(&span.skill) || held.asked.contains(&span.skill))
        .map(|span| (span.start, span.end))
        .collect();
    for word in tokens(&sentence.text) {
        let folded = fold(&word.text);
        if skills
            .iter()
            .any(|(start, end)| *start <= word.start && word.end <= *end)
        {
            continue;
        }
        // Numbers and dates are read by themselves, in whatever spelling.
        let is_number = word.text.chars().any(char::is_numeric);
        let is_month = lexicon().months.contains_key(&folded);
        if is_number || is_month || known.contains(&folded) || is_held(held, &folded) {
            continue;
        }
        found.push(refusal(
            sentence,
            Matter::Words,
            (word.start, word.end),
            held,
        ));
    }
    found
}

/// Pairs of letters of a script without words that no text has.
fn pairs_not_held(sentence: &Sentence, texts: &[String], held: &Held) -> Vec<Refusal> {
    let wordless =
        |c: char| ('\u{3040}'..='\u{30ff}').contains(&c) || ('\u{3400}'..='\u{9fff}').contains(&c);
    if sentence.form == Form::Field {
        return Vec::new();
    }
    let chars: Vec<(usize, char)> = sentence.text.char_indices().collect();
    let missing = chars.windows(2).find(|pair| {
        let both: String = pair.iter().map(|(_, c)| *c).collect();
        pair.iter().all(|(_, c)| wordless(*c)) && !texts.iter().any(|text| text.contains(&both))
    });
    let Some([(start, _), (last, c)]) = missing else {
        return Vec::new();
    };
    vec![refusal(
        sentence,
        Matter::Words,
        (*start, last + c.len_utf8()),
        held,
    )]
}

//! The gate: no document states a number, name, date, skill or degree that its sources do not hold.
//!
//! Input: sentences with what each one cites, and the [`Ground`]: profile, evidence, posting. Output: a [`Refusal`] for each
//! thing that was not found, saying which sentence, which words, and where was looked. Pure: no input or output.
//!
//! A **field** must equal the field of the entry that it cites. A **wording** is one that the person approved, word by word; any
//! other is read for what it states. **Prose** is read for what it states, and where it is made from a paragraph every word of it
//! must stand in the paragraph or in a source. What cannot be checked, as a sentence in a script without words, is refused.

mod dates;
mod figures;
mod ground;
mod lexicon;
mod names;
mod states;
mod template;
#[cfg(test)]
mod tests;
mod tokens;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use ground::Ground;
use ground::{Held, Looked};

use super::entries::EntryView;
use super::model::{Cite, Form, Sentence};

/// What kind of thing was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// A number, or its unit.
    Number,
    /// A date, or what lasted until or since then.
    Date,
    /// An employer, a school, a person, a product.
    Name,
    /// A skill.
    Skill,
    /// A degree or an honour.
    Degree,
    /// A rank, such as "senior" or "led".
    Rank,
    /// A denial that is gone or new, or a change in the other direction.
    Sense,
    /// An address of the web or of mail.
    Address,
    /// A field that differs from that of its entry.
    Field,
    /// Words that stand neither in the paragraph nor in a source.
    Words,
}

/// Something that a sentence states and no source holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Refusal {
    /// Where the sentence stands.
    pub place: String,
    /// The sentence.
    pub sentence: String,
    /// What was not found.
    pub token: String,
    /// What kind of thing that is.
    pub matter: Matter,
    /// Byte offset of its first byte in the sentence.
    pub start: usize,
    /// Byte offset behind its last.
    pub end: usize,
    /// Where was looked.
    pub looked_in: Vec<String>,
    /// What is wrong and what to do.
    pub message: String,
}

/// Checks every sentence. Empty: all of them state only what their sources hold.
#[must_use]
pub fn check(sentences: &[Sentence], ground: &Ground) -> Vec<Refusal> {
    let looked = Looked::new(ground);
    sentences
        .iter()
        .flat_map(|sentence| one(sentence, &looked))
        .collect()
}

fn one(sentence: &Sentence, looked: &Looked) -> Vec<Refusal> {
    match sentence.form {
        Form::Field => field(sentence, looked).into_iter().collect(),
        Form::Wording => wording(sentence, looked),
        Form::Prose => {
            let held = Held::of(looked, &sentence.cites);
            let mut found = states::check(sentence, looked, &held);
            found.extend(paragraph(sentence, looked, &held));
            found
        }
    }
}

/// One space between words, so that a broken line changes nothing.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A field equals that of the entry, or is one of the list that the field is.
fn field(sentence: &Sentence, looked: &Looked) -> Option<Refusal> {
    let name = sentence.place.rsplit('/').next().unwrap_or("");
    let same = |text: &str| squeezed(text) == squeezed(&sentence.text);
    let holds = |cite: &Cite| match cite {
        Cite::Entry(id) => looked
            .entry(id)
            .is_some_and(|entry| has_field(entry, name, &same)),
        Cite::Basics => looked
            .basics
            .iter()
            .any(|(known, text)| *known == name && same(text)),
        _ => false,
    };
    if sentence.cites.iter().any(holds) {
        return None;
    }
    let held = Held::of(looked, &sentence.cites);
    let whole = (0, sentence.text.len());
    Some(refusal(sentence, Matter::Field, whole, &held))
}

fn has_field(entry: &EntryView, name: &str, same: &dyn Fn(&str) -> bool) -> bool {
    let in_field = entry
        .fields
        .iter()
        .any(|(known, text)| *known == name && same(text));
    let mut lists = entry.lists.iter().filter(|(known, _)| *known == name);
    in_field || lists.any(|(_, list)| list.iter().any(|item| same(item)))
}

/// A wording that was approved passes as it is; another one is read.
fn wording(sentence: &Sentence, looked: &Looked) -> Vec<Refusal> {
    let text = squeezed(&sentence.text);
    if looked
        .approved(&sentence.cites)
        .into_iter()
        .any(|approved| squeezed(approved) == text)
    {
        return Vec::new();
    }
    let field = sentence.place.rsplit('/').next().unwrap_or("");
    let held = Held::of_fields(looked, &sentence.cites, field);
    let mut found = states::check(sentence, looked, &held);
    found.extend(states::sense(sentence, &held));
    found.extend(names::unknown_words(sentence, looked, &held));
    found
}

/// Every word of a sentence that is made from a paragraph stands in the paragraph or in a source, and the whole is one of the
/// paragraph's sentences with its slots filled as they are to be.
fn paragraph(sentence: &Sentence, looked: &Looked, held: &Held) -> Vec<Refusal> {
    let texts = sentence.cites.iter().filter_map(|cite| match cite {
        Cite::Paragraph(key) => looked.ground.paragraphs.get(key),
        _ => None,
    });
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    let mut found = names::not_of_paragraph(sentence, &texts, held);
    if found.is_empty() && !template::is_followed(&sentence.text, &texts, looked.ground) {
        let whole = (0, sentence.text.len());
        found.push(refusal(sentence, Matter::Words, whole, held));
    }
    found
}

/// A refusal with its message.
fn refusal(
    sentence: &Sentence,
    matter: Matter,
    (start, end): (usize, usize),
    held: &Held,
) -> Refusal {
    let token = sentence
        .text
        .get(start..end)
        .unwrap_or(&sentence.text)
        .trim()
        .to_owned();
    let looked = match held.looked_in.as_slice() {
        [] => "no source is given".to_owned(),
        all => format!("looked in {}", all.join(", ")),
    };
    Refusal {
        place: sentence.place.clone(),
        sentence: sentence.text.clone(),
        message: format!("{} Not found: {looked}.", told(matter, &token)),
        token,
        matter,
        start,
        end,
        looked_in: held.looked_in.clone(),
    }
}

fn told(matter: Matter, token: &str) -> String {
    match matter {
        Matter::Number => format!(
            "The number \"{token}\" is in none of the sources. Write it in the profile where it belongs, or leave it out."
        ),
        Matter::Date => format!(
            "The date \"{token}\" is in none of the sources. Correct it, or write it in the profile."
        ),
        Matter::Name => format!(
            "The name \"{token}\" is in none of the sources. Write it in the profile, cite the entry that has it, or leave it out."
        ),
        Matter::Skill => format!(
            "The skill \"{token}\" is not shown by the sources. Add it to the entry or as evidence, or leave it out."
        ),
        Matter::Degree => format!(
            "The degree or honour \"{token}\" is in none of the sources. Write it as the profile has it."
        ),
        Matter::Rank => format!(
            "\"{token}\" claims a rank that the sources do not give. Use the words of the profile."
        ),
        Matter::Sense => format!("\"{token}\" turns round what the sources say. Keep their sense."),
        Matter::Address => format!(
            "The address \"{token}\" is in none of the sources. Write it as the profile has it."
        ),
        Matter::Field => format!(
            "\"{token}\" is not what the profile has in this field. Make the document anew from the profile."
        ),
        Matter::Words => format!(
            "\"{token}\" stands neither in the paragraph nor in a source. Change the paragraph instead of the letter."
        ),
    }
}

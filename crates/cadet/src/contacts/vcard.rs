//! vCard files: many cards of 2.1, 3.0 and 4.0 to contacts and back, by calcard. Pure.
//!
//! A property that no field holds, and the parameters of one that a field holds (`TYPE=work`, a label's group), are kept as
//! lines of vCard 4.0 and written again on export, as long as the value that they belong to is still there.

use calcard::vcard::{
    VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue,
    VCardVersion,
};
use calcard::{Entry, Parser};

use super::input::ContactInput;
use super::model::{Contact, Met};
use crate::clock::Timestamp;

/// Bytes of kept lines of one card; a photograph may be among them.
const KEPT_MOST: usize = 256 * 1024;
/// Cards of one file.
const CARDS_MOST: usize = 50_000;
/// Where they were met, and more on that; only Cadet reads these.
const MET: &str = "X-CADET-MET";
const MET_NOTE: &str = "X-CADET-MET-NOTE";

/// A card that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// What stays the same in every vCard of this person; empty if the card does not say.
    pub uid: String,
    /// The fields.
    pub input: ContactInput,
    /// Kept lines.
    pub other: Vec<String>,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cards {
    /// The cards in order.
    pub cards: Vec<Card>,
    /// What could not be read, and where.
    pub problems: Vec<String>,
}

/// Reads all cards of a file. Whatever is wrong with one loses no other.
#[must_use]
pub fn read(text: &str) -> Cards {
    let mut found = Cards::default();
    let (text, cut_off) = whole_cards(text);
    if cut_off {
        let told = "The last card does not end with END:VCARD, so it is left out.";
        found.problems.push(told.to_owned());
    }
    let mut parser = Parser::new(text);
    loop {
        let number = found.cards.len() + 1;
        if number > CARDS_MOST {
            let told = format!(
                "The file has more than {CARDS_MOST} cards; the others are left out. Split it."
            );
            found.problems.push(told);
            return found;
        }
        match parser.entry() {
            Entry::VCard(card) => match card_of(&card, number, &mut found.problems) {
                Some(card) => found.cards.push(card),
                None => {
                    let told = format!(
                        "After card {}: a card without name, company and address is left out.",
                        number - 1
                    );
                    found.problems.push(told);
                }
            },
            Entry::UnterminatedComponent(_) => {
                let told = format!("Card {number} does not end with END:VCARD, so it is left out.");
                found.problems.push(told);
            }
            Entry::InvalidLine(line) if !line.trim().is_empty() => {
                let start: String = line.trim().chars().take(60).collect();
                found.problems.push(format!(
                    "After card {}: \"{start}\" is no line of a card.",
                    number - 1
                ));
            }
            Entry::Eof | Entry::TooManyComponents => return found,
            _ => {}
        }
    }
}

/// The text up to a last card that has no end, and whether there is one: a file that was cut off in the middle of a card.
fn whole_cards(text: &str) -> (&str, bool) {
    let upper = text.to_ascii_uppercase();
    match upper.rfind("BEGIN:VCARD") {
        Some(begin) if !upper[begin..].contains("END:VCARD") => (&text[..begin], true),
        _ => (text, false),
    }
}

fn card_of(card: &VCard, number: usize, problems: &mut Vec<String>) -> Option<Card> {
    let mut read = Card::default();
    let mut ranked: Vec<(u32, String)> = Vec::new();
    let mut kept = 0;
    for entry in &card.entries {
        take(entry, &mut read, &mut ranked);
        if is_kept(entry) {
            let line = line_of(entry);
            kept += line.len();
            if kept > KEPT_MOST {
                problems.push(format!(
                    "Card {number}: {} is too large to be kept.",
                    entry.name.as_str()
                ));
                kept -= line.len();
                continue;
            }
            read.other.push(line);
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    read.input.mails = ranked.into_iter().map(|(_, mail)| mail).collect();
    read.input.name = name_of(card, &read.input)?;
    Some(read)
}

/// Puts a property into the field that holds it.
fn take(entry: &VCardEntry, card: &mut Card, mails: &mut Vec<(u32, String)>) {
    let text = value_of(entry);
    let input = &mut card.input;
    match &entry.name {
        VCardProperty::Email => mails.push((rank(entry), text)),
        VCardProperty::Tel => input.phones.push(text),
        VCardProperty::Url | VCardProperty::Socialprofile => input.links.push(text),
        VCardProperty::Org if input.company.is_empty() => input.company = text,
        VCardProperty::Title if input.role.is_empty() => input.role = text,
        VCardProperty::Note if input.notes.is_empty() => input.notes = text,
        VCardProperty::Note => input.notes = format!("{}\n{text}", input.notes),
        VCardProperty::Uid => card.uid = text,
        VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-SOCIALPROFILE") => {
            input.links.push(text)
        }
        VCardProperty::Other(name) if name.eq_ignore_ascii_case(MET) => {
            input.met = text.parse::<Met>().map_or("", Met::name).to_owned();
        }
        VCardProperty::Other(name) if name.eq_ignore_ascii_case(MET_NOTE) => input.met_note = text,
        _ => {}
    }
}

/// The first value as a field holds it.
fn value_of(entry: &VCardEntry) -> String {
    let text = match entry.values.first() {
        Some(VCardValue::Text(text)) => text.clone(),
        Some(VCardValue::Component(parts)) => parts.join(" "),
        Some(VCardValue::Integer(number)) => number.to_string(),
        _ => String::new(),
    };
    let text = match &entry.name {
        VCardProperty::Tel => text.strip_prefix("tel:").unwrap_or(&text),
        VCardProperty::Email => text.strip_prefix("mailto:").unwrap_or(&text),
        _ => &text,
    };
    text.trim().to_owned()
}

/// 1 for the preferred one; cards before 4.0 say it with a type.
fn rank(entry: &VCardEntry) -> u32 {
    let is_preferred = entry.params.iter().any(|param| match &param.value {
        VCardParameterValue::Text(text) => text.eq_ignore_ascii_case("pref"),
        // `EMAIL;PREF:` in a card of version 2.1 is a name without a value.
        VCardParameterValue::Null | VCardParameterValue::Integer(1) => {
            param.name == VCardParameterName::Pref
        }
        _ => false,
    });
    let told = entry.params.iter().find_map(|param| match param.value {
        VCardParameterValue::Integer(rank) if param.name == VCardParameterName::Pref => Some(rank),
        _ => None,
    });
    if is_preferred { 1 } else { told.unwrap_or(100) }
}

/// The written name, or the best that the card has.
fn name_of(card: &VCard, input: &ContactInput) -> Option<String> {
    let written = card.property(&VCardProperty::Fn).map(value_of);
    let parts = || {
        let entry = card.property(&VCardProperty::N)?;
        let part = |at: usize| entry.values.get(at).map(text_of).unwrap_or_default();
        // Prefix, given, additional, family, suffix.
        let all = [part(3), part(1), part(2), part(0), part(4)];
        Some(
            all.join(" ")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        )
    };
    let first = |texts: &[String]| texts.first().cloned();
    [
        written,
        parts(),
        Some(input.company.clone()),
        first(&input.mails),
        first(&input.phones),
    ]
    .into_iter()
    .flatten()
    .find(|name| !name.trim().is_empty())
}

fn text_of(value: &VCardValue) -> String {
    match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(parts) => parts.join(" "),
        _ => String::new(),
    }
}

/// Whether a property has to be kept beside the fields: no field holds it, or not all of it.
fn is_kept(entry: &VCardEntry) -> bool {
    let simple = entry.params.is_empty() && entry.group.is_none() && entry.values.len() <= 1;
    match &entry.name {
        VCardProperty::Begin | VCardProperty::End | VCardProperty::Version => false,
        VCardProperty::Prodid | VCardProperty::Rev | VCardProperty::Uid | VCardProperty::Fn => {
            false
        }
        VCardProperty::Note => false,
        VCardProperty::Email | VCardProperty::Tel | VCardProperty::Url | VCardProperty::Title => {
            !simple
        }
        VCardProperty::Org => !simple,
        VCardProperty::Other(name) => ![MET, MET_NOTE]
            .iter()
            .any(|own| name.eq_ignore_ascii_case(own)),
        _ => true,
    }
}

/// A property as a line of vCard 4.0.
fn line_of(entry: &VCardEntry) -> String {
    let mut line = String::new();
    // Writing to a String cannot fail.
    let _ = entry.write_to(&mut line, true);
    line.trim_end().to_owned()
}

/// Contacts as one file. `version` is 3.0 for old address books, else 4.0.
#[must_use]
pub fn write(contacts: &[Contact], version: VCardVersion) -> String {
    let mut text = String::new();
    for contact in contacts {
        let card = VCard {
            entries: entries_of(contact),
        };
        // Writing to a String cannot fail.
        let _ = card.write_to(&mut text, version);
    }
    text
}

fn entries_of(contact: &Contact) -> Vec<VCardEntry> {
    let mut kept = read_lines(&contact.other);
    let mut entries = vec![
        property(VCardProperty::Prodid, "-//Cadet//Contacts//EN"),
        property(VCardProperty::Uid, &contact.uid),
        property(VCardProperty::Fn, &contact.name),
    ];
    let written = kept.iter().position(|entry| entry.name == VCardProperty::N);
    entries.push(written.map_or_else(|| name_parts(&contact.name), |at| kept.remove(at)));
    let mut fill = |name: VCardProperty, value: &str| {
        if value.is_empty() {
            return;
        }
        // The kept line has more to say of the same value.
        let same = kept
            .iter()
            .position(|entry| holds(entry, &name) && value_of(entry).eq_ignore_ascii_case(value));
        entries.push(same.map_or_else(|| property(name, value), |at| kept.remove(at)));
    };
    for mail in &contact.mails {
        fill(VCardProperty::Email, mail);
    }
    for phone in &contact.phones {
        fill(VCardProperty::Tel, phone);
    }
    for link in &contact.links {
        fill(VCardProperty::Url, link);
    }
    fill(VCardProperty::Org, &contact.company);
    fill(VCardProperty::Title, &contact.role);
    fill(VCardProperty::Note, &contact.notes);
    let met = contact.met.map_or("", Met::name);
    fill(VCardProperty::Other(MET.into()), met);
    fill(VCardProperty::Other(MET_NOTE.into()), &contact.met_note);
    // What belongs to a value that is no longer there goes with it.
    kept.retain(|entry| !is_field(entry));
    entries.extend(kept);
    entries.push(revision(contact.updated_at));
    entries
}

/// Whether a kept line is one of a field's property; profiles of networks are links too.
fn holds(entry: &VCardEntry, name: &VCardProperty) -> bool {
    &entry.name == name || *name == VCardProperty::Url && is_profile(entry)
}

fn is_profile(entry: &VCardEntry) -> bool {
    match &entry.name {
        VCardProperty::Socialprofile => true,
        VCardProperty::Other(name) => name.eq_ignore_ascii_case("X-SOCIALPROFILE"),
        _ => false,
    }
}

fn is_field(entry: &VCardEntry) -> bool {
    let fields = [
        VCardProperty::Email,
        VCardProperty::Tel,
        VCardProperty::Url,
        VCardProperty::Org,
        VCardProperty::Title,
    ];
    fields.contains(&entry.name) || is_profile(entry)
}

fn property(name: VCardProperty, value: &str) -> VCardEntry {
    VCardEntry::new(name).with_value(VCardValue::Text(value.to_owned()))
}

/// The parts of a name as far as they can be told: the last word is the family's.
fn name_parts(name: &str) -> VCardEntry {
    let (given, family) = name.rsplit_once(' ').unwrap_or((name, ""));
    let parts = [family, given, "", "", ""];
    let values = parts.map(|part| VCardValue::Text(part.to_owned()));
    VCardEntry::new(VCardProperty::N).with_values(values.to_vec())
}

fn revision(at: Timestamp) -> VCardEntry {
    let text = at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string();
    property(VCardProperty::Rev, &text)
}

fn read_lines(lines: &[String]) -> Vec<VCardEntry> {
    let text = format!(
        "BEGIN:VCARD\r\nVERSION:4.0\r\n{}\r\nEND:VCARD\r\n",
        lines.join("\r\n")
    );
    let card = VCard::parse(&text).unwrap_or_default();
    let own = |name: &VCardProperty| {
        matches!(
            name,
            VCardProperty::Begin | VCardProperty::End | VCardProperty::Version
        )
    };
    card.entries
        .into_iter()
        .filter(|entry| !own(&entry.name))
        .collect()
}

/// The kept lines of a contact whose name or company was changed: what held the old ones in parts goes.
#[must_use]
pub fn lines_after(other: &[String], name_changed: bool, company_changed: bool) -> Vec<String> {
    let begins = |line: &str, name: &str| {
        let head = line.split([':', ';']).next().unwrap_or("");
        head.rsplit('.')
            .next()
            .is_some_and(|head| head.eq_ignore_ascii_case(name))
    };
    let stays = |line: &&String| {
        !(name_changed && begins(line, "N") || company_changed && begins(line, "ORG"))
    };
    other.iter().filter(stays).cloned().collect()
}

#[cfg(test)]
#[path = "vcard_tests.rs"]
mod tests;

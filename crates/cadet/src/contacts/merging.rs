//! When two contacts are one person, what becomes of their fields, and how that is undone. Pure.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::input::ContactParts;
use super::model::{Contact, ContactId, MergeId};
use crate::clock::Timestamp;
use crate::postings::normalise::company::company_key;
use crate::postings::normalise::text::fold_words;

/// Digits at a number's end that tell it apart; what stands before them is written in many ways.
const PHONE_TAIL: usize = 8;

/// Why two are taken for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sameness {
    /// The same identifier in two vCards.
    Uid,
    /// A mail address that both have.
    Mail,
    /// A page on the web that both have.
    Link,
    /// The same name and a number that both have.
    NameAndPhone,
    /// The same name at the same company.
    NameAndCompany,
}

impl Sameness {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Uid => "the same vCard",
            Self::Mail => "the same mail address",
            Self::Link => "the same page on the web",
            Self::NameAndPhone => "the same name and number",
            Self::NameAndCompany => "the same name and company",
        }
    }
}

/// A joining that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Its number.
    pub id: MergeId,
    /// The contact that stayed.
    pub kept: ContactId,
    /// The contact that went into it; none for a card of a file.
    pub gone: Option<ContactId>,
    /// What undoing needs.
    pub before: Before,
    /// When.
    pub created_at: Timestamp,
}

/// What undoing a joining needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The name of who went in, for the words of the button.
    pub name: String,
    /// The kept contact before.
    pub before: ContactParts,
    /// The kept contact right after.
    pub after: ContactParts,
    /// The vCard lines that it had before.
    pub other: Vec<String>,
    /// Entries that were handed over, by number.
    pub entries: Vec<i64>,
    /// Promises that were handed over, by number.
    pub promises: Vec<i64>,
    /// Events that came to it, by number.
    pub events: Vec<i64>,
    /// What a card of a file said, if it was one: it becomes a contact of its own when this is undone.
    pub card: Option<ContactParts>,
}

impl Before {
    /// The same for a card of a file.
    #[must_use]
    pub fn of_card(self, card: ContactParts) -> Self {
        Self {
            card: Some(card),
            ..self
        }
    }

    /// Who is a contact of their own without the joining; the kept one as it was, should that not be known.
    #[must_use]
    pub fn came(&self) -> ContactParts {
        self.card.clone().unwrap_or_else(|| self.before.clone())
    }
}

/// The known people, found by what tells a person.
#[derive(Debug, Default)]
pub struct Known {
    by_key: HashMap<String, ContactId>,
}

impl Known {
    /// Adds a person with the identifier of their vCard.
    pub fn add(&mut self, id: ContactId, uid: &str, parts: &ContactParts) {
        for (_, key) in keys(uid, parts) {
            self.by_key.entry(key).or_insert(id);
        }
    }

    /// The person who this is, and by what.
    #[must_use]
    pub fn find(&self, uid: &str, parts: &ContactParts) -> Option<(ContactId, Sameness)> {
        keys(uid, parts)
            .into_iter()
            .find_map(|(why, key)| self.by_key.get(&key).map(|id| (*id, why)))
    }
}

/// What tells a person, the surest first.
fn keys(uid: &str, parts: &ContactParts) -> Vec<(Sameness, String)> {
    let mut keys = Vec::new();
    if !uid.is_empty() {
        keys.push((Sameness::Uid, format!("uid {uid}")));
    }
    for mail in &parts.mails {
        keys.push((Sameness::Mail, format!("mail {mail}")));
    }
    for link in &parts.links {
        keys.extend(profile_of(link).map(|page| (Sameness::Link, format!("link {page}"))));
    }
    let name = fold_words(&parts.name);
    for phone in &parts.phones {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= PHONE_TAIL {
            let tail = &digits[digits.len() - PHONE_TAIL..];
            keys.push((Sameness::NameAndPhone, format!("phone {name} {tail}")));
        }
    }
    // One word is seldom one person's name alone.
    if name.contains(' ') && !parts.company.is_empty() {
        let company = company_key(&parts.company);
        keys.push((
            Sameness::NameAndCompany,
            format!("company {name} {company}"),
        ));
    }
    keys
}

/// The page of a person on the web, written in one way. The address of a whole site tells nobody apart.
fn profile_of(link: &str) -> Option<String> {
    let url = url::Url::parse(link).ok()?;
    let host = url.host_str()?.trim_start_matches("www.").to_lowercase();
    let path = url.path().trim_end_matches('/').to_lowercase();
    (path.len() > 1).then(|| format!("{host}{path}"))
}

/// Whether two contacts are one person, and by what.
#[must_use]
pub fn same_person(one: &Contact, other: &Contact) -> Option<Sameness> {
    let mut known = Known::default();
    known.add(one.id, &one.uid, &ContactParts::of(one));
    let found = known.find(&other.uid, &ContactParts::of(other));
    found.map(|(_, why)| why)
}

/// Both in one: what the kept one says counts, its gaps are filled, lists are joined, and what the other says differently is
/// written below the notes, so that nothing is lost.
#[must_use]
pub fn joined(kept: &ContactParts, other: &ContactParts) -> ContactParts {
    let mut remarks = Vec::new();
    let mut pick = |label: &str, kept: &str, other: &str| -> String {
        match (kept, other) {
            ("", other) => other.to_owned(),
            (kept, "") => kept.to_owned(),
            (kept, other) => {
                if fold_words(kept) != fold_words(other) {
                    remarks.push(format!("{label}: {other}"));
                }
                kept.to_owned()
            }
        }
    };
    let name = pick("Also called", &kept.name, &other.name);
    let role = pick("Other role", &kept.role, &other.role);
    let company = pick("Other company", &kept.company, &other.company);
    let met_note = pick("Also met", &kept.met_note, &other.met_note);
    let mut notes = vec![kept.notes.clone()];
    if !kept.notes.contains(&other.notes) {
        notes.push(other.notes.clone());
    }
    notes.extend(remarks.into_iter().filter(|one| !kept.notes.contains(one)));
    notes.retain(|text| !text.is_empty());
    ContactParts {
        name,
        mails: union(&kept.mails, &other.mails),
        phones: union(&kept.phones, &other.phones),
        links: union(&kept.links, &other.links),
        role,
        company,
        met: kept.met.or(other.met),
        met_note,
        notes: notes.join("\n"),
    }
}

fn union(kept: &[String], other: &[String]) -> Vec<String> {
    let mut all = kept.to_vec();
    all.extend(other.iter().filter(|one| !kept.contains(one)).cloned());
    all
}

/// The lines of two vCards, each once.
#[must_use]
pub fn joined_lines(kept: &[String], other: &[String]) -> Vec<String> {
    union(kept, other)
}

/// The kept contact as it is without the joining: what was changed since stays changed.
#[must_use]
pub fn parted(now: &ContactParts, undo: &Before) -> ContactParts {
    let (before, after) = (&undo.before, &undo.after);
    let back = |now: &String, after: &String, before: &String| {
        if now == after {
            before.clone()
        } else {
            now.clone()
        }
    };
    let without = |now: &[String], after: &[String], before: &[String]| -> Vec<String> {
        now.iter()
            .filter(|one| before.contains(one) || !after.contains(one))
            .cloned()
            .collect()
    };
    ContactParts {
        name: back(&now.name, &after.name, &before.name),
        mails: without(&now.mails, &after.mails, &before.mails),
        phones: without(&now.phones, &after.phones, &before.phones),
        links: without(&now.links, &after.links, &before.links),
        role: back(&now.role, &after.role, &before.role),
        company: back(&now.company, &after.company, &before.company),
        met: if now.met == after.met {
            before.met
        } else {
            now.met
        },
        met_note: back(&now.met_note, &after.met_note, &before.met_note),
        notes: back(&now.notes, &after.notes, &before.notes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str, company: &str, mails: &[&str]) -> ContactParts {
        ContactParts {
            name: name.into(),
            mails: mails.iter().map(|mail| (*mail).to_owned()).collect(),
            phones: Vec::new(),
            links: Vec::new(),
            role: String::new(),
            company: company.into(),
            met: None,
            met_note: String::new(),
            notes: String::new(),
        }
    }

    fn known(one: &ContactParts) -> Known {
        let mut known = Known::default();
        known.add(ContactId(7), "", one);
        known
    }

    #[test]
    fn a_shared_address_tells_a_person_and_a_shared_name_alone_does_not() {
        let mira = parts(
            "Mira Okafor",
            "Northlight GmbH",
            &["mira@northlight.example"],
        );
        let known = known(&mira);
        let by_mail = known.find("", &parts("M. Okafor", "", &["mira@northlight.example"]));
        assert_eq!(by_mail, Some((ContactId(7), Sameness::Mail)));
        let by_company = known.find("", &parts("Mira  OKAFOR", "Northlight", &[]));
        assert_eq!(by_company, Some((ContactId(7), Sameness::NameAndCompany)));
        assert_eq!(
            known.find("", &parts("Mira Okafor", "Brookline", &[])),
            None
        );
        assert_eq!(known.find("", &parts("Mira Okafor", "", &[])), None);
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written_and_a_site_is_nobodys_page() {
        let mut mira = parts("Mira Okafor", "", &[]);
        mira.phones = vec!["+49 30 1234 5678".into()];
        mira.links = vec!["https://northlight.example".into()];
        let known = known(&mira);
        let mut same = parts("Mira Okafor", "", &[]);
        same.phones = vec!["030-12345678".into()];
        assert_eq!(
            known.find("", &same),
            Some((ContactId(7), Sameness::NameAndPhone))
        );
        let mut colleague = parts("Jon Vale", "", &[]);
        colleague.links = vec!["https://northlight.example/".into()];
        assert_eq!(known.find("", &colleague), None);
    }

    #[test]
    fn joining_loses_nothing_and_parting_gives_back_what_was() {
        let mut kept = parts("Mira Okafor", "Northlight", &["mira@northlight.example"]);
        kept.notes = "Likes Kotlin.".into();
        let mut other = parts("Mira Okafor-Lind", "Brookline", &["mira@home.example"]);
        other.role = "Backend lead".into();
        let after = joined(&kept, &other);
        assert_eq!(after.mails.len(), 2);
        assert_eq!(after.role, "Backend lead");
        assert!(after.notes.contains("Other company: Brookline"));
        assert!(after.notes.contains("Also called: Mira Okafor-Lind"));
        let undo = Before {
            name: other.name.clone(),
            before: kept.clone(),
            after: after.clone(),
            other: Vec::new(),
            entries: Vec::new(),
            promises: Vec::new(),
            events: Vec::new(),
            card: None,
        };
        assert_eq!(parted(&after, &undo), kept);
        let mut changed = after.clone();
        changed.role = "Head of backend".into();
        changed.mails.push("new@northlight.example".into());
        let parted = parted(&changed, &undo);
        assert_eq!(
            parted.role, "Head of backend",
            "what was changed since stays"
        );
        assert_eq!(
            parted.mails,
            ["mira@northlight.example", "new@northlight.example"]
        );
    }

    #[test]
    fn joining_the_same_again_changes_nothing() {
        let mut kept = parts("Mira Okafor", "Northlight", &["m@a.example"]);
        kept.notes = "x".into();
        let mut other = parts("Mira Okafor", "Brookline", &[]);
        other.notes = "x".into();
        let once = joined(&kept, &other);
        assert_eq!(joined(&once, &other), once);
    }
}

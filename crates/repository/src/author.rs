//! Who the author is: mail addresses, with those that the repository's `.mailmap` says are the same person.

use std::collections::BTreeSet;

use gix::actor::SignatureRef;
use gix::bstr::{BStr, ByteSlice};
use gix::mailmap::Snapshot;

/// The author by mail addresses. Addresses are compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    emails: BTreeSet<String>,
}

impl Author {
    /// An author with these addresses; empty ones are passed over.
    pub fn new<T: AsRef<str>>(emails: impl IntoIterator<Item = T>) -> Self {
        let emails = emails.into_iter();
        Self {
            emails: emails
                .map(|email| fold(email.as_ref().as_bytes()))
                .filter(|email| !email.is_empty())
                .collect(),
        }
    }

    /// The addresses, folded and sorted.
    pub fn emails(&self) -> impl Iterator<Item = &str> {
        self.emails.iter().map(String::as_str)
    }

    /// Whether there is no address at all.
    pub fn is_empty(&self) -> bool {
        self.emails.is_empty()
    }
}

/// An address as it is compared.
pub(crate) fn fold(email: &[u8]) -> String {
    email.trim().to_str_lossy().to_lowercase()
}

/// The author within one repository.
pub(crate) struct Identity<'a> {
    author: &'a Author,
    mailmap: Snapshot,
    /// What the mailmap makes of the author's addresses.
    canonical: BTreeSet<String>,
}

impl<'a> Identity<'a> {
    pub(crate) fn new(author: &'a Author, mailmap: Snapshot) -> Self {
        let mut identity = Self {
            author,
            mailmap,
            canonical: BTreeSet::new(),
        };
        let resolved = author.emails.iter();
        identity.canonical = resolved
            .map(|email| identity.resolve(b"".as_bstr(), email.as_bytes().as_bstr()))
            .collect();
        identity
    }

    /// The address of a signature as the mailmap has it, folded.
    pub(crate) fn resolve(&self, name: &BStr, email: &BStr) -> String {
        let signature = SignatureRef {
            name,
            email,
            time: "",
        };
        let resolved = self.mailmap.try_resolve_ref(signature);
        let resolved = resolved.and_then(|found| found.email);
        fold(resolved.unwrap_or(email))
    }

    /// Whether a signature is the author's.
    pub(crate) fn is_own(&self, name: &BStr, email: &BStr) -> bool {
        if self.author.emails.contains(&fold(email)) {
            return true;
        }
        let resolved = self.resolve(name, email);
        self.author.emails.contains(&resolved) || self.canonical.contains(&resolved)
    }

    /// Whether the value of a trailer, `Ada Example <ada@example.org>`, is the author.
    fn is_named(&self, value: &BStr) -> bool {
        let Some(start) = value.find_byte(b'<') else {
            return false;
        };
        let Some(end) = value[start..].find_byte(b'>') else {
            return false;
        };
        let name = value[..start].trim().as_bstr();
        self.is_own(name, value[start + 1..start + end].trim().as_bstr())
    }

    /// Which trailers of a commit's message name the author.
    pub(crate) fn trailers(&self, message: &BStr) -> Trailers {
        let mut found = Trailers::default();
        // The last paragraph is where trailers stand; a message may be of any length.
        let tail = &message[message.len().saturating_sub(4_000)..];
        for line in tail.lines() {
            let Some(colon) = line.find_byte(b':') else {
                continue;
            };
            let (token, value) = (&line[..colon], line[colon + 1..].trim().as_bstr());
            if token.eq_ignore_ascii_case(b"co-authored-by") {
                found.co_author |= self.is_named(value);
            } else if token.eq_ignore_ascii_case(b"reviewed-by") {
                found.reviewer |= self.is_named(value);
            }
        }
        found
    }
}

/// What a message says of the author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trailers {
    pub(crate) co_author: bool,
    pub(crate) reviewer: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_case_and_through_the_mailmap() {
        let author = Author::new(["Ada@Example.org", " "]);
        let map = b"Ada Example <ada@example.org> <old@work.example>\n";
        let identity = Identity::new(&author, Snapshot::from_bytes(map));
        assert!(identity.is_own("A".into(), "ADA@example.org".into()));
        assert!(identity.is_own("A".into(), "old@work.example".into()));
        assert!(!identity.is_own("A".into(), "bob@example.org".into()));
    }

    #[test]
    fn an_old_address_given_finds_what_the_mailmap_moved_to_a_new_one() {
        let author = Author::new(["old@work.example"]);
        let map = b"Ada Example <ada@example.org> <old@work.example>\n";
        let identity = Identity::new(&author, Snapshot::from_bytes(map));
        assert!(identity.is_own("A".into(), "ada@example.org".into()));
    }

    #[test]
    fn trailers_name_co_authors_and_reviewers() {
        let author = Author::new(["ada@example.org"]);
        let identity = Identity::new(&author, Snapshot::default());
        let told = identity.trailers(
            "Add it\n\nco-authored-by: Ada <ADA@example.org>\nReviewed-by: Bob <b@x.org>\n".into(),
        );
        assert_eq!(
            told,
            Trailers {
                co_author: true,
                reviewer: false
            }
        );
        let told = identity.trailers("Reviewed-by: ada@example.org\nReviewed-by: <".into());
        assert_eq!(told, Trailers::default());
    }
}

//! Ways to reach a person within a text: mail addresses, telephone numbers, addresses of pages and streets.

use std::sync::OnceLock;

use regex::Regex;

use super::heads;
use crate::dates::fold;
use crate::json::is_host;

/// Spaces of several kinds and icons around pieces become one sign.
pub fn separated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut spaces = 0;
    for c in text.chars() {
        if c == '\u{a0}' || c == ' ' || c == '\t' {
            spaces += 1;
            continue;
        }
        if spaces > 2 {
            out.push_str(" | ");
        } else if spaces > 0 {
            out.push(' ');
        }
        spaces = 0;
        // Icons of symbol fonts stand before the words that they explain.
        if ('\u{e000}'..='\u{f8ff}').contains(&c) || "✉☎📞📧📍🏠🌐⌂✆".contains(c)
        {
            out.push_str(" | ");
        } else {
            out.push(c);
        }
    }
    out
}

/// The pieces of a line of contacts, with addresses kept whole.
pub fn pieces(text: &str) -> Vec<String> {
    let spaced = text.replace(" - ", " | ");
    let mut out = Vec::new();
    for piece in heads::split(&spaced) {
        let mut rest = piece.as_str();
        // Things that only a space or a comma divides: a mail address beside a number.
        while let Some(found) = mail().and_then(|pattern| pattern.find(rest)) {
            add_piece(&mut out, rest.get(..found.start()).unwrap_or(""));
            out.push(found.as_str().to_owned());
            rest = rest.get(found.end()..).unwrap_or("");
        }
        add_piece(&mut out, rest);
    }
    out
}

/// Adds a piece, with a telephone number in it as a piece of its own.
fn add_piece(out: &mut Vec<String>, text: &str) {
    let text = heads::trim(text);
    let number = phone()
        .and_then(|pattern| pattern.find(text))
        .filter(|found| number_in(found.as_str()).is_some());
    let Some(found) = number.filter(|_| number_in(text).is_some()) else {
        let label = text.ends_with(':') && is_label(text);
        if !text.is_empty() && !label {
            out.push(text.to_owned());
        }
        return;
    };
    let before = heads::trim(text.get(..found.start()).unwrap_or(""));
    let after = heads::trim(text.get(found.end()..).unwrap_or(""));
    if !before.is_empty() && !is_label(before) && before.chars().any(char::is_alphabetic) {
        out.push(before.to_owned());
    }
    out.push(found.as_str().to_owned());
    if after.chars().any(char::is_alphabetic) {
        out.push(after.to_owned());
    }
}

pub fn mail() -> Option<&'static Regex> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    PATTERN
        .get_or_init(|| Regex::new(r"[\p{L}0-9._%+\-]+@[\p{L}0-9\-]+(?:\.[\p{L}0-9\-]+)+").ok())
        .as_ref()
}

pub fn phone() -> Option<&'static Regex> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    PATTERN.get_or_init(|| Regex::new(r"(?:\(?\+?\d[\d()\s./\-\u{2010}-\u{2014}\u{a0}\u{ad}]{5,22}\d)(?:\s*(?:x|ext\.?)\s*\d{1,5})?").ok()).as_ref()
}

/// Whether there is a way to reach somebody in a text.
pub fn finds(text: &str) -> bool {
    mail().is_some_and(|pattern| pattern.is_match(text))
        || number_in(text).is_some()
        || text
            .split([' ', '|', '\u{a0}'])
            .any(|word| address_of(word).is_some())
}

/// A telephone number within a text.
pub fn number_in(text: &str) -> Option<String> {
    let found = phone()?.find(text)?;
    let said = found.as_str().trim();
    let digits = said.chars().filter(char::is_ascii_digit).count();
    let dated =
        crate::dates::find(said).is_some() && !said.starts_with('+') && !said.starts_with('(');
    // What touches letters is part of an address.
    let before = text
        .get(..found.start())
        .and_then(|text| text.chars().next_back());
    let glued = before.is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '@');
    let open = if said.contains(')') && !said.contains('(') {
        format!("({said}")
    } else {
        said.to_owned()
    };
    ((7..=15).contains(&digits) && !dated && !glued).then(|| unkerned(&open))
}

/// A number without the gaps that kerning makes within its groups: `(31 2) 5 55-0123`.
fn unkerned(number: &str) -> String {
    let groups = number.split(|c: char| c.is_whitespace() || "()-./".contains(c));
    let single = groups.filter(|group| group.len() == 1).count();
    let area = number
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map_or("", |(area, _)| area);
    if single < 2 && !area.trim().contains(' ') {
        return number.to_owned();
    }
    let whole: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    whole.replace(')', ") ")
}

/// Whether a text is only a label, such as `E-Mail:`.
pub fn is_label(text: &str) -> bool {
    let small = fold(text.trim_end_matches(':').trim());
    const LABELS: [&str; 34] = [
        "email",
        "e-mail",
        "mail",
        "mailto",
        "phone",
        "tel",
        "tel.",
        "telephone",
        "telefon",
        "mobile",
        "mobil",
        "cell",
        "handy",
        "telephone portable",
        "telefono",
        "movil",
        "telefone",
        "address",
        "adresse",
        "direccion",
        "endereco",
        "indirizzo",
        "location",
        "website",
        "homepage",
        "web",
        "portfolio",
        "linkedin",
        "github",
        "wohnort",
        "anschrift",
        "gitlab",
        "city",
        "url",
    ];
    LABELS.contains(&small.as_str())
}

/// The address in a text without its label; none when it is no address.
pub fn address_of(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    if text.contains('@') || text.contains(char::is_whitespace) {
        return None;
    }
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or(text);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let ends = [
        "com", "org", "net", "io", "dev", "me", "de", "app", "co", "uk", "fr", "es", "it", "nl",
        "se", "no", "ch", "at", "eu", "edu", "info", "page", "site", "tech", "xyz", "ai", "us",
        "ca", "in", "br", "pt", "pl", "be", "example", "example", "cloud", "blog", "design",
        "codes", "engineer", "software", "works", "world", "link", "be", "ie", "sg", "jp", "cn",
        "kr", "ru", "cz", "dk", "fi",
    ];
    let top = host.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let scheme = rest.len() != text.len();
    let known = ends.contains(&top.as_str()) && host.chars().any(char::is_lowercase);
    (is_host(host) && (scheme || known)).then(|| {
        if scheme {
            text.to_owned()
        } else {
            format!("https://{text}")
        }
    })
}

/// The name of the site of an address, for sites where people have accounts.
pub fn network(url: &str) -> Option<&'static str> {
    const SITES: [(&str, &str); 16] = [
        ("linkedin.com", "LinkedIn"),
        ("github.com", "GitHub"),
        ("gitlab.com", "GitLab"),
        ("codeberg.org", "Codeberg"),
        ("bitbucket.org", "Bitbucket"),
        ("stackoverflow.com", "Stack Overflow"),
        ("twitter.com", "Twitter"),
        ("x.com", "X"),
        ("medium.com", "Medium"),
        ("leetcode.com", "LeetCode"),
        ("kaggle.com", "Kaggle"),
        ("xing.com", "XING"),
        ("behance.net", "Behance"),
        ("dribbble.com", "Dribbble"),
        ("youtube.com", "YouTube"),
        ("facebook.com", "Facebook"),
    ];
    let host = url
        .split("://")
        .nth(1)?
        .split('/')
        .next()?
        .to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    SITES
        .iter()
        .find(|(site, _)| host == *site || host.ends_with(&format!(".{site}")))
        .map(|(_, name)| *name)
}

/// Whether a text is a street with a number, with a town after it.
pub fn street(text: &str) -> bool {
    let digits = text.chars().any(|c| c.is_ascii_digit());
    let words = text.split_whitespace().count();
    let small = fold(text);
    let named = [
        "street",
        "str.",
        "strasse",
        "straße",
        "road",
        "avenue",
        "lane",
        "way",
        "drive",
        "rue",
        "calle",
        "platz",
        "weg",
        "allee",
        "gatan",
        "via ",
        "boulevard",
        "blvd",
        " st",
        " rd",
        " ave",
    ];
    let postal = small
        .split([' ', ','])
        .any(|part| part.len() == 5 && part.chars().all(|c| c.is_ascii_digit()));
    digits
        && words <= 10
        && (named.iter().any(|word| small.contains(word)) || (postal && words >= 2))
}

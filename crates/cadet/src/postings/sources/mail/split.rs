//! Lines that say several things at once: `Acme · Berlin`, `Globex - Remote`, `Data Engineer at Initech`, and subjects. Pure.

use std::sync::LazyLock;

use regex::Regex;

use super::words::{self, Kind, bare_company, kind_of_part, parts};

/// Title, employer and place out of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The title.
    pub title: String,
    /// The employer.
    pub company: Option<String>,
    /// The place.
    pub place: Option<String>,
}

/// Signs that keep the employer apart from the place.
const DASHES: [&str; 4] = [" - ", " – ", " — ", " − "];

/// The employer of a line, and the place that stands beside it. `None` if nothing is left.
#[must_use]
pub fn company(line: &str) -> Option<(String, Option<String>)> {
    let pieces = parts(line);
    let of_content = pieces
        .iter()
        .position(|part| matches!(kind_of_part(part), Kind::Content))?;
    let place = pieces
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != of_content)
        .find(|(at, part)| {
            let kind = kind_of_part(part);
            // What stands behind the employer and is nothing else is a town that no table has.
            kind == Kind::Place || kind == Kind::Content && *at == of_content + 1
        })
        .map(|(_, part)| (*part).to_owned());
    let piece = pieces[of_content];
    let (name, beside) = before_place(piece);
    let name = bare_company(name);
    let place = beside.map(str::to_owned).or(place);
    (!name.is_empty() && !words::is_noise(&name)).then_some((name, place))
}

/// Cuts the place off a name: `Globex - Remote`, `Globex (Austin, TX)`, `Nordlicht GmbH, Hamburg`, `Acme in Berlin`.
fn before_place(text: &str) -> (&str, Option<&str>) {
    for dash in DASHES {
        if let Some((name, place)) = text.rsplit_once(dash)
            && (words::is_place(place) || looks_like_town(place))
        {
            return (name, Some(place));
        }
    }
    if let Some((name, place)) = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("))
        && words::is_place(place)
    {
        return (name, Some(place));
    }
    for joint in [" in ", " à ", " en ", " em ", ", "] {
        if let Some((name, place)) = text.split_once(joint)
            && words::is_place(place)
            && !words::is_place(name)
        {
            return (name, Some(place));
        }
    }
    // `Musterwerk GmbH, Kleinstadt` and `Stadtwerke Kleinstadt, Kleinstadt`: towns that no table has.
    if let Some((name, town)) = text.rsplit_once(", ")
        && looks_like_town(town)
        && (words::ends_like_company(name) || name.ends_with(&format!(" {town}")))
    {
        return (name, Some(town));
    }
    (text, None)
}

/// A town that no table has, as it stands behind an employer: `Smallville, KS`, `Bad Beispielstadt`.
fn looks_like_town(text: &str) -> bool {
    static TOWN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\p{Lu}[\p{L}'’.-]+(?: (?:\p{Lu}[\p{L}'’.-]+|am|an der|im|de|la|del|do|da|sur|upon|of)){0,3}(?:, [\p{L} ]{2,30})?(?: \d{4,5})?$")
            .expect("the pattern is constant")
    });
    TOWN.is_match(text) && !words::ends_like_company(text) && !words::names_role(text)
}

static AT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?P<title>.+?)\s+(?:at|bei(?: der| dem)?|chez|@|en la empresa|na empresa)\s+(?P<company>[\p{Lu}\d].*)$")
        .expect("the pattern is constant")
});

/// A title that may say employer and place too.
#[must_use]
pub fn title(text: &str) -> Named {
    let pieces = parts(text);
    if let Some((first, rest)) = pieces.split_first().filter(|(_, rest)| !rest.is_empty()) {
        let (title, others) =
            match words::names_role(first) || !rest.iter().any(|part| words::names_role(part)) {
                true => (*first, rest.to_vec()),
                false => (rest[0], [&[*first], &rest[1..]].concat()),
            };
        let company = others
            .iter()
            .find(|part| kind_of_part(part) == Kind::Content);
        let place = others.iter().find(|part| kind_of_part(part) == Kind::Place);
        return Named {
            title: title.to_owned(),
            company: company.map(|name| bare_company(name)),
            place: place.map(|place| (*place).to_owned()),
        };
    }
    if let Some(found) = AT.captures(text) {
        let (name, place) = before_place(&found["company"]);
        return Named {
            title: found["title"].to_owned(),
            company: Some(bare_company(name)),
            place: place.map(str::to_owned),
        };
    }
    dashed(text).unwrap_or_else(|| Named {
        title: text.to_owned(),
        ..Named::default()
    })
}

/// `Staff Data Engineer - Globex Inc (Austin, TX)`: only where what stands behind the dash is clearly no part of the title.
fn dashed(text: &str) -> Option<Named> {
    let (rest, place) = before_place(text);
    for dash in DASHES {
        let Some((left, right)) = rest.rsplit_once(dash) else {
            continue;
        };
        let employer_last = words::names_role(left) && !words::names_role(right);
        let sure = place.is_some() || words::ends_like_company(right);
        if employer_last && sure {
            return Some(Named {
                title: left.to_owned(),
                company: Some(bare_company(right)),
                place: place.map(str::to_owned),
            });
        }
    }
    None
}

/// A title without the employer that is known from elsewhere: `Backend Intern at Acme` beside `Acme`.
#[must_use]
pub fn without_company(title: &str, company: &str) -> String {
    let lower = title.to_lowercase();
    let company = company.to_lowercase();
    for joint in [" at ", " bei ", " chez ", " @ ", " | ", " · ", " • "] {
        let tail = format!("{joint}{company}");
        if lower.ends_with(&tail) && lower.len() == title.len() {
            return title[..title.len() - tail.len()].trim().to_owned();
        }
    }
    title.to_owned()
}

/// Title and employer of a subject: `Data Engineer at Globex. 2 more Python jobs`, `“rust”: Globex - Engineer and more`,
/// `Globex is hiring a Data Engineer`, `Globex sucht Data Engineer`.
#[must_use]
pub fn subject(subject: &str) -> Option<Named> {
    static FRAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?ix)^(?:(?:fwd?|wg|tr|re|rv|enc)\s*:\s*)+ | ^(?:new\ jobs?|new|job\ alert|neue[rs]?\ jobs?|neu|jobs?)\s*:\s* | ^[“\x22„«][^”\x22“»]*[”\x22“»]\s*:\s* | \s*(?:,|\.|\ -|\ –|\ \+)?\s*(?:and|und|et|y|e|\+)?\s*\d+\+?\s+(?:more|new|other|weitere|autres|más|mais|neue|nouve\w+|nuev\w+|nov\w+)\b.*$ | \s*(?:and|und|et|y|e)\s+(?:more|mehr|weitere|plus|más|mais)\b.*$ | \s*(?:posted|veröffentlicht)\ on\ .*$ | [!.]+$")
            .expect("the pattern is constant")
    });
    static HIRING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?P<company>.+?)\s+(?:is (?:hiring|looking for)|sucht|stellt ein:?|recrute|busca|contrata|está contratando)(?:\s+(?:an?|eine?n?|une?|un[ao]?|uma?))?\s+(?P<title>.+?)(?:\s+in\s+\p{Lu}.*)?$")
            .expect("the pattern is constant")
    });
    let mut text = subject.trim().to_owned();
    for _ in 0..3 {
        text = FRAME.replace_all(&text, "").trim().to_owned();
    }
    if let Some(found) = HIRING.captures(&text) {
        return Some(Named {
            title: found["title"].to_owned(),
            company: Some(bare_company(&found["company"])),
            place: None,
        });
    }
    let found = AT.captures(&text)?;
    let (name, _) = before_place(&found["company"]);
    Some(Named {
        title: found["title"].to_owned(),
        company: Some(bare_company(name)),
        place: None,
    })
}

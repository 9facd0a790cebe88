//! The roles that a comment offers: in its first line, else in a list below it.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::header::Header;
use crate::fetch::html;
use crate::postings::sources::markup;

/// Roles of one comment that are kept; what lists more is no list of roles.
const MAX_ROLES: usize = 20;
/// The longest title, in characters.
const MAX_TITLE: usize = 90;

/// A paragraph, or a line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its text.
    pub(super) text: String,
    /// Where its links lead.
    pub(super) links: Vec<String>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Role {
    /// Its title.
    pub(super) title: String,
    /// The link that stands with it.
    pub(super) link: Option<String>,
}

/// The paragraphs of a comment, which are parted by `<p>`, and lines within preformatted text.
pub(super) fn paragraphs(comment: &str) -> Vec<Paragraph> {
    comment
        .split("<p>")
        .flat_map(|part| part.split('\n'))
        .map(|part| Paragraph {
            text: markup::plain(part),
            links: links(part),
        })
        .filter(|paragraph| !paragraph.text.is_empty())
        .collect()
}

fn links(part: &str) -> Vec<String> {
    let linked: Vec<String> = html::elements(part, &["a"])
        .iter()
        .filter_map(|link| Some(link.attr("href")?.trim().to_owned()))
        .filter(|link| is_web(link))
        .collect();
    if !linked.is_empty() {
        return linked;
    }
    // Not every address becomes a link there.
    markup::plain(part)
        .split_whitespace()
        .map(|word| word.trim_matches(['(', ')', '[', ']', ',', '.', ';', '<', '>']))
        .filter(|word| is_web(word))
        .map(str::to_owned)
        .collect()
}

fn is_web(link: &str) -> bool {
    (link.starts_with("https://") || link.starts_with("http://")) && Url::parse(link).is_ok()
}

/// The roles of a comment.
pub(super) fn of_comment(header: &Header, paragraphs: &[Paragraph]) -> Vec<Role> {
    let mut roles: Vec<Role> = header
        .roles
        .iter()
        .filter(|role| !is_collective(role))
        .map(|title| Role {
            title: title.clone(),
            link: None,
        })
        .collect();
    if roles.is_empty() {
        roles = paragraphs.iter().skip(1).filter_map(listed).collect();
    }
    let mut seen = std::collections::HashSet::new();
    roles.retain(|role| seen.insert(role.title.to_lowercase()));
    roles.truncate(MAX_ROLES);
    if roles.is_empty() {
        // `Internship` for the employment, or `Multiple engineers`, is all that some say, and is at least that.
        let said = header.roles.first().cloned().or_else(|| {
            let employment = header.employment.clone()?;
            employment
                .to_ascii_lowercase()
                .contains("intern")
                .then_some(employment)
        });
        roles.extend(said.map(|title| Role { title, link: None }));
    }
    roles
}

static NOUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:engineers?|developers?|devs?|programmers?|interns?|internships?|designers?|scientists?|managers?|architects?|analysts?|devops|sres?|researchers?|consultants?|specialists?|tech leads?|team leads?|head of|cto|vp|director|administrators?|sysadmins?|hackers?|technicians?|writers?|advocates?|recruiters?|apprentices?|trainees?|werkstudent(?:in)?|working students?|praktikant(?:in)?|entwickler(?:in)?|full[- ]?stack|back[- ]?end|front[- ]?end)\b",
    )
    .expect("the pattern is constant")
});

/// Whether a short text names a role.
pub(super) fn is_role(text: &str) -> bool {
    static MANY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:roles|positions|openings)\b").expect("the pattern is constant")
    });
    text.chars().count() <= 200 && (NOUN.is_match(text) || MANY.is_match(text))
}

/// `Multiple roles`, `Various engineering positions`: says that there are several, and not which.
fn is_collective(role: &str) -> bool {
    static COLLECTIVE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:multiple|various|several|many|all|open|different|a few)\b|\b(?:roles|positions|openings)\b|\(multiple\)")
            .expect("the pattern is constant")
    });
    COLLECTIVE.is_match(role)
}

/// The roles that a field names: parted, where each part names one of its own.
pub(super) fn roles_in(field: &str) -> Vec<String> {
    static JOINTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\s*(?:,|;|/|&|\+|\band\b|\bor\b)\s*").expect("the pattern is constant")
    });
    let parts: Vec<String> = JOINTS
        .split(field)
        .filter(|part| !part.trim().is_empty())
        .filter_map(title)
        .collect();
    let each_is_one = parts.len() > 1 && parts.iter().all(|part| names_whole_role(part));
    if each_is_one {
        return parts;
    }
    title(field).into_iter().collect()
}

/// `Backend Engineer` names a role by itself; `Senior` and `Backend` do not.
fn names_whole_role(part: &str) -> bool {
    static ONLY_A_FIELD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:(?:senior|junior|sr\.?|jr\.?|staff|lead|full[- ]?stack|back[- ]?end|front[- ]?end)\s*)+$")
            .expect("the pattern is constant")
    });
    NOUN.is_match(part) && !ONLY_A_FIELD.is_match(part)
}

/// A title without signs and articles around it.
fn title(text: &str) -> Option<String> {
    let text = text
        .trim()
        .trim_start_matches(['-', '*', '•', '–', '—', '·', '>', '#'])
        .trim()
        .trim_end_matches([':', '.', ',', '-', '–', '—', '*', ';'])
        .trim_matches(['*', '_'])
        .trim();
    let text = ["a ", "an ", "our "]
        .iter()
        .find_map(|article| {
            let head = text.get(..article.len())?;
            head.eq_ignore_ascii_case(article)
                .then(|| &text[article.len()..])
        })
        .unwrap_or(text);
    let fits = (3..=MAX_TITLE).contains(&text.chars().count());
    (fits && text.chars().any(char::is_alphabetic)).then(|| text.to_owned())
}

/// The role of a line in a list: `- Backend Intern: https://...`, `Data Intern (Oslo) - we need you to ...`.
fn listed(paragraph: &Paragraph) -> Option<Role> {
    static PROSE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:we|we're|you|you'll|our|i|i'm|as|if|the|this|please|apply|about|contact|looking|join|tech|stack|requirements?|experience|why|what|how|to|for)\b")
            .expect("the pattern is constant")
    });
    static END: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)https?://|\s[-–—|]\s|:\s|:$|\s\(|\[|\.\s|\.$")
            .expect("the pattern is constant")
    });
    static BULLET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[-*•–—·>]+|\(?\d{1,2}[.)])\s*").expect("the pattern is constant")
    });
    let is_item = BULLET.is_match(&paragraph.text);
    let text = BULLET.replace(&paragraph.text, "");
    let head = END.find(&text).map_or(&*text, |end| &text[..end.start()]);
    let is_short = text.chars().count() <= MAX_TITLE;
    if PROSE.is_match(&text)
        || !names_whole_role(head)
        || !(is_item || is_short || !paragraph.links.is_empty())
    {
        return None;
    }
    Some(Role {
        title: title(head)?,
        link: paragraph.links.first().cloned(),
    })
}

/// The link by which one applies to any of the comment's roles. Where there are several, a link that may be one opening's own
/// would make them all that opening, so only a list's counts.
pub(super) fn apply_link(paragraphs: &[Paragraph], alone: bool) -> Option<String> {
    let links: Vec<&String> = paragraphs.iter().flat_map(|one| &one.links).collect();
    let leads_to_jobs = |link: &&&String| {
        [
            "job",
            "career",
            "apply",
            "hiring",
            "greenhouse",
            "lever.co",
            "ashby",
            "workable",
            "breezy",
        ]
        .iter()
        .any(|word| link.to_ascii_lowercase().contains(word))
    };
    let may_be_of_one = |link: &str| {
        let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count() >= 4;
        Url::parse(link).map_or(true, |url| {
            digits(url.path()) || url.query().is_some_and(digits)
        })
    };
    links
        .iter()
        .find(leads_to_jobs)
        .map(|link| (**link).clone())
        .filter(|link| alone || !may_be_of_one(link))
}

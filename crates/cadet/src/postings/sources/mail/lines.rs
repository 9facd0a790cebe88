//! A mail's text as lines with the jobs that they link to: the form in which plain text and HTML are read alike. Pure.

use std::sync::LazyLock;

use regex::Regex;

use super::boards::JobLink;
use super::links::{Target, target_of};

/// Lines kept of one text; a digest has a few hundred.
const MOST_LINES: usize = 6_000;
/// Characters kept of one line.
const LONGEST_LINE: usize = 400;

/// One line as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The text, white space folded; empty for a blank line or one that only links.
    pub text: String,
    /// Jobs (by index) that anything on the line links to.
    pub jobs: Vec<usize>,
    /// Whether the text itself is the link.
    pub linked: bool,
    /// The text of a picture in place of text.
    pub picture: bool,
    /// Drawn as a rule between parts.
    pub rule: bool,
    /// How much it stands out: 0 plain, 1 bold, 2 a heading.
    pub weight: u8,
    /// Size of the letters in px, if it is said.
    pub size: u16,
}

/// A text as lines.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The lines in order.
    pub lines: Vec<Line>,
    /// The jobs that are linked to, each once.
    pub jobs: Vec<JobLink>,
    /// Ranges of lines `[start, end)` that belong together: the elements of HTML.
    pub blocks: Vec<(usize, usize)>,
    /// Whether blank lines mean something, as in plain text.
    pub blanks: bool,
}

impl Page {
    /// The index of a job, known or new.
    pub(super) fn job(&mut self, job: JobLink) -> usize {
        match self.jobs.iter().position(|known| known.id == job.id) {
            Some(at) => {
                let known = &mut self.jobs[at];
                known.slug = known.slug.take().or(job.slug);
                known.company = known.company.take().or(job.company);
                at
            }
            None => {
                self.jobs.push(job);
                self.jobs.len() - 1
            }
        }
    }

    /// What a link leads to, as the index of a job. Opaque links count as jobs of their own where asked for.
    pub(super) fn link(&mut self, link: &str, opaque: bool) -> Option<usize> {
        match target_of(link) {
            Target::Job(job) => Some(self.job(job)),
            Target::Opaque if opaque => Some(self.job(JobLink {
                board: String::new(),
                id: link.to_owned(),
                url: String::new(),
                company: None,
                slug: None,
            })),
            Target::Opaque | Target::Other => None,
        }
    }

    pub(super) fn push(&mut self, mut line: Line) {
        if self.lines.len() < MOST_LINES {
            line.text = clean(&line.text);
            self.lines.push(line);
        }
    }

    /// Whether no more lines are kept.
    pub(super) fn is_full(&self) -> bool {
        self.lines.len() >= MOST_LINES
    }
}

/// White space folded, and without what is there to be invisible: soft hyphens, joiners, marks of direction.
pub(super) fn clean(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| {
            !matches!(*c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        })
        .take(LONGEST_LINE * 4)
        .collect();
    let folded = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.chars().take(LONGEST_LINE).collect()
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)[<(\[]?\s*(https?://[^\s<>\]"]+)\s*[>)\]]?"#)
        .expect("the pattern is constant")
});
static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\[?(?:image|bild|imagen|imagem|cid|logo)\s*:\s*([^\]]*)\]$|^!\[([^\]]*)\]$")
        .expect("the pattern is constant")
});
static RULE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\s\-_=*~–—•·#+.]{3,}$").expect("the pattern is constant"));

/// Reads plain text.
#[must_use]
pub fn of_plain(text: &str, opaque: bool) -> Page {
    let mut page = Page {
        blanks: true,
        ..Page::default()
    };
    for line in unwrapped(text).lines() {
        if page.is_full() {
            break;
        }
        let line = line.trim_start_matches(['>', ' ', '|', '\t']);
        plain_line(&mut page, line, opaque);
    }
    page
}

/// Long addresses that a mail program broke over lines within `<...>` are joined again.
fn unwrapped(text: &str) -> String {
    static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"<(https?://[^\s<>]{40,})\r?\n(?:> ?)?([^\s<>]+)>")
            .expect("the pattern is constant")
    });
    let mut text = text.to_owned();
    for _ in 0..4 {
        let next = BROKEN.replace_all(&text, "<$1$2>").into_owned();
        if next == text {
            break;
        }
        text = next;
    }
    text
}

fn plain_line(page: &mut Page, line: &str, opaque: bool) {
    let mut jobs = Vec::new();
    for found in ADDRESS.captures_iter(line) {
        // Punctuation behind an address belongs to the sentence.
        let link = found[1].trim_end_matches(['.', ',', ';', ')', '*', '_', '|']);
        if let Some(job) = page.link(link, opaque)
            && !jobs.contains(&job)
        {
            jobs.push(job);
        }
    }
    let had_address = ADDRESS.is_match(line);
    let mut rest = ADDRESS.replace_all(line, " ").into_owned();
    if had_address {
        rest = rest
            .trim()
            .trim_end_matches([':', '-', '–', '→', '>', '»', '|'])
            .to_owned();
    }
    let rest = rest.trim();
    let rule = rest.chars().count() >= 3 && RULE.is_match(rest);
    let picture = PICTURE.captures(rest);
    let text = match &picture {
        Some(found) => found
            .get(1)
            .or(found.get(2))
            .map_or("", |name| name.as_str()),
        None if rule => "",
        None => without_marks(rest),
    };
    page.push(Line {
        linked: !jobs.is_empty() && !text.is_empty(),
        text: text.to_owned(),
        jobs,
        picture: picture.is_some(),
        rule,
        weight: u8::from(
            rest.starts_with('*') && rest.ends_with('*') && rest.len() > 2 || rest.starts_with('#'),
        ),
        size: 0,
    });
}

/// Without the marks of Markdown and of lists around a line: `**Title**`, `[Title]`, `- Title`, `1. Title`.
fn without_marks(text: &str) -> &str {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[-*•▪‣·]|#{1,4}|\(?\d{1,2}[.)])\s+").expect("the pattern is constant")
    });
    let text = match LIST.find(text) {
        Some(mark) => &text[mark.end()..],
        None => text,
    };
    let text = text.trim_matches(['*', '_', '`']).trim();
    match text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    {
        Some(inner) if !inner.contains(['[', ']']) => inner,
        _ => text,
    }
}

//! Jobs, unpaid work and projects.

use super::entries::{Draft, drafts};
use super::headings::Section;
use super::heads::{self, Head};
use super::job::{self, Job, Order};
use super::paragraphs::Paragraph;
use super::trace::{Said, Trace};
use super::words;
use crate::report::Change;
use crate::{Highlight, PartialDate, Project, Volunteer, Work};

/// An entry of a job, in words.
struct Entry {
    /// How many lines its head had.
    lines: usize,
    job: Job,
    dates: (Option<PartialDate>, Option<PartialDate>),
    dates_said: Said,
    summary: Vec<Said>,
    bullets: Vec<Said>,
}

fn dates_of(head: &Head) -> ((Option<PartialDate>, Option<PartialDate>), Said) {
    let Some((range, said)) = &head.dates else {
        return ((None, None), Said::default());
    };
    // A single date of a job is when it was, and not when it began.
    let single = range.end.is_none() && !range.open;
    let end = if single { range.start } else { range.end };
    ((range.start, end), said.clone())
}

/// What stands under a head: paragraphs and bullets. Indented paragraphs after a head are bullets whose signs are drawn.
fn body(draft: &Draft) -> (Vec<Said>, Vec<Said>) {
    let mut summary = Vec::new();
    let mut bullets: Vec<Said> = Vec::new();
    let head_left = draft.head.first().map_or(f32::INFINITY, |head| head.left);
    for paragraph in &draft.body {
        let said = Said::new(paragraph.text().trim(), &paragraph.at);
        let indented = paragraph.placed && paragraph.left > head_left + 6.0;
        if paragraph.bullet || indented {
            bullets.push(said);
        } else {
            summary.push(said);
        }
    }
    (summary, bullets)
}

fn entries(section: &Section) -> Vec<Entry> {
    let drafts = drafts(section);
    let heads: Vec<Head> = drafts
        .iter()
        .map(|draft| heads::head(&draft.head))
        .collect();
    let order = Order::of(&heads);
    let mut entries: Vec<Entry> = Vec::new();
    for (draft, head) in drafts.iter().zip(&heads) {
        let (dates, dates_said) = dates_of(head);
        let (summary, bullets) = body(draft);
        let entry = Entry {
            lines: draft.head.len(),
            job: job::job(head, order),
            dates,
            dates_said,
            summary,
            bullets,
        };
        entries.push(entry);
    }
    share_organisation(entries)
}

/// An organisation with several titles under it: its own line gives the name to those that follow.
fn share_organisation(entries: Vec<Entry>) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    let mut above: Option<(Said, Said)> = None;
    let count = entries.len();
    let mut entries = entries.into_iter().peekable();
    while let Some(mut entry) = entries.next() {
        let job = &entry.job;
        let only_name = job.title.is_empty() && !job.organisation.is_empty();
        let next_lacks = entries
            .peek()
            .is_some_and(|next| next.job.organisation.is_empty() && !next.job.title.is_empty());
        if only_name
            && next_lacks
            && entry.bullets.is_empty()
            && entry.summary.is_empty()
            && count > 1
        {
            above = Some((job.organisation.clone(), job.place.clone()));
            continue;
        }
        match &above {
            Some((name, place)) if job.organisation.is_empty() && !job.title.is_empty() => {
                entry.job.organisation = name.clone();
                if entry.job.place.is_empty() {
                    entry.job.place = place.clone();
                }
            }
            _ => above = None,
        }
        // Under an organisation with several titles, the later heads are shorter by its line.
        if let Some(before) = out.last()
            && entry.job.organisation.is_empty()
            && !entry.job.title.is_empty()
            && entry.lines < before.lines
        {
            entry.job.organisation = before.job.organisation.clone();
            if entry.job.place.is_empty() {
                entry.job.place = before.job.place.clone();
            }
            entry.lines = before.lines;
        }
        out.push(entry);
    }
    out
}

fn highlights(trace: &mut Trace, path: &str, bullets: &[Said]) -> Vec<Highlight> {
    let each = bullets.iter().enumerate();
    each.map(|(index, said)| Highlight {
        text: trace.field(format!("{path}/highlights/{index}"), said),
        ..Highlight::default()
    })
    .collect()
}

fn joined(trace: &mut Trace, path: String, parts: &[Said]) -> String {
    let texts: Vec<&str> = parts.iter().map(|said| said.text.as_str()).collect();
    let at = parts
        .first()
        .map(|said| said.at.clone())
        .unwrap_or_default();
    trace.field(path, &Said::new(texts.join("\n"), &at))
}

fn trace_dates(trace: &mut Trace, path: &str, entry: &Entry) {
    let (start, end) = entry.dates;
    if start.is_some() {
        trace.field(format!("{path}/startDate"), &entry.dates_said);
    }
    if end.is_some() {
        trace.field(format!("{path}/endDate"), &entry.dates_said);
    }
    if let (Some(start), Some(end)) = (start, end)
        && end.first_day() < start.first_day()
        && end.year() < start.year()
    {
        let message = format!("the end ({end}) is before the start ({start}): correct one of them");
        trace.note(
            Change::Suspicious,
            &entry.dates_said.at,
            Some(&format!("{path}/endDate")),
            message,
        );
    }
}

/// A section of jobs.
pub fn work(trace: &mut Trace, section: &Section) {
    for entry in entries(section) {
        let path = format!("/work/{}", trace.imported.resume.work.len());
        trace_dates(trace, &path, &entry);
        let work = Work {
            name: trace.field(format!("{path}/name"), &entry.job.organisation),
            position: trace.field(format!("{path}/position"), &entry.job.title),
            location: trace.field(format!("{path}/location"), &entry.job.place),
            description: joined(trace, format!("{path}/description"), &entry.job.more),
            start_date: entry.dates.0,
            end_date: entry.dates.1,
            summary: joined(trace, format!("{path}/summary"), &entry.summary),
            highlights: highlights(trace, &path, &entry.bullets),
            ..Work::default()
        };
        trace.imported.resume.work.push(work);
    }
}

/// A section of unpaid work and activities.
pub fn volunteer(trace: &mut Trace, section: &Section) {
    for entry in entries(section) {
        let path = format!("/volunteer/{}", trace.imported.resume.volunteer.len());
        trace_dates(trace, &path, &entry);
        let mut summary = entry.job.more.clone();
        summary.extend(entry.summary.iter().cloned());
        let mut volunteer = Volunteer {
            organization: trace.field(format!("{path}/organization"), &entry.job.organisation),
            position: trace.field(format!("{path}/position"), &entry.job.title),
            start_date: entry.dates.0,
            end_date: entry.dates.1,
            summary: joined(trace, format!("{path}/summary"), &summary),
            highlights: highlights(trace, &path, &entry.bullets),
            ..Volunteer::default()
        };
        if !entry.job.place.is_empty() {
            let place = trace.field(format!("{path}/location"), &entry.job.place);
            volunteer.extra.insert("location".into(), place.into());
        }
        trace.imported.resume.volunteer.push(volunteer);
    }
}

/// A section of projects.
pub fn projects(trace: &mut Trace, section: &Section) {
    for draft in drafts(section) {
        let head = heads::head(&draft.head);
        let (dates, dates_said) = dates_of(&head);
        let (summary, bullets) = body(&draft);
        let path = format!("/projects/{}", trace.imported.resume.projects.len());
        if dates.0.is_some() {
            trace.field(format!("{path}/startDate"), &dates_said);
        }
        let mut project = Project {
            start_date: dates.0,
            end_date: dates.1,
            ..Project::default()
        };
        let mut description = Vec::new();
        for piece in &head.pieces {
            head_of_project(trace, &path, &mut project, &mut description, &piece.said);
        }
        for said in summary {
            match labelled_technologies(&said.text) {
                Some(list) if project.keywords.is_empty() => {
                    trace.field(format!("{path}/keywords"), &said);
                    project.keywords = list;
                }
                _ => description.push(said),
            }
        }
        project.description = joined(trace, format!("{path}/description"), &description);
        project.highlights = highlights(trace, &path, &bullets);
        trace.imported.resume.projects.push(project);
    }
}

fn head_of_project(
    trace: &mut Trace,
    path: &str,
    project: &mut Project,
    description: &mut Vec<Said>,
    said: &Said,
) {
    let text = said.text.as_str();
    let host = text.split('/').next().unwrap_or("");
    let address = text.contains("://")
        || (text.contains('.') && !text.contains(' ') && crate::json::is_host(host));
    if address
        && project.url.is_empty()
        && (text.contains('/') || project.name.is_empty() == text.contains("://"))
    {
        project.url = trace.field(
            format!("{path}/url"),
            &Said::new(with_scheme(text), &said.at),
        );
    } else if project.name.is_empty() {
        project.name = trace.field(format!("{path}/name"), said);
    } else if is_link_word(text) {
        // The text of a link whose address is not on the page says nothing.
    } else if let Some(list) = technologies(text) {
        project.keywords = list;
        trace.field(format!("{path}/keywords"), said);
    } else if words::title_score(text) > 0
        && text.split_whitespace().count() <= 5
        && project.roles.is_empty()
    {
        project.roles = vec![trace.field(format!("{path}/roles/0"), said)];
    } else {
        description.push(said.clone());
    }
}

fn with_scheme(text: &str) -> String {
    if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    }
}

/// Whether a text is only the name of a link, such as `Link`, `GitHub` or `Demo`.
pub fn is_link_word(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    [
        "link",
        "github",
        "demo",
        "live",
        "live demo",
        "website",
        "code",
        "source",
        "source code",
        "repo",
        "repository",
        "linkedin",
        "gitlab",
    ]
    .contains(&small.as_str())
}

/// The list after a label such as `Technologies:`.
fn labelled_technologies(text: &str) -> Option<Vec<String>> {
    let (label, list) = text.split_once(':')?;
    let small = crate::dates::fold(label.trim());
    const LABELS: [&str; 12] = [
        "technologies",
        "technology",
        "tech stack",
        "stack",
        "tools",
        "built with",
        "tech",
        "technologien",
        "tecnologias",
        "technologies utilisees",
        "tecnologie",
        "technologies used",
    ];
    LABELS
        .contains(&small.as_str())
        .then(|| crate::json::split_joined(list))
}

/// A list of technologies; none for a sentence.
fn technologies(text: &str) -> Option<Vec<String>> {
    let list = text
        .split_once(':')
        .filter(|(label, _)| label.split_whitespace().count() <= 2)
        .map_or(text, |(_, list)| list);
    let parts: Vec<String> = list
        .split([',', ';'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let short = parts
        .iter()
        .all(|part| part.split_whitespace().count() <= 3);
    (parts.len() >= 2 && short).then_some(parts)
}

/// The texts of paragraphs, for sections that are mere text.
pub fn texts(paragraphs: &[Paragraph]) -> Vec<Said> {
    paragraphs
        .iter()
        .map(|p| Said::new(p.text().trim(), &p.at))
        .collect()
}

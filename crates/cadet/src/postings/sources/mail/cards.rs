//! Which lines of a mail belong to which job, without knowing the template. Pure.
//!
//! A job's own lines are those of the largest element that links to no other job; in plain text, of the link itself. Templates
//! differ in whether the rest stands before or after that, but each keeps to its way: every way is tried for the whole mail,
//! and the one whose cards are the most believable is taken.

use super::fields::{Card, Habits, read};
use super::lines::{Line, Page};
use super::split;
use super::words::{self, Kind};

/// Lines looked at beside a job's own.
const MOST_BESIDE: usize = 12;
/// An element with more content than this holds more than the job: a mail that tells of one job alone.
const LARGE: usize = 12;

/// The lines of one job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Region {
    job: usize,
    start: usize,
    end: usize,
}

/// Where the lines stand that are not in a job's own element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Inside,
    After,
    Before,
    /// The employer before, the rest after.
    Around,
}

/// The cards of a page, one for each place where a job stands.
#[must_use]
pub fn cards(page: &Page, subjects: &[String]) -> Vec<(usize, Card)> {
    let kinds: Vec<Kind> = page.lines.iter().map(kind_of).collect();
    let regions = regions(page, &kinds);
    let mut best: Option<(f32, Vec<(usize, Card)>)> = None;
    for way in [Way::Inside, Way::After, Way::Before, Way::Around] {
        let read = read_all(page, &kinds, &regions, way, subjects);
        let score: f32 = read.iter().map(|(_, card)| card.score).sum();
        // What needs lines from outside has to be better for it.
        let handicap = if way == Way::Inside {
            0.0
        } else {
            0.6 * read.len() as f32
        };
        let score = score - handicap;
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, read));
        }
    }
    let mut cards = best.map(|(_, cards)| cards).unwrap_or_default();
    if page.jobs.len() == 1
        && let Some(named) = subjects
            .iter()
            .rev()
            .find_map(|subject| split::subject(subject))
    {
        // The subject of a mail about one job names it too.
        for (_, card) in &mut cards {
            if card.title.is_empty() {
                card.title.clone_from(&named.title);
            }
            card.company = card.company.take().or_else(|| named.company.clone());
        }
    }
    cards
}

fn kind_of(line: &Line) -> Kind {
    if line.text.is_empty() {
        return Kind::Noise;
    }
    match words::kind_of(&line.text) {
        // Titles may be long; what links to a job and names a role is one.
        Kind::Snippet if line.linked && !line.jobs.is_empty() && words::names_role(&line.text) => {
            Kind::Content
        }
        kind => kind,
    }
}

fn read_all(
    page: &Page,
    kinds: &[Kind],
    regions: &[Region],
    way: Way,
    subjects: &[String],
) -> Vec<(usize, Card)> {
    let spans: Vec<Vec<usize>> = (0..regions.len())
        .map(|at| lines_of(page, kinds, regions, at, way))
        .collect();
    let read_with = |habits: &Habits| -> Vec<(usize, Card)> {
        regions
            .iter()
            .zip(&spans)
            .map(|(region, lines)| {
                let lines: Vec<(&Line, Kind)> = lines
                    .iter()
                    .map(|line| (&page.lines[*line], kinds[*line]))
                    .collect();
                let card = read(&lines, region.job, &page.jobs[region.job], subjects, habits);
                (region.job, card)
            })
            .collect()
    };
    // Twice: what the clear cards have in common decides the others.
    let first = read_with(&Habits::default());
    let habits = Habits::of(first.iter().map(|(_, card)| card));
    read_with(&habits)
}

/// The regions in order: largest elements (or runs of links) of one job each.
fn regions(page: &Page, kinds: &[Kind]) -> Vec<Region> {
    let links: Vec<(usize, usize)> = page
        .lines
        .iter()
        .enumerate()
        .flat_map(|(at, line)| line.jobs.iter().map(move |job| (at, *job)))
        .collect();
    // Behind each link, where the next one of another job stands.
    let mut other_from = vec![links.len(); links.len()];
    for at in (0..links.len().saturating_sub(1)).rev() {
        other_from[at] = match links[at].1 == links[at + 1].1 {
            true => other_from[at + 1],
            false => at + 1,
        };
    }
    let single = |start: usize, end: usize| -> Option<usize> {
        let first = links.partition_point(|(line, _)| *line < start);
        let (line, job) = *links.get(first)?;
        let next = other_from[first];
        let alone = links.get(next).is_none_or(|(line, _)| *line >= end);
        (line < end && alone).then_some(job)
    };
    let mut blocks: Vec<(usize, usize)> = page.blocks.clone();
    blocks.extend(links.iter().map(|(line, _)| (*line, line + 1)));
    blocks.sort_unstable_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    let mut found: Vec<Region> = Vec::new();
    for (start, end) in blocks {
        let covered = found.last().is_some_and(|last| start < last.end);
        if covered {
            continue;
        }
        let Some(job) = single(start, end) else {
            continue;
        };
        match found.last_mut() {
            Some(last)
                if last.job == job && !page.lines[last.end..start].iter().any(|line| line.rule) =>
            {
                last.end = end
            }
            _ => found.push(Region { job, start, end }),
        }
    }
    for region in &mut found {
        *region = narrowed(page, kinds, *region);
    }
    found
}

/// The smallest element around the job's links that has a card's worth of lines, where the largest one is the whole mail.
fn narrowed(page: &Page, kinds: &[Kind], region: Region) -> Region {
    let content = |start: usize, end: usize| {
        kinds[start..end]
            .iter()
            .filter(|kind| **kind == Kind::Content)
            .count()
    };
    if content(region.start, region.end) <= LARGE {
        return region;
    }
    let linked = |start: usize, end: usize| {
        page.lines[start..end]
            .iter()
            .any(|line| line.jobs.contains(&region.job))
    };
    let inner = page
        .blocks
        .iter()
        .filter(|(start, end)| region.start <= *start && *end <= region.end && linked(*start, *end))
        .filter(|(start, end)| content(*start, *end) >= 2)
        .min_by_key(|(start, end)| end - start);
    match inner {
        Some((start, end)) => Region {
            start: *start,
            end: *end,
            ..region
        },
        None => region,
    }
}

/// The lines that are read for the region at `at`.
fn lines_of(page: &Page, kinds: &[Kind], regions: &[Region], at: usize, way: Way) -> Vec<usize> {
    let region = regions[at];
    let floor = at.checked_sub(1).map_or(0, |before| regions[before].end);
    let ceiling = regions
        .get(at + 1)
        .map_or(page.lines.len(), |next| next.start);
    let inside: Vec<usize> = (region.start..region.end).collect();
    let has = inside
        .iter()
        .filter(|line| counts(page, kinds, **line))
        .count();
    match way {
        Way::Inside => inside,
        Way::After => [inside, after(page, kinds, region.end..ceiling, has)].concat(),
        Way::Before => [before(page, kinds, floor..region.start, has), inside].concat(),
        Way::Around => {
            let last =
                |range: std::ops::Range<usize>| range.rev().find(|line| counts(page, kinds, *line));
            let mut lines: Vec<usize> = last(floor..region.start).into_iter().collect();
            lines.extend(inside);
            // The last content before the next job is the next one's employer.
            let end = match at + 1 < regions.len() {
                true => last(region.end..ceiling).unwrap_or(ceiling),
                false => ceiling,
            };
            lines.extend(after(page, kinds, region.end..end, 2));
            lines
        }
    }
}

/// Whether a line may be a title or an employer.
fn counts(page: &Page, kinds: &[Kind], line: usize) -> bool {
    kinds[line] == Kind::Content && !page.lines[line].picture
}

/// Lines behind a job, up to a rule, or to a gap once there are a title and an employer.
fn after(page: &Page, kinds: &[Kind], range: std::ops::Range<usize>, mut has: usize) -> Vec<usize> {
    let mut taken = Vec::new();
    let mut shown = 0;
    for line in range {
        let blank = page.lines[line].text.is_empty();
        if page.lines[line].rule || shown >= MOST_BESIDE || blank && page.blanks && has >= 2 {
            break;
        }
        has += usize::from(counts(page, kinds, line));
        shown += usize::from(!blank);
        taken.push(line);
    }
    taken
}

/// Lines before a job, up to a rule, or to the gap (in HTML, the line) with which there are a title and an employer.
fn before(
    page: &Page,
    kinds: &[Kind],
    range: std::ops::Range<usize>,
    mut has: usize,
) -> Vec<usize> {
    let mut taken = Vec::new();
    let mut shown = 0;
    for line in range.rev() {
        let blank = page.lines[line].text.is_empty();
        let enough = has >= 2 && (blank || !page.blanks);
        if page.lines[line].rule || shown >= MOST_BESIDE || enough {
            break;
        }
        has += usize::from(counts(page, kinds, line));
        shown += usize::from(!blank);
        taken.push(line);
    }
    taken.reverse();
    taken
}

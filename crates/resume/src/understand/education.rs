//! Schools and degrees.

use serde_json::Value;

use super::headings::Section;
use super::heads::{self, Piece};
use super::job;
use super::paragraphs::{Paragraph, paragraphs};
use super::trace::{Said, Trace};
use super::words;
use crate::Education;
use crate::dates::{DateRange, fold};
use crate::report::Change;

/// A school with a degree that is being put together.
#[derive(Clone, Debug, Default)]
struct Draft {
    degree: Said,
    school: Said,
    place: Said,
    score: Said,
    dates: Option<(DateRange, Said)>,
    courses: Vec<Said>,
    more: Vec<Said>,
}

/// A section of schools.
pub fn education(trace: &mut Trace, section: &Section) {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut in_body = false;
    let bold_heads = |all: &[Paragraph]| {
        all.first().is_some_and(Paragraph::is_bold) && !all.iter().all(Paragraph::is_bold)
    };
    let all = paragraphs(&section.lines);
    let only_bullets = all.iter().all(|paragraph| paragraph.bullet);
    let bold = bold_heads(&all);
    for paragraph in all {
        if paragraph.bullet && !(only_bullets && starts(&paragraph)) {
            body(&mut drafts, &paragraph);
            in_body = true;
            continue;
        }
        let look = bold.then(|| paragraph.is_bold());
        line(&mut drafts, &paragraph, std::mem::take(&mut in_body), look);
    }
    for draft in drafts {
        add(trace, draft);
    }
}

/// Whether a bullet is an entry of its own: a school and a degree, or one of them with a date.
fn starts(paragraph: &Paragraph) -> bool {
    let text = paragraph.text();
    let both = words::school_score(&text) > 0 && words::degree_score(&text) > 0;
    let one = words::school_score(&text) > 0 || words::degree_score(&text) > 2;
    (both || (one && paragraph.is_dated()))
        && text.split_whitespace().count() <= 20
        && score_of(&text).is_none()
}

/// One line of heads: each of its pieces goes to the entry, or begins the next one when the entry has such a piece.
///
/// `bold`: whether the line is bold, where the first lines of entries are.
fn line(drafts: &mut Vec<Draft>, paragraph: &Paragraph, after_body: bool, bold: Option<bool>) {
    let text = paragraph.text();
    if !drafts.is_empty()
        && (labelled_courses(&text).is_some()
            || is_honour(&text)
            || (long(&text) && !paragraph.is_dated()))
    {
        body(drafts, paragraph);
        return;
    }
    let head = heads::head([paragraph]);
    let pieces: Vec<Piece> = head.pieces.iter().flat_map(divided).collect();
    let degree = pieces.iter().any(|p| is_degree(p.text()));
    let school = pieces.iter().any(|p| is_school(p.text()));
    let start = drafts.last().is_none_or(|last| {
        let again = (degree && !last.degree.is_empty()) || (school && !last.school.is_empty());
        let full = !last.degree.is_empty() && !last.school.is_empty();
        let unsaid = !degree
            && !school
            && full
            && last.dates.is_some()
            && (head.dates.is_some() || after_body)
            && !pieces.is_empty();
        let said = again || unsaid || (after_body && head.dates.is_some() && !pieces.is_empty());
        match bold {
            Some(true) => said || last.dates.is_some(),
            // A school or a degree that does not stand out begins nothing when the entry has all that it needs, and no date comes with it.
            Some(false) => said && (degree || head.dates.is_some() || !full),
            None => said,
        }
    });
    if start {
        let inherited = drafts
            .last()
            .filter(|last| degree && !school && !last.degree.is_empty() && school_came_first(last))
            .cloned();
        drafts.push(Draft::default());
        if let (Some(before), Some(draft), true) =
            (inherited, drafts.last_mut(), head.dates.is_none())
        {
            draft.school = before.school;
            draft.place = before.place;
        }
    }
    let Some(draft) = drafts.last_mut() else {
        return;
    };
    if let Some((range, said)) = head.dates {
        let single = range.end.is_none() && !range.open;
        match &mut draft.dates {
            None => draft.dates = Some((range, said)),
            // `Expected May 2027` beside a range ends it.
            Some((known, _)) if known.end.is_none() && single => known.end = range.start,
            Some(_) => {}
        }
    }
    for piece in pieces {
        place_piece(draft, piece);
    }
}

/// Whether a line tells a grade or an honour, and no school.
fn is_honour(text: &str) -> bool {
    let small = fold(text);
    let words = [
        "cum laude",
        "dean's list",
        "dean’s list",
        "honour roll",
        "honor roll",
        "with distinction",
        "first class honours",
        "valedictorian",
    ];
    let told = words.iter().any(|word| small.contains(word)) || score_of(text).is_some();
    told && words::school_score(text) == 0 && words::degree_score(text) == 0
}

/// Whether the school stands above the degree.
fn school_came_first(draft: &Draft) -> bool {
    draft.school.at != draft.degree.at
        && draft.school.at < draft.degree.at
        && !draft.school.is_empty()
}

fn long(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words > 14 || (text.ends_with('.') && words > 8)
}

fn is_degree(text: &str) -> bool {
    let degree = words::degree_score(text);
    degree > 2 || (degree > 0 && !is_school(text))
}

fn is_school(text: &str) -> bool {
    words::school_score(text) > words::degree_score(text).min(2) && words::degree_score(text) < 3
}

/// A piece that holds a degree and a school after a comma is two.
fn divided(piece: &Piece) -> Vec<Piece> {
    let text = piece.text();
    let part = |text: &str| Piece {
        said: Said::new(heads::trim(text), &piece.said.at),
        ..piece.clone()
    };
    let both = words::degree_score(text) > 0 && words::school_score(text) > 0;
    if both {
        let signs = [", ", " at ", " - "];
        let cuts = signs
            .iter()
            .flat_map(|sign| text.match_indices(sign))
            .map(|(at, sign)| (at, at + sign.len()));
        let halves = cuts.map(|(end, start)| {
            (
                text.get(..end).unwrap_or(""),
                text.get(start..).unwrap_or(""),
            )
        });
        let is = |degree: &str, school: &str| {
            words::degree_score(degree) > 0
                && words::school_score(degree) == 0
                && words::school_score(school) > 0
        };
        // Of `Bachelor, Subject, School` the school is the shorter end; of `School, Bachelor, Subject` the shorter beginning.
        let (mut after, mut before) = (None, None);
        for (first, second) in halves {
            if is(first, second)
                && after.is_none_or(|(_, known): (&str, &str)| second.len() < known.len())
            {
                after = Some((first, second));
            }
            if is(second, first)
                && before.is_none_or(|(known, _): (&str, &str)| first.len() < known.len())
            {
                before = Some((first, second));
            }
        }
        if let Some((first, second)) = after.or(before) {
            return vec![part(first), part(second)];
        }
    }
    vec![piece.clone()]
}

fn place_piece(draft: &mut Draft, piece: Piece) {
    let text = piece.text().to_owned();
    if let Some((score, rest)) = score_of(&text) {
        draft.score = Said::new(score, &piece.said.at);
        let rest = heads::trim(&rest).to_owned();
        if rest.chars().filter(|c| c.is_alphabetic()).count() > 2 {
            place_piece(
                draft,
                Piece {
                    said: Said::new(rest, &piece.said.at),
                    ..piece
                },
            );
        }
        return;
    }
    let said = piece.said.clone();
    if draft.place.is_empty()
        && job::is_place(&text, piece.right)
        && words::school_score(&text) == 0
    {
        draft.place = said;
    } else if draft.degree.is_empty() && is_degree(&text) {
        draft.degree = said;
    } else if draft.school.is_empty() && (is_school(&text) || !draft.degree.is_empty()) {
        let (name, place) = job::without_place(&text);
        draft.school = Said::new(name, &said.at);
        if let Some(place) = place.filter(|_| draft.place.is_empty()) {
            draft.place = Said::new(place, &said.at);
        }
    } else if draft.degree.is_empty() {
        draft.degree = said;
    } else if is_degree(&text) && text.to_lowercase().contains("minor") {
        draft.degree.text = format!("{}, {text}", draft.degree.text);
    } else {
        draft.more.push(said);
    }
}

/// A grade within a text, and the text without it.
pub fn score_of(text: &str) -> Option<(String, String)> {
    use std::sync::OnceLock;
    static PATTERN: OnceLock<Option<regex::Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        regex::Regex::new(
            r"(?i)(?:\b(?:cumulative|cum\.?|overall|major)?\s*(?:gpa|cgpa|grade|gesamtnote|abschlussnote|note|durchschnitt|moyenne|nota(?: media)?|média|promedio|average|voto)\s*[:=]?\s*(?:of\s+)?(\d{1,3}(?:[.,]\d{1,3})?\s*%?(?:\s*/\s*\d{1,3}(?:[.,]\d{1,2})?)?)|\b(\d[.,]\d{1,2}(?:\s*/\s*\d{1,2}(?:[.,]\d{1,2})?)?)\s*(?:c?gpa)\b)",
        )
        .ok()
    });
    let found = pattern.as_ref()?.captures(text)?;
    let whole = found.get(0)?;
    let score = found
        .get(1)
        .or_else(|| found.get(2))?
        .as_str()
        .trim()
        .to_owned();
    let before = text
        .get(..whole.start())
        .unwrap_or("")
        .trim_end_matches(|c: char| "(-–|,·; ".contains(c));
    let after = text
        .get(whole.end()..)
        .unwrap_or("")
        .trim_start_matches(|c: char| ")|,·; ".contains(c));
    Some((score, super::heads_join(before, after)))
}

/// Courses after their label; none for another text.
fn labelled_courses(text: &str) -> Option<Vec<String>> {
    let (label, list) = text.split_once(':')?;
    let small = fold(label);
    let known = [
        "coursework",
        "courses",
        "modules",
        "kurse",
        "schwerpunkte",
        "cours",
        "cursos",
        "asignaturas",
        "disciplinas",
        "vertiefung",
    ];
    let fits =
        label.split_whitespace().count() <= 4 && known.iter().any(|word| small.contains(word));
    fits.then(|| crate::json::split_joined(list))
}

/// A bullet or a paragraph under a school.
fn body(drafts: &mut Vec<Draft>, paragraph: &Paragraph) {
    if drafts.is_empty() {
        drafts.push(Draft::default());
    }
    let Some(draft) = drafts.last_mut() else {
        return;
    };
    let text = paragraph.text();
    if let Some(courses) = labelled_courses(&text) {
        draft.courses.extend(
            courses
                .into_iter()
                .map(|course| Said::new(course, &paragraph.at)),
        );
    } else if let Some((score, rest)) = score_of(&text).filter(|_| draft.score.is_empty()) {
        draft.score = Said::new(score, &paragraph.at);
        if rest.chars().filter(|c| c.is_alphabetic()).count() > 2 {
            draft.more.push(Said::new(rest, &paragraph.at));
        }
    } else {
        draft.more.push(Said::new(text.trim(), &paragraph.at));
    }
}

fn add(trace: &mut Trace, mut draft: Draft) {
    // One name that is no degree is the school's.
    if draft.school.is_empty() && words::degree_score(&draft.degree.text) == 0 {
        draft.school = std::mem::take(&mut draft.degree);
    }
    let path = format!("/education/{}", trace.imported.resume.education.len());
    let (study_type, area) = degree_parts(&draft.degree.text);
    let mut education = Education {
        institution: trace.field(format!("{path}/institution"), &draft.school),
        study_type: trace.field(
            format!("{path}/studyType"),
            &Said::new(study_type, &draft.degree.at),
        ),
        area: trace.field(format!("{path}/area"), &Said::new(area, &draft.degree.at)),
        score: trace.field(format!("{path}/score"), &draft.score),
        ..Education::default()
    };
    if let Some((range, said)) = &draft.dates {
        // A single date at a school is when it ended.
        let single = range.end.is_none() && !range.open;
        (education.start_date, education.end_date) = if single {
            (None, range.start)
        } else {
            (range.start, range.end)
        };
        trace.field(format!("{path}/endDate"), said);
    }
    let courses = draft.courses.iter().enumerate();
    education.courses = courses
        .map(|(index, said)| trace.field(format!("{path}/courses/{index}"), said))
        .collect();
    if !draft.place.is_empty() {
        let place = trace.field(format!("{path}/location"), &draft.place);
        education.extra.insert("location".into(), place.into());
    }
    if !draft.more.is_empty() {
        let at = draft
            .more
            .first()
            .map(|said| said.at.clone())
            .unwrap_or_default();
        let more: Vec<Value> = draft
            .more
            .iter()
            .map(|said| Value::from(said.text.clone()))
            .collect();
        let message = format!(
            "{} more lines about the school are kept under `notes`",
            more.len()
        );
        trace.note(Change::Kept, &at, Some(&format!("{path}/notes")), message);
        education.extra.insert("notes".into(), Value::Array(more));
    }
    trace.imported.resume.education.push(education);
}

/// The kind of a degree and its subject: `B.S.` and `Computer Science` of `B.S. in Computer Science`.
pub fn degree_parts(text: &str) -> (String, String) {
    use std::sync::OnceLock;
    static PATTERN: OnceLock<Option<regex::Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        regex::Regex::new(
            r"(?ix)^(
              (?:joint\s+)?(?:bachelor|master|doctor|associate)(?:'?s|’s)?(?:\s+(?:degree|diploma))?(?:\s+of\s+(?:applied\s+)?(?:science|arts|engineering|business\s+administration|philosophy|technology|education|commerce|fine\s+arts|laws|music|design|architecture|computing|sciences|medicine|computer\s+applications)\b)?(?:\s*\(\s*(?:[a-z.]{1,8}|hons\.?|honours)\s*\))*
              | (?:b|m)\.?\s?(?:sc|a|s|e|eng|tech|ed|com|b\.?a|f\.?a|phil|arch|c\.?a)\b\.?(?:\s*\(?(?:hons)\.?\)?)?
              | ph\.?\s?d\.? | d\.?phil\.? | mba | llb | llm | diplom(?:-\w+)? | staatsexamen | magister | certificate | diploma
              | licence | licenciatura | grado | mestrado | m[aá]ster(?:\s+universitario)? | bacharelado | laurea(?:\s+(?:magistrale|triennale))? | kandidatexamen
            )(?:\s*(?:,|:|–|—|-|\bin\b|\bof\b|\ben\b|\bem\b|\bim\b|\bi\b|\bde\b)\s*|\s+|$)(.*)$",
        )
        .ok()
    });
    let parts = pattern
        .as_ref()
        .and_then(|pattern| pattern.captures(text.trim()));
    match parts {
        Some(parts) => {
            let part = |index: usize| {
                parts
                    .get(index)
                    .map_or("", |m| m.as_str())
                    .trim()
                    .to_owned()
            };
            (
                part(1),
                part(2)
                    .trim_start_matches(['-', '–', ',', ':', ' '])
                    .to_owned(),
            )
        }
        None if words::degree_score(text) > 0 => match text.split_once(" in ") {
            Some((kind, area)) => (kind.trim().to_owned(), area.trim().to_owned()),
            None => (text.trim().to_owned(), String::new()),
        },
        None => (String::new(), text.trim().to_owned()),
    }
}

/// A section of courses: they belong to the first school, which is the latest one.
pub fn courses(trace: &mut Trace, section: &Section) {
    let lists = super::lists::items(section);
    let list: Vec<Said> = lists.into_iter().flat_map(|(_, items)| items).collect();
    let resume = &mut trace.imported.resume;
    if resume.education.is_empty() {
        resume.education.push(Education::default());
    }
    for said in list {
        let Some(school) = trace.imported.resume.education.first() else {
            return;
        };
        if school.courses.contains(&said.text) {
            continue;
        }
        let path = format!("/education/0/courses/{}", school.courses.len());
        let course = trace.field(path, &said);
        if let Some(school) = trace.imported.resume.education.first_mut() {
            school.courses.push(course);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{degree_parts, score_of};

    #[test]
    fn a_degree_has_a_kind_and_a_subject() {
        let parts = |text: &str| {
            let (kind, area) = degree_parts(text);
            format!("{kind}|{area}")
        };
        assert_eq!(parts("B.S. in Computer Science"), "B.S.|Computer Science");
        assert_eq!(parts("B.S. Computer Science"), "B.S.|Computer Science");
        assert_eq!(
            parts("Bachelor of Science in Informatics"),
            "Bachelor of Science|Informatics"
        );
        assert_eq!(
            parts("Bachelor of Arts, History"),
            "Bachelor of Arts|History"
        );
        assert_eq!(parts("MEng in Civil Engineering"), "MEng|Civil Engineering");
        assert_eq!(parts("Master Informatik"), "Master|Informatik");
        assert_eq!(parts("Business Administration"), "|Business Administration");
    }

    #[test]
    fn a_grade_is_found_and_taken_out() {
        assert_eq!(
            score_of("Computing - 3.8 GPA"),
            Some(("3.8".into(), "Computing".into()))
        );
        assert_eq!(
            score_of("GPA: 3.83 / 4.0"),
            Some(("3.83 / 4.0".into(), String::new()))
        );
        assert_eq!(score_of("Note: 1,3"), Some(("1,3".into(), String::new())));
        assert_eq!(score_of("Class of 25"), None);
    }
}

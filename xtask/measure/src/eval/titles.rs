//! What titles alone say: internship or not, backend work or not; on titles labelled by hand (`titles_labelled*.jsonl`).

use anyhow::{Context, Result};
use cadet::postings::classify;
use cadet::postings::model::BackendGrade;
use serde::Deserialize;

use super::data::{self, Data};
use super::report::Report;
use super::score::Score;

const FILES: &str = "titles_labelled*.jsonl";

/// A labelled title.
#[derive(Deserialize)]
struct Labelled {
    title: String,
    intern: u8,
    backend_tier: u8,
    /// ISO 639-1; else the title's words tell whether it is English.
    #[serde(default, alias = "lang")]
    language: Option<String>,
}

/// Measures the title rules, each file for itself.
pub fn measure(data: &Data, report: &mut Report) -> Result<()> {
    let files = data.files(FILES)?;
    if files.is_empty() {
        report.left_out("titles", FILES);
    }
    for file in files {
        let rows = data::read(&file)?
            .lines()
            .filter(|line| !line.trim().is_empty())
            .enumerate()
            .map(|(at, line)| {
                serde_json::from_str(line)
                    .with_context(|| format!("{}, line {}", file.display(), at + 1))
            })
            .collect::<Result<Vec<Labelled>>>()?;
        measure_rows(&data::name(&file), &rows, report);
    }
    Ok(())
}

fn measure_rows(file: &str, rows: &[Labelled], report: &mut Report) {
    let (mut all, mut foreign) = (Score::default(), Score::default());
    let (mut backend, mut explicit) = (Score::default(), Score::default());
    for row in rows {
        let judged = classify::title(&row.title);
        let is_intern = row.intern == 1;
        all.add(judged.internship, is_intern);
        if !is_english(row) {
            foreign.add(judged.internship, is_intern);
        }
        let says_backend = judged.backend != BackendGrade::No;
        backend.add(says_backend, row.backend_tier > 0);
        explicit.add(
            judged.backend == BackendGrade::Explicit,
            row.backend_tier == 2,
        );
        if judged.internship != is_intern {
            report.mistake(|| {
                format!(
                    "internship is {}, said {}: {}",
                    is_intern, judged.internship, row.title
                )
            });
        }
        if says_backend != (row.backend_tier > 0) {
            report.mistake(|| {
                format!(
                    "backend tier is {}, said {:?}: {}",
                    row.backend_tier, judged.backend, row.title
                )
            });
        }
    }
    let mut bar = |what: &str, figure, bar| {
        report.at_least(&format!("{what} ({file})"), figure, bar);
    };
    bar("internship flag, precision", all.precision(), 0.99);
    bar("internship flag, recall", all.recall(), 0.98);
    if foreign.positives() > 0.0 {
        bar(
            "internship flag, not English, precision",
            foreign.precision(),
            0.95,
        );
        bar(
            "internship flag, not English, recall",
            foreign.recall(),
            0.92,
        );
    }
    bar("backend, yes or maybe, F1", backend.f1(), 0.95);
    report.tell(
        &format!("backend, explicit alone, F1 ({file})"),
        explicit.f1(),
    );
}

/// Words that stand in titles of other languages and hardly in English ones.
const FOREIGN: &str = " und für im mit der die das oder bereich praktikum praktikant praktikantin werkstudent werkstudentin ausbildung \
    h/f f/h m/w/d w/m/d alternance stagiaire apprenti chez pour dans développeur ingénieur et du des \
    en de el la los para con prácticas becario becaria estágio estagiário estagiária estagio estagiario em da do e \
    tirocinio stagista sviluppatore di per voor een van stagiair praktik praktikplats staż stażysta praktyki praktykant \
    stajyer staj programista utvecklare udvikler desarrollador desarrollo desenvolvedor ";

/// Whether a title is English: as labelled, else by letters that English has not and by common words of other languages.
fn is_english(row: &Labelled) -> bool {
    if let Some(language) = &row.language {
        return language == "en";
    }
    let has_foreign_letter = row
        .title
        .chars()
        .any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let has_foreign_word = row
        .title
        .to_lowercase()
        .split([' ', '(', ')', ',', '|', '[', ']'])
        .any(|word| !word.is_empty() && FOREIGN.contains(&format!(" {word} ")));
    !has_foreign_letter && !has_foreign_word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_titles_are_told_from_others() {
        let is = |title: &str, language: Option<&str>| {
            is_english(&Labelled {
                title: title.to_owned(),
                intern: 1,
                backend_tier: 0,
                language: language.map(str::to_owned),
            })
        };
        assert!(is("Software Engineer Intern, Summer 2027", None));
        assert!(!is("Praktikum im Bereich Backend", None));
        assert!(!is("后端开发实习生", None));
        assert!(!is("Backend", Some("de")));
    }
}

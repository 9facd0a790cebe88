//! How well technology spans are found in postings that people annotated.
//!
//! Gold: the *knowledge* spans of the development split of SkillSpan, technology postings only. They name technologies, but
//! also degrees, industries, natural languages and clauses of prose ("industry-wide technology trends and best practices"),
//! which no taxonomy of skills holds, so recall has a ceiling.
//!
//! Comparison: **by overlap**. An extracted span is correct if it shares a character with a gold span; a gold span is found
//! if an extracted span shares a character with it. Exact equality would measure the annotators' choice of borders rather than
//! the extraction: gold has `Java / Python / Go` as one span where the extraction rightly gives three, and "Java 8" or
//! "RESTful services in" where it gives the name alone. The exact figures are printed beside it.

use std::{fs, ops::Range, path::Path};

use serde::Deserialize;

use crate::skills::{Taxonomy, extract};

#[derive(Deserialize)]
struct Sentence {
    idx: u64,
    tokens: Vec<String>,
    tags_knowledge: Vec<String>,
    source: String,
}

/// A posting as plain text, with the byte ranges of its gold spans.
#[derive(Default)]
struct Annotated {
    text: String,
    gold: Vec<Range<usize>>,
}

impl Annotated {
    fn push(&mut self, sentence: &Sentence) {
        let mut open = false;
        for (token, tag) in sentence.tokens.iter().zip(&sentence.tags_knowledge) {
            let start = self.text.len();
            self.text.push_str(token);
            let range = start..self.text.len();
            match self.gold.last_mut() {
                Some(last) if open && tag.starts_with('I') => last.end = range.end,
                _ if tag.starts_with('B') => self.gold.push(range),
                _ => {}
            }
            open = tag != "O";
            self.text.push(' ');
        }
        // Sentences are list items and headings as often as prose: each is a paragraph.
        self.text.push_str("\n\n");
    }
}

#[derive(Default)]
struct Score {
    predicted: usize,
    correct: usize,
    gold: usize,
    found: usize,
}

impl Score {
    fn add(
        &mut self,
        predicted: &[Range<usize>],
        gold: &[Range<usize>],
        same: fn(&Range<usize>, &Range<usize>) -> bool,
    ) {
        self.predicted += predicted.len();
        self.gold += gold.len();
        self.correct += predicted
            .iter()
            .filter(|p| gold.iter().any(|g| same(p, g)))
            .count();
        self.found += gold
            .iter()
            .filter(|g| predicted.iter().any(|p| same(p, g)))
            .count();
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of spans are far below 2^52"
    )]
    fn figures(&self) -> (f64, f64, f64) {
        let precision = self.correct as f64 / self.predicted.max(1) as f64;
        let recall = self.found as f64 / self.gold.max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        (precision, recall, f1)
    }
}

fn read(path: &Path) -> Option<Vec<Annotated>> {
    let lines = fs::read_to_string(path).ok()?;
    let mut postings: Vec<(u64, Annotated)> = Vec::new();
    for line in lines.lines() {
        let sentence: Sentence = serde_json::from_str(line).expect("a line is a sentence");
        if sentence.source == "tech" {
            if postings.last().is_none_or(|(idx, _)| *idx != sentence.idx) {
                postings.push((sentence.idx, Annotated::default()));
            }
            postings
                .last_mut()
                .expect("one was pushed")
                .1
                .push(&sentence);
        }
    }
    Some(postings.into_iter().map(|(_, posting)| posting).collect())
}

#[test]
fn technology_spans_of_annotated_postings_are_found_precisely() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/postings/skills/skillspan/dev.json");
    let Some(postings) = read(&path) else {
        println!("skipped: no annotated postings at {}", path.display());
        return;
    };
    let (mut overlap, mut exact) = (Score::default(), Score::default());
    for posting in &postings {
        let spans = extract(Taxonomy::bundled(), &posting.text);
        let predicted: Vec<Range<usize>> = spans.iter().map(|s| s.start..s.end).collect();
        overlap.add(&predicted, &posting.gold, |a, b| {
            a.start < b.end && b.start < a.end
        });
        exact.add(&predicted, &posting.gold, |a, b| a == b);
    }
    for (name, score) in [("overlap", &overlap), ("exact", &exact)] {
        let (precision, recall, f1) = score.figures();
        println!("{name}: precision {precision:.3} recall {recall:.3} F1 {f1:.3}");
    }
    let (precision, _, f1) = overlap.figures();
    assert!(
        precision >= 0.65 && f1 >= 0.55,
        "precision {precision:.3}, F1 {f1:.3}"
    );
}

//! How well technology spans are found in postings that people annotated.
//!
//! Gold: the *knowledge* spans of the development split of SkillSpan, technology postings only. They name technologies, but
//! also degrees, industries, natural languages and clauses of prose ("industry-wide technology trends and best practices"),
//! which no taxonomy of skills holds, so recall has a ceiling.
//!
//! Comparison: **by overlap**. An extracted span is correct if it shares a character with a gold span; a gold span is found
//! if an extracted span shares a character with it. Exact equality would measure the annotators' choice of borders rather than
//! the extraction: gold has `Java / Python / Go` as one span where the extraction rightly gives three, and "Java 8" or
//! "RESTful services in" where it gives the name alone. The exact figure is told beside it.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use cadet::skills::{Taxonomy, extract};
use serde::Deserialize;

use super::data::{self, Data};
use super::report::Report;

const FILE: &str = "skills/skillspan/dev.json";

/// A line of the data.
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

/// How many predicted spans are right, and how many gold spans are found.
#[derive(Default)]
struct Spans {
    predicted: usize,
    correct: usize,
    gold: usize,
    found: usize,
}

impl Spans {
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

    /// Precision, recall, F1.
    fn figures(&self) -> (f64, f64, f64) {
        let precision = self.correct as f64 / self.predicted.max(1) as f64;
        let recall = self.found as f64 / self.gold.max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        (precision, recall, f1)
    }
}

fn read(file: &Path) -> Result<Vec<Annotated>> {
    let mut postings: Vec<(u64, Annotated)> = Vec::new();
    for (at, line) in data::read(file)?.lines().enumerate() {
        let sentence: Sentence = serde_json::from_str(line)
            .with_context(|| format!("{}, line {}", file.display(), at + 1))?;
        if sentence.source != "tech" {
            continue;
        }
        match postings.last_mut() {
            Some((idx, posting)) if *idx == sentence.idx => posting.push(&sentence),
            _ => {
                let mut posting = Annotated::default();
                posting.push(&sentence);
                postings.push((sentence.idx, posting));
            }
        }
    }
    Ok(postings.into_iter().map(|(_, posting)| posting).collect())
}

/// Measures the extraction on the development split.
pub fn measure(data: &Data, report: &mut Report) -> Result<()> {
    let files = data.files(FILE)?;
    if files.is_empty() {
        report.left_out("skills", FILE);
    }
    for file in files {
        measure_postings(&data::name(&file), &read(&file)?, report);
    }
    Ok(())
}

fn measure_postings(file: &str, postings: &[Annotated], report: &mut Report) {
    let (mut overlap, mut exact) = (Spans::default(), Spans::default());
    for posting in postings {
        let predicted: Vec<Range<usize>> = extract(Taxonomy::bundled(), &posting.text)
            .iter()
            .map(|span| span.start..span.end)
            .collect();
        tell_mistakes(posting, &predicted, report);
        overlap.add(&predicted, &posting.gold, overlaps);
        exact.add(&predicted, &posting.gold, |a, b| a == b);
    }
    let (precision, recall, f1) = overlap.figures();
    report.at_least(
        &format!("skills, technology spans, precision ({file})"),
        precision,
        0.65,
    );
    report.at_least(&format!("skills, technology spans, F1 ({file})"), f1, 0.55);
    report.tell(
        &format!("skills, technology spans, recall ({file})"),
        recall,
    );
    report.tell(
        &format!("skills, exact borders, F1 ({file})"),
        exact.figures().2,
    );
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn tell_mistakes(posting: &Annotated, predicted: &[Range<usize>], report: &Report) {
    for span in predicted
        .iter()
        .filter(|span| !posting.gold.iter().any(|gold| overlaps(gold, span)))
    {
        report.mistake(|| format!("no skill by label: {}", &posting.text[span.clone()]));
    }
    for gold in posting
        .gold
        .iter()
        .filter(|gold| !predicted.iter().any(|span| overlaps(gold, span)))
    {
        report.mistake(|| format!("skill not found: {}", &posting.text[gold.clone()]));
    }
}

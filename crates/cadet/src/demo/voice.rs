//! How an employer writes: the order and headings of its sections, and what it says at the end of every posting.

use std::collections::BTreeMap;

use rand::{
    RngExt,
    seq::{IndexedRandom, SliceRandom},
};

use super::{
    content::{EmployerData, LanguageData},
    model::Part,
    openings::{Dice, dice},
    phrasing::Slots,
};

/// How one employer writes in one language: the same headings, benefits and process in all of its postings.
pub(super) struct Voice {
    pub layout: usize,
    headings: Vec<(Part, String)>,
    benefits: Vec<String>,
    benefits_starter: Vec<String>,
    benefits_technical: Vec<String>,
    process: String,
    process_other: String,
    closing: String,
}

/// The orders in which employers put their sections; the last one leaves the nice-to-have out.
pub(super) const LAYOUTS: [&[Part]; 4] = [
    &[
        Part::About,
        Part::Role,
        Part::Tasks,
        Part::Must,
        Part::Nice,
        Part::Facts,
        Part::Benefits,
        Part::Process,
    ],
    &[
        Part::Role,
        Part::Facts,
        Part::Tasks,
        Part::Must,
        Part::Nice,
        Part::Benefits,
        Part::About,
        Part::Process,
    ],
    &[
        Part::About,
        Part::Role,
        Part::Tasks,
        Part::Must,
        Part::Nice,
        Part::Benefits,
        Part::Facts,
        Part::Process,
    ],
    &[
        Part::About,
        Part::Role,
        Part::Facts,
        Part::Tasks,
        Part::Must,
        Part::Benefits,
        Part::Process,
    ],
];
/// The layout which writes its facts as prose.
pub(super) const PROSE: usize = 2;

impl Voice {
    /// The voice of an employer, always the same.
    pub fn of(employer: &EmployerData, language: &LanguageData) -> Self {
        let mut dice = dice(&format!("voice/{}/{}", employer.id, language.code));
        let mut slots = Slots::default();
        slots.set("company", &employer.name);
        let parts = [
            (Part::About, "about"),
            (Part::Role, "role"),
            (Part::Tasks, "tasks"),
            (Part::Must, "must"),
            (Part::Nice, "nice"),
            (Part::Facts, "facts"),
            (Part::Benefits, "benefits"),
            (Part::Process, "process"),
        ];
        let headings =
            parts.map(|(part, key)| (part, slots.fill(pick(&language.headings, key, &mut dice))));
        let [benefits, starter, technical] = [
            &language.benefits,
            &language.benefits_starter,
            &language.benefits_technical,
        ]
        .map(|pool| shuffled(pool, &mut dice));
        let [process, process_other, closing] = [
            &language.process,
            &language.process_other,
            &language.closing,
        ]
        .map(|pool| slots.fill(any(pool, &mut dice)));
        Self {
            layout: dice.random_range(0..LAYOUTS.len()),
            headings: headings.into(),
            benefits,
            benefits_starter: starter,
            benefits_technical: technical,
            process,
            process_other,
            closing,
        }
    }

    /// Four or five benefits, of which one each is only for starters and for technical people.
    pub fn benefits(&self, is_starter: bool, is_technical: bool) -> Vec<String> {
        let starter = self.benefits_starter.iter().take(usize::from(is_starter));
        let technical = self
            .benefits_technical
            .iter()
            .take(usize::from(is_technical));
        starter
            .chain(technical)
            .chain(&self.benefits)
            .take(5)
            .cloned()
            .collect()
    }

    /// How to apply, and a closing sentence.
    pub fn process(&self, is_technical: bool) -> Vec<String> {
        let process = if is_technical {
            &self.process
        } else {
            &self.process_other
        };
        vec![process.clone(), self.closing.clone()]
    }

    /// The heading of a part.
    pub fn heading(&self, part: Part) -> String {
        self.headings
            .iter()
            .find(|(of, _)| *of == part)
            .map(|(_, text)| text.clone())
            .unwrap_or_default()
    }
}

/// Any phrase of a named pool.
pub(super) fn pick<'a>(
    pools: &'a BTreeMap<String, Vec<String>>,
    key: &str,
    dice: &mut Dice,
) -> &'a str {
    pools.get(key).map_or("", |pool| any(pool, dice))
}

/// Any phrase of a pool.
pub(super) fn any<'a>(pool: &'a [String], dice: &mut Dice) -> &'a str {
    pool.choose(dice).map_or("", String::as_str)
}

/// The pool in random order.
pub(super) fn shuffled(pool: &[String], dice: &mut Dice) -> Vec<String> {
    let mut pool = pool.to_vec();
    pool.shuffle(dice);
    pool
}

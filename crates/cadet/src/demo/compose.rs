//! Composing a description from the bank of phrases: what the family does, what the employer says, and the facts.

use rand::{
    RngExt,
    seq::{IndexedRandom, SliceRandom},
};

use super::{
    content::{Content, CountryData, EmployerData, LanguageData, RoleData},
    model::{Backend, Level, Opening, Part, Section, Workplace},
    openings::{Dice, Hire, backend_of, country, dice, is_technical},
    phrasing::{self, Slots},
    voice::{LAYOUTS, PROSE, Voice, any, pick, shuffled},
};

/// Everything that a description is made of.
pub(super) struct Ingredients<'a> {
    pub content: &'a Content,
    pub employer: &'a EmployerData,
    pub language: &'a LanguageData,
    pub hire: &'a Hire,
    /// Counts through the employer's openings, so that its projects take turns.
    pub index: usize,
    pub voice: &'a Voice,
}

impl Ingredients<'_> {
    fn role(&self) -> &RoleData {
        &self.content.roles[self.language.code.as_str()][&self.hire.family]
    }

    fn common(&self) -> Option<&RoleData> {
        (backend_of(&self.hire.family) != Backend::No)
            .then(|| &self.content.roles[self.language.code.as_str()]["common"])
    }

    fn is_starter(&self) -> bool {
        matches!(
            self.hire.level,
            Level::Intern | Level::Student | Level::NewGrad
        )
    }

    /// The department that the family belongs to.
    pub fn department(&self) -> String {
        self.role()
            .department
            .clone()
            .unwrap_or_else(|| self.language.department.clone())
    }

    /// A title in the manner of the country; the openings of one line of `hires` take turns.
    pub fn title(&self, nth: usize, slots: &mut Slots, country: &str) -> String {
        if let Some(title) = &self.hire.title {
            return title.clone();
        }
        let key = self.hire.level_key();
        let templates = self
            .language
            .titles
            .get(&format!("{key}_{country}"))
            .unwrap_or_else(|| &self.language.titles[key]);
        let names = &self.role().names;
        let mut dice = dice(&format!(
            "title/{}/{}/{key}",
            self.employer.id, self.hire.family
        ));
        let (first_template, first_name) = (
            dice.random_range(0..templates.len()),
            dice.random_range(0..names.len()),
        );
        slots
            .set("role", &names[(first_name + nth) % names.len()])
            .set("gender", &self.language.gender);
        slots.fill(&templates[(first_template + nth) % templates.len()])
    }

    /// The whole description.
    pub fn text(&self, opening: &Opening, slots: &Slots, dice: &mut Dice) -> Vec<Section> {
        let (role_text, stack) = self.role_text(slots, dice);
        let mut facts = self.facts(opening, slots, dice);
        facts.extend(stack);
        let tasks = self.tasks(dice);
        let (must, nice) = self.requirements(dice);
        let technical = is_technical(&self.hire.family);
        LAYOUTS[self.voice.layout]
            .iter()
            .map(|part| {
                let (paragraphs, bullets) = match part {
                    Part::About => (vec![self.about()], vec![]),
                    Part::Role => (role_text.clone(), vec![]),
                    Part::Tasks => (vec![], tasks.clone()),
                    Part::Must => (vec![], must.clone()),
                    Part::Nice => (vec![], nice.clone()),
                    Part::Facts if self.voice.layout == PROSE => (vec![facts.join(" ")], vec![]),
                    Part::Facts => (vec![], facts.clone()),
                    Part::Benefits => (vec![], self.voice.benefits(self.is_starter(), technical)),
                    Part::Process => (self.voice.process(technical), vec![]),
                };
                Section {
                    part: *part,
                    heading: self.voice.heading(*part),
                    paragraphs,
                    bullets,
                }
            })
            .collect()
    }

    fn about(&self) -> String {
        self.employer
            .about
            .get(&self.language.code)
            .cloned()
            .unwrap_or_default()
    }

    fn role_text(&self, slots: &Slots, dice: &mut Dice) -> (Vec<String>, Option<String>) {
        let technical = self.common().is_some();
        let key = match self.hire.level {
            Level::Intern if technical => "intern",
            Level::Intern => "intern_other",
            Level::Student => "student",
            Level::NewGrad => "newgrad",
            _ => "pro",
        };
        let mut text = vec![slots.fill(pick(&self.language.opening, key, dice))];
        if technical && let Some(projects) = self.employer.projects.get(&self.language.code) {
            text.push(projects[self.index % projects.len()].clone());
        }
        let stack = self.role().stack.choose(dice).map(|stack| {
            let mut slots = Slots::default();
            slots.set("stack", stack);
            slots.fill(pick(&self.language.facts, "stack", dice))
        });
        (text, stack)
    }

    fn tasks(&self, dice: &mut Dice) -> Vec<String> {
        let mut tasks = match self.common() {
            Some(common) => {
                let mut tasks = some(&self.role().tasks, 2, 3, dice);
                tasks.extend(some(&common.tasks, 3, 4, dice));
                tasks
            }
            None => some(&self.role().tasks, 4, 5, dice),
        };
        tasks.shuffle(dice);
        tasks
    }

    fn requirements(&self, dice: &mut Dice) -> (Vec<String>, Vec<String>) {
        let role = self.role();
        let mut must = match self.hire.level {
            Level::Intern | Level::Student => {
                let key = if self.common().is_some() {
                    "degree"
                } else {
                    "degree_other"
                };
                vec![pick(&self.language.facts, key, dice).to_owned()]
            }
            Level::NewGrad => vec![],
            _ => vec![pick(&self.language.experience, self.hire.level_key(), dice).to_owned()],
        };
        must.extend(some(&role.must, 2, 4, dice));
        let mut nice = some(&role.nice, 1, 2, dice);
        if let Some(common) = self.common() {
            let pool = if self.is_starter() {
                &common.must_student
            } else {
                &common.must_pro
            };
            must.extend(some(pool, 2, 3, dice));
            nice.extend(some(&common.nice, 1, 2, dice));
        }
        (must, nice)
    }

    fn facts(&self, opening: &Opening, slots: &Slots, dice: &mut Dice) -> Vec<String> {
        let place = &opening.places[0];
        let country = country(self.content, &place.country);
        let mut keys = vec![];
        match self.hire.level {
            Level::Intern => keys.extend(["term", "hours"]),
            Level::Student => keys.push("student_hours"),
            _ => keys.push("permanent"),
        }
        match (&opening.pay, self.hire.level) {
            (Some(_), Level::Intern | Level::Student) => keys.push("pay"),
            (Some(_), _) => keys.push("pay_pro"),
            (None, Level::Intern) if dice.random_bool(0.25) => keys.push("unpaid"),
            _ => {}
        }
        keys.push(match opening.workplace {
            Workplace::OnSite => "onsite",
            Workplace::Hybrid => "hybrid",
            Workplace::Remote => "remote",
        });
        if self.hire.level == Level::Intern && dice.random_bool(0.4) {
            keys.push("graduation");
        }
        let mut facts: Vec<String> = keys
            .into_iter()
            .map(|key| slots.fill(pick(&self.language.facts, key, dice)))
            .collect();
        facts.extend(self.authorisation(country, slots, dice));
        if opening.deadline.is_some() {
            facts.push(slots.fill(pick(&self.language.facts, "deadline", dice)));
        } else if dice.random_bool(0.3) {
            facts.push(slots.fill(pick(&self.language.facts, "rolling", dice)));
        }
        facts
    }

    fn authorisation(
        &self,
        country: &CountryData,
        slots: &Slots,
        dice: &mut Dice,
    ) -> Option<String> {
        if !dice.random_bool(if self.is_starter() { 0.6 } else { 0.25 }) {
            return None;
        }
        let pool = if self.is_starter() {
            country
                .authorisation
                .get(&self.language.code)
                .or_else(|| self.language.facts.get("authorisation"))
        } else {
            self.language.facts.get("authorisation_pro")
        }?;
        Some(slots.fill(any(pool, dice)))
    }
}

/// Fills what the facts of an opening offer to phrases.
pub(super) fn fact_slots(
    opening: &Opening,
    content: &Content,
    language: &LanguageData,
    slots: &mut Slots,
) {
    let place = &opening.places[0];
    let country = country(content, &place.country);
    let name = country.names.get(&language.code).unwrap_or(&country.name);
    slots.set("country", name);
    slots.set("city", cities(opening, &language.or));
    if let Some(pay) = &opening.pay {
        slots.set("pay", phrasing::pay(pay, language, country));
    }
    if let Some(deadline) = opening.deadline {
        slots.set("deadline", phrasing::date(deadline, language, country));
    }
}

/// "Leeds", "Leeds or York", "Leeds, York or Hull"; the first one only where it is the office behind remote work.
fn cities(opening: &Opening, or: &str) -> String {
    let names: Vec<&str> = opening
        .places
        .iter()
        .map(|place| place.city.as_str())
        .collect();
    match names.split_last() {
        Some((last, [first, rest @ ..])) if opening.workplace != Workplace::Remote => {
            let before = std::iter::once(*first)
                .chain(rest.iter().copied())
                .collect::<Vec<_>>()
                .join(", ");
            format!("{before} {or} {last}")
        }
        _ => names.first().copied().unwrap_or_default().to_owned(),
    }
}

/// Between `least` and `most` of a pool, in random order.
fn some(pool: &[String], least: usize, most: usize, dice: &mut Dice) -> Vec<String> {
    let mut chosen = shuffled(pool, dice);
    chosen.truncate(dice.random_range(least..=most));
    chosen
}

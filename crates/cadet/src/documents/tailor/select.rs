//! Choosing: what fits on the pages aimed at and says the most, with what the person decided before everything.

use std::collections::{HashMap, HashSet};

use resume::{EntryId, Highlight, PartialDate, Resume};

use super::score::{ScoredBullet, ScoredEntry};
use super::{Ask, Choice, LeftOut, Reason, Show, length};
use crate::documents::entries::Section;
use crate::skills::{SkillId, Taxonomy, mentions};

/// Bullets of an entry at the most, by its place in its section.
const BULLETS: [usize; 4] = [6, 4, 3, 2];
/// What a skill counts that another bullet of the resume has shown.
const AGAIN: f32 = 0.35;

/// What was chosen.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub chosen: Vec<Choice>,
    pub left_out: Vec<LeftOut>,
    /// Bullets of each entry in their order, with their wording.
    pub bullets: HashMap<EntryId, Vec<(EntryId, String)>>,
    /// Entries that are shown.
    pub entries: HashSet<EntryId>,
    /// Projects in their order.
    pub projects: Vec<EntryId>,
}

/// Chooses.
pub(super) fn select(ask: &Ask, scored: &[ScoredEntry]) -> Selection {
    let mut selection = Selection::default();
    let most = length::most(ask.pages);
    // Sections with a heading, the person's heading, the summary: what is there in any case.
    let mut used = 5 + length::of_text(&ask.profile.resume.basics.summary);
    let mut sections = HashSet::new();
    let (kept, wavering) = sorted(ask, scored, &mut selection);
    for entry in &kept {
        used += lines_with_heading(entry, &mut sections);
        keep(ask, entry, &mut selection);
    }
    // Entries that may go: the best first, while there is room.
    let room_for_bullets = kept
        .iter()
        .filter(|entry| !entry.bullets.is_empty())
        .count()
        * 3;
    for entry in &wavering {
        let first = entry
            .bullets
            .first()
            .map_or(0, |bullet| length::of_text(&bullet.text));
        let needs = entry.lines + first + 2;
        if used + needs + room_for_bullets > most {
            leave_out(entry, &mut selection);
            continue;
        }
        used += lines_with_heading(entry, &mut sections);
        keep(ask, entry, &mut selection);
    }
    let shown: Vec<&ScoredEntry> = kept.iter().chain(&wavering).copied().collect();
    let shown: Vec<&ScoredEntry> = shown
        .into_iter()
        .filter(|entry| selection.entries.contains(&entry.id))
        .collect();
    choose_bullets(ask, &shown, most.saturating_sub(used), &mut selection);
    order_projects(ask, scored, &mut selection);
    selection
}

fn lines_with_heading(entry: &ScoredEntry, sections: &mut HashSet<Section>) -> usize {
    entry.lines + if sections.insert(entry.section) { 2 } else { 0 }
}

fn shows(ask: &Ask, id: &EntryId) -> Option<Show> {
    ask.decisions.get(id).and_then(|one| one.show)
}

/// Entries that stay in any case, and those that may go, the best first. Those that the person never wants are left out here.
fn sorted<'a>(
    ask: &Ask,
    scored: &'a [ScoredEntry],
    selection: &mut Selection,
) -> (Vec<&'a ScoredEntry>, Vec<&'a ScoredEntry>) {
    let (mut kept, mut wavering) = (Vec::new(), Vec::new());
    for entry in scored {
        let stays = matches!(
            entry.section,
            Section::Work | Section::Education | Section::Skills | Section::Languages
        );
        match shows(ask, &entry.id) {
            Some(Show::Never) => selection.left_out.push(LeftOut {
                id: entry.id.clone(),
                entry: entry.id.clone(),
                text: entry.called.clone(),
                reason: Reason::Never,
            }),
            Some(Show::Always) => kept.push(entry),
            None if stays => kept.push(entry),
            None => wavering.push(entry),
        }
    }
    wavering.sort_by(|a, b| {
        worth(b)
            .total_cmp(&worth(a))
            .then_with(|| a.section.cmp(&b.section))
    });
    (kept, wavering)
}

/// What an entry says with its best bullets; by itself interests and references say the least.
fn worth(entry: &ScoredEntry) -> f32 {
    let mut bullets: Vec<f32> = entry.bullets.iter().map(|bullet| bullet.score).collect();
    bullets.sort_by(|a, b| b.total_cmp(a));
    let section = match entry.section {
        Section::Projects => 0.3,
        Section::Volunteer | Section::Certificates => 0.2,
        Section::Awards | Section::Publications => 0.15,
        Section::Interests => 0.05,
        _ => 0.0,
    };
    section + entry.score + bullets.iter().take(3).sum::<f32>()
}

fn keep(ask: &Ask, entry: &ScoredEntry, selection: &mut Selection) {
    let always = shows(ask, &entry.id) == Some(Show::Always);
    let stays = matches!(entry.section, Section::Work | Section::Education);
    let mut reasons: Vec<Reason> = always.then_some(Reason::Always).into_iter().collect();
    reasons.extend(entry.reasons.clone());
    if stays && !always {
        reasons.push(Reason::Kept);
    }
    selection.entries.insert(entry.id.clone());
    selection.chosen.push(Choice {
        id: entry.id.clone(),
        entry: entry.id.clone(),
        text: entry.called.clone(),
        reasons,
        wording: 0,
    });
}

fn leave_out(entry: &ScoredEntry, selection: &mut Selection) {
    let reason = if entry.score > 0.0 {
        Reason::NoRoom
    } else {
        Reason::NothingAsked
    };
    let left = |id: &EntryId, text: &str| LeftOut {
        id: id.clone(),
        entry: entry.id.clone(),
        text: text.to_owned(),
        reason: reason.clone(),
    };
    selection.left_out.push(left(&entry.id, &entry.called));
}

/// Chooses bullets over all entries: first what the person wants and one for each entry, then the best that still fit, where a
/// skill that is shown already counts less.
fn choose_bullets(ask: &Ask, shown: &[&ScoredEntry], room: usize, selection: &mut Selection) {
    let mut picking = Picking {
        room: i64::try_from(room).unwrap_or(i64::MAX),
        taken: HashMap::new(),
        skills: HashSet::new(),
    };
    let mut open: Vec<(&ScoredEntry, &ScoredBullet, usize)> = Vec::new();
    let mut places: HashMap<Section, usize> = HashMap::new();
    for entry in shown {
        let place = places.entry(entry.section).or_default();
        let most = BULLETS[(*place).min(BULLETS.len() - 1)];
        *place += 1;
        let best = entry
            .bullets
            .iter()
            .filter(|bullet| shows(ask, &bullet.id) != Some(Show::Never));
        let best = best
            .max_by(|a, b| a.score.total_cmp(&b.score))
            .map(|bullet| &bullet.id);
        for bullet in &entry.bullets {
            match shows(ask, &bullet.id) {
                Some(Show::Never) => {
                    selection
                        .left_out
                        .push(left_bullet(entry, bullet, Reason::Never))
                }
                Some(Show::Always) => picking.take(entry, bullet, Reason::Always),
                None if best == Some(&bullet.id) => picking.take(entry, bullet, Reason::Kept),
                None => open.push((entry, bullet, most)),
            }
        }
    }
    while let Some(at) = picking.next(&open) {
        let (entry, bullet, most) = open.remove(at);
        let lines = i64::try_from(length::of_text(&bullet.text)).unwrap_or(i64::MAX);
        let full = picking
            .taken
            .get(&entry.id)
            .is_some_and(|taken| taken.len() >= most);
        if full || picking.room < lines {
            let reason = picking.why_not(bullet);
            selection.left_out.push(left_bullet(entry, bullet, reason));
            continue;
        }
        picking.take_judged(entry, bullet);
    }
    for entry in shown {
        let mut taken = picking.taken.remove(&entry.id).unwrap_or_default();
        order(ask, entry, &mut taken);
        let bullets = taken
            .iter()
            .map(|choice| (choice.id.clone(), choice.text.clone()));
        selection
            .bullets
            .insert(entry.id.clone(), bullets.collect());
        selection.chosen.extend(taken);
    }
}

/// Bullets taken so far.
struct Picking {
    room: i64,
    taken: HashMap<EntryId, Vec<Choice>>,
    skills: HashSet<SkillId>,
}

impl Picking {
    /// What a bullet adds to what is there.
    fn adds(&self, bullet: &ScoredBullet) -> f32 {
        let again: f32 = (bullet.shows.iter())
            .filter(|(skill, _)| self.skills.contains(skill))
            .map(|(_, weight)| weight * (1.0 - AGAIN))
            .sum();
        bullet.score - again
    }

    fn next(&self, open: &[(&ScoredEntry, &ScoredBullet, usize)]) -> Option<usize> {
        let value = |at: &usize| self.adds(open[*at].1);
        (0..open.len()).max_by(|a, b| value(a).total_cmp(&value(b)).then_with(|| b.cmp(a)))
    }

    fn why_not(&self, bullet: &ScoredBullet) -> Reason {
        let again = bullet
            .shows
            .iter()
            .find(|(skill, _)| self.skills.contains(skill));
        match again {
            Some((skill, _)) => Reason::ShownAlready {
                skill: Taxonomy::bundled()
                    .name_of(skill.as_str())
                    .unwrap_or(skill.as_str())
                    .to_owned(),
            },
            None if bullet.shows.is_empty() => Reason::NothingAsked,
            None => Reason::NoRoom,
        }
    }

    fn take(&mut self, entry: &ScoredEntry, bullet: &ScoredBullet, reason: Reason) {
        let mut reasons = bullet.reasons.clone();
        if reason == Reason::Always || reasons.is_empty() {
            reasons.insert(0, reason);
        }
        self.push(entry, bullet, reasons);
    }

    fn take_judged(&mut self, entry: &ScoredEntry, bullet: &ScoredBullet) {
        let mut reasons = bullet.reasons.clone();
        if let (true, Some(year)) = (reasons.is_empty(), entry.last_year) {
            reasons.push(Reason::Recent { year });
        }
        self.push(entry, bullet, reasons);
    }

    fn push(&mut self, entry: &ScoredEntry, bullet: &ScoredBullet, reasons: Vec<Reason>) {
        self.room -= i64::try_from(length::of_text(&bullet.text)).unwrap_or(i64::MAX);
        self.skills
            .extend(bullet.shows.iter().map(|(skill, _)| skill.clone()));
        self.taken
            .entry(entry.id.clone())
            .or_default()
            .push(Choice {
                id: bullet.id.clone(),
                entry: entry.id.clone(),
                text: bullet.text.clone(),
                reasons,
                wording: bullet.wording,
            });
    }
}

fn left_bullet(entry: &ScoredEntry, bullet: &ScoredBullet, reason: Reason) -> LeftOut {
    LeftOut {
        id: bullet.id.clone(),
        entry: entry.id.clone(),
        text: bullet.own.clone(),
        reason,
    }
}

/// Bullets by the places that the person gave, then by what they say, then as the person has them.
fn order(ask: &Ask, entry: &ScoredEntry, taken: &mut [Choice]) {
    let place = |id: &EntryId| {
        ask.decisions
            .get(id)
            .and_then(|one| one.order)
            .unwrap_or(i32::MAX)
    };
    let at = |id: &EntryId| entry.bullets.iter().position(|bullet| bullet.id == *id);
    let score = |id: &EntryId| at(id).map_or(0.0, |at| entry.bullets[at].score);
    taken.sort_by(|a, b| {
        place(&a.id)
            .cmp(&place(&b.id))
            .then_with(|| score(&b.id).total_cmp(&score(&a.id)))
            .then_with(|| at(&a.id).cmp(&at(&b.id)))
    });
}

fn order_projects(ask: &Ask, scored: &[ScoredEntry], selection: &mut Selection) {
    let mut projects: Vec<&ScoredEntry> = scored
        .iter()
        .filter(|entry| entry.section == Section::Projects && selection.entries.contains(&entry.id))
        .collect();
    let place = |id: &EntryId| {
        ask.decisions
            .get(id)
            .and_then(|one| one.order)
            .unwrap_or(i32::MAX)
    };
    projects.sort_by(|a, b| {
        place(&a.id)
            .cmp(&place(&b.id))
            .then_with(|| worth(b).total_cmp(&worth(a)))
    });
    selection.projects = projects.into_iter().map(|entry| entry.id.clone()).collect();
}

/// The resume that was chosen.
pub(super) fn resume_of(ask: &Ask, selection: &Selection) -> Resume {
    let mut resume = ask.profile.resume.clone();
    let shown = |id: &EntryId| selection.entries.contains(id);
    let chosen = |id: &EntryId, all: &mut Vec<Highlight>| {
        let wanted = selection.bullets.get(id).map_or(&[][..], Vec::as_slice);
        let picked = wanted.iter().filter_map(|(bullet, text)| {
            let known = all.iter().find(|one| one.id == *bullet)?;
            // The document has the chosen wording alone.
            Some(Highlight {
                text: text.clone(),
                variants: Vec::new(),
                tags: Vec::new(),
                id: known.id.clone(),
            })
        });
        *all = picked.collect();
    };
    macro_rules! keep_shown {
        ($($section:ident)*) => { $( resume.$section.retain(|entry| shown(&entry.id)); )* };
    }
    keep_shown!(work volunteer education awards certificates publications skills languages interests references projects);
    resume
        .work
        .iter_mut()
        .for_each(|entry| chosen(&entry.id, &mut entry.highlights));
    resume
        .volunteer
        .iter_mut()
        .for_each(|entry| chosen(&entry.id, &mut entry.highlights));
    resume
        .projects
        .iter_mut()
        .for_each(|entry| chosen(&entry.id, &mut entry.highlights));
    resume
        .work
        .sort_by_key(|entry| newest_first(entry.start_date, entry.end_date));
    resume
        .volunteer
        .sort_by_key(|entry| newest_first(entry.start_date, entry.end_date));
    resume
        .education
        .sort_by_key(|entry| newest_first(entry.start_date, entry.end_date));
    let at = |id: &EntryId| selection.projects.iter().position(|known| known == id);
    resume.projects.sort_by_key(|entry| at(&entry.id));
    order_skills(ask, &mut resume);
    resume
}

/// What goes on first, then by the last day, then by the first.
fn newest_first(
    start: Option<PartialDate>,
    end: Option<PartialDate>,
) -> std::cmp::Reverse<(bool, Option<PartialDate>, Option<PartialDate>)> {
    std::cmp::Reverse((end.is_none() && start.is_some(), end, start))
}

/// Asked skills first within their group, and groups that have some before others; else as the person has them.
fn order_skills(ask: &Ask, resume: &mut Resume) {
    let weight = |text: &str| -> f32 {
        let taxonomy = Taxonomy::bundled();
        let named = taxonomy
            .by_alias(text)
            .into_iter()
            .map(|skill| skill.id.clone());
        let all: Vec<SkillId> = named
            .chain(mentions(taxonomy, text).into_iter().map(|span| span.skill))
            .collect();
        let weights = ask
            .wanted
            .skills
            .iter()
            .filter(|one| all.contains(&one.skill));
        weights.map(|one| one.weight).fold(0.0, f32::max)
    };
    for group in &mut resume.skills {
        let mut keyed: Vec<(f32, String)> = group
            .keywords
            .drain(..)
            .map(|word| (weight(&word), word))
            .collect();
        keyed.sort_by(|a, b| b.0.total_cmp(&a.0));
        group.keywords = keyed.into_iter().map(|(_, word)| word).collect();
    }
    let place = |id: &EntryId| {
        ask.decisions
            .get(id)
            .and_then(|one| one.order)
            .unwrap_or(i32::MAX)
    };
    let sum = |group: &resume::SkillGroup| -> f32 {
        let words = std::iter::once(&group.name).chain(&group.keywords);
        words.map(|word| weight(word)).sum()
    };
    resume.skills.sort_by(|a, b| {
        place(&a.id)
            .cmp(&place(&b.id))
            .then_with(|| sum(b).total_cmp(&sum(a)))
    });
}

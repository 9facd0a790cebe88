//! Finds the skills that a text mentions.
//!
//! One pass of an automaton over the folded text finds every name. A plain name is a mention at once; of the others, vetoes
//! remove those that mean something else, spelling and neighbours confirm some, and of what is left those that stand in an
//! enumeration beside a confirmed technology are taken ("Java, Go or Python").

use std::cmp::Reverse;

use super::{
    context::{Neighbours, starts_sentence},
    fold::Folded,
    list::{closed_after, closed_before, fills_line, link},
    model::SkillSpan,
    pattern::{Found, Proof, Sense},
    taxonomy::Taxonomy,
};

/// The skills that a posting's `text` asks for, in order, none overlapping another. Offsets are bytes of `text`.
///
/// Technologies count wherever they are mentioned, subjects where something asks for them; for every mention, see
/// [`mentions`]. Takes time linear in the text's length and accepts any text.
#[must_use]
pub fn extract(taxonomy: &Taxonomy, text: &str) -> Vec<SkillSpan> {
    let folded = Folded::new(text);
    let mut found = accepted(taxonomy, &folded);
    let ranges: Vec<(usize, usize)> = found.iter().map(|m| (m.start, m.end)).collect();
    let mut asked = taxonomy.asking().judge(&folded.text, &ranges).into_iter();
    found.retain(|mention| {
        let asked = asked.next().unwrap_or(true);
        asked
            || !taxonomy.skill_at(mention.skill).kind.is_subject()
            || is_whole_line(mention, &folded.text)
    });
    spans(taxonomy, &folded, text, &found)
}

/// Every mention of a skill in `text`, asked for or not: right for a profile, a resume or a search.
#[must_use]
pub fn mentions(taxonomy: &Taxonomy, text: &str) -> Vec<SkillSpan> {
    let folded = Folded::new(text);
    spans(taxonomy, &folded, text, &accepted(taxonomy, &folded))
}

fn spans(taxonomy: &Taxonomy, folded: &Folded, text: &str, found: &[Mention]) -> Vec<SkillSpan> {
    let span = |mention: &Mention| {
        let (start, end) = folded.original_range(text, mention.start, mention.end);
        SkillSpan {
            skill: taxonomy.skill_at(mention.skill).id.clone(),
            start,
            end,
        }
    };
    found.iter().map(span).collect()
}

/// The mentions of which nothing is left to doubt.
fn accepted(taxonomy: &Taxonomy, folded: &Folded) -> Vec<Mention> {
    let mut found = leftmost_longest(candidates(taxonomy, folded));
    confirm_in_lists(taxonomy, &folded.text, &mut found);
    found.retain(|m| m.verdict == Verdict::Accepted);
    found
}

fn is_whole_line(mention: &Mention, text: &str) -> bool {
    fills_line(&text[..mention.start], &text[mention.end..])
}

/// A name that may mean a skill: a range of the folded text.
struct Mention {
    start: usize,
    end: usize,
    skill: usize,
    verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Rejected,
    /// Only an enumeration can confirm it; `exact` if it is spelled as the taxonomy has it.
    Unsure {
        exact: bool,
    },
    Accepted,
}

/// Every name that is not ruled out, each with its likeliest sense.
fn candidates(taxonomy: &Taxonomy, folded: &Folded) -> Vec<Mention> {
    let names = taxonomy.names();
    let judged = names.find(folded).into_iter().filter_map(|found| {
        let senses = names.senses(found.name).iter();
        let verdicts = senses.map(|s| (judge(taxonomy, folded, &found, s), Reverse(s.skill)));
        let (verdict, Reverse(skill)) = verdicts.max()?;
        Some(Mention {
            start: found.start,
            end: found.end,
            skill,
            verdict,
        })
    });
    judged.filter(|m| m.verdict != Verdict::Rejected).collect()
}

/// Of overlapping mentions, keeps the one that starts first, and of those the longest.
fn leftmost_longest(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by_key(|m| (m.start, Reverse(m.end)));
    let mut end = 0;
    mentions.retain(|m| {
        let free = m.start >= end;
        if free {
            end = m.end;
        }
        free
    });
    mentions
}

/// What a name proves where it stands, its neighbours in enumerations apart.
fn judge(taxonomy: &Taxonomy, folded: &Folded, found: &Found, sense: &Sense) -> Verdict {
    if sense.proof == Proof::Plain {
        return Verdict::Accepted;
    }
    let around = Neighbours::of(&folded.text, found.start, found.end);
    let meaning = taxonomy.meaning_at(sense.skill);
    if meaning.not_when.found_in(&around, false) {
        return Verdict::Rejected;
    }
    if sense.proof == Proof::Guarded {
        return Verdict::Accepted;
    }
    let (before, after) = (&folded.text[..found.start], &folded.text[found.end..]);
    if is_hyphenated(before) {
        return Verdict::Rejected;
    }
    let exact = &folded.scan[found.start..found.name_end] == sense.spelling.as_bytes();
    if exact && sense.proof == Proof::Cased {
        let capital = is_capitalised(&sense.spelling) && starts_sentence(&folded.text, found.start);
        if !(capital || around.are_shouted()) || fills_line(before, after) {
            return Verdict::Accepted;
        }
    }
    let (general, own) = (taxonomy.evidence(), &meaning.only_when);
    let leads_in = general.found_before(&around, true) || own.found_before(&around, true);
    let leads_on = general.found_after(&around, true) || own.found_after(&around, true);
    let is_backed = || leads_in || leads_on || own.found_in(&around, true);
    let confirmed = if exact {
        is_backed()
    } else {
        // Spelled otherwise, it must also fill its place alone: "experience with go", but not "experience with go live".
        (leads_in || closed_before(before)) && (leads_on || closed_after(after)) && is_backed()
    };
    if confirmed {
        Verdict::Accepted
    } else {
        Verdict::Unsure { exact }
    }
}

/// Whether a word is glued to the name's front by a hyphen, as in "Vitamin-C".
fn is_hyphenated(before: &str) -> bool {
    before
        .strip_suffix('-')
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_alphanumeric()))
}

/// Whether the spelling is what any word looks like at the start of a sentence.
fn is_capitalised(spelling: &str) -> bool {
    let mut chars = spelling.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.all(|c| !c.is_ascii_uppercase())
}

/// Accepts the unsure mentions that stand beside accepted technologies in an enumeration. Certainty spreads along it in both
/// directions, hence two passes.
fn confirm_in_lists(taxonomy: &Taxonomy, text: &str, mentions: &mut [Mention]) {
    let forward = 0..mentions.len();
    let backward = (0..mentions.len()).rev();
    for i in forward.chain(backward) {
        if is_confirmed_by_neighbours(taxonomy, text, mentions, i) {
            mentions[i].verdict = Verdict::Accepted;
        }
    }
}

fn is_confirmed_by_neighbours(
    taxonomy: &Taxonomy,
    text: &str,
    mentions: &[Mention],
    i: usize,
) -> bool {
    let mention = &mentions[i];
    let Verdict::Unsure { exact } = mention.verdict else {
        return false;
    };
    let is_sure = |m: &&Mention| {
        m.verdict == Verdict::Accepted && taxonomy.skill_at(m.skill).kind.is_technology()
    };
    let before = i
        .checked_sub(1)
        .and_then(|i| mentions.get(i))
        .filter(is_sure);
    let before = before.and_then(|m| link(&text[m.end..mention.start]));
    let after = mentions.get(i + 1).filter(is_sure);
    let after = after.and_then(|m| link(&text[mention.end..m.start]));
    if before.is_some() && after.is_some() {
        return true;
    }
    let Some(link) = before.or(after) else {
        return false;
    };
    // With one neighbour only, the other side must not lead elsewhere, unless the spelling speaks for the name too.
    let alone = || closed_before(&text[..mention.start]) && closed_after(&text[mention.end..]);
    (exact && !link.line_break) || (!link.bare && alone())
}

//! Skills as requirements: which mentions ask, how much, and which are alternatives.

use super::passages::{Passage, Tone, quote};
use crate::matching::model::{Asked, Need, Requirement};
use crate::postings::model::{NormalPosting, Origin, SkillMention};
use crate::skills::{Kind, SkillId, Taxonomy};

/// The longest text between two neighbours of an enumeration, in bytes.
const LONGEST_JOINT: usize = 28;
/// Skills that one requirement may name as alternatives.
const MOST_ALTERNATIVES: usize = 12;
/// Words that offer a choice.
const OR: [&str; 9] = ["or", "oder", "ou", "o", "u", "of", "lub", "eller", "oppure"];
/// Words that join without offering one.
const AND: [&str; 12] = [
    "and", "und", "et", "y", "e", "en", "i", "och", "as", "well", "mit", "with",
];
/// Words before an enumeration whose members stand for each other.
const SUCH_AS: [&str; 18] = [
    "such as",
    "like",
    "e.g.",
    "for example",
    "one of",
    "any of",
    "one or more",
    "at least one",
    "wie",
    "z.b.",
    "z. b.",
    "beispielsweise",
    "comme",
    "tels que",
    "telles que",
    "par exemple",
    "como",
    "p. ej.",
];
/// Words behind an enumeration that say the same: "SRE, DevOps, or operations".
const OR_LIKE: [&str; 13] = [
    "or similar",
    "or another",
    "or other",
    "or equivalent",
    "oder ähnlich",
    "o.ä",
    "ou équivalent",
    "o similar",
    "ou similar",
    "or ",
    "oder ",
    "ou ",
    "o ",
];

/// The skills that a posting asks for, in the order of their first mention.
pub(super) fn asked(posting: &NormalPosting, passages: &[Passage]) -> Vec<Requirement> {
    let mut found = in_title(posting);
    let text = &posting.description_text;
    let mentions: Vec<&SkillMention> = posting
        .skills
        .iter()
        .filter(|mention| mention.origin == Origin::Description && is_asked_kind(&mention.skill))
        .filter(|mention| text.get(mention.start..mention.end).is_some())
        .collect();
    // Where nothing is marked as asked, what the work is done with is what it asks for.
    let marked = |mention: &&SkillMention| {
        let passage = passage_of(passages, mention.start);
        passage.is_some_and(|one| one.tone == Tone::Asks(Need::Must))
    };
    let told = if mentions.iter().any(marked) {
        Need::Nice
    } else {
        Need::Must
    };
    let mut at = 0;
    while at < mentions.len() {
        let Some(passage) = passage_of(passages, mentions[at].start) else {
            at += 1;
            continue;
        };
        let many = mentions[at..].iter();
        let many = many
            .take_while(|one| passage.range.contains(&one.start))
            .count()
            .max(1);
        let need = match passage.tone {
            Tone::Asks(need) => Some(need),
            Tone::Tells => Some(told),
            Tone::Aside => None,
        };
        if let Some(need) = need {
            found.extend(of_passage(text, passage, &mentions[at..at + many], need));
        }
        at += many;
    }
    each_once(found)
}

/// What a title names is what the work is about.
fn in_title(posting: &NormalPosting) -> Vec<Requirement> {
    let named = posting.skills.iter();
    named
        .filter(|mention| mention.origin == Origin::Title && is_asked_kind(&mention.skill))
        .map(|mention| {
            requirement(
                vec![mention.skill.clone()],
                Need::Must,
                posting.title.clone(),
            )
        })
        .collect()
}

/// Qualities of a person are nothing that a ledger could prove, so they are not weighed.
fn is_asked_kind(skill: &SkillId) -> bool {
    let skill = Taxonomy::bundled().get(skill);
    skill.is_some_and(|skill| skill.kind != Kind::SoftSkill)
}

fn passage_of(passages: &[Passage], at: usize) -> Option<&Passage> {
    let after = passages.partition_point(|one| one.range.end <= at);
    passages.get(after).filter(|one| one.range.contains(&at))
}

fn requirement(any_of: Vec<SkillId>, need: Need, sentence: String) -> Requirement {
    Requirement {
        asked: Asked::Skill { any_of },
        need,
        sentence,
    }
}

/// The requirements of one sentence: its enumerations that offer a choice are one each.
fn of_passage(
    text: &str,
    passage: &Passage,
    mentions: &[&SkillMention],
    need: Need,
) -> Vec<Requirement> {
    let sentence = quote(&text[passage.range.clone()]);
    let mut found = Vec::new();
    for chain in chains(text, mentions) {
        let mut skills: Vec<SkillId> = Vec::new();
        for mention in chain {
            if !skills.contains(&mention.skill) {
                skills.push(mention.skill.clone());
            }
        }
        if skills.len() > 1
            && skills.len() <= MOST_ALTERNATIVES
            && offers_choice(text, passage, chain)
        {
            found.push(requirement(skills, need, sentence.clone()));
        } else {
            let single = skills.into_iter().map(|skill| vec![skill]);
            found.extend(single.map(|skill| requirement(skill, need, sentence.clone())));
        }
    }
    found
}

/// The mentions cut where more than a joint lies between two.
fn chains<'m>(text: &str, mentions: &'m [&'m SkillMention]) -> Vec<&'m [&'m SkillMention]> {
    let joined = |one: &&SkillMention, next: &&SkillMention| {
        text.get(one.end..next.start)
            .is_some_and(|between| joint(between).is_some())
    };
    mentions.chunk_by(joined).collect()
}

/// What joins two neighbours of an enumeration: whether it offers a choice. None for anything else.
fn joint(between: &str) -> Option<bool> {
    if between.len() > LONGEST_JOINT {
        return None;
    }
    let mut choice = false;
    let lower = between.to_lowercase();
    for word in lower.split(|c: char| c.is_whitespace() || ",;()&+".contains(c)) {
        match word {
            "" => {}
            "/" | "|" => choice = true,
            word if OR.contains(&word) => choice = true,
            "and/or" | "und/oder" | "et/ou" | "y/o" | "e/ou" => choice = true,
            word if AND.contains(&word) => {}
            _ => return None,
        }
    }
    Some(choice)
}

/// Whether an enumeration's members stand for each other.
fn offers_choice(text: &str, passage: &Passage, chain: &[&SkillMention]) -> bool {
    let between = chain
        .windows(2)
        .filter_map(|pair| text.get(pair[0].end..pair[1].start));
    if between.filter_map(joint).any(|choice| choice) {
        return true;
    }
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
        return false;
    };
    let before = text
        .get(passage.range.start..first.start)
        .unwrap_or_default();
    let after = text.get(last.end..passage.range.end).unwrap_or_default();
    let before = before.to_lowercase();
    let before = before.trim_end_matches([' ', '(', ':', ',']);
    let after = after.trim_start_matches([' ', ',', '(']).to_lowercase();
    SUCH_AS.iter().any(|words| ends_with_words(before, words))
        || OR_LIKE.iter().any(|words| after.starts_with(words))
}

fn ends_with_words(text: &str, words: &str) -> bool {
    text.strip_suffix(words)
        .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
}

/// Each set of alternatives once, as strongly as it is asked anywhere; a choice of which one member is asked for by itself at
/// least as strongly asks for nothing more.
fn each_once(found: Vec<Requirement>) -> Vec<Requirement> {
    let mut once: Vec<Requirement> = Vec::new();
    for one in found {
        match once.iter_mut().find(|known| same(known, &one)) {
            Some(known) if one.need < known.need => *known = one,
            Some(_) => {}
            None => once.push(one),
        }
    }
    let single: Vec<(SkillId, Need)> = once
        .iter()
        .filter_map(|one| match skills(one) {
            [skill] => Some((skill.clone(), one.need)),
            _ => None,
        })
        .collect();
    once.retain(|one| {
        let all = skills(one);
        let covered = |skill: &SkillId| {
            single
                .iter()
                .any(|(own, need)| own == skill && *need <= one.need)
        };
        all.len() < 2 || !all.iter().any(covered)
    });
    once
}

fn skills(requirement: &Requirement) -> &[SkillId] {
    match &requirement.asked {
        Asked::Skill { any_of } => any_of,
        _ => &[],
    }
}

fn same(one: &Requirement, other: &Requirement) -> bool {
    let (one, other) = (skills(one), skills(other));
    one.len() == other.len() && one.iter().all(|skill| other.contains(skill))
}

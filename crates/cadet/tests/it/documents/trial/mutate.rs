//! False sentences made of true ones: one fact changed in each.

use cadet::documents::model::{Cite, Form, Sentence};
use cadet::skills::{SkillId, Taxonomy};

use super::Random;
use super::people::Person;
use super::words::{COMPANY, MONTHS, NEAR, NUMBERS, SKILLS, TOWNS};

/// All mutations of a sentence that can be made of it, each with its kind.
pub fn mutations(
    sentence: &Sentence,
    person: &Person,
    random: &mut Random,
) -> Vec<(&'static str, String)> {
    let mut made = Vec::new();
    let text = sentence.text.as_str();
    let field = sentence.place.rsplit('/').next().unwrap_or("");
    // What a field names is compared whole; mutations below are of its words, too.
    made.extend(number(text, person, random).map(|text| ("number", text)));
    made.extend(number_word(text, person.language, random).map(|text| ("number in words", text)));
    made.extend(unit(text).map(|text| ("unit", text)));
    made.extend(date(text, random).map(|text| ("date", text)));
    made.extend(month_name(text, person.language, random).map(|text| ("month", text)));
    made.extend(skill(text, sentence, person, random).map(|text| ("skill", text)));
    made.extend(near_skill(text, sentence, person).map(|text| ("near skill", text)));
    made.extend(employer(text, person, random).map(|text| ("employer", text)));
    made.extend(school(text, random).map(|text| ("school", text)));
    made.extend(degree(text).map(|text| ("degree", text)));
    if field == "position" {
        made.push(("rank", format!("Senior {text}")));
    }
    if sentence.form != Form::Field {
        made.extend(added(text, sentence, person, random));
    }
    made
}

/// Every digit sequence that the person's profile has anywhere, so that a changed number is surely a new one.
fn known_numbers(person: &Person) -> Vec<String> {
    let all = serde_json::to_string(&person.inputs.profile).unwrap_or_default();
    all.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The last run of digits that is no year becomes another number.
fn number(text: &str, person: &Person, random: &mut Random) -> Option<String> {
    let known = known_numbers(person);
    let runs: Vec<(usize, &str)> = digit_runs(text)
        .into_iter()
        .filter(|(_, run)| !is_year(run) && *run != "000")
        .collect();
    let (start, run) = *runs.get(random.below(runs.len()))?;
    // Digits that belong to a name of a technology make another name, which is no number.
    if text[..start]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphabetic() || c == '@')
    {
        return None;
    }
    let value: u64 = run.parse().ok()?;
    let other = (1..40)
        .map(|step| value + step + random.below(3) as u64)
        .find(|other| !known.contains(&other.to_string()))?;
    Some(format!(
        "{}{other}{}",
        &text[..start],
        &text[start + run.len()..]
    ))
}

fn digit_runs(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text
        .char_indices()
        .chain(std::iter::once((text.len(), ' ')))
    {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn is_year(run: &str) -> bool {
    run.len() == 4 && (run.starts_with("19") || run.starts_with("20"))
}

fn number_word(text: &str, language: &str, random: &mut Random) -> Option<String> {
    let words = if language == "de" {
        NUMBERS.1
    } else {
        NUMBERS.0
    };
    let known = |word: &str| words.iter().position(|one| one.eq_ignore_ascii_case(word));
    let found = text.split(' ').find(|word| known(word).is_some())?;
    let step = 1 + random.below(words.len() - 1);
    let other = words[(known(found)? + step) % words.len()];
    Some(text.replacen(found, other, 1))
}

/// "40 %" becomes "40", "20k" becomes "20M", "20,000" becomes "20,000,000".
fn unit(text: &str) -> Option<String> {
    for (unit, other) in [
        (" %", " hours"),
        ("k ", "M "),
        (" percent", " times"),
        (" Prozent", " Stunden"),
        (",000", ",000,000"),
        (".000", ".000.000"),
    ] {
        if let Some(at) = text.find(unit)
            && text[..at].ends_with(|c: char| c.is_ascii_digit())
        {
            return Some(text.replacen(unit, other, 1));
        }
    }
    None
}

/// A year, or the month of an ISO date, is moved.
fn date(text: &str, random: &mut Random) -> Option<String> {
    let (start, run) = *digit_runs(text).iter().find(|(_, run)| is_year(run))?;
    let year: i32 = run.parse().ok()?;
    let rest = &text[start + 4..];
    if let Some(month) = rest
        .strip_prefix('-')
        .and_then(|rest| rest.get(..2))
        .and_then(|month| month.parse::<usize>().ok())
        && random.below(2) == 0
    {
        let other = 1 + (month + random.below(10)) % 12;
        return Some(format!("{}{year}-{other:02}{}", &text[..start], &rest[3..]));
    }
    let other = year + 11 + i32::try_from(random.below(5)).unwrap_or(0);
    Some(format!("{}{other}{rest}", &text[..start]))
}

fn month_name(text: &str, language: &str, random: &mut Random) -> Option<String> {
    let names = if language == "de" { MONTHS.1 } else { MONTHS.0 };
    let at = names.iter().position(|name| text.contains(name))?;
    let other = names[(at + 1 + random.below(11)) % 12];
    Some(text.replacen(names[at], other, 1))
}

/// Whether what the sentence cites holds a skill: then naming it would be true.
fn is_held(name: &str, sentence: &Sentence, person: &Person) -> bool {
    let profile = &person.inputs.profile.resume;
    let whole = serde_json::to_string(profile).unwrap_or_default();
    if sentence.cites.contains(&Cite::Profile)
        || sentence
            .cites
            .iter()
            .any(|cite| matches!(cite, Cite::Paragraph(_)))
    {
        return whole.contains(name) || is_asked(name, person);
    }
    let cited = sentence.cites.iter().filter_map(|cite| match cite {
        Cite::Entry(id) => Some(id),
        _ => None,
    });
    let bullets = profile
        .work
        .iter()
        .flat_map(|work| &work.highlights)
        .chain(profile.projects.iter().flat_map(|one| &one.highlights));
    let mut bullets = bullets.filter(|bullet| cited.clone().any(|id| *id == bullet.id));
    bullets.any(|bullet| bullet.text.contains(name)) || sentence.text.contains(name)
}

fn is_asked(name: &str, person: &Person) -> bool {
    let ids: Vec<SkillId> = Taxonomy::bundled()
        .by_alias(name)
        .iter()
        .map(|skill| skill.id.clone())
        .collect();
    person
        .inputs
        .wanted
        .skills
        .iter()
        .any(|one| ids.contains(&one.skill))
}

fn named_skill(text: &str) -> Option<&'static str> {
    let whole = |name: &str| {
        text.match_indices(name).any(|(at, _)| {
            let joins = |c: char| c.is_alphanumeric() || c == '+' || c == '#';
            !text[..at].chars().next_back().is_some_and(joins)
                && !text[at + name.len()..].chars().next().is_some_and(joins)
        })
    };
    SKILLS.iter().copied().find(|name| whole(name))
}

fn skill(text: &str, sentence: &Sentence, person: &Person, random: &mut Random) -> Option<String> {
    let named = named_skill(text)?;
    let first = random.below(SKILLS.len());
    let others = (0..SKILLS.len()).map(|at| SKILLS[(first + at) % SKILLS.len()]);
    // Another keyword of the same list would be true.
    let keywords = &person.inputs.profile.resume.skills[0].keywords;
    let in_list = |other: &str| {
        sentence.place.ends_with("/keywords") && keywords.iter().any(|word| word == other)
    };
    let mut others = others
        .filter(|other| *other != named && !is_held(other, sentence, person) && !in_list(other));
    Some(text.replacen(named, others.next()?, 1))
}

fn near_skill(text: &str, sentence: &Sentence, person: &Person) -> Option<String> {
    let named = named_skill(text)?;
    let (_, near) = NEAR.iter().find(|(name, _)| *name == named)?;
    let in_list = sentence.place.ends_with("/keywords")
        && person.inputs.profile.resume.skills[0]
            .keywords
            .iter()
            .any(|word| word == near);
    (!in_list && !is_held(near, sentence, person)).then(|| text.replacen(named, near, 1))
}

/// One employer becomes another one of the same person, or one that does not exist.
fn employer(text: &str, person: &Person, random: &mut Random) -> Option<String> {
    let work = &person.inputs.profile.resume.work;
    let named = work.iter().find(|one| text.contains(&one.name))?;
    let own: Vec<&str> = work
        .iter()
        .map(|one| one.name.as_str())
        .filter(|name| *name != named.name)
        .collect();
    let invented = format!(
        "{}{}",
        COMPANY.0[random.below(COMPANY.0.len())],
        COMPANY.1[random.below(COMPANY.1.len())]
    );
    let other = if random.below(2) == 0 {
        (*random.pick(&own)).to_owned()
    } else {
        invented
    };
    (other != named.name && !text.contains(&other)).then(|| text.replacen(&named.name, &other, 1))
}

fn school(text: &str, random: &mut Random) -> Option<String> {
    let town = TOWNS
        .iter()
        .find(|town| text.contains(&format!("{town} University")))?;
    let others: Vec<&str> = TOWNS
        .iter()
        .copied()
        .filter(|other| other != town)
        .collect();
    Some(text.replacen(town, random.pick::<&str>(&others), 1))
}

fn degree(text: &str) -> Option<String> {
    let raised = [
        ("Bachelor of Science", "Master of Science"),
        ("Bachelor of Arts", "Bachelor of Science"),
        ("Bachelor", "Master"),
        ("BSc", "MSc"),
        ("B.Sc.", "M.Sc."),
    ];
    let (from, to) = raised.iter().find(|(from, _)| text.contains(from))?;
    Some(text.replacen(from, to, 1))
}

/// Something is added that the sources do not hold.
fn added(
    text: &str,
    sentence: &Sentence,
    person: &Person,
    random: &mut Random,
) -> Vec<(&'static str, String)> {
    let bare = text.trim_end_matches('.');
    let stop = &text[bare.len()..];
    let german = person.language == "de";
    let name = format!("{}{}", COMPANY.0[random.below(COMPANY.0.len())], "nox");
    let mut made = vec![
        (
            "added number",
            format!(
                "{bare}{}{stop}",
                if german {
                    " für 7.777 Nutzer"
                } else {
                    " for 7,777 users"
                }
            ),
        ),
        (
            "added name",
            format!("{bare} {} {name}{stop}", if german { "bei" } else { "at" }),
        ),
        (
            "added date",
            format!(
                "{bare} {} 1998{stop}",
                if german { "im Jahr" } else { "in" }
            ),
        ),
        (
            "added degree",
            format!(
                "{bare}, {}{stop}",
                if german {
                    "als Master of Science"
                } else {
                    "with a PhD"
                }
            ),
        ),
    ];
    if let Some(skill) = SKILLS
        .iter()
        .find(|skill| !is_held(skill, sentence, person))
    {
        made.push((
            "added skill",
            format!(
                "{bare} {} {skill}{stop}",
                if german { "mit" } else { "with" }
            ),
        ));
    }
    if sentence.form == Form::Wording {
        let led = if german {
            "Leitete ein Team und war senior: "
        } else {
            "Led a team: "
        };
        made.push(("added rank", format!("{led}{text}")));
    }
    made
}

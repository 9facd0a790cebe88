//! Resumes for tests: generated ones, and the data that may lie beside the repository.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value;

use crate::{
    Award, Basics, Certificate, Education, EntryId, Extra, Highlight, Interest, Language, Location,
    OnlineProfile, PartialDate, Project, Publication, Reference, Resume, SkillGroup, Volunteer,
    Work,
};

/// A folder of the data beside the repository or above it; none, with a message, where it is absent.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = root
        .ancestors()
        .map(|at| at.join("shared/data").join(folder))
        .find(|at| at.is_dir());
    if found.is_none() {
        println!("skipped: there is no shared/data/{folder} beside the repository");
    }
    found
}

/// The files of a folder with this ending, by name.
pub fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(end))
        .collect();
    files.sort();
    files
}

/// Any text without control characters that a person may write, and sometimes none.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        5 => "[A-Z][a-z]{1,8}( [a-z0-9.,&+#/-]{1,8}){0,4}",
        1 => "\\PC{0,12}",
    ]
}

/// Any date and sometimes none.
fn date() -> impl Strategy<Value = Option<PartialDate>> {
    let parts = (
        1950_i16..2060,
        proptest::option::of(1_i8..=12),
        proptest::option::of(1_i8..=28),
    );
    proptest::option::of(parts.prop_map(|(year, month, day)| {
        PartialDate::new(year, month, day.filter(|_| month.is_some())).unwrap()
    }))
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text(), 0..3)
}

fn extra() -> impl Strategy<Value = Extra> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        text().prop_map(Value::from),
        texts().prop_map(Value::from),
        text().prop_map(|text| serde_json::json!({"a": {"b/~": text}})),
    ];
    let key = prop_oneof![
        3 => "[a-z]{1,6}",
        1 => proptest::sample::select(vec![
            "name", "company", "startDate", "x-id", "x-kept", "x-bullets", "x-resume", "highlights", "date", "gpa", "meta", "$schema",
            "basic", "work", "keywords", "id",
        ]).prop_map(str::to_owned),
    ];
    proptest::collection::btree_map(key, value, 0..2).prop_map(|map| map.into_iter().collect())
}

fn highlights() -> impl Strategy<Value = Vec<Highlight>> {
    let one = (text(), texts(), texts()).prop_map(|(text, variants, tags)| Highlight {
        id: EntryId::default(),
        text,
        variants,
        tags,
    });
    proptest::collection::vec(one, 0..3)
}

fn some<T: std::fmt::Debug>(one: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    proptest::collection::vec(one, 0..3)
}

fn basics() -> impl Strategy<Value = Basics> {
    let location = (text(), text(), text(), text(), text(), extra()).prop_map(
        |(address, postal_code, city, country_code, region, extra)| Location {
            address,
            postal_code,
            city,
            country_code,
            region,
            extra,
        },
    );
    let profile = (text(), text(), text(), extra()).prop_map(|(network, username, url, extra)| {
        OnlineProfile {
            network,
            username,
            url,
            extra,
        }
    });
    let texts = proptest::array::uniform7(text());
    (texts, location, some(profile), extra()).prop_map(|(texts, location, profiles, extra)| {
        let [name, label, image, email, phone, url, summary] = texts;
        Basics {
            name,
            label,
            image,
            email,
            phone,
            url,
            summary,
            location,
            profiles,
            extra,
        }
    })
}

fn jobs() -> impl Strategy<Value = (Vec<Work>, Vec<Volunteer>, Vec<Project>)> {
    let entry = || {
        (
            proptest::array::uniform6(text()),
            date(),
            date(),
            highlights(),
            texts(),
            extra(),
        )
    };
    let work = entry().prop_map(|(texts, start_date, end_date, highlights, _, extra)| {
        let [name, description, position, location, url, summary] = texts;
        let id = EntryId::default();
        Work {
            id,
            name,
            description,
            position,
            location,
            url,
            start_date,
            end_date,
            summary,
            highlights,
            extra,
        }
    });
    let volunteer = entry().prop_map(|(texts, start_date, end_date, highlights, _, extra)| {
        let [organization, position, url, summary, ..] = texts;
        let id = EntryId::default();
        Volunteer {
            id,
            organization,
            position,
            url,
            start_date,
            end_date,
            summary,
            highlights,
            extra,
        }
    });
    let project = entry().prop_map(
        |(texts, start_date, end_date, highlights, keywords, extra)| {
            let [name, description, url, entity, kind, role] = texts;
            let (id, roles) = (EntryId::default(), vec![role]);
            Project {
                id,
                name,
                description,
                highlights,
                keywords,
                start_date,
                end_date,
                url,
                roles,
                entity,
                kind,
                extra,
            }
        },
    );
    (some(work), some(volunteer), some(project))
}

fn schools() -> impl Strategy<
    Value = (
        Vec<Education>,
        Vec<Award>,
        Vec<Certificate>,
        Vec<Publication>,
    ),
> {
    let entry = || {
        (
            proptest::array::uniform5(text()),
            date(),
            date(),
            texts(),
            extra(),
        )
    };
    let education = entry().prop_map(|(texts, start_date, end_date, courses, extra)| {
        let [institution, url, area, study_type, score] = texts;
        let id = EntryId::default();
        Education {
            id,
            institution,
            url,
            area,
            study_type,
            start_date,
            end_date,
            score,
            courses,
            extra,
        }
    });
    let award = entry().prop_map(|([title, awarder, summary, ..], date, _, _, extra)| {
        let id = EntryId::default();
        Award {
            id,
            title,
            date,
            awarder,
            summary,
            extra,
        }
    });
    let certificate = entry().prop_map(|([name, url, issuer, ..], date, _, _, extra)| {
        let id = EntryId::default();
        Certificate {
            id,
            name,
            date,
            url,
            issuer,
            extra,
        }
    });
    let publication = entry().prop_map(
        |([name, publisher, url, summary, _], release_date, _, _, extra)| {
            let id = EntryId::default();
            Publication {
                id,
                name,
                publisher,
                release_date,
                url,
                summary,
                extra,
            }
        },
    );
    (
        some(education),
        some(award),
        some(certificate),
        some(publication),
    )
}

fn lists() -> impl Strategy<
    Value = (
        Vec<SkillGroup>,
        Vec<Language>,
        Vec<Interest>,
        Vec<Reference>,
    ),
> {
    let entry = || (text(), text(), texts(), extra());
    let skill = entry().prop_map(|(name, level, keywords, extra)| SkillGroup {
        id: EntryId::default(),
        name,
        level,
        keywords,
        extra,
    });
    let language = entry().prop_map(|(language, fluency, _, extra)| Language {
        id: EntryId::default(),
        language,
        fluency,
        extra,
    });
    let interest = entry().prop_map(|(name, _, keywords, extra)| Interest {
        id: EntryId::default(),
        name,
        keywords,
        extra,
    });
    let reference = entry().prop_map(|(name, reference, _, extra)| Reference {
        id: EntryId::default(),
        name,
        reference,
        extra,
    });
    (some(skill), some(language), some(interest), some(reference))
}

/// Any resume whose entries and bullets have ids.
pub fn resume() -> impl Strategy<Value = Resume> {
    (basics(), jobs(), schools(), lists(), extra()).prop_map(
        |(basics, jobs, schools, lists, extra)| {
            let (work, volunteer, projects) = jobs;
            let (education, awards, certificates, publications) = schools;
            let (skills, languages, interests, references) = lists;
            let mut resume = Resume {
                basics,
                work,
                volunteer,
                education,
                awards,
                certificates,
                publications,
                skills,
                languages,
                interests,
                references,
                projects,
                last_number: 3,
                extra,
            };
            resume.number();
            resume
        },
    )
}

/// A whole resume of an invented person, with a bit of everything.
pub fn mira() -> Resume {
    crate::json::read(include_bytes!("../tests/mira.json"))
        .unwrap()
        .resume
}

/// A ZIP with these parts.
pub fn zip_of(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a ZIP, each changed by `change`, which drops a part by giving nothing.
fn rebuilt(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if let Some(content) = change(&name, content) {
            writer
                .start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            writer.write_all(&content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// A ZIP without the parts whose names begin so.
pub fn without_parts(bytes: &[u8], start: &str) -> Vec<u8> {
    rebuilt(bytes, |name, content| {
        (!name.starts_with(start)).then_some(content)
    })
}

/// A ZIP in which a text of one part is another.
pub fn replaced(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    rebuilt(bytes, |name, content| {
        let text = String::from_utf8_lossy(&content).replace(from, to);
        Some(if name == part {
            text.into_bytes()
        } else {
            content
        })
    })
}

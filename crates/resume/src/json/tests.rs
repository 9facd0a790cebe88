//! JSON Resume: deviations, round trips, and that no leaf is lost.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{problems, read, write};
use crate::report::Change;
use crate::testing;
use crate::{Imported, ReadError};

fn of(value: &Value) -> Imported {
    read(value.to_string().as_bytes()).unwrap()
}

fn with_basics(mut value: Value) -> Imported {
    value["basics"]["name"] = json!("Mira Holm");
    of(&value)
}

/// All leaves of a document with their JSON pointers.
fn leaves(value: &Value, at: String, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                leaves(
                    value,
                    format!("{at}/{}", super::parse::pointer_part(key)),
                    found,
                );
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, format!("{at}/{index}"), found);
            }
        }
        leaf => found.push((at, leaf.clone())),
    }
}

/// The leaves of a document that are neither in the resume where they stood nor told of in the report.
fn lost(document: &Value, imported: &Imported) -> Vec<String> {
    let written = write(&imported.resume);
    let mut all = Vec::new();
    leaves(document, String::new(), &mut all);
    let told = |at: &str| {
        let within = |note: &str| {
            at == note
                || at
                    .strip_prefix(note)
                    .is_some_and(|rest| rest.starts_with('/'))
        };
        imported
            .report
            .iter()
            .any(|note| !note.at.is_empty() && within(&note.at))
    };
    let kept = |at: &str, leaf: &Value| {
        let empty = leaf.as_array().is_some_and(Vec::is_empty)
            || leaf.as_object().is_some_and(serde_json::Map::is_empty);
        let moved = imported
            .source
            .iter()
            .any(|s| s.at == at && written.pointer(&s.path) == Some(leaf));
        written.pointer(at) == Some(leaf) || moved || empty
    };
    all.iter()
        .filter(|(at, leaf)| !kept(at, leaf) && !told(at))
        .map(|(at, _)| at.clone())
        .collect()
}

#[track_caller]
fn noted(imported: &Imported, change: Change, at: &str) {
    let found = imported
        .report
        .iter()
        .any(|note| note.change == change && note.at == at);
    assert!(found, "{change:?} at {at} in {:#?}", imported.report);
}

#[test]
fn a_document_of_the_schema_is_read_without_a_note_and_written_valid() {
    let document: Value = serde_json::from_slice(include_bytes!("../../tests/mira.json")).unwrap();
    let imported = of(&document);
    assert_eq!(imported.report, []);
    assert_eq!(lost(&document, &imported), Vec::<String>::new());
    assert_eq!(problems(&write(&imported.resume)), []);
    assert_eq!(imported.resume.work[0].highlights.len(), 2);
    assert!(
        imported
            .source
            .iter()
            .any(|s| s.path == "/work/0/name" && s.text == "Tallvik Systems AB")
    );
}

#[test]
fn keys_from_before_1_0_are_renamed_and_told() {
    let document = json!({
        "basics": {"name": "Mira Holm", "picture": "https://mira.example/p.png", "website": "https://mira.example"},
        "work": [{"company": "Tallvik", "website": "https://tallvik.example", "position": "Intern"}],
        "education": [{"institution": "Nordhamn", "gpa": "4.6"}],
        "publications": [{"title": "Rooms", "details": "Short", "link": "https://journal.example"}]
    });
    let imported = of(&document);
    let resume = &imported.resume;
    assert_eq!(resume.basics.image, "https://mira.example/p.png");
    assert_eq!(resume.work[0].name, "Tallvik");
    assert_eq!(resume.education[0].score, "4.6");
    assert_eq!(resume.publications[0].name, "Rooms");
    assert_eq!(resume.publications[0].summary, "Short");
    noted(&imported, Change::Renamed, "/work/0/company");
    noted(&imported, Change::Renamed, "/publications/0/link");
    assert_eq!(lost(&document, &imported), Vec::<String>::new());
}

#[test]
fn empty_texts_and_nulls_are_left_out_and_told() {
    let document = json!({
        "basics": {"name": "Mira Holm", "label": null},
        "work": [{"name": "", "position": "Dev", "startDate": "", "endDate": ""}],
        "skills": [{"name": "", "keywords": ["", "C/C++"]}]
    });
    let imported = of(&document);
    assert_eq!(imported.resume.skills[0].keywords, ["C/C++"]);
    noted(&imported, Change::Empty, "/work/0/endDate");
    noted(&imported, Change::Empty, "/skills/0/keywords/0");
    assert_eq!(lost(&document, &imported), Vec::<String>::new());
}

#[test]
fn dates_in_other_spellings_are_normalised_and_others_kept() {
    let imported = with_basics(json!({"work": [
        {"startDate": "June 2023", "endDate": "Present"},
        {"startDate": "2020-01-01T00:00:00Z", "endDate": "soon"},
        {"dates": "Jan. 2019 – heute"},
        {"startDate": 2018, "endDate": "2017"}
    ]}));
    let work = &imported.resume.work;
    assert_eq!(work[0].start_date.unwrap().to_string(), "2023-06");
    assert_eq!(work[0].end_date, None);
    assert_eq!(work[1].start_date.unwrap().to_string(), "2020-01-01");
    assert_eq!(work[1].extra["endDate"], "soon");
    assert_eq!(work[2].start_date.unwrap().to_string(), "2019-01");
    noted(&imported, Change::Kept, "/work/1/endDate");
    noted(&imported, Change::Suspicious, "/work/3/endDate");
    assert_eq!(
        problems(&write(&imported.resume)),
        [],
        "what is no date is kept where the schema allows it"
    );
}

#[test]
fn countries_addresses_languages_and_joined_skills_are_put_right() {
    let document = json!({
        "basics": {"name": "Mira Holm", "url": "mira.example/cv", "location": {"countryCode": " Sverige"}},
        "languages": [{"language": "sv"}, {"language": "English", "value": 100}],
        "skills": [{"name": "Tools", "keywords": ["git, make", "AWS (EC2, S3)"]}]
    });
    let imported = of(&document);
    let resume = &imported.resume;
    assert_eq!(resume.basics.location.country_code, "SE");
    assert_eq!(resume.basics.url, "https://mira.example/cv");
    assert_eq!(resume.languages[0].language, "Swedish");
    assert_eq!(resume.languages[1].extra["value"], 100);
    assert_eq!(resume.skills[0].keywords, ["git", "make", "AWS (EC2, S3)"]);
    assert_eq!(lost(&document, &imported), Vec::<String>::new());
}

#[test]
fn unknown_keys_survive_a_round_trip_in_their_place() {
    let document = json!({
        "basics": {"name": "Mira Holm"},
        "work": [{"name": "G", "pinned": true, "x_roles": ["lead"], "jobLocation": "Gijón"}],
        "x_talks": [{"title": "T"}],
        "meta": {"theme": "plain", "note": "n"}
    });
    let imported = of(&document);
    let written = write(&imported.resume);
    for at in [
        "/work/0/pinned",
        "/work/0/x_roles",
        "/work/0/jobLocation",
        "/x_talks",
        "/meta",
    ] {
        assert_eq!(written.pointer(at), document.pointer(at), "{at}");
    }
    noted(&imported, Change::Kept, "/work/0/pinned");
}

#[test]
fn leftovers_of_the_sample_are_pointed_out_and_kept() {
    let imported = with_basics(json!({
        "projects": [{"name": "Miss Direction", "entity": "Smoogle"}],
        "references": [{"name": "Erlich Bachman", "reference": "It is my pleasure to recommend Richard, and more"}]
    }));
    noted(&imported, Change::Residue, "/projects/0/name");
    noted(&imported, Change::Residue, "/references/0/reference");
    assert_eq!(imported.resume.projects[0].entity, "Smoogle");
}

#[test]
fn bullets_within_a_summary_are_offered_and_move_when_accepted() {
    let imported = with_basics(
        json!({"work": [{"name": "G", "summary": "Kept it running.\n- did A\n- did B", "highlights": ["first"]}]}),
    );
    let mut resume = imported.resume.clone();
    assert!(
        resume.work[0].summary.contains("did A"),
        "nothing moves unasked"
    );
    let offer = imported
        .report
        .iter()
        .find_map(|note| note.offer.clone())
        .unwrap();
    assert!(offer.accept(&mut resume));
    let texts: Vec<&str> = resume.work[0]
        .highlights
        .iter()
        .map(|h| h.text.as_str())
        .collect();
    assert_eq!(texts, ["first", "did A", "did B"]);
    assert_eq!(resume.work[0].summary, "Kept it running.");
}

#[test]
fn sections_in_other_shapes_are_read() {
    let document = json!({
        "basics": {"name": "Mira Holm", "profiles": {"github": "https://github.com/mira"}, "location": "Göteborg, Sweden"},
        "skills": {"Languages": ["Rust", "Java"], "Tools": "git, make"},
        "languages": ["Swedish", "English"],
        "work": {"name": "Tallvik", "highlights": "- did A\n- did B"},
        "interests": [7, {"name": "Sailing"}],
        "education": 3
    });
    let imported = of(&document);
    let resume = &imported.resume;
    assert_eq!(resume.skills[1].keywords, ["git", "make"]);
    assert_eq!(resume.languages[1].language, "English");
    assert_eq!(resume.work[0].highlights[1].text, "did B");
    assert_eq!(resume.basics.location.country_code, "SE");
    assert_eq!(resume.basics.profiles[0].network, "github");
    assert_eq!(lost(&document, &imported), Vec::<String>::new());
    assert_eq!(problems(&write(resume)), []);
}

#[test]
fn a_key_that_stands_twice_is_told_with_the_value_that_gave_way() {
    let imported = read(br#"{"basics": {"name": "Mira", "name": "Mira Holm"}}"#).unwrap();
    assert_eq!(imported.resume.basics.name, "Mira Holm");
    noted(&imported, Change::Suspicious, "/basics/name");
}

#[test]
fn what_is_no_json_resume_is_refused_by_name() {
    let refused = |text: &str| match read(text.as_bytes()) {
        Err(ReadError::NotJsonResume(message)) => message,
        other => panic!("{text}: {other:?}"),
    };
    assert!(refused(r#"{"basic": {"name": "Mira"}}"#).contains("`basics`"));
    assert!(
        refused(r#"{"titleNameMap": {}, "profile": {}, "workExpList": []}"#).contains("visiky")
    );
    assert!(
        refused(r#"{"basics": {}, "sections": {}, "metadata": {}}"#).contains("Reactive Resume")
    );
    assert!(refused(r#"{"dependencies": {}, "version": "1"}"#).contains("npm"));
    assert!(refused("[1]").contains("list"));
    assert!(refused("{}").contains("empty"));
    assert!(matches!(
        read(b"{\"basics\": "),
        Err(ReadError::Damaged { .. })
    ));
    assert!(matches!(read(b"  "), Err(ReadError::Empty)));
    let deep = "[".repeat(100_000);
    assert!(matches!(
        read(deep.as_bytes()),
        Err(ReadError::Damaged { .. })
    ));
}

#[test]
fn every_leaf_of_real_deviations_is_kept_or_reported() {
    let Some(folder) = testing::shared("resumes/json-resume") else {
        return;
    };
    let mut seen = 0;
    for inner in ["deviations", "sample-data", "schema", "schema/examples"] {
        for path in testing::files(&folder.join(inner), ".json") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if ["schema.json", "job-schema.json", "sample.job.json"].contains(&name.as_str()) {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let document: Value = serde_json::from_slice(&bytes).unwrap();
            seen += 1;
            match read(&bytes) {
                Ok(imported) => {
                    assert_eq!(lost(&document, &imported), Vec::<String>::new(), "{name}");
                    assert_eq!(problems(&write(&imported.resume)), [], "{name}");
                    let again = of(&write(&imported.resume));
                    assert_eq!(again.resume, imported.resume, "{name}");
                }
                Err(error) => {
                    assert!(
                        name.starts_with("14") || name.starts_with("15"),
                        "{name}: {error}"
                    );
                }
            }
        }
    }
    println!("{seen} files, every leaf kept or reported");
    assert!(seen >= 20);
}

#[test]
fn the_schemas_own_units_are_judged_as_they_say() {
    let Some(folder) = testing::shared("resumes/json-resume/units") else {
        return;
    };
    for path in testing::files(&folder, ".json") {
        let units: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for (name, unit) in units
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, unit)| unit.is_object())
        {
            let valid = problems(unit).is_empty();
            let small = name.to_lowercase();
            assert_eq!(
                valid,
                !small.contains("invalid"),
                "{name} of {}",
                path.display()
            );
            let _ = read(unit.to_string().as_bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn our_own_export_read_again_equals_the_resume(resume in testing::resume()) {
        let written = write(&resume);
        prop_assert_eq!(problems(&written), vec![]);
        let imported = of(&written);
        prop_assert_eq!(&imported.resume, &resume);
        prop_assert_eq!(imported.report, vec![]);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,80}") {
        let _ = read(&bytes);
        let _ = read(text.as_bytes());
        let _ = read(format!("{{\"basics\":{{\"name\":\"{text}\"}}}}").as_bytes());
    }
}

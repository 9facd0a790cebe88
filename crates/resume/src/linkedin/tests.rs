//! Exports of LinkedIn, whole, in parts, and hostile.

use std::io::Write;

use crate::report::{Change, Kind};
use crate::testing::zip_of;
use crate::{ReadError, read};

const POSITIONS: &str = "Company Name,Title,Description,Location,Started On,Finished On\n\
    Tallvik Systems AB,Backend Engineering Intern,\"Tracking.\n- Wrote a REST endpoint\n- Cut the import\",\"Göteborg, Sweden\",Jun 2025,Aug 2025\n\
    Nordhamn University,Teaching Assistant,,,Sep 2025,\n";

fn export() -> Vec<u8> {
    zip_of(&[
        (
            "Profile.csv",
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n\
            Mira,Holm,,,,Computer science student,Likes databases,Software,411 03,\"Göteborg, Västra Götaland, Sweden\",[mira],[PERSONAL:https://mira.example],\n",
        ),
        ("Positions.csv", POSITIONS),
        (
            "Education.csv",
            "School Name,Start Date,End Date,Notes,Degree Name,Activities\nNordhamn University,2023,2026,,\"Bachelor of Science, Computer Science\",Sailing club\n",
        ),
        ("Skills.csv", "Name\nJava\nSQL\n"),
        (
            "Email Addresses.csv",
            "Email Address,Confirmed,Primary,Updated On\nold@mail.example,Yes,No,1/1/20\nmira.holm@mail.example,Yes,Yes,1/1/25\n",
        ),
        (
            "PhoneNumbers.csv",
            "Extension,Number,Type\n,+46 70 555 01 23,Mobile\n",
        ),
        (
            "Languages.csv",
            "Name,Proficiency\nSwedish,Native or bilingual proficiency\n",
        ),
        (
            "Certifications.csv",
            "Name,Url,Authority,Started On,Finished On,License Number\nSQL Associate,https://datahuset.example,Datahuset,Nov 2024,,77\n",
        ),
        ("Courses.csv", "Name,Number\nDatabases,DB1\n"),
        (
            "Honors.csv",
            "Title,Description,Issued On\nBest Project,For rooms,May 2025\n",
        ),
        ("Connections.csv", "First Name,Last Name\nA,B\n"),
    ])
}

#[test]
fn an_export_is_read_table_by_table() {
    let imported = read("Basic_LinkedInDataExport.zip", &export()).unwrap();
    let resume = &imported.resume;
    assert_eq!(imported.kind, Kind::LinkedIn);
    assert_eq!(resume.basics.name, "Mira Holm");
    assert_eq!(resume.basics.email, "mira.holm@mail.example");
    assert_eq!(resume.basics.url, "https://mira.example");
    assert_eq!(resume.basics.location.country_code, "SE");
    assert_eq!(resume.work[0].start_date.unwrap().to_string(), "2025-06");
    assert_eq!(resume.work[1].end_date, None);
    assert_eq!(
        (
            resume.education[0].study_type.as_str(),
            resume.education[0].area.as_str()
        ),
        ("Bachelor of Science", "Computer Science")
    );
    assert_eq!(resume.education[0].courses, ["DB1 - Databases"]);
    assert_eq!(resume.skills[0].keywords, ["Java", "SQL"]);
    assert_eq!(resume.certificates[0].extra["License Number"], "77");
    assert_eq!(resume.awards[0].date.unwrap().to_string(), "2025-05");
    let told = |change: Change, words: &str| {
        imported
            .report
            .iter()
            .any(|n| n.change == change && n.message.contains(words))
    };
    assert!(told(Change::File, "Connections.csv"));
    assert!(told(Change::Kept, "old@mail.example"));
    assert!(told(Change::Offered, "bullets"));
    assert!(
        imported
            .source
            .iter()
            .any(|s| s.path == "/work/0/name" && s.at == "Positions.csv, row 2, Company Name")
    );
}

#[test]
fn a_single_table_is_known_by_its_columns() {
    let imported = read("jobs.csv", POSITIONS.as_bytes()).unwrap();
    assert_eq!(imported.resume.work.len(), 2);
}

#[test]
fn a_zip_bomb_is_refused_and_other_zips_are_named() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file("Positions.csv", zip::write::SimpleFileOptions::default())
        .unwrap();
    for _ in 0..80 {
        writer.write_all(&vec![b'a'; 1024 * 1024]).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < 200_000);
    assert!(matches!(
        read("export.zip", &bomb),
        Err(ReadError::Bomb { .. })
    ));
    let other = zip_of(&[("photo.txt", "x")]);
    assert!(matches!(
        read("export.zip", &other),
        Err(ReadError::Unsupported { .. })
    ));
    let whole = export();
    assert!(read("export.zip", &whole[..whole.len() / 2]).is_err());
}

//! Word documents: our own, changed, and hostile ones.

use proptest::prelude::*;

use super::{read, write};
use crate::report::Change;
use crate::{ReadError, testing};

#[test]
fn our_own_document_is_read_from_its_data() {
    let resume = testing::mira();
    let imported = read(&write(&resume)).unwrap();
    assert_eq!(imported.resume, resume);
    assert!(imported.text.contains("Tallvik Systems AB"));
}

#[test]
fn a_document_without_its_data_is_read_from_headings_and_lists() {
    let bytes = write(&testing::mira());
    let stripped = testing::without_parts(&bytes, "customXml");
    let imported = read(&stripped).unwrap();
    let resume = &imported.resume;
    assert_eq!(resume.basics.name, "Mira Holm");
    assert_eq!(resume.basics.email, "mira.holm@mail.example");
    let work: Vec<(&str, &str, usize)> = resume
        .work
        .iter()
        .map(|w| (w.name.as_str(), w.position.as_str(), w.highlights.len()))
        .collect();
    assert_eq!(
        work,
        [
            ("Tallvik Systems AB", "Backend Engineering Intern", 2),
            ("Café Lind", "Barista", 1),
            ("Nordhamn University", "Teaching Assistant", 1),
        ]
    );
    assert_eq!(resume.work[0].start_date.unwrap().to_string(), "2025-06");
    assert_eq!(resume.work[0].location, "Göteborg, Sweden");
    assert_eq!(resume.education[0].institution, "Nordhamn University");
    assert_eq!(resume.skills[0].keywords, ["Java", "Rust", "SQL"]);
    assert_eq!(resume.languages.len(), 2);
}

#[test]
fn a_changed_document_is_read_from_its_text_and_says_so() {
    let bytes = write(&testing::mira());
    let changed = testing::replaced(&bytes, "word/document.xml", "Barista", "Shift Lead");
    let imported = read(&changed).unwrap();
    assert_eq!(imported.resume.work[1].position, "Shift Lead");
    assert!(
        imported
            .report
            .iter()
            .any(|n| n.change == Change::File && n.message.contains("was changed"))
    );
}

#[test]
fn a_cut_or_empty_document_is_an_error() {
    let bytes = write(&testing::mira());
    for cut in [30, bytes.len() / 2, bytes.len() - 10] {
        assert!(read(&bytes[..cut]).is_err(), "{cut}");
    }
    let empty = testing::zip_of(&[("word/document.xml", "<w:document/>")]);
    assert!(matches!(
        crate::read("x.docx", &empty),
        Err(ReadError::Damaged { .. } | ReadError::NotAResume { .. })
    ));
}

#[test]
fn a_bomb_and_tables_within_tables_are_refused() {
    let large = " ".repeat(30_000_000);
    let bomb = testing::zip_of(&[("word/document.xml", &large)]);
    assert!(matches!(
        crate::read("x.docx", &bomb),
        Err(ReadError::Bomb { .. })
    ));
    let nested = format!(
        "<w:document><w:body>{}</w:body></w:document>",
        "<w:tbl><w:tr><w:tc>".repeat(50_000)
    );
    let deep = testing::zip_of(&[
        ("word/document.xml", &nested),
        ("[Content_Types].xml", "<Types/>"),
    ]);
    assert!(matches!(
        crate::read("x.docx", &deep),
        Err(ReadError::Bomb { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn our_own_document_read_again_equals_the_resume(resume in testing::resume()) {
        let imported = read(&write(&resume)).unwrap();
        prop_assert_eq!(imported.resume, resume);
    }
}

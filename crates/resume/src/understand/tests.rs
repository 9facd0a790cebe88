//! Documents in several languages and shapes, as text.

use crate::Resume;
use crate::report::Change;

fn read(text: &str) -> crate::Imported {
    crate::markdown::read(text.as_bytes()).unwrap()
}

fn jobs(resume: &Resume) -> Vec<String> {
    let date = |date: Option<crate::PartialDate>| date.map(|d| d.to_string()).unwrap_or_default();
    let each = resume.work.iter().map(|w| {
        format!(
            "{} @ {} | {} | {}..{}",
            w.position,
            w.name,
            w.location,
            date(w.start_date),
            date(w.end_date)
        )
    });
    each.collect()
}

#[test]
fn title_organisation_and_place_are_told_apart_in_any_order() {
    let text = "# Mira Holm\n\nmira.holm@mail.example\n\n## Experience\n\n\
        ### Backend Intern at Tallvik Systems\n\nJun 2025 – Aug 2025\n\n- did A\n\n\
        ### Café Lind, Göteborg | Barista | 2022 – 2024\n\n- did B\n\n\
        ### Teaching Assistant, Nordhamn University (Sep 2025 – Present), Remote\n\n- did C\n";
    assert_eq!(
        jobs(&read(text).resume),
        [
            "Backend Intern @ Tallvik Systems |  | 2025-06..2025-08",
            "Barista @ Café Lind | Göteborg | 2022..2024",
            "Teaching Assistant @ Nordhamn University | Remote | 2025-09..",
        ]
    );
}

#[test]
fn headings_are_known_in_other_languages() {
    let text = "# Jonas Brückner\n\njonas@mail.example\n\n## Beruflicher Werdegang\n\n### Werkstudent, Saalewerk GmbH\n\nApril 2024 – heute\n\n\
        ## Studium\n\n### Bachelor Informatik\n\nHochschule Merseburg, 2021 – 2025\n\n## Kenntnisse\n\nJava, SQL\n\n## Fremdsprachen\n\nEnglisch: C1\n";
    let resume = read(text).resume;
    assert_eq!(
        jobs(&resume),
        ["Werkstudent @ Saalewerk GmbH |  | 2024-04.."]
    );
    assert_eq!(
        (
            resume.education[0].study_type.as_str(),
            resume.education[0].institution.as_str()
        ),
        ("Bachelor", "Hochschule Merseburg")
    );
    assert_eq!(resume.languages[0].fluency, "C1");
    let text = "# 山田 花子\n\nhanako@mail.example\n\n## 職歴\n\n### 株式会社例 | インターン\n\n2025年4月〜現在\n\n- APIを実装\n\n## スキル\n\nGo、SQL\n";
    let resume = read(text).resume;
    assert_eq!(jobs(&resume), ["インターン @ 株式会社例 |  | 2025-04.."]);
    assert_eq!(resume.skills[0].keywords, ["Go", "SQL"]);
}

#[test]
fn a_section_that_has_no_place_is_kept_whole_and_told() {
    let text = "# Mira Holm\n\nmira@mail.example\n\n## Skills\n\nJava\n\n## Military Service\n\nRadio operator, 2020\n\n## Education\n\nBSc Computing, Nordhamn University, 2023\n";
    let imported = read(text);
    let kept = &imported.resume.extra["otherSections"][0];
    assert_eq!(kept["heading"], "Military Service");
    assert_eq!(kept["lines"][0], "Radio operator, 2020");
    assert!(
        imported
            .report
            .iter()
            .any(|n| n.change == Change::Kept && n.message.contains("Military Service"))
    );
}

#[test]
fn several_titles_under_one_organisation_share_its_name() {
    let text = "Mira Holm\nmira@mail.example\n\nEXPERIENCE\n\nTallvik Systems AB\nSoftware Engineer      2024 - 2025\n- did A\n\nSoftware Intern      2023 - 2024\n- did B\n";
    assert_eq!(
        jobs(&read(text).resume),
        [
            "Software Engineer @ Tallvik Systems AB |  | 2024..2025",
            "Software Intern @ Tallvik Systems AB |  | 2023..2024",
        ]
    );
}

#[test]
fn contacts_are_known_with_and_without_labels() {
    let text = "# Mira Holm\n\nE-Mail: mira@mail.example · Tel.: +46 70 555 01 23 · GitHub: miraholm · Adresse: Kanalgatan 4, 41103 Göteborg\n\n## Skills\n\nJava\n";
    let basics = read(text).resume.basics;
    assert_eq!(
        (basics.email.as_str(), basics.phone.as_str()),
        ("mira@mail.example", "+46 70 555 01 23")
    );
    assert_eq!(basics.profiles[0].url, "https://github.com/miraholm");
    assert_eq!(
        (
            basics.location.city.as_str(),
            basics.location.postal_code.as_str()
        ),
        ("Göteborg", "41103")
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_understood_or_refused(text in "(\\PC{0,30}\n){0,12}", words in "((# |## |- |)(Experience|Mira Holm|a@b.example|2020 - 2021|Intern, X|\t)\n){0,20}") {
        let _ = crate::markdown::read(text.as_bytes());
        let _ = crate::markdown::read(words.as_bytes());
    }
}

//! Dates in many spellings and languages.

use super::{Wording, find, is_present, month_year, range, range_text, single};

/// A range as `start..end`, `..` at the end for what goes on.
fn said(text: &str) -> String {
    let Some(range) = range(text) else {
        return "none".into();
    };
    let part = |date: Option<super::PartialDate>| date.map(|d| d.to_string()).unwrap_or_default();
    let end = if range.open {
        "now".into()
    } else {
        part(range.end)
    };
    format!("{}..{end}", part(range.start))
}

#[test]
fn ranges_are_understood_in_many_spellings_and_languages() {
    let cases = [
        ("Jan. 2024 – heute", "2024-01..now"),
        ("Mar 2021 - Present", "2021-03..now"),
        ("03/2022 - Present", "2022-03..now"),
        ("01/2019 – 02/2022", "2019-01..2022-02"),
        ("Sep. 2025 – Apr. 2026", "2025-09..2026-04"),
        ("(June 2020 to August 2020)", "2020-06..2020-08"),
        ("2019 – 2021", "2019..2021"),
        ("2019-2021", "2019..2021"),
        ("2019/20", "2019..2020"),
        ("2023 –", "2023..now"),
        ("seit März 2021", "2021-03..now"),
        ("depuis septembre 2022", "2022-09..now"),
        ("de janvier 2020 à mars 2021", "2020-01..2021-03"),
        ("enero de 2020 - actualidad", "2020-01..now"),
        ("desde março de 2019 até abril de 2020", "2019-03..2020-04"),
        ("gennaio 2018 – oggi", "2018-01..now"),
        ("2018.06 - 2020.01", "2018-06..2020-01"),
        ("2019年4月〜現在", "2019-04..now"),
        ("2019年4月 - 2021年3月", "2019-04..2021-03"),
        ("Jan – Mar 2024", "2024-01..2024-03"),
        ("May 1, 2020 - June 30, 2021", "2020-05-01..2021-06-30"),
        ("01.04.2020 – 31.03.2021", "2020-04-01..2021-03-31"),
        ("12. März 2020 bis 1. Mai 2020", "2020-03-12..2020-05-01"),
        ("06/23 - 08/23", "2023-06..2023-08"),
        ("Jun '23 — Aug '23", "2023-06..2023-08"),
        ("Summer 2024", "2024.."),
        ("Expected May 2027", "..2027-05"),
        ("2022 – Expected 2026", "2022..2026"),
        ("Июнь 2020 – настоящее время", "2020-06..now"),
        ("2024-06", "2024-06.."),
        ("September 2020", "2020-09.."),
    ];
    for (text, expected) in cases {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn what_holds_no_year_or_more_than_a_date_is_no_range() {
    for text in [
        "",
        "Present",
        "May",
        "12 - 15",
        "Python 3",
        "Room 2024 B",
        "RFC2119",
        "+1 (555) 010-2024x",
        "2024%",
        "$2000",
        "3.8/4.0",
        "Led 2024 planning",
        "List 2024",
    ] {
        assert_eq!(said(text), "none", "{text}");
    }
}

#[test]
fn a_range_is_found_within_a_line() {
    let line = "Software Engineer, Northwind (Mar 2021 – Present), Oslo";
    let found = find(line).unwrap();
    assert_eq!(&line[found.from..found.to], "Mar 2021 – Present");
    assert!(found.range.open);
    assert_eq!(find("Led a team of 2500 people"), None);
}

#[test]
fn a_day_that_could_be_a_month_is_known_to_the_year_only() {
    assert_eq!(
        single("03/04/2021").map(|d| d.to_string()).as_deref(),
        Some("2021")
    );
    assert_eq!(
        single("03/14/2021").map(|d| d.to_string()).as_deref(),
        Some("2021-03-14")
    );
    assert_eq!(
        single("14/03/2021").map(|d| d.to_string()).as_deref(),
        Some("2021-03-14")
    );
}

#[test]
fn dates_are_written_in_the_words_of_a_language() {
    let date = "2024-03-01".parse().unwrap();
    assert_eq!(month_year(date, Wording::English), "Mar 2024");
    assert_eq!(month_year(date, Wording::German), "März 2024");
    assert_eq!(
        range_text(Some(date), None, Wording::French),
        "mars 2024 – aujourd'hui"
    );
    assert_eq!(range_text(None, Some(date), Wording::Spanish), "mar. 2024");
    for wording in [
        Wording::English,
        Wording::German,
        Wording::French,
        Wording::Spanish,
        Wording::Portuguese,
    ] {
        for month in 1..=12 {
            let date = super::PartialDate::new(2024, Some(month), None).unwrap();
            let text = range_text(Some(date), None, wording);
            let read = range(&text).unwrap_or_else(|| panic!("{text} is read again"));
            assert_eq!((read.start, read.open), (Some(date), true), "{text}");
        }
        assert!(is_present(wording.present()));
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_searched_without_a_panic(text in "\\PC{0,60}", digits in "[0-9./ –-]{0,30}") {
        for text in [text, digits] {
            for found in super::find_all(&text) {
                proptest::prop_assert!(text.get(found.from..found.to).is_some());
            }
        }
    }
}

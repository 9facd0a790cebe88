//! The lines of the directory are in order, and choosing among them.

use std::collections::HashSet;

use super::actions::directory_query;
use super::embedded::{EMPLOYERS, Line, employers, fields};
use super::model::{DirectoryQuery, Employer, Filter, Size};
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::sources::connector::BoardToken;
use crate::postings::sources::model::SourceKind;

/// Kinds of boards that lines name and that this version does not read yet.
const NOT_YET: [&str; 7] = [
    "bamboohr",
    "breezy",
    "recruitee",
    "rippling",
    "smartrecruiters",
    "workable",
    "workday",
];

fn lines() -> Vec<Line> {
    let read = |(number, line): (usize, &str)| {
        serde_json::from_str(line)
            .unwrap_or_else(|why| panic!("directory.jsonl, line {}: {why}", number + 1))
    };
    EMPLOYERS.lines().enumerate().map(read).collect()
}

#[test]
fn every_line_can_be_read_and_there_are_at_least_three_hundred() {
    assert!(lines().len() >= 300, "{} lines", lines().len());
}

#[test]
fn every_kind_of_board_is_one_that_cadet_reads() {
    for line in lines() {
        assert!(
            SourceKind::parse(&line.kind).is_some() || NOT_YET.contains(&line.kind.as_str()),
            "{}: there is no kind of board \"{}\"",
            line.name,
            line.kind
        );
    }
}

#[test]
fn every_board_is_named_as_its_kind_names_boards() {
    for line in lines() {
        let parts: Vec<&str> = line.board.split('/').collect();
        let fits = match line.kind.as_str() {
            "workday" => matches!(parts[..], [tenant, pod, site]
                if !tenant.is_empty() && pod.starts_with("wd") && pod[2..].parse::<u16>().is_ok() && !site.is_empty()),
            _ => BoardToken::parse(&line.board).is_ok_and(|token| token.token == line.board),
        };
        let clean = !line.board.contains(char::is_whitespace);
        assert!(
            fits && clean,
            "{}: \"{}\" is no name of a {} board",
            line.name,
            line.board,
            line.kind
        );
    }
}

#[test]
fn names_and_boards_stand_once_and_names_in_order() {
    let (mut names, mut boards) = (HashSet::new(), HashSet::new());
    let mut last = String::new();
    for line in lines() {
        let name = line.name.to_lowercase();
        assert!(last <= name, "{} stands in the wrong place", line.name);
        assert_eq!(
            line.name,
            line.name.trim(),
            "{} has blanks around",
            line.name
        );
        assert!(names.insert(name.clone()), "{} stands twice", line.name);
        let board = format!("{}:{}", line.kind, line.board).to_lowercase();
        assert!(
            boards.insert(board),
            "{}: its board stands twice",
            line.name
        );
        last = name;
    }
}

#[test]
fn countries_and_fields_are_known_and_stand_once() {
    let mut seen = HashSet::new();
    for line in lines() {
        assert!(!line.countries.is_empty(), "{} has no country", line.name);
        assert!(!line.fields.is_empty(), "{} has no field", line.name);
        let distinct: HashSet<&String> = line.countries.iter().chain(&line.fields).collect();
        assert_eq!(
            distinct.len(),
            line.countries.len() + line.fields.len(),
            "{} names something twice",
            line.name
        );
        for code in &line.countries {
            assert!(
                gazetteer().country_name(code).is_some(),
                "{}: {code} is no country",
                line.name
            );
        }
        for id in &line.fields {
            assert!(
                fields().iter().any(|field| field.id == id),
                "{}: fields.tsv has no {id}",
                line.name
            );
        }
        seen.extend(line.countries);
    }
    for code in [
        "US", "CA", "GB", "DE", "FR", "NL", "IE", "ES", "PT", "PL", "SE", "IN", "SG", "AU",
    ] {
        assert!(seen.contains(code), "nobody is in {code}");
    }
}

#[test]
fn every_field_is_used_and_they_are_in_order() {
    let used: HashSet<String> = lines().into_iter().flat_map(|line| line.fields).collect();
    let ids: Vec<&str> = fields().iter().map(|field| field.id).collect();
    assert!(ids.is_sorted());
    for id in ids {
        assert!(used.contains(id), "no employer has the field {id}");
    }
}

fn found(query: &DirectoryQuery) -> Vec<&'static Employer> {
    employers()
        .iter()
        .filter(|employer| query.fits(employer, None))
        .collect()
}

#[test]
fn values_of_one_filter_widen_and_further_filters_narrow() {
    let one = directory_query([("country", "de")]).unwrap();
    let two = directory_query([("country", "DE"), ("country", "FR")]).unwrap();
    let both = directory_query([("country", "DE"), ("field", "Fintech"), ("size", "m")]).unwrap();
    assert!(found(&two).len() > found(&one).len());
    assert!(found(&both).len() < found(&one).len());
    for employer in found(&both) {
        assert!(employer.countries.contains(&"DE".to_owned()));
        assert!(employer.fields.contains(&"fintech".to_owned()));
        assert_eq!(employer.size, Size::M);
    }
}

#[test]
fn a_name_is_found_by_a_part_of_it_in_any_case() {
    let first = &employers()[0];
    let part: String = first.name.chars().skip(1).collect();
    let query = directory_query([("name", part.to_uppercase().as_str())]).unwrap();
    assert!(found(&query).contains(&first));
}

#[test]
fn a_filter_that_is_left_out_of_account_does_not_narrow() {
    let query = directory_query([("country", "DE"), ("size", "M")]).unwrap();
    let without = employers()
        .iter()
        .filter(|employer| query.fits(employer, Some(Filter::Country)))
        .count();
    assert!(without > found(&query).len());
}

#[test]
fn empty_values_count_as_not_given_and_unknown_ones_are_named() {
    let query = directory_query([("country", ""), ("size", " "), ("field", "")]).unwrap();
    assert!(!query.is_narrowed());
    for (name, value, says) in [
        ("country", "Mars", "no code of a country"),
        ("size", "huge", "S, M, L or XL"),
        ("field", "knitting", "fintech"),
        ("colour", "red", "no filter"),
        ("page", "0", "numbered from 1"),
    ] {
        let told = directory_query([(name, value)]).unwrap_err().to_string();
        assert!(told.contains(says), "{told}");
    }
}

#[test]
fn the_parameters_of_a_choice_give_the_choice_again() {
    let pairs = [
        ("name", "a"),
        ("country", "DE"),
        ("country", "FR"),
        ("size", "L"),
        ("field", "games"),
    ];
    let query = directory_query(pairs).unwrap();
    let again = query.pairs();
    let again = directory_query(again.iter().map(|(name, value)| (*name, value.as_str())));
    assert_eq!(again.unwrap(), query);
}

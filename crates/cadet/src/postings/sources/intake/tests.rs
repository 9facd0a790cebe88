//! How long adding many boards takes, in which order they are read, and how that is said.

use super::model::{Stage, Wanted, first_reading_seconds, in_turns};
use super::pages::about;
use crate::postings::sources::model::SourceKind;
use crate::postings::sources::testing::address;

#[test]
fn the_estimate_grows_with_the_slowest_site_and_with_all_together() {
    let seconds = |greenhouse: usize, ashby: usize, slots: usize| {
        let kinds = std::iter::repeat_n(SourceKind::Greenhouse, greenhouse)
            .chain(std::iter::repeat_n(SourceKind::Ashby, ashby));
        first_reading_seconds(kinds, slots)
    };
    assert_eq!(seconds(0, 0, 4), 0);
    assert!(seconds(1, 0, 4) < 10);
    assert!(seconds(300, 0, 4) > seconds(30, 0, 4));
    // Two at once at one site, however many could be read.
    assert_eq!(seconds(0, 100, 4), seconds(0, 100, 64));
    // One at a time altogether.
    assert!(seconds(100, 100, 1) > seconds(100, 100, 4));
}

#[test]
fn sites_take_turns() {
    let wanted = |kind: SourceKind, name: &str| Wanted {
        address: address(kind, name),
        name: name.into(),
    };
    let order = in_turns(vec![
        wanted(SourceKind::Greenhouse, "a"),
        wanted(SourceKind::Greenhouse, "b"),
        wanted(SourceKind::Greenhouse, "c"),
        wanted(SourceKind::Lever, "d"),
        wanted(SourceKind::Ashby, "e"),
    ]);
    let names: Vec<&str> = order.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["a", "d", "e", "b", "c"]);
}

#[test]
fn lengths_of_time_are_said_as_roughly_as_they_are_known() {
    for (seconds, words) in [
        (0, "a few seconds"),
        (45, "about a minute"),
        (90, "about 2 minutes"),
        (301, "about 6 minutes"),
        (7_200, "about 2 hours"),
    ] {
        assert_eq!(about(seconds), words);
    }
}

#[test]
fn every_stage_is_read_back_as_it_was_stored() {
    for stage in [Stage::Waiting, Stage::Added, Stage::Known, Stage::Failed] {
        assert_eq!(Stage::parse(stage.name()), stage);
    }
    assert_eq!(Stage::parse("of a newer version"), Stage::Failed);
}

//! Cards as real programs write them: three versions, folded lines, quoted-printable, groups and labels, and the way back.

use super::*;
use crate::contacts::input::ContactParts;
use crate::contacts::model::ContactId;

/// A contact as an import would store it.
fn stored(card: &Card) -> Contact {
    let parts: ContactParts = card.input.parse().expect("it can be used");
    Contact {
        id: ContactId(1),
        uid: if card.uid.is_empty() {
            "urn:uuid:1".into()
        } else {
            card.uid.clone()
        },
        name: parts.name,
        mails: parts.mails,
        phones: parts.phones,
        links: parts.links,
        role: parts.role,
        company: parts.company,
        company_key: String::new(),
        met: parts.met,
        met_note: parts.met_note,
        notes: parts.notes,
        next_touch: None,
        last_touch_at: None,
        created_at: Timestamp(0),
        updated_at: Timestamp(1_795_453_440_000),
        other: card.other.clone(),
    }
}

fn one(text: &str) -> Card {
    let mut cards = read(text);
    assert_eq!(cards.problems, Vec::<String>::new());
    assert_eq!(cards.cards.len(), 1, "{cards:?}");
    cards.cards.remove(0)
}

const OLD: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:L=FCdeke;J=F6rg;;Dr.;\r\n\
FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Dr. J=F6rg L=FCdeke\r\n\
ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Nordlicht GmbH;Plattform=\r\n=20und=20Daten\r\n\
TITLE:Leiter Backend\r\nTEL;WORK;VOICE:+49 30 1234567\r\nTEL;CELL:+49 170 7654321\r\n\
EMAIL;INTERNET:joerg@privat.example\r\nEMAIL;PREF;INTERNET:j.luedeke@nordlicht.example\r\n\
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Messe in K=C3=B6ln=0D=0Azweite Zeile\r\nEND:VCARD\r\n";

const APPLE: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//macOS 14//EN\r\nN:Okafor;Mira;;;\r\nFN:Mira Okafor\r\n\
ORG:Northlight\\, Inc.;Payments;\r\nTITLE:Engineering manager\r\nEMAIL;type=INTERNET;type=WORK;type=pref:mira@northlight.example\r\n\
TEL;type=CELL;type=VOICE:(415) 555-0132\r\nitem1.URL;type=pref:https://mira.example/about\r\nitem1.X-ABLabel:_$!<HomePage>!$_\r\n\
X-SOCIALPROFILE;type=linkedin:https://www.linkedin.example/in/mira-okafor\r\n\
ADR;type=WORK:;;1 Harbour Street;San Francisco;CA;94105;USA\r\nBDAY:1988-04-02\r\nCATEGORIES:mentors,java\r\n\
NOTE:Talked about\\nqueues\\; likes a lo\r\n ng walk.\r\nEND:VCARD\r\n";

const NEW: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r\nFN:Zoë Αλεξίου\r\n\
EMAIL;PREF=2:zoe@home.example\r\nEMAIL;PREF=1;TYPE=work:zoe@brookline.example\r\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+30-21-0555-0100\r\n\
ROLE:Mentor\r\nLANG;PREF=1:el\r\nGEO:geo:37.97,23.72\r\nEND:VCARD\r\n";

#[test]
fn an_old_card_with_quoted_printable_in_two_charsets_is_understood() {
    let card = one(OLD);
    assert_eq!(card.input.name, "Dr. Jörg Lüdeke");
    assert_eq!(card.input.company, "Nordlicht GmbH");
    assert_eq!(card.input.role, "Leiter Backend");
    assert_eq!(
        card.input.mails,
        ["j.luedeke@nordlicht.example", "joerg@privat.example"]
    );
    assert_eq!(card.input.phones, ["+49 30 1234567", "+49 170 7654321"]);
    let notes = card.input.parse().expect("it can be used").notes;
    assert_eq!(notes, "Messe in Köln\nzweite Zeile");
}

#[test]
fn a_card_with_groups_labels_and_folded_lines_is_understood() {
    let card = one(APPLE);
    assert_eq!(card.input.company, "Northlight, Inc.");
    assert_eq!(
        card.input.links,
        [
            "https://mira.example/about",
            "https://www.linkedin.example/in/mira-okafor"
        ]
    );
    assert_eq!(card.input.notes, "Talked about\nqueues; likes a long walk.");
}

#[test]
fn the_preferred_address_comes_first_and_a_number_is_a_number() {
    let card = one(NEW);
    assert_eq!(card.uid, "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1");
    assert_eq!(
        card.input.mails,
        ["zoe@brookline.example", "zoe@home.example"]
    );
    assert_eq!(card.input.phones, ["+30-21-0555-0100"]);
    assert_eq!(card.input.name, "Zoë Αλεξίου");
}

#[test]
fn what_is_written_is_read_again_the_same_in_both_versions() {
    for source in [OLD, APPLE, NEW] {
        let contact = stored(&one(source));
        for version in [VCardVersion::V4_0, VCardVersion::V3_0] {
            let text = write(std::slice::from_ref(&contact), version);
            assert!(
                text.lines().all(|line| line.len() <= 76),
                "a line is not folded: {text}"
            );
            let again = stored(&one(&text));
            let fields = |one: &Contact| {
                let uid = one.uid.clone();
                (uid, ContactParts::of(one))
            };
            assert_eq!(fields(&again), fields(&contact), "{version}: {text}");
        }
    }
}

#[test]
fn what_no_field_holds_is_kept_and_written_again() {
    let contact = stored(&one(APPLE));
    let text = write(std::slice::from_ref(&contact), VCardVersion::V4_0);
    let unfolded = text.replace("\r\n ", "");
    for part in [
        "Harbour Street",
        "X-ABLABEL",
        "CATEGORIES:mentors,java",
        "Payments",
        "BDAY",
    ] {
        assert!(
            unfolded.to_uppercase().contains(&part.to_uppercase()),
            "{part}: {unfolded}"
        );
    }
    let again = stored(&one(&text));
    assert_eq!(
        write(&[again], VCardVersion::V4_0),
        text,
        "a second way round changes nothing"
    );
}

#[test]
fn a_kept_line_goes_with_its_value() {
    let mut contact = stored(&one(APPLE));
    contact.mails = vec!["new@northlight.example".into()];
    contact.other = lines_after(&contact.other, true, true);
    let text = write(&[contact], VCardVersion::V4_0);
    assert!(!text.contains("mira@northlight.example"), "{text}");
    assert!(
        !text.contains("Payments"),
        "the department went with the company: {text}"
    );
}

#[test]
fn many_cards_of_one_file_are_read_and_a_broken_one_loses_no_other() {
    let text = format!(
        "{APPLE}\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n{NEW}BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut o"
    );
    let cards = read(&text);
    let names: Vec<&str> = cards
        .cards
        .iter()
        .map(|card| card.input.name.as_str())
        .collect();
    assert_eq!(names, ["Mira Okafor", "Zoë Αλεξίου"]);
    assert_eq!(cards.problems.len(), 2, "{:?}", cards.problems);
}

#[test]
fn a_card_without_a_written_name_gets_the_best_that_it_has() {
    let parts = one("BEGIN:VCARD\nVERSION:3.0\nN:Vale;Jon;Q.;;\nEND:VCARD\n");
    assert_eq!(parts.input.name, "Jon Q. Vale");
    let company = one("BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:\nORG:Brookline\nEND:VCARD\n");
    assert_eq!(company.input.name, "Brookline");
}

#[test]
fn no_bytes_make_the_reader_fail() {
    for text in [
        "",
        "BEGIN:VCARD",
        "\u{feff}BEGIN:VCARD\r\nEND:VCARD",
        "END:VCARD\n:::;;=\n",
        "BEGIN:VCALENDAR\nEND:VCALENDAR",
    ] {
        assert_eq!(read(text).cards, [], "{text:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_of_a_field_survives_the_way_through_a_file(name in "[A-Za-z][A-Za-z0-9 ,;:\\\\\"äλ語-]{0,60}", notes in "[ -~\n]{0,200}") {
        let input = ContactInput { name: format!("A{name}z"), notes, ..ContactInput::default() };
        let card = Card { input: ContactInput::of(&stored(&Card { input, ..Card::default() })), ..Card::default() };
        let contact = stored(&card);
        for version in [VCardVersion::V4_0, VCardVersion::V3_0] {
            let again = stored(&one(&write(std::slice::from_ref(&contact), version)));
            proptest::prop_assert_eq!(ContactParts::of(&again), ContactParts::of(&contact));
        }
    }
}

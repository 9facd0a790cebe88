//! Packing: a source's record, compressed against the text that its posting stores anyway, which it mostly repeats.
//!
//! A packed record is a zstd frame. One that was compressed against a text has a byte in front that no frame begins with,
//! and is only read with that same text: before the text is replaced, [`alone`] makes it independent of it.

use std::cell::RefCell;

use zstd::zstd_safe::{CCtx, compress_bound, get_error_name};

use super::sources::model::RawPosting;
use crate::error::{Error, Result};

/// zstd's fastest ordinary level: records are small and read rarely.
const LEVEL: i32 = 1;
/// First byte of what was compressed against a text; a zstd frame begins with 0x28.
const AGAINST_TEXT: u8 = 1;

/// Packs a record's JSON; `text` is the posting's description as it is stored, HTML, and may be empty.
///
/// # Errors
/// [`Error::Internal`] when zstd refuses, as without memory.
pub fn pack(json: &[u8], text: &str) -> Result<Vec<u8>> {
    thread_local! {
        // Making a context costs more than a record.
        static CONTEXT: RefCell<Option<CCtx<'static>>> = const { RefCell::new(None) };
    }
    let mut frame = Vec::with_capacity(compress_bound(json.len()));
    CONTEXT
        .with_borrow_mut(|context| {
            context
                .get_or_insert_with(CCtx::create)
                .compress_using_dict(&mut frame, json, text.as_bytes(), LEVEL)
        })
        .map_err(|code| Error::internal(get_error_name(code)))?;
    let mut packed = Vec::with_capacity(frame.len() + 1);
    packed.extend((!text.is_empty()).then_some(AGAINST_TEXT));
    packed.extend_from_slice(&frame);
    Ok(packed)
}

/// The record of packed bytes; `text` is the posting's description as it is stored, HTML.
///
/// # Errors
/// [`Error::Internal`] when the bytes are damaged or belong to another text.
pub fn unpack(packed: &[u8], text: &str) -> Result<RawPosting> {
    serde_json::from_slice(&json(packed, text)?).map_err(Error::internal)
}

/// The same record packed without `text`, which is about to be replaced. `None` when it does not need that text.
///
/// # Errors
/// [`Error::Internal`] when the bytes are damaged or belong to another text.
pub fn alone(packed: &[u8], text: &str) -> Result<Option<Vec<u8>>> {
    if packed.first() != Some(&AGAINST_TEXT) {
        return Ok(None);
    }
    let json = json(packed, text)?;
    serde_json::from_slice::<serde::de::IgnoredAny>(&json).map_err(Error::internal)?;
    pack(&json, "").map(Some)
}

fn json(packed: &[u8], text: &str) -> Result<Vec<u8>> {
    let (frame, dictionary) = match packed.split_first() {
        Some((&AGAINST_TEXT, frame)) => (frame, text.as_bytes()),
        _ => (packed, &[][..]),
    };
    let mut decoder = zstd::Decoder::with_dictionary(frame, dictionary).map_err(Error::internal)?;
    let mut json = Vec::new();
    std::io::Read::read_to_end(&mut decoder, &mut json).map_err(Error::internal)?;
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::super::sources::model::RawText;
    use super::*;

    const TEXT: &str =
        "<p>You build <b>services</b> in Rust and keep them running, with a mentor beside you.</p>";

    fn record() -> RawPosting {
        RawPosting {
            external_id: "7".into(),
            title: "Backend \"Intern\"".into(),
            description: Some(RawText::Html(TEXT.replace("<p>", "<p class=\"lead\">"))),
            ..RawPosting::default()
        }
    }

    fn bytes() -> Vec<u8> {
        serde_json::to_vec(&record()).unwrap()
    }

    #[test]
    fn a_record_comes_back_with_the_text_that_it_was_packed_against() {
        let packed = pack(&bytes(), TEXT).unwrap();
        assert_eq!(unpack(&packed, TEXT).unwrap(), record());
    }

    #[test]
    fn a_record_without_a_text_comes_back_whatever_the_text_is_later() {
        let packed = pack(&bytes(), "").unwrap();
        assert_eq!(unpack(&packed, TEXT).unwrap(), record());
        assert_eq!(alone(&packed, TEXT).unwrap(), None);
    }

    #[test]
    fn what_the_text_says_takes_no_room_again() {
        let text = "<p>Wir suchen ab März eine Praktikantin für unser Team in Lübeck.</p>\n<p>Mitbringen sollten Sie \
                    Freude am Lesen fremder Programme, erste Schritte mit Datenbanken &amp; Git, und Geduld.</p>";
        let record = RawPosting {
            description: Some(RawText::Html(text.into())),
            ..record()
        };
        let json = serde_json::to_vec(&record).unwrap();
        let (with, without) = (pack(&json, text).unwrap(), pack(&json, "").unwrap());
        let saved = without.len() - with.len();
        assert!(
            saved > text.len() / 2,
            "{} and {} bytes",
            with.len(),
            without.len()
        );
    }

    #[test]
    fn a_record_outlives_its_text_once_it_stands_alone() {
        let packed = pack(&bytes(), TEXT).unwrap();
        let alone = alone(&packed, TEXT).unwrap().unwrap();
        assert_eq!(unpack(&alone, "").unwrap(), record());
        assert_eq!(unpack(&alone, "<p>Another text.</p>").unwrap(), record());
    }

    #[test]
    fn another_text_and_damage_are_errors() {
        let packed = pack(&bytes(), TEXT).unwrap();
        let other = TEXT.replace("services", "machines");
        for (bytes, text) in [
            (&packed[..], ""),
            (&packed[..9], TEXT),
            (b"{}", TEXT),
            (b"", TEXT),
        ] {
            assert!(unpack(bytes, text).is_err(), "{bytes:?} with {text:?}");
        }
        assert!(alone(&packed, "").is_err());
        // zstd does not see that the text is of the same length but another; the record then says so.
        assert_ne!(unpack(&packed, &other).ok(), Some(record()));
    }
}

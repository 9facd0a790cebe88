//! Packing: what says nearly the same as a text that is stored anyway, compressed against that text. A posting's HTML is
//! packed against its plain text, and what a source told of it against its HTML.
//!
//! What is packed is a zstd frame. One that was compressed against a text has a byte in front that no frame begins with,
//! and is only read with that same text: before the text is replaced, [`alone`] makes it independent of it.

use std::cell::RefCell;

use zstd::zstd_safe::{CCtx, DCtx, compress_bound, get_error_name, get_frame_content_size};

use super::sources::model::RawPosting;
use crate::error::{Error, Result};

/// zstd's fastest ordinary level: what is packed is small and read rarely.
const LEVEL: i32 = 1;
/// First byte of what was compressed against a text; a zstd frame begins with 0x28.
const AGAINST_TEXT: u8 = 1;
/// More bytes than anything that is packed has; a frame that promises more is damaged.
const MOST: u64 = 1 << 28;

thread_local! {
    // Making a context costs more than compressing a record.
    static COMPRESSOR: RefCell<CCtx<'static>> = RefCell::new(CCtx::create());
    static DECOMPRESSOR: RefCell<DCtx<'static>> = RefCell::new(DCtx::create());
}

/// Packs `content`; `text`, which may be empty, is what it will be read with.
///
/// # Errors
/// [`Error::Internal`] when zstd refuses, as without memory.
pub fn pack(content: &[u8], text: &str) -> Result<Vec<u8>> {
    let mut frame = Vec::with_capacity(compress_bound(content.len()));
    COMPRESSOR
        .with_borrow_mut(|context| {
            context.compress_using_dict(&mut frame, content, text.as_bytes(), LEVEL)
        })
        .map_err(|code| Error::internal(get_error_name(code)))?;
    let mut packed = Vec::with_capacity(frame.len() + 1);
    packed.extend((!text.is_empty()).then_some(AGAINST_TEXT));
    packed.extend_from_slice(&frame);
    Ok(packed)
}

/// What was packed; `text` is what it was packed against, if it was packed against any.
///
/// # Errors
/// [`Error::Internal`] when the bytes are damaged.
pub fn unpack(packed: &[u8], text: &str) -> Result<Vec<u8>> {
    let (frame, dictionary) = match packed.split_first() {
        Some((&AGAINST_TEXT, frame)) => (frame, text.as_bytes()),
        _ => (packed, &[][..]),
    };
    let length = get_frame_content_size(frame).ok().flatten();
    let length = length.filter(|length| *length <= MOST);
    let length = length.ok_or_else(|| Error::internal("what is packed does not say its length"))?;
    let mut content = Vec::with_capacity(usize::try_from(length).map_err(Error::internal)?);
    DECOMPRESSOR
        .with_borrow_mut(|context| context.decompress_using_dict(&mut content, frame, dictionary))
        .map_err(|code| Error::internal(get_error_name(code)))?;
    Ok(content)
}

/// The HTML of a posting of which `text` is the plain text.
///
/// # Errors
/// [`Error::Internal`] when the bytes are damaged or belong to another text.
pub fn markup(packed: &[u8], text: &str) -> Result<String> {
    String::from_utf8(unpack(packed, text)?).map_err(Error::internal)
}

/// What a source told of a posting of which `html` is the HTML.
///
/// # Errors
/// [`Error::Internal`] when the bytes are damaged or belong to another text.
pub fn record(packed: &[u8], html: &str) -> Result<RawPosting> {
    serde_json::from_slice(&unpack(packed, html)?).map_err(Error::internal)
}

/// The same record packed without `html`, which is about to be replaced. `None` when it does not need that text.
///
/// # Errors
/// [`Error::Internal`] when the bytes are damaged or belong to another text.
pub fn alone(packed: &[u8], html: &str) -> Result<Option<Vec<u8>>> {
    if packed.first() != Some(&AGAINST_TEXT) {
        return Ok(None);
    }
    let json = unpack(packed, html)?;
    serde_json::from_slice::<serde::de::IgnoredAny>(&json).map_err(Error::internal)?;
    pack(&json, "").map(Some)
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
        assert_eq!(super::record(&packed, TEXT).unwrap(), record());
    }

    #[test]
    fn a_record_without_a_text_comes_back_whatever_the_text_is_later() {
        let packed = pack(&bytes(), "").unwrap();
        assert_eq!(super::record(&packed, TEXT).unwrap(), record());
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
        assert_eq!(super::record(&alone, "").unwrap(), record());
        assert_eq!(
            super::record(&alone, "<p>Another text.</p>").unwrap(),
            record()
        );
    }

    #[test]
    fn html_comes_back_with_its_plain_text() {
        let plain = "You build services in Rust and keep them running, with a mentor beside you.";
        for (html, text) in [
            (TEXT, plain),
            (TEXT, ""),
            ("", plain),
            ("", ""),
            ("<p>ß</p>", "ß"),
        ] {
            let packed = pack(html.as_bytes(), text).unwrap();
            assert_eq!(markup(&packed, text).unwrap(), html);
        }
    }

    #[test]
    fn a_frame_that_promises_more_than_there_can_be_takes_no_memory() {
        // Magic number, a header with a length of eight bytes and one segment, and that length.
        let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0b1110_0000];
        frame.extend((u64::MAX >> 8).to_le_bytes());
        assert!(unpack(&frame, "").is_err());
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
            assert!(
                super::record(bytes, text).is_err(),
                "{bytes:?} with {text:?}"
            );
        }
        assert!(alone(&packed, "").is_err());
        // zstd does not see that the text is of the same length but another; the record then says so.
        assert_ne!(super::record(&packed, &other).ok(), Some(record()));
    }
}

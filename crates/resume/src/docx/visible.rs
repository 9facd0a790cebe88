//! The visible text of a document, and its hash.

use quick_xml::Reader;
use quick_xml::events::Event;
use sha2::{Digest, Sha256};

use crate::{ReadError, limits};

/// The hash of a text: SHA-256 in hexadecimal of its characters without spaces, since programs break and space text as they like.
pub fn hash(text: &str) -> String {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digest = Sha256::digest(squeezed.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Refuses XML that nests or goes on without end, which a library that follows it would not bear.
///
/// # Errors
///
/// [`ReadError::Bomb`] naming the part.
pub fn check(part: &str, xml: &[u8]) -> Result<(), ReadError> {
    let source = crate::detect::decode(xml);
    let mut reader = Reader::from_str(&source);
    let mut depth = 0_usize;
    for _ in 0..limits::XML_EVENTS * 4 {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            // What is no XML is told by the reader itself.
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        if depth > limits::XML_DEPTH * 2 {
            break;
        }
    }
    Err(ReadError::Bomb {
        what: part.to_owned(),
    })
}

/// The text of the main part of a document, in the order of the file; none for what is no XML.
pub fn text(xml: &[u8]) -> Option<String> {
    let source = crate::detect::decode(xml);
    let mut reader = Reader::from_str(&source);
    let mut text = String::new();
    let mut inside = false;
    for _ in 0..limits::XML_EVENTS * 4 {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == "t" => inside = true,
            Event::End(tag) if tag.local_name().as_ref() == "t" => inside = false,
            Event::End(tag) if tag.local_name().as_ref() == "p" => text.push('\n'),
            Event::Text(part) if inside => text.push_str(&part),
            Event::GeneralRef(name) if inside => text.push_str(&crate::europass::entity(&name)),
            Event::CData(part) if inside => text.push_str(&part),
            Event::Eof => return Some(text),
            _ => {}
        }
    }
    None
}

//! The part of a document that holds the resume as data.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::visible;
use crate::Resume;
use crate::archive::Archive;

/// The name of its root element.
const ROOT: &str = "resumeData";

/// The part for a resume whose document shows this text.
pub fn part(resume: &Resume, text: &str) -> String {
    let json = ascii(&crate::json::write(resume).to_string());
    format!(
        "<{ROOT} version=\"1\" sha256=\"{}\">{json}</{ROOT}>",
        visible::hash(text)
    )
}

/// JSON in letters that no XML program changes.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && !c.is_ascii_control() && !"<>&".contains(c) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

/// What the part of our own says.
pub enum Own {
    /// The document has none.
    Absent,
    /// The text was changed after it was written.
    Changed,
    /// The resume.
    Fits(Box<crate::Imported>),
}

/// Looks for the part, and whether it still says what the text says.
pub fn find(archive: &mut Archive<'_>, document: &[u8]) -> Own {
    for number in 1..=20 {
        let Ok(Some(part)) = archive.read(&format!("customXml/item{number}.xml")) else {
            continue;
        };
        let Some((hash, json)) = content(&part) else {
            continue;
        };
        let text = visible::text(document).unwrap_or_default();
        if visible::hash(&text) != hash {
            return Own::Changed;
        }
        if let Ok(imported) = crate::json::read(json.as_bytes()) {
            return Own::Fits(Box::new(imported));
        }
    }
    Own::Absent
}

/// The hash and the data of our part; none for another one.
fn content(part: &[u8]) -> Option<(String, String)> {
    let source = crate::detect::decode(part);
    let mut reader = Reader::from_str(&source);
    let mut hash = None;
    let mut json = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == ROOT => {
                let value = tag.try_get_attribute("sha256").ok()??;
                hash = Some(value.value.into_owned());
            }
            Event::Start(_) if hash.is_none() => return None,
            Event::Text(text) if hash.is_some() => json.push_str(&text),
            Event::GeneralRef(name) if hash.is_some() => {
                json.push_str(&crate::europass::entity(&name))
            }
            Event::End(_) | Event::Eof => break,
            _ => {}
        }
    }
    Some((hash?, json))
}

//! From the bytes of a JSON file to a resume with a report.

use serde_json::{Map, Value};

use super::fields::{Fields, Reading};
use super::schema::ROOT;
use super::{extension, foreign, parse, sections};
use crate::report::{Change, Imported, Kind};
use crate::{ReadError, limits};

/// Reads a JSON Resume.
///
/// # Errors
///
/// [`ReadError::Damaged`] with line and column for what is no JSON, [`ReadError::NotJsonResume`] for JSON of another format, which
/// is named where it is known, and [`ReadError::TooLarge`].
pub fn read(bytes: &[u8]) -> Result<Imported, ReadError> {
    if bytes.len() > limits::JSON_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len() });
    }
    let text = crate::detect::decode(bytes);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let (value, twice) = parse::parse(text.trim()).map_err(|error| ReadError::Damaged {
        kind: "JSON",
        problem: error.to_string(),
    })?;
    let root = object(value)?;
    let own = extension::last_number(&root);
    let mut reading = Reading {
        own: own.is_some(),
        ..Reading::default()
    };
    for (at, earlier) in twice {
        let message =
            format!("this key stands twice; the first value was {earlier}, the last one is used");
        reading.note(Change::Suspicious, &at, &at, message);
    }
    let mut imported = Imported::new(Kind::Json);
    imported.own = own.is_some();
    imported.resume = resume(&mut reading, root, own);
    imported.report = reading.notes;
    imported.source = reading.source;
    imported.text = text;
    number(&mut imported);
    Ok(imported)
}

/// The object of a document, when there is anything of JSON Resume in it.
fn object(value: Value) -> Result<Map<String, Value>, ReadError> {
    let found = match value {
        Value::Object(root) => {
            let some = ROOT.keys.iter().any(|key| root.contains_key(key.name))
                || root.contains_key("$schema");
            let other = foreign::named(&root).is_some()
                || (root.contains_key("basic") && !root.contains_key("basics"));
            if some && !other {
                return Ok(root);
            }
            return Err(ReadError::NotJsonResume(foreign::refusal(&root)));
        }
        Value::Array(_) => "a list",
        Value::String(_) => "a text",
        _ => "a single value",
    };
    Err(ReadError::NotJsonResume(format!(
        "this JSON is {found}, and a JSON Resume is an object with `basics`, `work` and other sections"
    )))
}

fn resume(reading: &mut Reading, mut root: Map<String, Value>, own: Option<u32>) -> crate::Resume {
    if own.is_some() {
        root.remove(extension::MARK);
    }
    let fields = Fields::new(root, &ROOT, String::new(), String::new());
    let mut resume = sections::resume(reading, fields);
    resume.last_number = own.unwrap_or(0);
    resume
}

/// Gives ids, and gives them to the offers, which were made when the entries had none.
fn number(imported: &mut Imported) {
    use crate::report::Offer;
    imported.resume.number();
    let resume = &imported.resume;
    for note in &mut imported.report {
        let Some(Offer::Bullets { entry, .. }) = &mut note.offer else {
            continue;
        };
        let path = note.to.as_deref().unwrap_or_default();
        let mut parts = path.split('/').skip(1);
        let (section, index) = (
            parts.next(),
            parts.next().and_then(|part| part.parse::<usize>().ok()),
        );
        let index = index.unwrap_or(usize::MAX);
        let id = match section {
            Some("work") => resume.work.get(index).map(|entry| &entry.id),
            Some("volunteer") => resume.volunteer.get(index).map(|entry| &entry.id),
            Some("projects") => resume.projects.get(index).map(|entry| &entry.id),
            _ => None,
        };
        if let Some(id) = id {
            entry.clone_from(id);
        }
    }
}

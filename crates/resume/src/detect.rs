//! What a file is, by its content; its name only decides between kinds of text.

use crate::ReadError;
use crate::report::Kind;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detected {
    /// How it is read.
    pub kind: Kind,
    /// Whether its name promised another kind.
    pub misnamed: bool,
}

/// Works out what a file is.
///
/// # Errors
///
/// [`ReadError::Empty`], and [`ReadError::Unsupported`] naming what it is.
pub fn detect(name: &str, bytes: &[u8]) -> Result<Detected, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let kind = by_content(bytes, &suffix(name))?;
    Ok(Detected {
        kind,
        misnamed: promised(&suffix(name)).is_some_and(|promised| !promised.contains(&kind)),
    })
}

/// The ending of a file's name in small letters, without the point; empty when there is none.
pub fn suffix(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or("");
    file.rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase())
        .unwrap_or_default()
}

fn promised(suffix: &str) -> Option<&'static [Kind]> {
    Some(match suffix {
        "json" => &[Kind::Json],
        "pdf" => &[Kind::Pdf, Kind::Europass],
        "docx" | "docm" | "dotx" => &[Kind::Docx],
        "zip" | "csv" => &[Kind::LinkedIn],
        "xml" => &[Kind::Europass],
        "md" | "markdown" | "txt" | "text" => &[Kind::Markdown],
        _ => return None,
    })
}

fn by_content(bytes: &[u8], suffix: &str) -> Result<Kind, ReadError> {
    let unsupported = |found: &str| {
        Err(ReadError::Unsupported {
            found: found.to_owned(),
        })
    };
    // Some producers put a few bytes before the header of a PDF.
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return crate::archive::kind(bytes);
    }
    if let Some(found) = binary(bytes) {
        return unsupported(found);
    }
    let text = decode(head);
    let start = text.trim_start();
    if start.starts_with('{') || start.starts_with('[') || suffix == "json" {
        return Ok(Kind::Json);
    }
    if start.starts_with("{\\rtf") {
        return unsupported("RTF: save it as DOCX");
    }
    if start.starts_with('<') {
        let small = start.to_ascii_lowercase();
        if small.starts_with("<!doctype html") || small.starts_with("<html") {
            return unsupported("an HTML page: print it to PDF");
        }
        return Ok(Kind::Europass);
    }
    if suffix == "csv" || crate::linkedin::is_table(&text) {
        return Ok(Kind::LinkedIn);
    }
    if text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace())
        .count()
        * 50
        > text.chars().count()
    {
        return unsupported("a file of unknown binary content");
    }
    Ok(Kind::Markdown)
}

/// The name of a kind of file that is not read, by its first bytes.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNS: [(&[u8], &str); 12] = [
        (
            b"\xd0\xcf\x11\xe0",
            "a document of old Word (.doc) or an encrypted one: save it as DOCX without a password",
        ),
        (b"{\\rtf", "RTF: save it as DOCX"),
        (b"\x89PNG", "a picture (PNG)"),
        (b"\xff\xd8\xff", "a picture (JPEG)"),
        (b"GIF8", "a picture (GIF)"),
        (b"RIFF", "a picture or a sound"),
        (b"II*\0", "a picture (TIFF)"),
        (b"MM\0*", "a picture (TIFF)"),
        (b"\x1f\x8b", "a gzip archive: unpack it first"),
        (b"Rar!", "a RAR archive: unpack it first"),
        (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
        (b"\x7fELF", "a program"),
    ];
    SIGNS
        .iter()
        .find(|(sign, _)| bytes.starts_with(sign))
        .map(|(_, name)| *name)
}

/// Text of unknown encoding: UTF-8, UTF-16 with its mark, else Windows-1252.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[length..])
            .0
            .into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // A character cut at the end of a beginning is no other encoding.
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
        }
        Err(_) => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

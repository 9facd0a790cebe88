//! From bytes to text: which charset, and what if it is the wrong one.

use std::sync::LazyLock;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use regex::bytes::Regex;

/// How far into a document its own declaration is looked for, as browsers do.
const DECLARED_WITHIN: usize = 1024;

/// Decodes a body: a byte order mark wins, then the header's charset, then the document's own declaration, then UTF-8.
///
/// Never fails: what cannot be decoded becomes U+FFFD. Bytes that are called UTF-8 but plainly are not (more broken
/// characters than proper ones beyond ASCII) are read as windows-1252, which is what such pages nearly always are; and
/// bytes that are called Latin-1, as servers do by default, but are proper UTF-8 are read as that.
#[must_use]
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let encoding = content_type
        .and_then(charset_of)
        .or_else(|| declared(bytes))
        .unwrap_or(UTF_8);
    if encoding == WINDOWS_1252 && is_multibyte_utf8(bytes) {
        return UTF_8.decode_without_bom_handling(bytes).0.into_owned();
    }
    if encoding != UTF_8 {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let (text, broken) = UTF_8.decode_without_bom_handling(bytes);
    if broken && is_rather_windows_1252(bytes, &text) {
        return WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned();
    }
    text.into_owned()
}

/// The charset parameter of a `Content-Type`.
fn charset_of(content_type: &str) -> Option<&'static Encoding> {
    let parameter = content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Encoding::for_label(parameter.trim().trim_matches(['"', '\'']).as_bytes())
}

/// What an HTML `meta` element or an XML declaration says of itself.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?i-u)<(?:meta[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)"#,
        )
        .expect("the pattern is well-formed")
    });
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let found = DECLARATION.captures(head)?.get(1)?;
    // A document whose declaration can be read byte by byte is not UTF-16, whatever it says.
    Encoding::for_label(found.as_bytes()).map(Encoding::output_encoding)
}

/// Text of a single-byte charset is hardly ever proper UTF-8 by chance, once it has characters beyond ASCII.
fn is_multibyte_utf8(bytes: &[u8]) -> bool {
    !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()
}

fn is_rather_windows_1252(bytes: &[u8], decoded: &str) -> bool {
    let broken = decoded
        .chars()
        .filter(|c| *c == char::REPLACEMENT_CHARACTER)
        .count();
    let proper = decoded
        .chars()
        .filter(|c| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER)
        .count();
    // A zero byte is in no text of a single-byte charset, so such a body is something else altogether.
    broken > proper && !bytes.contains(&0)
}

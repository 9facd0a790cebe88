//! How deep objects may nest, looked at before a library follows them.
//!
//! The parser recurses for each array and dictionary within another. What could nest is bounded by what opens: brackets are counted
//! for each object and each stream, whatever stands between them, since strings could hide the closing ones from a reader that skips them.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::{ReadError, limits};

/// Refuses a document in which one object or stream opens more arrays and dictionaries than the stack has room for.
///
/// # Errors
///
/// [`ReadError::Bomb`].
pub fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let mut budget = limits::INFLATED_BYTES;
    let mut opened = 0_usize;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(b"endobj") {
            opened = 0;
            at += 6;
        } else if rest.starts_with(b"endstream") {
            at += 9;
        } else if rest.starts_with(b"stream") {
            let data = rest.get(6..).unwrap_or_default();
            // Without its end, the stream is all that follows.
            let length = find(data, b"endstream").unwrap_or(data.len());
            let data = data.get(..length).unwrap_or_default();
            bearable(count(data))?;
            bearable(count(&inflated(data, &mut budget)))?;
            at += 6 + length;
        } else {
            opened += usize::from(opens(rest));
            bearable(opened)?;
            at += 1;
        }
    }
    Ok(())
}

/// The same for drawing instructions that a library has already unpacked.
///
/// # Errors
///
/// [`ReadError::Bomb`].
pub fn check_content(content: &[u8]) -> Result<(), ReadError> {
    bearable(count(content))
}

fn bearable(opened: usize) -> Result<(), ReadError> {
    if opened <= limits::NESTING {
        return Ok(());
    }
    Err(ReadError::Bomb {
        what: "objects within objects".into(),
    })
}

fn opens(bytes: &[u8]) -> bool {
    bytes.starts_with(b"[") || bytes.starts_with(b"<<")
}

fn count(bytes: &[u8]) -> usize {
    let single = bytes.iter().filter(|byte| **byte == b'[').count();
    single + bytes.windows(2).filter(|pair| *pair == b"<<").count()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// What a stream unpacks to, as far as the budget goes; nothing for one that is not packed in the usual way.
fn inflated(data: &[u8], budget: &mut u64) -> Vec<u8> {
    let start = data
        .iter()
        .position(|byte| !byte.is_ascii_whitespace())
        .unwrap_or(0);
    let packed = data.get(start..).unwrap_or_default();
    // The first byte of zlib's header.
    if packed.first().is_none_or(|byte| byte & 0x0f != 8) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let most = (*budget).min(limits::PAGE_BYTES as u64 * 2);
    // A damaged stream gives what there is before the damage, as it does to the library.
    let _ = ZlibDecoder::new(packed).take(most).read_to_end(&mut out);
    *budget -= out.len() as u64;
    out
}

//! Not read yet.
use crate::{Imported, ReadError};
/// Not available yet.
pub fn read(_name: &str, _bytes: &[u8]) -> Result<Imported, ReadError> {
    Err(ReadError::Unsupported {
        found: "not yet read".into(),
    })
}
pub(crate) fn is_table(_text: &str) -> bool {
    false
}
pub(crate) fn is_known(_name: &str) -> bool {
    false
}

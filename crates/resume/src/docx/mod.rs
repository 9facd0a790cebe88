//! Not read yet.
use crate::{Imported, ReadError};
/// Not available yet.
pub fn read(_bytes: &[u8]) -> Result<Imported, ReadError> {
    Err(ReadError::Unsupported {
        found: "not yet read".into(),
    })
}
/// Not available yet.
pub fn write(_resume: &crate::Resume) -> Vec<u8> {
    Vec::new()
}

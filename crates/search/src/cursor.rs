//! Where a page begins, as an opaque string.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// Raised when the meaning of the fields changes.
const VERSION: u8 = 1;

/// The place after a hit in one sort order. It stays meaningful while documents come and go: the next page continues
/// after that place, whatever is there now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cursor {
    /// Which sort order it belongs to.
    pub(crate) order: u16,
    /// The place in that order and, among equals, the id.
    pub(crate) place: Place,
}

/// A place in a total order: the smaller comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The sort value, mapped so that a smaller number comes first.
    pub(crate) rank: u64,
    /// The complement of the id, since greater ids come first.
    pub(crate) reverse_id: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { rank, reverse_id } = self.place;
        write!(
            f,
            "{VERSION:02x}{:04x}{rank:016x}{reverse_id:016x}",
            self.order
        )
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text.len() != 38 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::Cursor);
        }
        let number = |range| u64::from_str_radix(&text[range], 16).map_err(|_| Error::Cursor);
        if number(0..2)? != u64::from(VERSION) {
            return Err(Error::Cursor);
        }
        let order = u16::try_from(number(2..6)?).map_err(|_| Error::Cursor)?;
        Ok(Self {
            order,
            place: Place {
                rank: number(6..22)?,
                reverse_id: number(22..38)?,
            },
        })
    }
}

impl TryFrom<String> for Cursor {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.to_string()
    }
}

//! Numbers that the caller gives to documents by their ids: for an order, or a condition, on what the index does not hold.

use std::fmt;
use std::sync::Arc;

/// Gives each document a number, or none. Asked for every document that matches, so it should be quick.
pub trait Numbers: Send + Sync {
    /// The number of the document of that id.
    fn number(&self, id: u64) -> Option<i64>;
}

/// Numbers that are shared. Two are equal if they are the same.
#[derive(Clone)]
pub struct Given(Arc<dyn Numbers>);

impl Given {
    /// These numbers.
    pub fn new(numbers: Arc<dyn Numbers>) -> Self {
        Self(numbers)
    }

    pub(crate) fn numbers(&self) -> &dyn Numbers {
        &*self.0
    }
}

impl PartialEq for Given {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Given(..)")
    }
}

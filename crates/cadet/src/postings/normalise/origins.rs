//! Which field came from where.

use std::collections::BTreeMap;

use crate::postings::model::Origin;

/// Collects the origins of the fields that are filled.
#[derive(Debug, Default)]
pub(super) struct Origins(BTreeMap<String, Origin>);

impl Origins {
    pub(super) fn set(&mut self, field: &str, origin: Origin) {
        self.0.insert(field.to_owned(), origin);
    }

    pub(super) fn set_if(&mut self, field: &str, origin: Origin, filled: bool) {
        if filled {
            self.set(field, origin);
        }
    }

    pub(super) fn into_map(self) -> BTreeMap<String, Origin> {
        self.0
    }
}

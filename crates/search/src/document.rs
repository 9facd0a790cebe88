//! What the caller puts in: documents as plain field and value pairs.

use std::borrow::Cow;

use tantivy::TantivyDocument;

use crate::schema::Handles;
use crate::{Error, Field, Schema};

/// One value of one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// For text and keyword fields.
    Text(String),
    /// For integer fields.
    Integer(i64),
    /// For bool fields.
    Bool(bool),
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// A document under the caller's id. A field may be missing; text and multi-valued fields may be given repeatedly.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The caller's id; putting it again replaces the document.
    pub id: u64,
    /// Field names and values, in any order.
    pub fields: Vec<(Cow<'static, str>, Value)>,
}

impl Document {
    /// A document without fields.
    pub fn new(id: u64) -> Self {
        Self {
            id,
            fields: Vec::new(),
        }
    }

    /// Adds one value of a field.
    #[must_use]
    pub fn with(mut self, field: impl Into<Cow<'static, str>>, value: impl Into<Value>) -> Self {
        self.fields.push((field.into(), value.into()));
        self
    }

    /// Checks the document and turns it into the engine's form.
    pub(crate) fn lower(
        &self,
        schema: &Schema,
        handles: &Handles,
    ) -> Result<TantivyDocument, Error> {
        let mut lowered = TantivyDocument::default();
        lowered.add_u64(handles.id, self.id);
        for (position, value) in self.checked(schema, handles)? {
            let handle = handles.fields[position];
            match value {
                Value::Text(text) => lowered.add_text(handle, text),
                Value::Integer(number) => {
                    lowered.add_i64(handle, (*number).clamp(i64::MIN + 1, i64::MAX - 1));
                }
                Value::Bool(yes) => lowered.add_bool(handle, *yes),
            }
        }
        Ok(lowered)
    }

    /// The values with the positions of their fields, checked; a keyword given twice is there once, since it would be
    /// counted twice.
    pub(crate) fn checked(
        &self,
        schema: &Schema,
        handles: &Handles,
    ) -> Result<Vec<(usize, &Value)>, Error> {
        let refuse = |field: &str, reason: String| Error::Document {
            id: self.id,
            field: field.to_owned(),
            reason,
        };
        let mut checked = Vec::with_capacity(self.fields.len());
        for (at, (name, value)) in self.fields.iter().enumerate() {
            let Some(position) = handles.position(name) else {
                return Err(refuse(name, "the schema has no such field".to_owned()));
            };
            let earlier = || self.fields[..at].iter().filter(|(other, _)| other == name);
            let single = match (&schema.fields()[position], value) {
                (Field::Text { .. }, Value::Text(_)) => false,
                (Field::Keyword { multi, .. }, Value::Text(_)) => {
                    if *multi && earlier().any(|(_, other)| other == value) {
                        continue;
                    }
                    !multi
                }
                (Field::Integer { .. }, _) | (Field::Bool { .. }, _)
                    if earlier().next().is_some() =>
                {
                    true
                }
                (Field::Integer { .. }, Value::Integer(_))
                | (Field::Bool { .. }, Value::Bool(_)) => true,
                (field, value) => {
                    return Err(refuse(name, format!("{value:?} does not fit {field:?}")));
                }
            };
            if single && earlier().next().is_some() {
                let reason = "it takes one value and several were given";
                return Err(refuse(name, reason.to_owned()));
            }
            checked.push((position, value));
        }
        Ok(checked)
    }
}

/// One change of a batch.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Adds the document, replacing the one with the same id.
    Put(Document),
    /// Removes the document of that id, if there is one.
    Delete(u64),
}

//! The fields that a caller declares, and how they are laid out in the engine.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tantivy::schema::{
    FAST, Field as Handle, INDEXED, IndexRecordOption, NumericOptions, Schema as Layout,
    TextFieldIndexing, TextOptions,
};

use crate::Error;
use crate::tokenize::{KEYWORD_ANALYZER, TEXT_ANALYZER};

/// Raised when the analysis of text or the layout changes, so that older directories are rebuilt.
const FORMAT: u32 = 2;

/// One declared field.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Words to be found; not stored.
    Text {
        /// The name, as used in queries.
        name: String,
        /// How much a match here weighs against the other text fields; 1 is neutral.
        boost: f32,
    },
    /// An exact value, kept as it was written.
    Keyword {
        /// The name, as used in queries.
        name: String,
        /// Whether its values can be counted.
        facet: bool,
        /// Whether a document may have several values.
        multi: bool,
    },
    /// A whole number or a date (as the caller likes, for instance milliseconds since 1970): sortable, and a range
    /// can be asked for. The two extreme values of `i64` are reserved and moved inwards by one.
    Integer {
        /// The name, as used in queries.
        name: String,
    },
    /// Yes or no.
    Bool {
        /// The name, as used in queries.
        name: String,
        /// Whether its values can be counted.
        facet: bool,
    },
}

impl Field {
    /// A text field with its weight.
    pub fn text(name: &str, boost: f32) -> Self {
        Self::Text {
            name: name.to_owned(),
            boost,
        }
    }

    /// A keyword field of at most one value which is not counted.
    pub fn keyword(name: &str) -> Self {
        Self::Keyword {
            name: name.to_owned(),
            facet: false,
            multi: false,
        }
    }

    /// An integer field.
    pub fn integer(name: &str) -> Self {
        Self::Integer {
            name: name.to_owned(),
        }
    }

    /// A yes-or-no field which is not counted.
    pub fn boolean(name: &str) -> Self {
        Self::Bool {
            name: name.to_owned(),
            facet: false,
        }
    }

    /// The same field, counted (keyword and bool fields).
    #[must_use]
    pub fn faceted(mut self) -> Self {
        if let Self::Keyword { facet, .. } | Self::Bool { facet, .. } = &mut self {
            *facet = true;
        }
        self
    }

    /// The same field with several values to a document (keyword fields).
    #[must_use]
    pub fn multi(mut self) -> Self {
        if let Self::Keyword { multi, .. } = &mut self {
            *multi = true;
        }
        self
    }

    /// The field's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Text { name, .. }
            | Self::Keyword { name, .. }
            | Self::Integer { name }
            | Self::Bool { name, .. } => name,
        }
    }

    /// What decides the layout on disk. The boost does not: it can change without a rebuild.
    fn shape(&self) -> String {
        match self {
            Self::Text { name, .. } => format!("{name}: text"),
            Self::Keyword { name, facet, multi } => {
                format!("{name}: keyword, facet={facet}, multi={multi}")
            }
            Self::Integer { name } => format!("{name}: integer"),
            Self::Bool { name, facet } => format!("{name}: bool, facet={facet}"),
        }
    }
}

/// The declared fields, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    fields: Vec<Field>,
}

impl Schema {
    /// Checks the fields: names are `[a-z][a-z0-9_]*`, used once, and at least one field is text.
    pub fn new(fields: impl IntoIterator<Item = Field>) -> Result<Self, Error> {
        let fields: Vec<Field> = fields.into_iter().collect();
        let mut seen = std::collections::HashSet::new();
        for field in &fields {
            let name = field.name();
            let shaped = name.starts_with(|c: char| c.is_ascii_lowercase())
                && name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if !shaped {
                return Err(Error::Schema(format!(
                    "\"{name}\" is no field name: use small letters, digits and _, a letter first"
                )));
            }
            if !seen.insert(name) {
                return Err(Error::Schema(format!(
                    "the field \"{name}\" is declared twice"
                )));
            }
        }
        if !fields
            .iter()
            .any(|field| matches!(field, Field::Text { .. }))
        {
            return Err(Error::Schema(
                "no text field is declared, so nothing could be searched".to_owned(),
            ));
        }
        Ok(Self { fields })
    }

    /// The declared fields, in order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of that exact name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name() == name)
    }

    /// What is stored beside the index, to notice another schema.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint {
            format: FORMAT,
            fields: self.fields.iter().map(Field::shape).collect(),
        }
    }
}

/// The version and shape of an index on disk.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    format: u32,
    fields: Vec<String>,
}

impl Fingerprint {
    /// Why an index of this shape cannot serve `wanted`, if it cannot.
    pub(crate) fn difference(&self, wanted: &Self) -> Option<String> {
        if self.format != wanted.format {
            return Some(format!(
                "it has format {}, this program writes format {}",
                self.format, wanted.format
            ));
        }
        let missing = wanted
            .fields
            .iter()
            .find(|field| !self.fields.contains(field));
        let extra = self
            .fields
            .iter()
            .find(|field| !wanted.fields.contains(field));
        match (missing, extra) {
            (Some(field), _) => Some(format!("it lacks the field ({field})")),
            (None, Some(field)) => Some(format!(
                "it has a field that is no longer declared ({field})"
            )),
            (None, None) if self.fields != wanted.fields => {
                Some("its fields are in another order".to_owned())
            }
            (None, None) => None,
        }
    }
}

/// The engine's handles for the declared fields; positions are those of [`Schema::fields`].
#[derive(Debug)]
pub(crate) struct Handles {
    pub(crate) layout: Layout,
    pub(crate) id: Handle,
    pub(crate) fields: Vec<Handle>,
    by_name: HashMap<String, usize>,
}

/// The engine's name for the caller's id; it cannot clash, for declared names start with a letter.
pub(crate) const ID: &str = "_id";

impl Handles {
    pub(crate) fn new(schema: &Schema) -> Self {
        let mut builder = Layout::builder();
        let id = builder.add_u64_field(ID, NumericOptions::from(FAST | INDEXED));
        let fields = schema
            .fields
            .iter()
            .map(|field| match field {
                Field::Text { name, .. } => {
                    let indexing = TextFieldIndexing::default()
                        .set_tokenizer(TEXT_ANALYZER)
                        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
                    builder
                        .add_text_field(name, TextOptions::default().set_indexing_options(indexing))
                }
                Field::Keyword { name, facet, .. } => {
                    let indexing = TextFieldIndexing::default()
                        .set_tokenizer(KEYWORD_ANALYZER)
                        .set_fieldnorms(false)
                        .set_index_option(IndexRecordOption::Basic);
                    let options = TextOptions::default().set_indexing_options(indexing);
                    builder.add_text_field(
                        name,
                        if *facet {
                            options.set_fast("raw")
                        } else {
                            options
                        },
                    )
                }
                Field::Integer { name } => builder.add_i64_field(name, NumericOptions::from(FAST)),
                Field::Bool { name, .. } => {
                    builder.add_bool_field(name, NumericOptions::from(FAST | INDEXED))
                }
            })
            .collect();
        let by_name = schema
            .fields
            .iter()
            .enumerate()
            .map(|(at, field)| (field.name().to_owned(), at))
            .collect();
        Self {
            layout: builder.build(),
            id,
            fields,
            by_name,
        }
    }

    /// The position of a field in the schema.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }
}

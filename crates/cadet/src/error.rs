//! The program's errors in the words of the domain, and what each becomes on the outside: an HTTP status or an exit code.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::postings::sources::model::SourceError;

/// What an action can answer instead of its result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or it is not the caller's.
    #[error("There is no {what} {id}.")]
    NotFound {
        /// What was looked for: `posting`, `source`...
        what: &'static str,
        /// The id or name that was given.
        id: String,
    },
    /// The input cannot be used.
    #[error("{message}")]
    Invalid {
        /// What was wrong and what to do.
        message: String,
        /// The same for each field, for forms.
        fields: Vec<FieldProblem>,
    },
    /// Nobody is signed in.
    #[error("Sign in first: {0}")]
    Unauthorised(String),
    /// The caller may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// The thing is in a state that does not allow this, or exists already.
    #[error("{0}")]
    Conflict(String),
    /// Too many requests or attempts.
    #[error("Too many attempts. Try again in {retry_after_seconds} seconds.")]
    TooMany {
        /// Seconds to wait.
        retry_after_seconds: u64,
    },
    /// A source could not be read.
    #[error(transparent)]
    Source(#[from] Box<SourceError>),
    /// Something outside of the program does not work: database, disk, mail server.
    #[error("{message}")]
    Unavailable {
        /// What does not work and what to do.
        message: String,
        /// The cause, for the log.
        #[source]
        cause: Option<BoxedCause>,
    },
    /// A fault of the program.
    #[error("Something went wrong inside Cadet. The log says more.")]
    Internal(#[source] BoxedCause),
}

/// Any error, as a cause.
pub type BoxedCause = Box<dyn std::error::Error + Send + Sync>;

/// The result of an action.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is wrong with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// The field's name in the form or the JSON.
    pub field: String,
    /// What was wrong and what to do.
    pub message: String,
}

impl Error {
    /// The input cannot be used, as a whole.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid {
            message: message.into(),
            fields: Vec::new(),
        }
    }

    /// One field of the input cannot be used.
    pub fn invalid_field(field: impl Into<String>, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Invalid {
            message: message.clone(),
            fields: vec![FieldProblem {
                field: field.into(),
                message,
            }],
        }
    }

    /// There is no such thing.
    pub fn not_found(what: &'static str, id: impl ToString) -> Self {
        Self::NotFound {
            what,
            id: id.to_string(),
        }
    }

    /// A fault of the program, with its cause.
    pub fn internal(cause: impl Into<BoxedCause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Something outside of the program does not work.
    pub fn unavailable(message: impl Into<String>, cause: impl Into<BoxedCause>) -> Self {
        Self::Unavailable {
            message: message.into(),
            cause: Some(cause.into()),
        }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } => 404,
            Self::Invalid { .. } => 422,
            Self::Unauthorised(_) => 401,
            Self::Forbidden(_) => 403,
            Self::Conflict(_) => 409,
            Self::TooMany { .. } => 429,
            Self::Source(_) => 502,
            Self::Unavailable { .. } => 503,
            Self::Internal(_) => 500,
        }
    }

    /// The exit code of a command; documented in `docs/commands.md`.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Internal(_) => 1,
            Self::Invalid { .. } => 2,
            Self::NotFound { .. } => 3,
            Self::Unauthorised(_) | Self::Forbidden(_) => 4,
            Self::Conflict(_) => 5,
            Self::Source(_) | Self::Unavailable { .. } | Self::TooMany { .. } => 6,
        }
    }

    /// A short, stable name for programs: the last part of the problem type's address.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not-found",
            Self::Invalid { .. } => "invalid",
            Self::Unauthorised(_) => "unauthorised",
            Self::Forbidden(_) => "forbidden",
            Self::Conflict(_) => "conflict",
            Self::TooMany { .. } => "too-many-requests",
            Self::Source(_) => "source",
            Self::Unavailable { .. } => "unavailable",
            Self::Internal(_) => "internal",
        }
    }
}

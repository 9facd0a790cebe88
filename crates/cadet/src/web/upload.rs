//! Files that a form brings along (`multipart/form-data`).

use axum::body::Bytes;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

use super::respond::Problem;

/// The most fields of a form.
const FIELDS: usize = 1_000;

/// What a form brought: its file and its other fields. The route layers the body's limit, with room for the fields:
/// `axum::extract::DefaultBodyLimit::max(..)`.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The file that was chosen; none when none was.
    pub file: Option<UploadedFile>,
    /// The other fields, in order.
    pub fields: Vec<(String, String)>,
}

/// A file.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// Its name on the sender's machine, without folders; any text.
    pub name: String,
    /// Its content.
    pub bytes: Bytes,
}

impl Upload {
    /// The value of a field; empty when there is none.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let form = Multipart::from_request(request, state).await;
        let mut form = form.map_err(|cause: MultipartRejection| unreadable(&cause.body_text()))?;
        let mut upload = Self::default();
        while let Some(field) = form.next_field().await.map_err(problem)? {
            let name = field.name().unwrap_or("").to_owned();
            if let Some(file) = field.file_name().map(bare_name) {
                let bytes = field.bytes().await.map_err(problem)?;
                // A browser sends an empty part for a field in which no file was chosen.
                if !(file.is_empty() && bytes.is_empty()) {
                    upload
                        .file
                        .get_or_insert(UploadedFile { name: file, bytes });
                }
            } else {
                let value = field.text().await.map_err(problem)?;
                upload.fields.push((name, value));
            }
            if upload.fields.len() > FIELDS {
                return Err(unreadable("it has too many fields"));
            }
        }
        Ok(upload)
    }
}

/// The name without the folders that some browsers send along.
fn bare_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or("").to_owned()
}

fn problem(cause: MultipartError) -> Problem {
    if cause.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The file is larger than can be taken here. Choose a smaller one.",
        );
    }
    unreadable(&cause.body_text())
}

fn unreadable(message: &str) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "unreadable",
        format!("The form cannot be read: {message}."),
    )
}

//! Boards whose whole list is the answer to one call of a documented interface.

use serde_json::Value;
use url::Url;

use super::connector::{FetchContext, Parsed, no_such_board};
use super::model::{Fetched, SourceAddress, SourceError};
use crate::fetch::{Accept, Answer, Error, Request};

/// Reads such a list at `url`, or learns that it has not changed. `system` is the board's name in messages.
///
/// # Errors
/// If the board does not answer, or `parse` cannot read what it answers.
pub(super) async fn read(
    ctx: &FetchContext,
    url: Url,
    (system, address): (&str, &SourceAddress),
    validators: Option<&Value>,
    parse: impl FnOnce(&str) -> Result<Parsed, SourceError> + Send,
) -> Result<Fetched, SourceError> {
    let answer = ask(ctx, url, validators)
        .await
        .map_err(|error| no_such_board(error.into(), system, address))?;
    read_answer(answer, parse)
}

/// Asks for such a list, for boards that want to look at the answer themselves too.
///
/// # Errors
/// If the board does not answer.
pub(super) async fn ask(
    ctx: &FetchContext,
    url: Url,
    validators: Option<&Value>,
) -> Result<Answer, Error> {
    let request = Request::new(url, Accept::Json)
        .validated_by(validators)
        .to_documented_api();
    ctx.client.get(&request).await
}

/// What such an answer holds, or that nothing has changed.
///
/// # Errors
/// If `parse` cannot read it.
pub(super) fn read_answer(
    answer: Answer,
    parse: impl FnOnce(&str) -> Result<Parsed, SourceError>,
) -> Result<Fetched, SourceError> {
    let fetched = match answer.not_modified {
        true => Fetched {
            unchanged: true,
            complete: true,
            ..Fetched::default()
        },
        false => parse(&answer.text())?.into_fetched(),
    };
    Ok(Fetched {
        bytes: answer.bytes(),
        validators: answer.validators.filter(|_| fetched.complete),
        ..fetched
    })
}

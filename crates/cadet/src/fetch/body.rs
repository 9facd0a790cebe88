//! Reading a body with a limit on its decompressed bytes, as they stream in.

use bytes::{Bytes, BytesMut};
use url::Url;

use super::error::Error;

/// What to do when the body is larger than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overflow {
    /// The request fails.
    Fail,
    /// What fits is kept.
    Cut,
}

/// Reads the body; never holds more than `limit` bytes and one chunk.
pub(super) async fn read(
    url: &Url,
    mut response: reqwest::Response,
    limit: u64,
    overflow: Overflow,
) -> Result<Bytes, Error> {
    let limit_bytes = usize::try_from(limit).unwrap_or(usize::MAX);
    // An honest server says the length beforehand; then nothing need be read. A compressed body has no known length.
    if overflow == Overflow::Fail
        && response
            .content_length()
            .is_some_and(|length| length > limit)
    {
        return Err(Error::too_large(url, limit));
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| Error::of_transport(url, &error.without_url()))?
    {
        if body.len() + chunk.len() > limit_bytes {
            if overflow == Overflow::Fail {
                return Err(Error::too_large(url, limit));
            }
            body.extend_from_slice(&chunk[..limit_bytes - body.len()]);
            break;
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

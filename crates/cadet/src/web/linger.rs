//! Takes in the rest of a body that was refused before it was read whole. A server that closes the connection while the
//! other side still sends makes that side see "connection reset" in place of the answer that says what was wrong.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::{Stream, StreamExt as _};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// The most bytes that are taken in beyond what was read; who sends more sees the connection end.
const BYTES: usize = 64 * 1024 * 1024;
/// The longest that this waits for them.
const TIME: Duration = Duration::from_secs(10);

/// The layer.
pub(super) async fn take_in(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let (let_go, mut rest) = oneshot::channel();
    let body = Body::from_stream(Watched {
        data: Some(body.into_data_stream()),
        let_go: Some(let_go),
    });
    let response = next.run(Request::from_parts(parts, body)).await;
    if let Ok(rest) = rest.try_recv() {
        // Beyond these limits the answer is sent all the same: it may still be seen.
        let _beyond = timeout(TIME, drain(rest)).await;
    }
    response
}

async fn drain(mut data: BodyDataStream) {
    let mut taken = 0;
    while let Some(Ok(chunk)) = data.next().await {
        taken += chunk.len();
        if taken > BYTES {
            return;
        }
    }
}

/// A body that is handed over when whoever reads it lets go of it before its end.
struct Watched {
    /// None once the end, or an error, was seen.
    data: Option<BodyDataStream>,
    let_go: Option<oneshot::Sender<BodyDataStream>>,
}

impl Stream for Watched {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(data) = &mut self.data else {
            return Poll::Ready(None);
        };
        let polled = data.poll_next_unpin(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.data = None;
        }
        polled
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let (Some(data), Some(let_go)) = (self.data.take(), self.let_go.take()) {
            // Nobody waits any more when the request itself was given up.
            let _given_up = let_go.send(data);
        }
    }
}

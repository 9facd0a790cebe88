//! Bodies that are too large, too slow or too short; each is made piece by piece and never held in memory.

use std::{convert::Infallible, time::Duration};

use axum::body::Body;
use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};
use futures::{StreamExt, stream};
use tokio_util::sync::CancellationToken;

/// How many bytes the large answers have, after decompression.
pub(super) const HUGE: usize = 200_000_000;
/// A megabyte.
pub(super) const PIECE: usize = 1_000_000;

fn body(pieces: impl stream::Stream<Item = Bytes> + Send + 'static) -> Body {
    Body::from_stream(pieces.map(Ok::<_, Infallible>))
}

/// A valid board of 200 MB whose one job has a very long description.
pub(super) fn huge() -> Body {
    let head =
        Bytes::from_static(b"{\"jobs\":[{\"id\":1,\"title\":\"Backend Intern\",\"content\":\"");
    let filler = Bytes::from(vec![b'a'; PIECE]);
    let tail = Bytes::from_static(b"\"}],\"meta\":{\"total\":1}}");
    let middle = stream::iter((0..HUGE / PIECE).map(move |_| filler.clone()));
    body(
        stream::iter([head])
            .chain(middle)
            .chain(stream::iter([tail])),
    )
}

/// A gzip that inflates to so many megabytes of blanks inside a JSON object, a thousand times its size.
///
/// One megabyte is deflated and flushed to a byte boundary; its output can then be repeated as often as one likes.
pub(super) fn bomb(megabytes: usize) -> Body {
    let head = deflate(b"{\"jobs\":[");
    let blanks = vec![b' '; PIECE];
    let filler = Bytes::from(deflate(&blanks));
    let tail = deflate(b"]}");
    let mut blanks_crc = Crc::new();
    blanks_crc.update(&blanks);
    let mut crc = Crc::new();
    crc.update(b"{\"jobs\":[");
    (0..megabytes).for_each(|_| crc.combine(&blanks_crc));
    let mut tail_crc = Crc::new();
    tail_crc.update(b"]}");
    crc.combine(&tail_crc);

    // Magic number, deflate, no flags, no time, unknown system; then the first block.
    let mut start = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    start.extend(head);
    let mut end = tail;
    // An empty last block, the checksum and the length.
    end.extend([0x03, 0x00]);
    end.extend(crc.sum().to_le_bytes());
    end.extend(crc.amount().to_le_bytes());
    let middle = stream::iter((0..megabytes).map(move |_| filler.clone()));
    body(
        stream::iter([Bytes::from(start)])
            .chain(middle)
            .chain(stream::iter([Bytes::from(end)])),
    )
}

/// Deflates to a byte boundary, without any reference to what came before.
fn deflate(data: &[u8]) -> Vec<u8> {
    let mut compress = Compress::new(Compression::best(), false);
    let mut out = Vec::with_capacity(data.len() / 100 + 256);
    compress
        .compress_vec(data, &mut out, FlushCompress::Full)
        .expect("the output has room for repetitive input");
    out
}

/// One byte a second, until the client gives up or the server stops.
pub(super) fn slow(stop: CancellationToken) -> Body {
    let letters = stream::unfold((0_usize, stop), |(sent, stop)| async move {
        const TEXT: &[u8] = b"{\"jobs\":[]}";
        if sent > 0 {
            tokio::select! {
                () = stop.cancelled() => return None,
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
            }
        }
        // After the first letters come blanks, so that the answer never ends.
        let letter = TEXT.get(sent).filter(|_| sent < 8).copied().unwrap_or(b' ');
        Some((Bytes::copy_from_slice(&[letter]), (sent + 1, stop)))
    });
    body(letters)
}

/// The beginning of an answer whose rest never comes.
///
/// It is sent before the end is known to be missing: between the two, the connection gets a turn to write.
pub(super) fn short(text: &'static str) -> Body {
    let end = stream::once(tokio::task::yield_now()).filter_map(|()| async { None });
    body(stream::iter([Bytes::from_static(text.as_bytes())]).chain(end))
}

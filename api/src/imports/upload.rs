//! The body of an import: bounded, cut off when it stalls, and handed to the thread that reads it.

use std::io::{self, Read};
use std::time::Duration;

use actix_web::error::PayloadError;
use actix_web::web::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use crate::error::{ApiError, ProblemCode};

/// How many pieces of a body may wait to be read: some 32 KiB each.
const WAITING: usize = 8;
/// What must come within the time-out for a client to count as alive.
const LEAST: usize = 1024;

/// A body that may be long and slow, within limits.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most bytes.
    pub bytes: u64,
    /// Longest time in which next to nothing comes. The time in which nobody reads does not count.
    pub stall: Duration,
}

struct Watched<S> {
    body: S,
    bounds: Bounds,
    bytes: u64,
    /// What came, and how long it was waited for, since the last that was enough.
    recent: usize,
    waited: Duration,
}

/// The body, until it breaks its bounds: an overflow or a time-out then.
pub fn watched<S>(body: S, bounds: Bounds) -> impl Stream<Item = Result<Bytes, PayloadError>>
where
    S: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    let watched = Watched { body, bounds, bytes: 0, recent: 0, waited: Duration::ZERO };
    stream::try_unfold(watched, |mut watched| async move { Ok(watched.next().await?.map(|bytes| (bytes, watched))) })
}

impl<S> Watched<S>
where
    S: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    async fn next(&mut self) -> Result<Option<Bytes>, PayloadError> {
        let begun = Instant::now();
        let patience = self.bounds.stall.saturating_sub(self.waited);
        let next = timeout(patience, self.body.next()).await;
        let Some(bytes) = next.map_err(|_| stalled())?.transpose()? else { return Ok(None) };
        self.waited += begun.elapsed();
        self.recent += bytes.len();
        if self.recent >= LEAST {
            (self.recent, self.waited) = (0, Duration::ZERO);
        }
        self.bytes += bytes.len() as u64;
        if self.bytes > self.bounds.bytes { Err(PayloadError::Overflow) } else { Ok(Some(bytes)) }
    }
}

fn stalled() -> PayloadError {
    PayloadError::Io(io::ErrorKind::TimedOut.into())
}

/// The problem that a body's end stands for.
pub fn problem(error: &PayloadError) -> ApiError {
    ApiError::new(match error {
        PayloadError::Overflow => ProblemCode::BodyTooLarge,
        PayloadError::Io(error) if error.kind() == io::ErrorKind::TimedOut => ProblemCode::UploadStalled,
        _ => ProblemCode::MalformedRequest,
    })
}

/// The two ends of a way from a body to the thread that reads it.
pub fn way() -> (mpsc::Sender<io::Result<Bytes>>, Received) {
    let (sender, receiver) = mpsc::channel(WAITING);
    (sender, Received { receiver, piece: Bytes::new() })
}

/// Hands the body on as it is taken. What the reader no longer wants is dropped, so that the client can send it and hear the answer.
pub async fn hand_on<E>(
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    sender: mpsc::Sender<io::Result<Bytes>>,
) -> Result<(), E> {
    while let Some(piece) = body.next().await {
        match piece {
            Ok(bytes) => drop(sender.send(Ok(bytes)).await),
            Err(error) => {
                let _ = sender.send(Err(io::ErrorKind::UnexpectedEof.into())).await;
                return Err(error);
            }
        }
    }
    Ok(())
}

/// What was received, read on a thread that may wait.
pub struct Received {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    piece: Bytes,
}

impl Read for Received {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.receiver.blocking_recv() {
                Some(piece) => self.piece = piece?,
                None => return Ok(0),
            }
        }
        let length = buffer.len().min(self.piece.len());
        buffer[..length].copy_from_slice(&self.piece.split_to(length));
        Ok(length)
    }
}

/// The first bytes of a body, and whether there are more; those are dropped.
pub async fn beginning<E>(
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
    most: usize,
) -> Result<(Bytes, bool), E> {
    let (mut kept, mut more) = (BytesMut::new(), false);
    while let Some(piece) = body.next().await {
        let piece = piece?;
        let room = most - kept.len();
        more |= piece.len() > room;
        kept.extend_from_slice(&piece[..piece.len().min(room)]);
    }
    Ok((kept.freeze(), more))
}

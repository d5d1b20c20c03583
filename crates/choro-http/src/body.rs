//! Requests and answers with their bodies.

use bytes::Bytes;
use hyper::body::{Frame, Incoming, SizeHint};
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

/// A request whose body is still to come.
pub type Request = hyper::Request<RequestBody>;
/// A response.
pub type Response = hyper::Response<Body>;

/// Bytes that are there whole, in up to two pieces, of which the first may be shared with other answers. hyper hands both to the
/// system in one call.
#[derive(Debug, Default)]
pub struct Pieces([Bytes; 2]);

impl Pieces {
    /// Bytes in all that are left.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(Bytes::len).sum()
    }

    /// Whether none are left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Bytes::is_empty)
    }
}

impl From<[Bytes; 2]> for Pieces {
    fn from(pieces: [Bytes; 2]) -> Self {
        Self(pieces)
    }
}

impl From<Bytes> for Pieces {
    fn from(bytes: Bytes) -> Self {
        Self([bytes, Bytes::new()])
    }
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.0.iter_mut().find(|piece| !piece.is_empty()).map(std::mem::take);
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.len() as u64)
    }
}

/// The body of an answer.
#[derive(Debug)]
pub enum Body {
    /// Bytes that are there: a tile's are never boxed.
    Whole(Pieces),
    /// Of a router.
    Routed(axum::body::Body),
}

impl Default for Body {
    fn default() -> Self {
        Self::Whole(Pieces::default())
    }
}

impl<P: Into<Pieces>> From<P> for Body {
    fn from(pieces: P) -> Self {
        Self::Whole(pieces.into())
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.get_mut() {
            Self::Whole(pieces) => Pin::new(pieces).poll_frame(context).map_err(axum::Error::new),
            Self::Routed(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(pieces) => pieces.is_end_stream(),
            Self::Routed(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(pieces) => pieces.size_hint(),
            Self::Routed(body) => body.size_hint(),
        }
    }
}

/// The body of a request.
#[derive(Debug, Default)]
pub enum RequestBody {
    /// There is none.
    #[default]
    None,
    /// As it comes from the client.
    Incoming(Incoming),
}

impl hyper::body::Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        match self.get_mut() {
            Self::None => Poll::Ready(None),
            Self::Incoming(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::None => true,
            Self::Incoming(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::None => SizeHint::with_exact(0),
            Self::Incoming(body) => body.size_hint(),
        }
    }
}

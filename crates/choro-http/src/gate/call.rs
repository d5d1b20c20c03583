//! One request, as long as it is being answered.

use crate::{
    body::Request,
    net::{
        clients::Account,
        peer::{Peer, Peers},
    },
};
use hyper::header::HeaderValue;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

/// What is known of a request besides its head: for its counts, and for whoever pays for it.
#[derive(Debug)]
pub struct Call {
    peer: Peer,
    /// What the peer says of whom it asks for.
    forwarded: Vec<HeaderValue>,
    /// Whether a peer that is not trusted behaves like a proxy: an operator may have forgotten to name it.
    pub(super) is_overlooked: bool,
    has_body: bool,
    row: AtomicUsize,
}

impl Call {
    pub(super) fn new(request: &Request, peer: &Peer, is_forwarded: bool, has_body: bool) -> Self {
        let forwarded = if is_forwarded && peer.is_proxy { Peers::forwarded_for(request.headers()) } else { Vec::new() };
        let is_overlooked = is_forwarded && !peer.is_proxy;
        Self { peer: peer.clone(), forwarded, is_overlooked, has_body, row: AtomicUsize::new(usize::MAX) }
    }

    /// Whose request it is: the peer's, or of whom a trusted proxy names.
    #[must_use]
    pub fn client(&self, gate: &super::Gate) -> Arc<Account> {
        gate.peers.client(&self.peer, &self.forwarded)
    }

    /// Whether the request has a body.
    #[must_use]
    pub fn has_body(&self) -> bool {
        self.has_body
    }

    /// Says in which row of the counts the request belongs.
    pub fn count_as(&self, row: usize) {
        self.row.store(row, Relaxed);
    }

    pub(super) fn row(&self) -> usize {
        self.row.load(Relaxed)
    }
}

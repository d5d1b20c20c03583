//! Who stands at the other end of a connection: a client, or a proxy that says for whom it asks.
//!
//! ```text
//! trusted: P, Q.   A -> P -> Q -> us, "X-Forwarded-For: A, P": from the right, the first that is not trusted is A
//!                  B -> us, "X-Forwarded-For: A":              B is no proxy of ours, and so it is B
//! ```
//!
//! Only this header is read: a proxy appends to it, while one of another name would pass through it as the client wrote it.

use super::clients::{Account, Clients, Excess};
use crate::serving::{OverBudget as Refused, Payer, WorkKind as Work, WorkPermit as Place};
use hyper::{HeaderMap, header::HeaderName};
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of a connection.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    pub account: Arc<Account>,
    pub is_proxy: bool,
}

/// Whom to believe, and the accounts.
#[derive(Debug)]
pub(super) struct Peers {
    pub clients: Clients,
    pub proxies: Vec<IpNet>,
}

impl Peers {
    pub fn of(&self, address: IpAddr) -> Peer {
        Peer { account: self.clients.account(address), is_proxy: self.is_proxy(address) }
    }

    /// The client of a request: the peer, or whom a proxy names.
    pub fn client(&self, peer: &Peer, headers: &HeaderMap) -> Arc<Account> {
        let named = if peer.is_proxy { self.forwarded(headers) } else { None };
        named.map_or_else(|| Arc::clone(&peer.account), |address| self.clients.account(address))
    }

    /// Whether a peer that is not trusted behaves like a proxy: an operator may have forgotten to name it.
    pub fn overlooks(&self, peer: &Peer, headers: &HeaderMap) -> bool {
        !peer.is_proxy && headers.contains_key(FORWARDED_FOR)
    }

    /// The rightmost address that is none of our proxies; the leftmost where all are. What is malformed names nobody.
    fn forwarded(&self, headers: &HeaderMap) -> Option<IpAddr> {
        let mut leftmost = None;
        for value in headers.get_all(FORWARDED_FOR).into_iter().rev() {
            for word in value.to_str().ok()?.rsplit(',') {
                let address = address(word.trim())?;
                if !self.is_proxy(address) {
                    return Some(address);
                }
                leftmost = Some(address);
            }
        }
        leftmost
    }

    fn is_proxy(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.proxies.iter().any(|network| network.contains(&address))
    }
}

/// `A`, `A:PORT`, `[A]` or `[A]:PORT`.
fn address(word: &str) -> Option<IpAddr> {
    let bare = || word.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || word.parse().ok().map(|address: SocketAddr| address.ip());
    word.parse().ok().or_else(bare).or_else(with_port)
}

/// Whoever pays for what a request makes.
#[derive(Debug)]
pub(super) struct Purse {
    pub client: Arc<Account>,
    /// Values, which cost nothing, though they are made where documents are.
    pub is_of_values: bool,
}

impl Payer for Purse {
    fn pay(&self, work: Work) -> Result<Place, Refused> {
        let is_light = match work {
            Work::Legend => true,
            Work::Document => self.is_of_values,
            Work::Drawing => false,
        };
        let paid = if is_light { self.client.take() } else { self.client.pay(Instant::now()) };
        match paid {
            Ok(making) => Ok(Box::new(making)),
            Err(Excess::AtOnce) => Err(Refused { retry_after: Duration::from_secs(1) }),
            Err(Excess::Budget(retry_after)) => Err(Refused { retry_after }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Limits;

    #[test]
    fn the_client_is_the_rightmost_that_is_no_proxy_of_ours_and_only_our_proxies_are_believed() {
        let proxies = ["10.0.0.0/8", "2001:db8::/32"].map(|network| network.parse().unwrap()).into();
        let peers = Peers { clients: Clients::new(&Limits::default()), proxies };
        for (peer, forwarded, expected) in [
            ("10.0.0.1", &["192.0.2.1"][..], "192.0.2.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["192.0.2.9, 192.0.2.1"], "192.0.2.1"),
            ("10.0.0.1", &["192.0.2.1, 10.0.0.2, 10.0.0.3"], "192.0.2.1"),
            ("10.0.0.1", &["192.0.2.1", "10.0.0.2"], "192.0.2.1"),
            ("10.0.0.1", &["192.0.2.9", "192.0.2.1"], "192.0.2.1"),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            ("10.0.0.1", &["192.0.2.1:4711"], "192.0.2.1"),
            ("10.0.0.1", &["[2001:db9::1]:4711"], "2001:db9::1"),
            ("10.0.0.1", &["[2001:db9::1]"], "2001:db9::1"),
            ("2001:db8::1", &["2001:db9::1"], "2001:db9::1"),
            ("::ffff:10.0.0.1", &["192.0.2.1"], "192.0.2.1"),
            // What a client writes stands to the left of what a proxy adds.
            ("10.0.0.1", &["nonsense, 192.0.2.1"], "192.0.2.1"),
            ("10.0.0.1", &["192.0.2.1, nonsense"], "10.0.0.1"),
            ("10.0.0.1", &["192.0.2.1, nonsense, 10.0.0.2"], "10.0.0.1"),
            ("10.0.0.1", &["192.0.2.1,"], "10.0.0.1"),
            ("10.0.0.1", &["unknown"], "10.0.0.1"),
            ("192.0.2.1", &["192.0.2.9"], "192.0.2.1"),
            ("2001:db9::1", &["192.0.2.9"], "2001:db9::1"),
        ] {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append(FORWARDED_FOR, value.parse().unwrap());
            }
            let client = peers.client(&peers.of(peer.parse().unwrap()), &headers);
            assert_eq!(client.key, crate::http::clients::Key::of(expected.parse().unwrap()), "{peer} {forwarded:?}");
        }
    }
}

//! Who stands at the other end of a connection: a client, or a proxy that says for whom it asks.
//!
//! ```text
//! trusted: P, Q.   A -> P -> Q -> us, "X-Forwarded-For: A, P": from the right, the first that is not trusted is A
//!                  B -> us, "X-Forwarded-For: A":              B is no proxy of ours, and so it is B
//! ```
//!
//! Only this header is read: a proxy appends to it, while one of another name would pass through it as the client wrote it.

use super::clients::{Account, Clients};
use arc_swap::ArcSwap;
use hyper::{
    HeaderMap,
    header::{HeaderName, HeaderValue},
};
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// The header in which proxies say for whom they ask.
pub const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of a connection.
#[derive(Debug, Clone)]
pub struct Peer {
    /// The account of its address.
    pub account: Arc<Account>,
    /// Whether it is a proxy that is trusted.
    pub is_proxy: bool,
}

/// Whom to believe, and the accounts.
#[derive(Debug)]
pub struct Peers {
    /// The accounts.
    pub clients: Clients,
    /// Networks of proxies that are trusted.
    proxies: ArcSwap<Vec<IpNet>>,
}

impl Peers {
    /// Nobody is believed yet.
    #[must_use]
    pub fn new(clients: Clients) -> Self {
        Self { clients, proxies: ArcSwap::default() }
    }

    /// From here on proxies of these networks are trusted, on connections that are yet to come.
    pub fn trust(&self, proxies: &[IpNet]) {
        self.proxies.store(Arc::new(proxies.to_owned()));
    }

    /// Who stands at the other end of a connection from this address.
    pub fn of(&self, address: IpAddr) -> Peer {
        Peer { account: self.clients.account(address), is_proxy: self.is_proxy(address) }
    }

    /// The client of a request: the peer, or whom a proxy names.
    #[must_use]
    pub fn client(&self, peer: &Peer, forwarded: &[HeaderValue]) -> Arc<Account> {
        let named = if peer.is_proxy { self.forwarded(forwarded) } else { None };
        named.map_or_else(|| Arc::clone(&peer.account), |address| self.clients.account(address))
    }

    /// What a request's head says of whom it is asked for.
    #[must_use]
    pub fn forwarded_for(headers: &HeaderMap) -> Vec<HeaderValue> {
        headers.get_all(FORWARDED_FOR).iter().cloned().collect()
    }

    /// The rightmost address that is none of our proxies; the leftmost where all are. What is malformed names nobody.
    fn forwarded(&self, values: &[HeaderValue]) -> Option<IpAddr> {
        let mut leftmost = None;
        for value in values.iter().rev() {
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
        self.proxies.load().iter().any(|network| network.contains(&address))
    }
}

/// `A`, `A:PORT`, `[A]` or `[A]:PORT`.
fn address(word: &str) -> Option<IpAddr> {
    let bare = || word.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || word.parse().ok().map(|address: SocketAddr| address.ip());
    word.parse().ok().or_else(bare).or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use choro_config::Limits;

    #[test]
    fn the_client_is_the_rightmost_that_is_no_proxy_of_ours_and_only_our_proxies_are_believed() {
        let peers = Peers::new(Clients::new(&Limits::default()));
        peers.trust(&["10.0.0.0/8", "2001:db8::/32"].map(|network| network.parse().unwrap()));
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
            let values: Vec<_> = forwarded.iter().map(|value| value.parse().unwrap()).collect();
            let client = peers.client(&peers.of(peer.parse().unwrap()), &values);
            assert_eq!(client.key, crate::net::clients::Key::of(expected.parse().unwrap()), "{peer} {forwarded:?}");
        }
    }
}

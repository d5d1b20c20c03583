//! The names that requests may ask for. Where the public address is known, a request for another name is misdirected (RFC 9110,
//! 15.5.20): a cache would keep its answer under that name, and a page of another site would read us under its own.
//!
//! ```text
//! public_url https://maps.example.org, listening on 127.0.0.1:8080
//! known: maps.example.org, maps.example.org:443, 127.0.0.1:9000     misdirected: evil.example, 192.0.2.1
//! ```

use std::net::IpAddr;

/// The known names.
#[derive(Debug)]
pub struct Hosts {
    names: Vec<String>,
    listening: IpAddr,
}

impl Hosts {
    /// The host of a public URL, further names, and the address that connections come to: whoever looks after the server asks by it.
    #[must_use]
    pub fn new(public_url: Option<&str>, further: &[String], listening: IpAddr) -> Self {
        let public = public_url.and_then(|url| Some(host(url.split_once("://")?.1.split('/').next()?).to_ascii_lowercase()));
        let local = listening.is_loopback().then(|| "localhost".to_owned());
        Self { names: public.into_iter().chain(local).chain(further.iter().cloned()).collect(), listening }
    }

    /// Whether a value of `Host` is one of them, whatever its port: proxies and containers change it.
    pub fn know(&self, given: &str) -> bool {
        let name = host(given);
        let name = name.strip_suffix('.').unwrap_or(name);
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name)) || self.is_address(name)
    }

    fn is_address(&self, name: &str) -> bool {
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let listening = self.listening;
        bare.parse()
            .is_ok_and(|address: IpAddr| listening.is_unspecified() || address.to_canonical() == listening.to_canonical())
    }
}

/// Without the port.
fn host(given: &str) -> &str {
    match given.rsplit_once(':') {
        Some((name, port)) if !name.ends_with(':') && port.bytes().all(|b| b.is_ascii_digit()) && !is_open(name) => name,
        _ => given,
    }
}

/// Whether the colon that follows stands within an address in brackets.
fn is_open(name: &str) -> bool {
    name.starts_with('[') && !name.ends_with(']')
}

/// Whether a value of `Host` has only characters of a host and a port (RFC 3986, 3.2.2).
pub fn is_valid(value: &[u8]) -> bool {
    value.iter().all(|b| b.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:[]".contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_name_the_further_ones_and_the_address_that_is_listened_on_are_known_with_any_port() {
        let further = ["choro.internal".to_owned()];
        let known = |public: Option<&str>, listening: &str, host: &str| {
            Hosts::new(public, &further, listening.parse().unwrap()).know(host)
        };
        let public = Some("https://maps.example.org/choro");
        for (listening, host, expected) in [
            ("127.0.0.1", "maps.example.org", true),
            ("127.0.0.1", "MAPS.Example.org:443", true),
            ("127.0.0.1", "maps.example.org.", true),
            ("127.0.0.1", "choro.internal:80", true),
            ("127.0.0.1", "127.0.0.1:8080", true),
            ("127.0.0.1", "localhost:8080", true),
            ("127.0.0.1", "192.0.2.1", false),
            ("127.0.0.1", "evil.example", false),
            ("127.0.0.1", "maps.example.org.evil.example", false),
            ("127.0.0.1", "evil.example:maps.example.org", false),
            ("127.0.0.1", "", false),
            ("0.0.0.0", "192.0.2.1:8080", true),
            ("0.0.0.0", "[2001:db8::1]:8080", true),
            ("0.0.0.0", "localhost", false),
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("::1", "[::1]:8080", true),
            ("::1", "[::1]", true),
            ("::1", "[::2]", false),
            ("::", "[::1]", true),
        ] {
            assert_eq!(known(public, listening, host), expected, "{listening} {host}");
        }
        assert!(known(Some("http://[2001:db8::1]:8080"), "127.0.0.1", "[2001:db8::1]"));
        assert!(!known(None, "127.0.0.1", "maps.example.org") && known(None, "127.0.0.1", "choro.internal"));
    }

    #[test]
    fn a_host_has_no_path_no_user_and_no_blank() {
        for (value, valid) in [
            ("maps.example.org:8080", true),
            ("[2001:db8::1]:8080", true),
            ("", true),
            ("a/b", false),
            ("user@a", false),
            ("a b", false),
            ("a?b", false),
            ("\"a\"", false),
            ("é", false),
        ] {
            assert_eq!(is_valid(value.as_bytes()), valid, "{value}");
        }
    }
}

//! Where a server listens: `127.0.0.1:8080`, `localhost:8080`, or `:8080` for every address of the machine.

use std::{fmt, net::SocketAddr, str::FromStr};

/// An address or a name with a port, or a port alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListenAddr {
    /// Every address of the machine, of IPv6 and IPv4.
    Every(u16),
    /// One address, or every one of its family where it is `0.0.0.0` or `[::]`.
    Address(SocketAddr),
    /// The first address of a name that can be listened on; those of IPv4 come first.
    Name(String, u16),
}

impl ListenAddr {
    /// What it may be, in words.
    pub(super) const EXPECTED: &str =
        "an address and port such as 127.0.0.1:8080, a name and port such as localhost:8080, or :8080 for every address";

    /// Whether only this machine can reach it, as far as it says.
    #[must_use]
    pub fn is_local(&self) -> bool {
        match self {
            Self::Every(_) => false,
            Self::Address(address) => address.ip().is_loopback(),
            Self::Name(name, _) => name == "localhost",
        }
    }

    /// Host and port in a URL that leads to it from this machine.
    #[must_use]
    pub fn authority(&self) -> String {
        match self {
            Self::Every(port) => format!("localhost:{port}"),
            other => other.to_string(),
        }
    }

    /// With the port that the system gave in place of 0.
    #[must_use]
    pub fn with_port(&self, port: u16) -> Self {
        match self {
            Self::Every(_) => Self::Every(port),
            Self::Address(address) => Self::Address(SocketAddr::new(address.ip(), port)),
            Self::Name(name, _) => Self::Name(name.clone(), port),
        }
    }
}

impl From<SocketAddr> for ListenAddr {
    fn from(address: SocketAddr) -> Self {
        Self::Address(address)
    }
}

impl fmt::Display for ListenAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every(port) => write!(f, ":{port}"),
            Self::Address(address) => address.fmt(f),
            Self::Name(name, port) => write!(f, "{name}:{port}"),
        }
    }
}

impl FromStr for ListenAddr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("got {text:?}, expected {}", Self::EXPECTED);
        if let Ok(address) = text.parse() {
            return Ok(Self::Address(address));
        }
        let (name, port) = text.rsplit_once(':').ok_or_else(wrong)?;
        let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
        let port = port.parse().ok().filter(|_| digits).ok_or_else(wrong)?;
        match name {
            "" => Ok(Self::Every(port)),
            name if is_name(name) => Ok(Self::Name(name.to_ascii_lowercase(), port)),
            _ => Err(wrong()),
        }
    }
}

/// A name of a host (RFC 1123, 2.1), which is no address: its last part does not begin with a digit.
fn is_name(text: &str) -> bool {
    let is_part = |part: &str| {
        let plain = part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        plain && (1..=63).contains(&part.len()) && !part.starts_with('-') && !part.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253 && text.split('.').all(is_part) && !last.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_a_name_or_a_port_alone_is_read_and_written_again() {
        for text in ["127.0.0.1:8080", "0.0.0.0:0", "[::1]:8080", ":8080", "localhost:8080", "maps.example.org:80", "db_1:1"]
        {
            let at: ListenAddr = text.parse().unwrap();
            assert_eq!(at.to_string(), text);
        }
        assert_eq!("LocalHost:1".parse(), Ok(ListenAddr::Name("localhost".to_owned(), 1)));
        for text in [
            "",
            ":",
            "8080",
            "localhost",
            "localhost:",
            ":65536",
            ":+1",
            ":-1",
            "127.0.0.1",
            "127.0.0.1.1:80",
            "300.0.0.1:80",
            "::1:8080",
            "[::1]",
            "a b:80",
            "-a:80",
            "a..b:80",
            "http://localhost:80",
            "*:80",
            "localhost:80/",
            "\u{e9}:80",
        ] {
            let error = text.parse::<ListenAddr>().expect_err(text);
            assert!(error.starts_with(&format!("got {text:?}, expected an address and port")), "{error}");
        }
    }

    #[test]
    fn a_url_leads_to_it_from_this_machine() {
        for (text, authority, is_local) in [
            (":8080", "localhost:9", false),
            ("localhost:0", "localhost:9", true),
            ("127.0.0.1:0", "127.0.0.1:9", true),
            ("[::1]:0", "[::1]:9", true),
            ("0.0.0.0:0", "0.0.0.0:9", false),
            ("maps.example.org:80", "maps.example.org:9", false),
        ] {
            let at = text.parse::<ListenAddr>().unwrap().with_port(9);
            assert_eq!((at.authority().as_str(), at.is_local()), (authority, is_local), "{text}");
        }
    }
}

//! Sockets that take connections.

use choro_config::ListenAddr;
use socket2::{Domain, Protocol, Socket, Type};
use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs as _},
};

/// Connections that wait until they are taken, where `net.core.somaxconn` lets so many. In the 128 places of the standard library one
/// client that opens many at once leaves none to the others, who try again after a second.
const BACKLOG: i32 = 1024;

/// A socket that takes connections, and blocks nobody.
///
/// # Errors
/// The name is not known, or its addresses cannot be listened on.
pub fn listen(at: &ListenAddr) -> io::Result<TcpListener> {
    match at {
        ListenAddr::Every(port) => every(*port),
        ListenAddr::Address(address) => open(*address),
        ListenAddr::Name(name, port) => named(name, *port),
    }
}

/// On all addresses of IPv6 and IPv4; of IPv4 alone where the system has no IPv6.
fn every(port: u16) -> io::Result<TcpListener> {
    let of_both = socket(Domain::IPV6).and_then(|socket| {
        socket.set_only_v6(false)?;
        bound(socket, (Ipv6Addr::UNSPECIFIED, port).into())
    });
    match of_both {
        Err(error) if !matches!(error.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied) => {
            tracing::debug!(%error, "no IPv6: listening on the addresses of IPv4");
            open((Ipv4Addr::UNSPECIFIED, port).into())
        }
        other => other,
    }
}

/// On the first address of a name that can be listened on, those of IPv4 first.
fn named(name: &str, port: u16) -> io::Result<TcpListener> {
    let unknown = |why: &str| io::Error::new(io::ErrorKind::NotFound, format!("{name} is the name of no address: {why}"));
    let mut addresses: Vec<SocketAddr> =
        (name, port).to_socket_addrs().map_err(|error| unknown(&error.to_string()))?.collect();
    addresses.sort_by_key(SocketAddr::is_ipv6);
    let mut last = unknown("it has none");
    for address in addresses {
        match open(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = io::Error::new(error.kind(), format!("{address}: {error}")),
        }
    }
    Err(last)
}

fn open(address: SocketAddr) -> io::Result<TcpListener> {
    bound(socket(Domain::for_address(address))?, address)
}

fn socket(domain: Domain) -> io::Result<Socket> {
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    // As the standard library does, so that a server that is started again need not wait for the connections of the one before.
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

fn bound(socket: Socket, address: SocketAddr) -> io::Result<TcpListener> {
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    fn at(text: &str) -> ListenAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_port_alone_is_every_address_of_both_families() {
        let listener = listen(&at(":0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(listener.local_addr().unwrap().ip().is_unspecified());
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
        // A machine without IPv6 has no such address to connect to.
        let has_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
        assert_eq!(TcpStream::connect((Ipv6Addr::LOCALHOST, port)).is_ok(), has_ipv6);
    }

    #[test]
    fn a_name_is_looked_up_and_one_that_is_not_known_is_told() {
        let listener = listen(&at("localhost:0")).unwrap();
        assert!(listener.local_addr().unwrap().ip().is_loopback());
        let error = listen(&at("no-such-host.invalid:0")).unwrap_err().to_string();
        assert!(error.starts_with("no-such-host.invalid is the name of no address: "), "{error}");
    }

    #[test]
    fn a_port_that_is_taken_is_an_error_for_every_address_too() {
        let port = listen(&at(":0")).map(|listener| (listener.local_addr().unwrap().port(), listener)).unwrap();
        let error = listen(&ListenAddr::Every(port.0)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse, "{error}");
    }
}

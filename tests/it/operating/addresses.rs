//! Where a server listens, and what it says of itself when it starts.

use super::published;
use crate::harness::{Server, Workspace};
use std::net::{Ipv6Addr, TcpListener, TcpStream};

fn started(workspace: &Workspace, addr: &str) -> Server {
    Server::run(workspace.command(&["serve", "--addr", addr]))
}

fn links(server: &Server) -> &str {
    server.said.iter().find(|line| line.starts_with("absolute links begin with ")).unwrap()
}

#[test]
fn a_port_alone_and_a_name_are_listened_on() {
    let workspace = published();
    let every = started(&workspace, ":0");
    let port: u16 = every.url.rsplit(':').next().unwrap().parse().unwrap();
    assert_eq!(every.url, format!("http://localhost:{port}"));
    assert_eq!(every.get_at(&format!("http://127.0.0.1:{port}"), "/health/ready").status, 200);
    let has_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok();
    assert_eq!(TcpStream::connect((Ipv6Addr::LOCALHOST, port)).is_ok(), has_ipv6);
    let tiles = every.json("/tiles/areas/WebMercatorQuad.json")["tiles"][0].as_str().unwrap().to_owned();
    assert!(tiles.starts_with(&format!("http://localhost:{port}/tiles/")), "{tiles}");

    let named = started(&workspace, "localhost:0");
    assert!(named.url.starts_with("http://localhost:"), "{}", named.url);
    assert_eq!(named.get("/health/ready").status, 200);
}

#[test]
fn an_address_that_is_none_says_what_was_got_and_what_is_expected() {
    let workspace = published();
    for (addr, code, words) in [
        (
            "8080",
            2,
            "got \"8080\", expected an address and port such as 127.0.0.1:8080, a name and port such as localhost:8080",
        ),
        ("localhost", 2, "got \"localhost\", expected"),
        ("localhost:http", 2, "or :8080 for every address"),
        ("no-such-host.invalid:0", 1, "server.addr no-such-host.invalid:0: no-such-host.invalid is the name of no address"),
    ] {
        let said = workspace.fails(&["serve", "--addr", addr], code);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{addr}: {said}");
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let said = workspace.fails(&["serve", "--addr", &addr], 1);
    assert!(said.contains(&format!("server.addr {addr}: Address already in use")), "{said}");
}

#[test]
fn the_start_says_what_absolute_links_begin_with_and_why() {
    let workspace = published();
    let server = started(&workspace, "127.0.0.1:0");
    assert_eq!(
        links(&server),
        format!(
            "absolute links begin with {}/: the address that is listened on; set server.public_url where clients know the server \
             by another",
            server.url
        )
    );
    workspace.set("server", "trusted_proxies = \"127.0.0.1\"");
    let behind = started(&workspace, "127.0.0.1:0");
    assert!(links(&behind).contains("the headers of a proxy, trusted too, never say it: set server.public_url"));
    let headers = [("x-forwarded-host", "maps.example.org"), ("x-forwarded-proto", "https")];
    let tilejson = behind.get_with("/tiles/areas/WebMercatorQuad.json", &headers).text();
    assert!(tilejson.contains(&behind.url) && !tilejson.contains("maps.example.org"), "{tilejson}");
    // Where there is a public one, the last line names that, and the port is not known from it.
    workspace.set("server", "public_url = \"http://maps.example.org/choro\"");
    let public = started(&workspace, "127.0.0.1:0");
    assert_eq!(links(&public), "absolute links begin with http://maps.example.org/choro/: server.public_url says so");
}

//! Accept-Encoding, If-None-Match and Range of every odd kind: never a fault of ours, and a body is what its headers say.

use super::{
    Client, serve, shown, site,
    site::{selection, tile},
};
use crate::harness::Reply;
use std::{collections::BTreeMap, io::Read as _};

const LONG: &str = "gzip;q=0.123, br;q=0.456, zstd;q=0.789, identity;q=0.5, *;q=0.001";

/// What clients and those who play at being one have sent.
const ODD: [&[u8]; 44] = [
    b"",
    b" ",
    b",",
    b",,,,;;;;====",
    b"*",
    b"*;q=0",
    b"*;q=1.0",
    b"*, *;q=0",
    b"gzip",
    b"GZip",
    b"x-gzip",
    b"gzip, gzip;q=0",
    b"gzip;q=0, gzip",
    b"gzip;q=1.000",
    b"gzip;q=1.0000",
    b"gzip;q=1.001",
    b"gzip;q=.5",
    b"gzip;q=",
    b"gzip;q",
    b"gzip;Q=0.5",
    b"gzip ; q = 0.5",
    b"gzip;q=NaN",
    b"gzip;q=-0",
    b"gzip;q=1e3",
    b"gzip;q=0.5;level=9",
    b"gzip;level=9;q=0.5",
    b"br",
    b"br;q=1, gzip;q=0.9",
    b"gzip;q=0.5, br;q=0.5, zstd;q=0.5",
    b"zstd",
    b"zstd;q=0.001, *;q=0",
    b"identity",
    b"identity;q=0",
    b"identity;q=0, *;q=0",
    b"identity;q=0.5, gzip;q=0.4",
    b"gzip, deflate, br, zstd",
    b"deflate",
    b"compress, exi, pack200-gzip, dcb, dcz, aes128gcm",
    b"\"gzip\"",
    b"gzip\tbr",
    b"gzip, \xff\xfe, br",
    b"\xd0\xb3\xd0\xb7\xd0\xb8\xd0\xbf",
    b"gzip,br,zstd,gzip,br,zstd,gzip,br,zstd,gzip,br,zstd,gzip,br,zstd,gzip,br,zstd,gzip,br,zstd,gzip,br,zstd,gzip,br",
    LONG.as_bytes(),
];

fn paths() -> [String; 6] {
    [
        tile(0, 0, 0, 0),
        tile(6, 0, 0, 0),
        "/catalog.json".to_owned(),
        format!("/areas/islands.geojson?{}&zoom=1", selection(0)),
        "/openapi.json".to_owned(),
        "/".to_owned(),
    ]
}

/// The content of a body, by decoders that are not the server's encoders.
fn content(reply: &Reply, asked: &str) -> Vec<u8> {
    let (mut content, body) = (Vec::new(), &*reply.body);
    match reply.header("content-encoding") {
        None => content.extend_from_slice(body),
        Some("gzip") => {
            flate2::read::MultiGzDecoder::new(body).read_to_end(&mut content).unwrap();
        }
        Some("br") => brotli::BrotliDecompress(&mut &*body, &mut content).unwrap(),
        Some("zstd") => {
            ruzstd::decoding::StreamingDecoder::new(body).unwrap().read_to_end(&mut content).unwrap();
        }
        Some(other) => panic!("{asked}: nobody knows {other}"),
    }
    content
}

#[test]
fn whatever_a_client_says_of_codings_it_gets_the_content_in_one_that_it_is_told() {
    let site = site();
    let server = serve(&site, &[]);
    let mut client = Client::open(&server);
    let mut kinds = BTreeMap::<String, usize>::new();
    for path in paths() {
        let plain = client.get(&path).answered(&path);
        assert!(plain.header("content-encoding").is_none(), "{path}");
        for odd in ODD {
            let line = [b"Accept-Encoding: ", odd, b"\r\n"].concat();
            let asked = format!("{path} {}", odd.escape_ascii());
            let reply = client.get_with(&path, &line).answered(&asked);
            let coding = reply.header("content-encoding").unwrap_or("identity").to_owned();
            *kinds.entry(format!("{}_{coding}", reply.status)).or_default() += 1;
            match reply.status {
                406 => assert!(odd.windows(3).any(|part| part == b"q=0"), "{asked}: nothing was refused"),
                status => {
                    assert_eq!(status, plain.status, "{asked}");
                    assert!(content(&reply, &asked) == plain.body, "{asked}: another content");
                    let said = String::from_utf8_lossy(odd).to_ascii_lowercase();
                    assert!(coding == "identity" || said.contains('*') || said.contains(&coding), "{asked}: {coding}");
                    assert_eq!(reply.header("vary"), plain.header("vary"), "{asked}");
                }
            }
        }
    }
    for (kind, count) in kinds {
        shown(&format!("codings_{kind}"), count);
    }
}

#[test]
fn the_tag_of_another_coding_is_another_tag() {
    let site = site();
    let server = serve(&site, &[]);
    let mut client = Client::open(&server);
    // What is sent as it is, whatever the client takes, has one tag.
    let negotiated = |path: &&String| {
        let reply = server.get(path);
        reply.status == 200 && reply.header("vary").is_some()
    };
    for path in paths().iter().filter(negotiated) {
        let mut tags = BTreeMap::<String, String>::new();
        for coding in ["identity", "gzip", "br", "zstd"] {
            let only = format!("Accept-Encoding: {coding}, *;q=0\r\n");
            let reply = client.get_with(path, only.as_bytes()).answered(path);
            if reply.status == 406 {
                continue;
            }
            let tag = reply.header("etag").unwrap().to_owned();
            for (other, foreign) in &tags {
                assert_ne!(*foreign, tag, "{path}: {other} and {coding} have one tag");
                let lines = format!("{only}If-None-Match: {foreign}, W/{foreign}\r\n");
                let again = client.get_with(path, lines.as_bytes()).answered(path);
                assert_eq!((again.status, &again.body), (200, &reply.body), "{path}: {coding} with the tag of {other}");
            }
            let again = client.get_with(path, format!("{only}If-None-Match: \"x\", {tag}\r\n").as_bytes()).answered(path);
            assert_eq!((again.status, again.header("etag")), (304, Some(&*tag)), "{path} {coding}");
            tags.insert(coding.to_owned(), tag);
        }
        assert!(tags.contains_key("identity") && tags.contains_key("gzip"), "{path}: {tags:?}");
    }
    let path = &paths()[0];
    for odd in [&b""[..], b",", b"\"", b"W/", b"\"\xff\"", b"*, \"a\"", b"\"a\\\"b\"", b"W/\"a\",W/W/\"b\"", &[b'"'; 4000]] {
        let line = [b"If-None-Match: ", odd, b"\r\n"].concat();
        let status = client.get_with(path, &line).answered("an odd tag").status;
        assert!(matches!(status, 200 | 304), "{}: {status}", odd.escape_ascii());
    }
}

/// A range of a coding's bytes is of no use to a map, and a server may ignore it (RFC 9110, 14.2).
#[test]
fn ranges_are_neither_offered_nor_honoured() {
    let site = site();
    let server = serve(&site, &[]);
    let mut client = Client::open(&server);
    for path in paths() {
        let plain = client.get(&path).answered(&path);
        let tag = plain.header("etag").unwrap_or("\"x\"").to_owned();
        assert!(plain.header("accept-ranges").is_none_or(|units| units == "none"), "{path}");
        for range in [
            "bytes=0-0",
            "bytes=0-",
            "bytes=-1",
            "bytes=5-2",
            "bytes=99999999-",
            "bytes=0-0,2-3,4-5",
            "bytes=0-18446744073709551616",
            "items=0-1",
            "bytes",
            "",
        ] {
            for conditional in [String::new(), format!("If-Range: {tag}\r\n"), "If-Range: \"x\"\r\n".to_owned()] {
                let lines = format!("Range: {range}\r\n{conditional}");
                let reply = client.get_with(&path, lines.as_bytes()).answered(&path);
                assert_eq!(reply.status, plain.status, "{path} {lines}");
                assert!(reply.body == plain.body && reply.header("content-range").is_none(), "{path} {lines}");
            }
        }
    }
}

//! A connection from an address of one's own, and one request at a time over it.

use crate::common::load;
use anyhow::{Context as _, ensure};
use socket2::{Domain, Socket, Type};
use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Connects from an address.
pub fn connect(from: Ipv4Addr, to: SocketAddr) -> anyhow::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    // Otherwise each connection that ended keeps its port for a minute.
    socket.set_reuse_address(true)?;
    socket.bind(&SocketAddr::from((from, 0)).into())?;
    socket.connect(&to.into())?;
    let stream = TcpStream::from(socket);
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// Sends a request.
pub fn ask(stream: &mut TcpStream, url: &str) -> anyhow::Result<()> {
    let request = format!("GET {url} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");
    Ok(stream.write_all(request.as_bytes())?)
}

/// Reads an answer whole; its status.
pub fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<u16> {
    buffer.clear();
    let head = loop {
        receive(stream, buffer)?;
        if let Some(head) = load::head(buffer) {
            break head;
        }
    };
    let text = std::str::from_utf8(&buffer[..head])?.to_ascii_lowercase();
    let status = text.split(' ').nth(1).context("a status")?.parse()?;
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(Ok(0), |length| length.trim().parse())?;
    while buffer.len() < head + length {
        receive(stream, buffer)?;
    }
    Ok(status)
}

fn receive(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<()> {
    let mut part = [0; 16_384];
    let count = stream.read(&mut part)?;
    ensure!(count > 0, "the connection was closed");
    buffer.extend_from_slice(&part[..count]);
    Ok(())
}

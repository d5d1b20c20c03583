//! A client that keeps its connection and says what it got, byte by byte where the test wants so.

use crate::harness::{Reply, Server};
use socket2::{Domain, Socket, Type};
use std::{
    io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

/// Longer than anything takes here.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection.
pub struct Client(BufReader<TcpStream>);

/// What became of a request.
#[derive(Debug)]
pub enum Outcome<T> {
    Answered(T),
    /// The connection ended before the first byte of an answer.
    Closed,
    /// It ended within an answer.
    Cut(String),
}

impl<T> Outcome<T> {
    /// The answer; anything else fails.
    pub fn answered(self, asked: &str) -> T {
        match self {
            Self::Answered(reply) => reply,
            Self::Closed => panic!("{asked}: closed without an answer"),
            Self::Cut(why) => panic!("{asked}: cut off: {why}"),
        }
    }
}

impl Client {
    pub fn open(server: &Server) -> Self {
        Self::try_open_at(&server.url).unwrap()
    }

    /// As another client: each address of the loopback network is one.
    pub fn open_from(server: &Server, address: Ipv4Addr) -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((address, 0)).into()).unwrap();
        let to: SocketAddr = server.url.strip_prefix("http://").unwrap().parse().unwrap();
        socket.connect(&to.into()).unwrap();
        Self::over(socket.into()).unwrap()
    }

    pub fn try_open_at(url: &str) -> io::Result<Self> {
        Self::over(TcpStream::connect(url.strip_prefix("http://").unwrap())?)
    }

    fn over(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self(BufReader::with_capacity(64 * 1024, stream)))
    }

    pub fn get(&mut self, path: &str) -> Outcome<Reply> {
        self.get_with(path, b"")
    }

    /// Asks with further lines of headers, each ended by CRLF.
    pub fn get_with(&mut self, path: &str, lines: &[u8]) -> Outcome<Reply> {
        if self.ask(path, lines).is_err() { Outcome::Closed } else { self.answer() }
    }

    /// Sends a request.
    pub fn ask(&mut self, path: &str, lines: &[u8]) -> io::Result<()> {
        let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\n");
        self.0.get_mut().write_all(&[head.as_bytes(), lines, b"\r\n"].concat())
    }

    /// Sends the first line of a request, and no more.
    pub fn begin(&mut self) {
        self.0.get_mut().write_all(b"GET / HTTP/1.1\r\n").unwrap();
    }

    /// Reads the answer to it.
    pub fn answer(&mut self) -> Outcome<Reply> {
        match self.0.fill_buf() {
            Ok([]) => Outcome::Closed,
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) => Outcome::Closed,
            Err(error) => Outcome::Cut(error.to_string()),
            Ok(_) => self.rest().map_or_else(|error| Outcome::Cut(error.to_string()), Outcome::Answered),
        }
    }

    /// Takes so many bytes at most, of whatever comes.
    pub fn take(&mut self, bytes: usize) -> io::Result<usize> {
        self.0.get_mut().read(&mut vec![0; bytes])
    }

    fn rest(&mut self) -> io::Result<Reply> {
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|status| status.parse().ok());
        let mut reply = Reply { status: status.unwrap(), headers: Vec::new(), body: Vec::new() };
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            reply.headers.push((name.to_owned(), value.trim().to_owned()));
        }
        let length = reply.header("content-length").map_or(0, |length| length.parse().unwrap());
        reply.body.resize(length, 0);
        self.0.read_exact(&mut reply.body)?;
        Ok(reply)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.0.read_line(&mut line)? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }
}

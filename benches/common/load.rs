//! A load generator: a bounded list of requests over keep-alive connections of HTTP/1.1, each answer read whole.

use anyhow::{Context as _, ensure};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Instant,
};

const CONNECTIONS: usize = 16;

/// What requests took, seen from the client.
#[derive(Default)]
pub struct Load {
    pub seconds: f64,
    /// Of each request in microseconds; ascending once added.
    pub latencies: Vec<u32>,
}

impl Load {
    pub fn add(&mut self, more: Self) {
        self.seconds += more.seconds;
        self.latencies.extend(more.latencies);
        self.latencies.sort_unstable();
    }

    pub fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }

    /// The latency in milliseconds that `share` of the requests stay within.
    pub fn quantile(&self, share: f64) -> f64 {
        let index = (self.latencies.len() as f64 * share) as usize;
        self.latencies.get(index.min(self.latencies.len() - 1)).map_or(0.0, |us| f64::from(*us) / 1000.0)
    }
}

/// Sends each URL once.
pub fn run(address: SocketAddr, coding: &str, urls: &[String]) -> anyhow::Result<Load> {
    let next = AtomicUsize::new(0);
    let begun = Instant::now();
    let work = || -> anyhow::Result<Vec<u32>> {
        let mut connection = Connection::open(address, coding)?;
        let mut latencies = Vec::new();
        while let Some(url) = urls.get(next.fetch_add(1, Ordering::Relaxed)) {
            let sent = Instant::now();
            connection.get(url)?;
            latencies.push(u32::try_from(sent.elapsed().as_micros())?);
        }
        Ok(latencies)
    };
    let latencies = thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(work)).collect();
        let joined = workers.into_iter().map(|worker| worker.join().map_err(|_| anyhow::anyhow!("a client panicked"))?);
        joined.collect::<anyhow::Result<Vec<_>>>()
    })?
    .concat();
    Ok(Load { seconds: begun.elapsed().as_secs_f64(), latencies })
}

/// One connection.
pub struct Connection {
    stream: TcpStream,
    coding: String,
    buffer: Vec<u8>,
}

impl Connection {
    pub fn open(address: SocketAddr, coding: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, coding: coding.to_owned(), buffer: Vec::new() })
    }

    /// How long the body of the answer is.
    pub fn length(&mut self, url: &str) -> anyhow::Result<usize> {
        let answer = self.get(url)?;
        Ok(answer.len() - head(answer).context("an answer without a head")?)
    }

    /// The whole answer, head and body. Anything but 200 is an error.
    pub fn get(&mut self, url: &str) -> anyhow::Result<&[u8]> {
        let coding = &self.coding;
        let request = format!("GET {url} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {coding}\r\n\r\n");
        self.stream.write_all(request.as_bytes())?;
        self.buffer.clear();
        let head = loop {
            self.receive(url)?;
            if let Some(head) = head(&self.buffer) {
                break head;
            }
        };
        let text = std::str::from_utf8(&self.buffer[..head])?.to_ascii_lowercase();
        ensure!(text.starts_with("http/1.1 200 "), "{url}: {text}");
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.with_context(|| format!("{url}: no content-length"))?.trim().parse()?;
        while self.buffer.len() < head + length {
            self.receive(url)?;
        }
        Ok(&self.buffer)
    }

    fn receive(&mut self, url: &str) -> anyhow::Result<()> {
        let mut part = [0; 16_384];
        let count = self.stream.read(&mut part)?;
        ensure!(count > 0, "{url}: the connection was closed");
        self.buffer.extend_from_slice(&part[..count]);
        Ok(())
    }
}

/// How long the head of an answer is, once it is there.
pub fn head(answer: &[u8]) -> Option<usize> {
    Some(answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4)
}

//! Stands between the program and its database or object storage, and harms what passes.

use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What happens to the bytes.
#[derive(Debug, Clone, Copy)]
pub enum Mode {
    Pass,
    /// Each piece waits.
    Slow(Duration),
    /// After so many bytes of the program all connections are cut.
    CutAfter(usize),
    /// After so many bytes of the program nothing gets through any more, and nobody is told.
    HoleAfter(usize),
    /// Whatever is asked is answered by a page that says that all is well.
    Page,
    /// Of what the other side says on a connection so many bytes get through, then the connection is cut.
    CutAnswerAfter(usize),
}

/// As a captive portal or a gateway in front of what is meant would say it.
const PAGE: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 40\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n\
    ETag: \"a\"\r\nConnection: close\r\n\r\n<html><body>Please log in</body></html>\n";

/// The mode, and how many bytes of the program have passed since it was set.
type Shared = Arc<Mutex<(Mode, usize)>>;

pub struct Proxy {
    pub port: u16,
    shared: Shared,
}

impl Proxy {
    /// Listens on a free port for what is meant for `port`.
    pub fn before(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let proxy = Self { port: listener.local_addr().unwrap().port(), shared: Arc::new(Mutex::new((Mode::Pass, 0))) };
        let shared = Arc::clone(&proxy.shared);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { continue };
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                let (up, down) = (Arc::clone(&shared), Arc::clone(&shared));
                thread::spawn(move || pass(from, to, &up, true));
                thread::spawn(move || pass(server, client, &down, false));
            }
        });
        proxy
    }

    pub fn set(&self, mode: Mode) {
        *self.shared.lock().unwrap() = (mode, 0);
    }

    /// Bytes of the program since the mode was set.
    pub fn passed(&self) -> usize {
        self.shared.lock().unwrap().1
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, shared: &Shared, of_program: bool) {
    let (mut buffer, mut answered) = ([0; 4096], 0);
    while let Ok(n @ 1..) = from.read(&mut buffer) {
        let (mode, passed) = {
            let mut shared = shared.lock().unwrap();
            shared.1 += if of_program { n } else { 0 };
            *shared
        };
        match mode {
            Mode::CutAfter(limit) if passed > limit => break,
            Mode::HoleAfter(limit) if passed > limit => continue,
            Mode::Slow(wait) => thread::sleep(wait),
            Mode::Page if of_program => {
                let _told = from.write_all(PAGE);
                break;
            }
            Mode::CutAnswerAfter(limit) if !of_program && answered + n > limit => {
                let _passed = to.write_all(&buffer[..limit.saturating_sub(answered)]);
                break;
            }
            _ => {}
        }
        answered += n;
        if to.write_all(&buffer[..n]).is_err() {
            break;
        }
    }
    // The other side may be gone already.
    let _closed = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

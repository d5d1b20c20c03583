//! Two servers of one releases folder behind a proxy, restarted in turn under load: no client sees an error.

use super::{Client, client::Outcome};
use crate::{
    harness::{Server, Workspace},
    numbers,
};
use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

const ROUNDS: usize = 3;
const CLIENTS: usize = 4;

/// What nginx does with `proxy_next_upstream error`: the next server is asked where one takes no connection or closes without an
/// answer. An answer that breaks off is an error of the client's.
struct Balancer {
    url: String,
    servers: [String; 2],
    /// How often the next server was asked.
    moved: AtomicUsize,
}

impl Balancer {
    fn listen(&self, listener: &TcpListener, over: &AtomicBool) {
        std::thread::scope(|scope| {
            for client in listener.incoming().map_while(Result::ok) {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                scope.spawn(move || self.pass(client));
            }
        });
    }

    /// Answers one client until it closes.
    fn pass(&self, client: TcpStream) {
        let mut lines = BufReader::new(client.try_clone().unwrap()).lines();
        let (mut client, mut kept) = (client, None);
        while let Some(Ok(first)) = lines.next() {
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let path = first.split(' ').nth(1).unwrap().to_owned();
            let reply = self.ask(&path, &mut kept);
            let head = format!("HTTP/1.1 {} .\r\nContent-Length: {}\r\n\r\n", reply.0, reply.1.len());
            if client.write_all(&[head.as_bytes(), &reply.1].concat()).is_err() {
                return;
            }
        }
    }

    fn ask(&self, path: &str, kept: &mut Option<(usize, Client)>) -> (u16, Vec<u8>) {
        let first = kept.as_ref().map_or(path.len() % 2, |(at, _)| *at);
        for at in [first, 1 - first, first] {
            let connection = match kept.take() {
                Some((known, client)) if known == at => Ok(client),
                _ => Client::try_open_at(&self.servers[at]),
            };
            if let Ok(mut client) = connection {
                match client.get(path) {
                    Outcome::Answered(reply) => {
                        if reply.header("connection") != Some("close") {
                            *kept = Some((at, client));
                        }
                        return (reply.status, reply.body);
                    }
                    Outcome::Cut(why) => return (502, why.into_bytes()),
                    Outcome::Closed => {}
                }
            }
            self.moved.fetch_add(1, Ordering::Relaxed);
        }
        (502, b"no server".to_vec())
    }
}

fn start(workspace: &Workspace, address: &str) -> Server {
    Server::run(workspace.command(&["serve", "--addr", address.strip_prefix("http://").unwrap()]))
}

#[test]
fn two_servers_restarted_in_turn_behind_a_proxy_cost_no_client_an_answer() {
    let workspace = Workspace::invented_on(None);
    workspace.ok(&["publish"]);
    let mut servers = [workspace.serve(), workspace.serve()].map(Some);
    let addresses = servers.each_ref().map(|server| server.as_ref().unwrap().url.clone());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let balancer = Balancer { url, servers: addresses.clone(), moved: AtomicUsize::new(0) };
    let golden: Vec<(String, u16, Vec<u8>)> = paths()
        .into_iter()
        .map(|path| {
            let reply = servers[0].as_ref().unwrap().get(&path);
            (path, reply.status, reply.body)
        })
        .collect();
    let (over, closed) = (AtomicBool::new(false), AtomicBool::new(false));
    let mut times = Vec::new();
    let answers: usize = std::thread::scope(|scope| {
        let (balancer, listener, golden, over, closed) = (&balancer, &listener, &golden, &over, &closed);
        scope.spawn(move || balancer.listen(listener, closed));
        let load: Vec<_> =
            (0..CLIENTS).map(|number| scope.spawn(move || load(&balancer.url, golden, number, over))).collect();
        for at in (0..2 * ROUNDS).map(|turn| turn % 2) {
            let begun = Instant::now();
            assert_eq!(servers[at].take().unwrap().stop("-TERM"), Some(0));
            servers[at] = Some(start(&workspace, &addresses[at]));
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            std::thread::sleep(Duration::from_millis(200));
        }
        over.store(true, Ordering::Relaxed);
        let answers = load.into_iter().map(|client| client.join().unwrap()).sum();
        closed.store(true, Ordering::Relaxed);
        // So that the proxy looks.
        drop(TcpStream::connect(balancer.url.strip_prefix("http://").unwrap()));
        answers
    });
    assert!(answers > 100, "{answers}");
    numbers::say(12, "restarts, each of one of two servers", 2 * ROUNDS, "");
    numbers::say(12, "answers compared, none failed", answers, "");
    numbers::say(12, "requests that the proxy gave to the other server", balancer.moved.load(Ordering::Relaxed), "");
    numbers::times(12, "from the signal to the next server's first answer", &mut times);
}

/// A client that asks one thing after another on one connection; how many answers it had.
fn load(url: &str, golden: &[(String, u16, Vec<u8>)], number: usize, over: &AtomicBool) -> usize {
    let mut client = Client::try_open_at(url).unwrap();
    for turn in 0.. {
        let (path, status, body) = &golden[(turn + number) % golden.len()];
        let reply = client.get(path).answered(path);
        assert!((reply.status, &reply.body) == (*status, body), "{path}: {} {}", reply.status, reply.text());
        if over.load(Ordering::Relaxed) {
            return turn;
        }
        std::thread::sleep(Duration::from_millis(3));
    }
    0
}

fn paths() -> Vec<String> {
    let tile = |x: u32, y: u32| format!("/tiles/areas/WebMercatorQuad/2/{x}/{y}.mvt?indicator=arrival_rate&period=2021");
    let tiles = (0..4).flat_map(|x| (0..4).map(move |y| tile(x, y)));
    let others =
        ["/catalog.json", "/areas/areas/01", "/values/areas.csv?indicator=arrival_rate&period=2022"].map(str::to_owned);
    tiles.chain(others).collect()
}

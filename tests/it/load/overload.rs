//! Three times the load that the server can bear: the excess is refused at once and told when to come again, the rest is
//! answered, and then all is as before.

use super::{Client, at_least, at_most, quantile, serve, shown, site, site::geojson};
use crate::harness::{Reply, Server};
use std::time::{Duration, Instant};

/// Requests that the server takes at one time, and clients that it can so bear.
const BEARABLE: usize = 4;
const TIMES: usize = 3;
/// What each client asks for, every one a document that must be made.
const EACH: usize = 12;

/// What clients saw.
#[derive(Default)]
struct Seen {
    served: Vec<(String, Vec<u8>)>,
    refused: Vec<String>,
    refused_ms: Vec<f64>,
    seconds: f64,
}

impl Seen {
    fn rate(&self) -> f64 {
        self.served.len() as f64 / self.seconds
    }
}

#[test]
fn three_times_the_bearable_load_is_shed_and_the_rest_is_served() {
    let site = site();
    let bearable = BEARABLE.to_string();
    let settings = [
        ("CHORO_MAX_IN_FLIGHT", &*bearable),
        ("CHORO_REQUEST_TIMEOUT_S", "60"),
        ("CHORO_CACHE_MB", "0"),
        // One address asks for everything here.
        ("CHORO_COSTLY_PER_MINUTE", "1000000"),
    ];
    let server = serve(&site, &settings);
    let alone = press(&server, BEARABLE, 0);
    assert!(alone.refused.is_empty(), "{:?}", alone.refused);
    let mut pressed = press(&server, BEARABLE * TIMES, BEARABLE * EACH);
    at_least("overload_refused", pressed.refused.len() as f64, 1.0);
    at_least("overload_served", pressed.served.len() as f64, BEARABLE as f64);
    at_most("overload_refusal_ms_p50", quantile(&mut pressed.refused_ms, 0.5), 2000.0);
    shown("overload_refusal_ms_p99", quantile(&mut pressed.refused_ms, 0.99));
    shown("overload_served_a_second_alone", alone.rate());
    shown("overload_served_a_second_pressed", pressed.rate());
    let calm = serve(&site, &[]);
    for (path, body) in &pressed.served {
        assert!(calm.get(path).body == *body, "{path}: not what it is without load");
    }
    let begun = Instant::now();
    for path in &pressed.refused[..pressed.refused.len().min(EACH)] {
        assert_eq!(server.get(path).status, 200, "{path}, asked again");
    }
    shown("overload_ms_each_asked_again", begun.elapsed().as_secs_f64() * 1e3 / EACH as f64);
    assert_eq!(server.get("/health/ready").status, 200);
}

/// So many clients at one time, each with requests of its own.
fn press(server: &Server, clients: usize, first: usize) -> Seen {
    let begun = Instant::now();
    let parts: Vec<Seen> = std::thread::scope(|scope| {
        let client = |number: usize| scope.spawn(move || ask(server, first + number * EACH));
        let clients: Vec<_> = (0..clients).map(client).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    let mut seen = Seen { seconds: begun.elapsed().as_secs_f64(), ..Seen::default() };
    for part in parts {
        seen.served.extend(part.served);
        seen.refused.extend(part.refused);
        seen.refused_ms.extend(part.refused_ms);
    }
    seen
}

fn ask(server: &Server, first: usize) -> Seen {
    let (mut client, mut seen) = (Client::open(server), Seen::default());
    for number in first..first + EACH {
        let path = geojson(number);
        let begun = Instant::now();
        let reply = client.get(&path).answered(&path);
        match reply.status {
            200 => seen.served.push((path, reply.body)),
            503 => {
                seen.refused_ms.push(begun.elapsed().as_secs_f64() * 1e3);
                check_refusal(&path, &reply);
                seen.refused.push(path);
                std::thread::sleep(Duration::from_millis(100));
            }
            other => panic!("{path}: {other} {}", reply.text()),
        }
    }
    seen
}

fn check_refusal(path: &str, reply: &Reply) {
    assert_eq!(reply.header("retry-after"), Some("1"), "{path}");
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{path}");
    assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{path}");
}

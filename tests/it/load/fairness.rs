//! One client takes all that it can get, and others notice little: each address of the loopback network is a client of its own.

use super::{
    Client, at_least, at_most, quantile, serve, shown, site,
    site::{geojson, selection, tile},
};
use crate::{
    harness::{Reply, Server},
    operating::metrics::samples,
};
use std::{
    net::Ipv4Addr,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

const GREEDY: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 66);
const ORDINARY: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 7);
/// Places for connections, fewer than the greedy one wants.
const PLACES: usize = 100;

#[test]
fn idle_connections_give_way_to_whoever_comes_and_the_client_with_most_gives_first() {
    let site = site();
    let server = serve(&site, &[("CHORO_MAX_CONNECTIONS", "100")]);
    let path = tile(0, 0, 0, 0);
    let mut modest = Client::open_from(&server, Ipv4Addr::new(127, 0, 0, 8));
    assert_eq!(modest.get(&path).answered("the modest one").status, 200);
    let open = || {
        let mut client = Client::open_from(&server, GREEDY);
        assert_eq!(client.get(&path).answered("one of many").status, 200);
        client
    };
    let idle: Vec<Client> = (0..PLACES * 3 / 2).map(|_| open()).collect();
    let begun = Instant::now();
    for number in 0..20 {
        let path = tile(1, 1, 1, number);
        let reply = Client::open_from(&server, ORDINARY).get(&path).answered("the ordinary one");
        assert_eq!(reply.status, 200, "{path}");
    }
    shown("idle_newcomers_ms_each", begun.elapsed().as_secs_f64() * 1e3 / 20.0);
    assert_eq!(modest.get(&path).answered("the modest one, again").status, 200, "it has one connection, and keeps it");
    let samples = samples(&server);
    at_most("idle_connections_open", samples["choro_http_connections"], PLACES as f64);
    at_least("idle_connections_given_way", samples["choro_http_connections_given_way_total"], (PLACES / 2) as f64);
    drop(idle);
}

#[test]
fn a_client_with_as_many_connections_as_it_may_is_refused_and_others_come_in() {
    let site = site();
    let server = serve(&site, &[("CHORO_MAX_CONNECTIONS_PER_CLIENT", "5"), ("CHORO_HEADER_READ_TIMEOUT_S", "60")]);
    // Half a head: they are not idle.
    let mut held: Vec<Client> = (0..5).map(|_| Client::open_from(&server, GREEDY)).collect();
    held.iter_mut().for_each(Client::begin);
    server.until("five connections", |server| samples(server)["choro_http_connections"] >= 5.0);
    let refused = Client::open_from(&server, GREEDY).answer().answered("the sixth");
    assert_eq!(
        (refused.status, refused.header("retry-after"), refused.header("connection")),
        (503, Some("1"), Some("close"))
    );
    assert_eq!(Client::open_from(&server, ORDINARY).get("/catalog.json").answered("another").status, 200);
}

#[test]
fn what_is_over_a_clients_budget_is_429_with_retry_after_and_what_costs_nothing_goes_on() {
    let site = site();
    let server = serve(&site, &[("CHORO_COSTLY_PER_MINUTE", "2")]);
    let (mut greedy, mut ordinary) = (Client::open_from(&server, GREEDY), Client::open_from(&server, ORDINARY));
    let replies: Vec<Reply> = (0..12).map(|number| greedy.get(&geojson(number)).answered("an export")).collect();
    let served = replies.iter().take_while(|reply| reply.status == 200).count();
    // One comes back in half a minute, which a slow machine may need meanwhile.
    assert!((2..12).contains(&served), "{served} of 12 are served");
    let refused = &replies[served];
    let after: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!(refused.status == 429 && (1..=30).contains(&after), "{} {after}", refused.status);
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    assert_eq!(refused.header("cache-control"), Some("no-store"));
    // What is cached, tiles and legends.
    let legend = |number: usize| format!("/legends/rate_0.json?set=islands&period={}", 1980 + number);
    for path in [geojson(0), tile(2, 1, 1, 300), legend(0), legend(1), "/catalog.json".to_owned(), "/health/live".to_owned()]
    {
        assert_eq!(greedy.get(&path).answered(&path).status, 200, "{path}");
    }
    assert_eq!(ordinary.get(&geojson(20)).answered("of another").status, 200);
    at_least("crowded", samples(&server)["choro_http_requests_crowded_total"], 1.0);
}

#[test]
fn behind_a_proxy_that_is_trusted_each_forwarded_address_is_a_client() {
    let site = site();
    let server = serve(&site, &[("CHORO_COSTLY_PER_MINUTE", "2"), ("CHORO_TRUSTED_PROXIES", "127.0.0.66 10.0.0.0/8")]);
    let mut proxy = Client::open_from(&server, GREEDY);
    let ask = |client: &mut Client, forwarded: &str, number: usize| {
        let line = format!("X-Forwarded-For: {forwarded}\r\n");
        client.get_with(&geojson(number), line.as_bytes()).answered(forwarded).status
    };
    let expected = [
        ("192.0.2.1", 200),
        ("192.0.2.1", 200),
        ("192.0.2.1", 429),
        ("192.0.2.2", 200),
        ("192.0.2.9, 192.0.2.1, 10.0.0.3", 429),
    ];
    for (number, (forwarded, status)) in expected.into_iter().enumerate() {
        assert_eq!(ask(&mut proxy, forwarded, number), status, "{number}: {forwarded}");
    }
    // Whoever is no proxy of ours cannot change its name.
    let mut liar = Client::open_from(&server, ORDINARY);
    let statuses = [20, 21, 22].map(|number| ask(&mut liar, &format!("192.0.2.{number}"), number));
    assert_eq!(statuses, [200, 200, 429]);
}

#[test]
fn an_ordinary_client_is_served_beside_one_that_asks_for_64_pictures_at_a_time() {
    let site = site();
    let server = serve(&site, &[]);
    let quiet = ask_well(&server, 100);
    let over = AtomicBool::new(false);
    let (beside, refused) = std::thread::scope(|scope| {
        let greedy = |number: usize| {
            let (server, over) = (&server, &over);
            scope.spawn(move || pictures(server, over, number))
        };
        let greedy: Vec<_> = (0..64).map(greedy).collect();
        std::thread::sleep(Duration::from_millis(500));
        let beside = ask_well(&server, 300);
        over.store(true, Ordering::Relaxed);
        let refused: usize = greedy.into_iter().map(|client| client.join().unwrap()).sum();
        (beside, refused)
    });
    at_least("pictures_refused", refused as f64, 1.0);
    for (when, mut times) in [("quiet", quiet), ("beside_pictures", beside)] {
        shown(&format!("ordinary_tile_ms_p50_{when}"), quantile(&mut times, 0.5));
        shown(&format!("ordinary_tile_ms_p99_{when}"), quantile(&mut times, 0.99));
    }
}

/// Pictures that nobody has asked for, until it is over; how many were refused.
fn pictures(server: &Server, over: &AtomicBool, number: usize) -> usize {
    let (mut client, mut refused) = (Client::open_from(server, GREEDY), 0);
    for turn in 0.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let path = format!("/picture.png?set=islands&{}&at={}.{turn:04},10,3", selection(0), number);
        let reply = client.get(&path).answered(&path);
        assert!(matches!(reply.status, 200 | 429 | 503 | 504), "{path}: {} {}", reply.status, reply.text());
        if reply.status != 200 {
            assert!(reply.status == 504 || reply.header("retry-after").is_some(), "{path}: {}", reply.status);
            refused += 1;
        }
    }
    refused
}

/// Times of tiles, in milliseconds, all of them right.
fn ask_well(server: &Server, count: usize) -> Vec<f64> {
    let mut client = Client::open_from(server, ORDINARY);
    let ask = |number: usize| {
        let begun = Instant::now();
        let path = tile(2, number as u32 % 4, 1, number % 40);
        let reply = client.get(&path).answered(&path);
        assert!(matches!(reply.status, 200 | 204), "{path}: {} {}", reply.status, reply.text());
        begun.elapsed().as_secs_f64() * 1e3
    };
    (0..count).map(ask).collect()
}

const BROWSERS: usize = 200;
/// Maps that an office looks at.
const USUAL: usize = 12;

#[test]
fn an_office_of_200_browsers_behind_one_address_is_refused_nothing() {
    let site = site();
    let server = serve(&site, &[("CHORO_REQUEST_TIMEOUT_S", "120")]);
    let begun = Instant::now();
    let asked: usize = std::thread::scope(|scope| {
        let browser = |number: usize| {
            let server = &server;
            scope.spawn(move || browse(server, number % USUAL))
        };
        let browsers: Vec<_> = (0..BROWSERS).map(browser).collect();
        browsers.into_iter().map(|browser| browser.join().unwrap()).sum()
    });
    shown("office_requests", asked);
    shown("office_s", begun.elapsed().as_secs_f64());
    assert!(samples(&server)["choro_http_requests_crowded_total"] < 0.5);
}

/// What a browser asks for when the viewer is opened.
fn browse(server: &Server, map: usize) -> usize {
    let mut client = Client::open(server);
    let chosen = selection(map * 7);
    let (indicator, period) = chosen.split_once('&').unwrap();
    let indicator_id = indicator.strip_prefix("indicator=").unwrap();
    let mut paths = vec![
        format!("/?set=islands&{chosen}"),
        "/catalog.json".to_owned(),
        "/areas/islands.json".to_owned(),
        format!("/tiles/islands/WebMercatorQuad.json?{chosen}"),
        format!("/styles/choropleth.json?set=islands&grid=WebMercatorQuad&{chosen}"),
        format!("/legends/{indicator_id}.json?set=islands&{period}"),
        format!("/values/islands.json?{indicator}&{period}"),
    ];
    paths.extend((0..16).map(|place| tile(2, place % 4, place / 4, map * 7)));
    for path in &paths {
        let reply = client.get(path).answered(path);
        assert!(matches!(reply.status, 200 | 204), "{path}: {} {}", reply.status, reply.text());
    }
    paths.len()
}

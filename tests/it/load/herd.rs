//! A herd of clients asks for one thing that nobody has asked for before: it is made once.

use super::{
    Client, at_most, looked_up, quantile, serve, shown, site,
    site::{AREAS, selection, tile},
};
use std::time::Instant;

const HERD: usize = 500;

#[test]
fn a_herd_that_asks_for_one_cold_answer_has_it_made_once() {
    let site = site();
    let server = serve(&site, &[]);
    let tile = tile(1, 1, 1, 7);
    let document = format!("/areas/islands.geojson?{}&zoom=3", selection(9));
    for (what, path, cache) in [("tile", &tile, "columns"), ("document", &document, "documents")] {
        let (hits, misses) = looked_up(&server, cache);
        let mut herd: Vec<Client> = (0..HERD).map(|_| Client::open(&server)).collect();
        let begun = Instant::now();
        for client in &mut herd {
            client.ask(path, b"").unwrap();
        }
        let mut times = Vec::new();
        let mut bodies = Vec::new();
        for client in &mut herd {
            let reply = client.answer().answered(path);
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            assert_eq!(reply.status, 200, "{path}: {}", reply.text());
            bodies.push(reply.body);
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "{path}: different answers");
        // A server that was never pressed says the same.
        assert!(serve(&site, &[]).get(path).body == bodies[0], "{path}: not what it should be");
        let after = looked_up(&server, cache);
        at_most(&format!("herd_{what}_made"), after.1 - misses, 1.0);
        assert!(after.1 - misses >= 1.0 && after.0 - hits >= (HERD - 1) as f64, "{what}: {hits} {misses} {after:?}");
        shown(&format!("herd_{what}_ms_p50"), quantile(&mut times, 0.5));
        shown(&format!("herd_{what}_ms_last"), quantile(&mut times, 1.0));
    }
    let collection = server.json(&document);
    assert_eq!(collection["features"].as_array().unwrap().len(), AREAS);
}

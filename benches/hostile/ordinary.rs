//! The ordinary client: it opens a map, which takes a connection and 24 tiles, looks at it for a moment, and opens the next.

use crate::{
    common::load::Load,
    site::Site,
    socket::{answer, ask, connect},
};
use anyhow::ensure;
use std::{
    net::{Ipv4Addr, SocketAddr},
    thread,
    time::{Duration, Instant},
};

const ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 7);
const MAPS: usize = 100;
/// After this time it stops, however many maps it has seen.
const LONGEST: Duration = Duration::from_secs(40);
const LOOK: Duration = Duration::from_millis(20);

/// What each tile took; the first of a map with its connection.
pub fn tiles(server: SocketAddr, site: &Site) -> anyhow::Result<Load> {
    let (begun, mut load, mut buffer) = (Instant::now(), Load::default(), Vec::new());
    for _ in 0..MAPS {
        let mut sent = Instant::now();
        let mut stream = connect(ADDRESS, server)?;
        for url in &site.tiles {
            let status = ask(&mut stream, url).and_then(|()| answer(&mut stream, &mut buffer));
            load.latencies.push(u32::try_from(sent.elapsed().as_micros())?);
            sent = Instant::now();
            match status {
                Ok(status) => ensure!(status == 200, "{url}: {status}"),
                // Nothing came for as long as anybody waits: that time is the figure.
                Err(_) => break,
            }
        }
        if begun.elapsed() > LONGEST {
            break;
        }
        thread::sleep(LOOK);
    }
    load.latencies.sort_unstable();
    Ok(load)
}

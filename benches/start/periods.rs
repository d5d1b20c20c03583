//! All periods at once: what a client fetches to move through time without fetching geometry.

use crate::{
    common::{
        load::Connection,
        process::{self, Process},
        release::{self, Gaps, Part, Series},
        sets::Areas,
    },
    line,
};
use choro_bundle::ZoomRange;

const AREAS: Areas = Areas::Squares(50, 2);
/// Bytes of the answer.
const TARGET: f64 = 200_000.0;

pub fn measure() -> anyhow::Result<()> {
    let (dir, set) = (tempfile::tempdir()?, AREAS.load()?);
    let series = [Series { gaps: Gaps::Scattered, years: 1990..2020, sexes: 1, ages: 1 }];
    let zooms = ZoomRange { min: 0, max: 0 };
    let release = release::build(dir.path(), &[Part { areas: AREAS, set: &set, zooms, mlt: false, series: &series }])?;
    let server = Process::start(&mut process::choro(&dir.path().join(release.bundle.release().as_str())))?;
    let periods: Vec<String> = series[0].years.clone().map(|year| year.to_string()).collect();
    let url = format!("/values/{}.json?indicator=net_rate_0&period={}", AREAS.id(), periods.join(","));
    for coding in ["gzip", "br", "zstd"] {
        let bytes = Connection::open(server.address, coding)?.length(&url)? as f64;
        let what = format!("values of {} areas in {} periods, {coding}", set.areas.len(), periods.len());
        line(&what, bytes / 1e3, TARGET / 1e3, "kB");
    }
    Ok(())
}

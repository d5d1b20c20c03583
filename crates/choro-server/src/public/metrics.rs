//! The page of metrics.

use super::{
    App,
    respond::{self, Response},
};
use crate::serving::{CacheStats, ServerStats};
use bytes::Bytes;
use choro_http::metrics::{self, MetricKind, Text};
use choro_telemetry as telemetry;

const MEDIA: &str = "text/plain; version=0.0.4; charset=utf-8";
pub(super) async fn respond(app: &App) -> Response {
    respond::plain(Bytes::from(page(app).await), MEDIA, respond::CachePolicy::NoStore, None)
}

async fn page(app: &App) -> String {
    let mut text = Text::default();
    text.metric("choro_build_info", MetricKind::Gauge, "The program's version.");
    text.sample("choro_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    if let Some(requests) = app.gate.requests() {
        requests.write(&mut text);
    }
    text.single(
        "choro_http_requests_in_flight",
        MetricKind::Gauge,
        "Requests that are being answered.",
        app.gate.in_flight(),
    );
    clients(&mut text, app);
    release(&mut text, &app.server.stats().await);
    let dropped = "Lines of the log that nobody took from standard error in time.";
    text.single("choro_log_lines_dropped_total", MetricKind::Counter, dropped, telemetry::dropped());
    metrics::write_process(&mut text, app.gate.started());
    text.finish()
}

fn clients(text: &mut Text, app: &App) {
    let (open, closed, turned_away) = app.gate.connections();
    text.single("choro_http_connections", MetricKind::Gauge, "Open connections.", open);
    let given_way = "Connections closed for a newcomer, since all places were taken.";
    text.single("choro_http_connections_given_way_total", MetricKind::Counter, given_way, closed);
    let refused = "Newcomers for whom no connection gave way.";
    text.single("choro_http_connections_refused_total", MetricKind::Counter, refused, turned_away);
    let crowded = "Requests refused with 429: their client had too much of something.";
    text.single("choro_http_requests_crowded_total", MetricKind::Counter, crowded, app.gate.crowded());
}

fn release(text: &mut Text, stats: &ServerStats) {
    text.metric("choro_release_info", MetricKind::Gauge, "The current release.");
    text.sample("choro_release_info", &[("release", stats.release.as_str())], 1);
    let age = "Seconds since the current release was published.";
    text.single("choro_release_age_seconds", MetricKind::Gauge, age, stats.age.as_secs());
    let since = "Seconds since this server took the current release.";
    text.single("choro_release_switch_age_seconds", MetricKind::Gauge, since, stats.since_switch.as_secs());
    let refused = "Next releases that did not verify: the one before stayed.";
    text.single("choro_releases_refused_total", MetricKind::Counter, refused, stats.refused);
    text.single("choro_releases_withdrawn", MetricKind::Gauge, "Releases that are not served again.", stats.withdrawn);
    text.single("choro_tiles_spliced_total", MetricKind::Counter, "Tiles made of a skeleton and a column.", stats.tiles);
    caches(text, &[("columns", &stats.columns), ("documents", &stats.documents)]);
}

fn caches(text: &mut Text, caches: &[(&str, &CacheStats)]) {
    let name = "choro_cache_requests_total";
    text.metric(name, MetricKind::Counter, "Look-ups in a cache, by whether it had the answer.");
    for (cache, stats) in caches {
        text.sample(name, &[("cache", cache), ("result", "hit")], stats.lookups.saturating_sub(stats.misses));
        text.sample(name, &[("cache", cache), ("result", "miss")], stats.misses);
    }
    text.metric("choro_cache_entries", MetricKind::Gauge, "Entries of a cache.");
    for (cache, stats) in caches {
        text.sample("choro_cache_entries", &[("cache", cache)], stats.entries);
    }
    text.metric("choro_cache_bytes", MetricKind::Gauge, "Bytes of a cache's entries.");
    for (cache, stats) in caches {
        text.sample("choro_cache_bytes", &[("cache", cache)], stats.bytes);
    }
}

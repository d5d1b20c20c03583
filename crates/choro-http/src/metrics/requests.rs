//! Requests by route, class of status and duration, in a table whose size is fixed at the start.

use super::{MetricKind, Text};
use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// Upper limits of the durations that are told apart, in microseconds; one more place holds what took longer.
const LIMITS_US: [u64; 14] =
    [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];
/// These limits in seconds, as they are printed.
const LIMITS: [&str; 14] =
    ["0.0001", "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "5"];
const PLACES: usize = LIMITS_US.len() + 1;
/// Classes of status: the hundreds.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

#[derive(Debug, Default)]
struct Route {
    name: String,
    counts: [[AtomicU64; PLACES]; CLASSES.len()],
    nanoseconds: AtomicU64,
}

/// The table.
#[derive(Debug)]
pub struct Requests {
    routes: Vec<Route>,
}

impl Requests {
    /// A table with a row for each name. What belongs to no row is counted in the last one.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let route = |name| Route { name, ..Route::default() };
        Self { routes: names.into_iter().map(route).collect() }
    }

    /// Counts a request of the route `row`.
    pub fn count(&self, row: usize, status: u16, took: Duration) {
        let Some(route) = self.routes.get(row).or(self.routes.last()) else { return };
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let place = LIMITS_US.iter().position(|limit| us <= *limit).unwrap_or(LIMITS_US.len());
        let class = usize::from(status / 100).saturating_sub(1).min(CLASSES.len() - 1);
        if let Some(count) = route.counts.get(class).and_then(|places| places.get(place)) {
            count.fetch_add(1, Relaxed);
        }
        route.nanoseconds.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Relaxed);
    }

    /// Writes the table.
    pub fn write(&self, text: &mut Text) {
        let name = "choro_http_requests_total";
        text.metric(name, MetricKind::Counter, "Requests by route and class of status.");
        for route in &self.routes {
            for (class, places) in CLASSES.iter().zip(&route.counts) {
                let count: u64 = places.iter().map(|count| count.load(Relaxed)).sum();
                text.sample(name, &[("route", &route.name), ("class", class)], count);
            }
        }
        let name = "choro_http_request_duration_seconds";
        text.metric(name, MetricKind::Histogram, "From the head of a request to its answer, by route.");
        self.routes.iter().for_each(|route| route.write_durations(name, text));
    }
}

impl Route {
    fn write_durations(&self, name: &str, text: &mut Text) {
        let at = |place: usize| self.counts.iter().filter_map(|c| c.get(place)).map(|c| c.load(Relaxed)).sum::<u64>();
        let mut total = 0;
        for (place, limit) in LIMITS.iter().chain(&["+Inf"]).enumerate() {
            total += at(place);
            text.sample(&format!("{name}_bucket"), &[("route", &self.name), ("le", limit)], total);
        }
        let nanoseconds = Duration::from_nanos(self.nanoseconds.load(Relaxed));
        text.sample(&format!("{name}_sum"), &[("route", &self.name)], nanoseconds.as_secs_f64());
        text.sample(&format!("{name}_count"), &[("route", &self.name)], total);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(requests: &Requests) -> String {
        let mut text = Text::default();
        requests.write(&mut text);
        text.finish()
    }

    #[test]
    fn a_request_stands_in_its_class_and_in_every_bucket_that_it_fits() {
        let requests = Requests::new(["/a", "other"].map(str::to_owned));
        for (row, status, us) in [(0, 200, 100), (0, 200, 101), (0, 304, 9_000_000), (7, 599, 1), (1, 42, 1)] {
            requests.count(row, status, Duration::from_micros(us));
        }
        let page = page(&requests);
        for line in [
            "choro_http_requests_total{route=\"/a\",class=\"2xx\"} 2",
            "choro_http_requests_total{route=\"/a\",class=\"3xx\"} 1",
            "choro_http_requests_total{route=\"other\",class=\"5xx\"} 1",
            "choro_http_requests_total{route=\"other\",class=\"1xx\"} 1",
            "choro_http_request_duration_seconds_bucket{route=\"/a\",le=\"0.0001\"} 1",
            "choro_http_request_duration_seconds_bucket{route=\"/a\",le=\"0.00025\"} 2",
            "choro_http_request_duration_seconds_bucket{route=\"/a\",le=\"5\"} 2",
            "choro_http_request_duration_seconds_bucket{route=\"/a\",le=\"+Inf\"} 3",
            "choro_http_request_duration_seconds_count{route=\"/a\"} 3",
            "choro_http_request_duration_seconds_sum{route=\"/a\"} 9.000201",
        ] {
            assert!(page.lines().any(|found| found == line), "{line} is not in\n{page}");
        }
    }

    #[test]
    fn the_printed_limits_are_those_that_are_counted_by() {
        for (us, seconds) in LIMITS_US.into_iter().zip(LIMITS) {
            assert_eq!(Duration::from_micros(us), Duration::from_secs_f64(seconds.parse().unwrap()), "{seconds}");
        }
    }

    #[test]
    fn the_page_has_as_many_lines_before_as_after_any_number_of_requests() {
        let requests = Requests::new(["/a", "other"].map(str::to_owned));
        let before = page(&requests).lines().count();
        (0..10_000).for_each(|n| requests.count(n, u16::try_from(n % 1000).unwrap(), Duration::from_micros(n as u64 * 999)));
        assert_eq!(page(&requests).lines().count(), before);
    }
}

//! Figures about the state of the server, for its metrics.

use super::server::ReleaseServer;
use crate::serving::cache::counts::CacheStats;
use choro_model::ReleaseId;
use std::time::{Duration, SystemTime};

/// What a server has done and holds.
#[derive(Debug, Clone)]
pub struct ServerStats {
    /// The current release.
    pub release: ReleaseId,
    /// Time since it was published; zero where the clock is behind that time.
    pub age: Duration,
    /// Time since it became the current one here.
    pub since_switch: Duration,
    /// How many releases were refused when they were to become current.
    pub refused: u64,
    /// How many releases are known to be withdrawn.
    pub withdrawn: usize,
    /// How many tiles were made, each of a skeleton and a column.
    pub tiles: u64,
    /// The cache of value columns.
    pub columns: CacheStats,
    /// The cache of documents.
    pub documents: CacheStats,
}

impl ReleaseServer {
    /// The figures of this moment.
    pub async fn stats(&self) -> ServerStats {
        let current = self.releases.current();
        ServerStats {
            release: current.id().clone(),
            age: age(&current.catalog().created),
            since_switch: self.releases.since_switch(),
            refused: self.releases.refused_so_far(),
            withdrawn: self.releases.withdrawn_so_far(),
            tiles: self.tiles.get(),
            columns: self.kept.columns.stats().await,
            documents: self.documents.stats().await,
        }
    }
}

fn age(created: &str) -> Duration {
    let created = chrono::DateTime::parse_from_rfc3339(created).map_or(SystemTime::UNIX_EPOCH, SystemTime::from);
    SystemTime::now().duration_since(created).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_from_the_future_is_not_older_than_nothing() {
        assert_eq!(age("9999-01-01T00:00:00Z"), Duration::ZERO);
        assert!(age("2020-01-01T00:00:00Z") > Duration::from_secs(5 * 365 * 86_400));
    }
}

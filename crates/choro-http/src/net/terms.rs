//! What each client may take, by the limits of the settings.

use arc_swap::ArcSwap;
use choro_config::Limits;
use std::{sync::Arc, time::Duration};

/// For each costly answer that may be made at once, so many that cost nothing: 256 where nothing else is set, half of what may wait
/// for a thread in the public server, so that one client never fills that row.
pub const LIGHT: usize = 8;
/// What a budget is for.
pub const MINUTE: Duration = Duration::from_secs(60);

/// What each client may take.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// Connections that are open.
    pub connections: usize,
    /// Requests that wait for something.
    pub waiting: usize,
    /// Costly answers that are being made.
    pub making: usize,
    /// What costs nothing may be made for one client in so many places more.
    pub light: usize,
    /// What one answer that has to be made takes of the budget.
    pub price: Duration,
}

impl Terms {
    pub fn new(limits: &Limits) -> Self {
        Self {
            connections: limits.max_connections_per_client,
            waiting: limits.max_waiting_per_client,
            making: limits.max_costly_per_client,
            light: limits.max_costly_per_client.saturating_mul(LIGHT),
            price: MINUTE / u32::try_from(limits.costly_per_minute).unwrap_or(u32::MAX).max(1),
        }
    }
}

/// The terms that hold now, for all accounts.
pub type SharedTerms = Arc<ArcSwap<Terms>>;

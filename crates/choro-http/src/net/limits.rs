//! Limits: what one request, one connection and all of them together may take.

use std::time::Duration;

/// Limits of the server. Each is enforced; a request at the limit is served, one above it is not.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of path and query; more is 414.
    pub max_url_bytes: usize,
    /// Bytes of header names and values together; more is 431.
    pub max_header_bytes: usize,
    /// Number of headers; more is 431.
    pub max_headers: usize,
    /// Requests that are being answered; one more is 503 with `Retry-After`.
    pub max_in_flight: usize,
    /// Open connections; where all are taken, one that waits for its client gives way to a newcomer, or the newcomer is refused.
    pub max_connections: usize,
    /// Connections of one client, unless it is a proxy that is trusted.
    pub max_connections_per_client: usize,
    /// Requests of one client that wait for something; one more is 429 with `Retry-After`. What is ready at once never counts.
    pub max_waiting_per_client: usize,
    /// Documents and drawings that are made for one client at once; one more is 429 with `Retry-After`.
    pub max_costly_per_client: usize,
    /// And in a minute; as many may come at once after a pause.
    pub costly_per_minute: usize,
    /// How long an answer may take; then 504.
    pub request_timeout: Duration,
    /// How long the head of a request may take from its first byte, and the first byte of a connection from its opening; then
    /// the connection is closed. So too, within a second or two, with the next two.
    pub header_read_timeout: Duration,
    /// How long a client may take nothing of its answer.
    pub write_timeout: Duration,
    /// How long a connection may lie idle between two requests.
    pub idle_timeout: Duration,
    /// How long running requests have to end when the server stops.
    pub shutdown_grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_url_bytes: 2048,
            max_header_bytes: 16 * 1024,
            max_headers: 64,
            max_in_flight: 2048,
            max_connections: 4096,
            max_connections_per_client: 2048,
            max_waiting_per_client: 1536,
            max_costly_per_client: 32,
            costly_per_minute: 600,
            request_timeout: Duration::from_secs(10),
            header_read_timeout: Duration::from_secs(15),
            write_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(75),
            shutdown_grace: Duration::from_secs(10),
        }
    }
}

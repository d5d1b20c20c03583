//! Limits of a server.

use std::time::Duration;

/// What one request, one client and all of them together may take. Each is enforced; a request at the limit is served, one above
/// it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Requests answered at once; one more gets 503 with `Retry-After`. `CHORO_MAX_IN_FLIGHT`; default 2048.
    pub max_in_flight: usize,
    /// Connections at once; where all are taken, one that waits for its client gives way. `CHORO_MAX_CONNECTIONS`; default 4096.
    pub max_connections: usize,
    /// Connections of one client at once. `CHORO_MAX_CONNECTIONS_PER_CLIENT`; default 2048.
    pub max_connections_per_client: usize,
    /// Requests of one client that wait for something at once; one more gets 429 with `Retry-After`. What is ready at once never
    /// counts. `CHORO_MAX_WAITING_PER_CLIENT`; default 1536.
    pub max_waiting_per_client: usize,
    /// Documents and drawings that are made for one client at once. `CHORO_MAX_COSTLY_PER_CLIENT`; default 32.
    pub max_costly_per_client: usize,
    /// Documents and drawings that are made for one client in a minute; as many may come at once after a pause.
    /// `CHORO_COSTLY_PER_MINUTE`; default 600.
    pub costly_per_minute: usize,
    /// Time for one request; then 504. `CHORO_REQUEST_TIMEOUT_S`, seconds; default 10.
    pub request_timeout: Duration,
    /// Bytes of path and query; more gets 414. `CHORO_MAX_URL_BYTES`; default 2048.
    pub max_url_bytes: usize,
    /// Bytes of header names and values together; more gets 431. `CHORO_MAX_HEADER_BYTES`; default 16384.
    pub max_header_bytes: usize,
    /// Number of headers; more gets 431. `CHORO_MAX_HEADERS`; default 64.
    pub max_headers: usize,
    /// Time for a client to send its headers, from the first byte, or from the opening of a connection to its first byte; then the
    /// connection is closed, within a second or two. So too with the next two. `CHORO_HEADER_READ_TIMEOUT_S`, seconds; default 5.
    pub header_read_timeout: Duration,
    /// Time for a client to take some part of its answer. `CHORO_WRITE_TIMEOUT_S`, seconds; default 30.
    pub write_timeout: Duration,
    /// Time between two requests of one connection. `CHORO_IDLE_TIMEOUT_S`, seconds; default 75.
    pub idle_timeout: Duration,
    /// Time for running requests when the server is asked to stop. `CHORO_SHUTDOWN_GRACE_S`, seconds; default 10.
    pub shutdown_grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_in_flight: 2048,
            max_connections: 4096,
            max_connections_per_client: 2048,
            max_waiting_per_client: 1536,
            max_costly_per_client: 32,
            costly_per_minute: 600,
            request_timeout: Duration::from_secs(10),
            max_url_bytes: 2048,
            max_header_bytes: 16_384,
            max_headers: 64,
            header_read_timeout: Duration::from_secs(5),
            write_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(75),
            shutdown_grace: Duration::from_secs(10),
        }
    }
}

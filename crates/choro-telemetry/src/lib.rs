//! What the process says of itself while it runs: log lines on standard error, and, in builds with the feature `otlp`, traces.
//!
//! ```text
//! tracing's events and spans -> log lines (log.level)
//!                            -> spans of level debug -> OTLP over HTTP (traces.url)
//! ```
//!
//! A server's lines are written by a thread of its own ([`apart`]): a log that nobody reads costs lines, never answers.
//! Spans are of level debug throughout, so that without a collector they cost a comparison.

use choro_config::{LogFormat, LogSettings, TracesSettings};
use std::{io::IsTerminal as _, sync::OnceLock};
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt as _, reload, util::SubscriberInitExt as _};

#[cfg(feature = "otlp")]
mod otlp;
#[cfg(any(not(feature = "otlp"), test))]
mod without;
mod writer;

#[cfg(not(feature = "otlp"))]
use without as otlp;

pub use otlp::caller;
pub use writer::{apart, dropped};

/// Why the log or the traces cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// A filter that is none.
    #[error("log.level {level:?}: {reason}")]
    Level {
        /// What was given.
        level: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Another one is running in this process.
    #[error("the log cannot be started: {0}")]
    Started(String),
    /// This program was built without them.
    #[error(
        "traces.url is set, but this choro was built without traces: build it with --features otlp, or take the key away"
    )]
    NotBuilt,
    /// The sender of traces cannot be made.
    #[error("traces cannot be sent to {url}: {reason}")]
    Exporter {
        /// Where to.
        url: String,
        /// Why not.
        reason: String,
    },
}

type Boxed = Box<dyn Layer<Registry> + Send + Sync>;

/// The filter of the log, for whoever changes its level.
static FILTER: OnceLock<reload::Handle<EnvFilter, Registry>> = OnceLock::new();

/// Starts the log and, where a collector is named, the traces. Once in a process; [`finish`] sends what is left.
pub fn start(log: &LogSettings, traces: &TracesSettings) -> Result<(), TelemetryError> {
    let layers: Vec<Boxed> = std::iter::once(lines(log)).chain(otlp::layer(traces).transpose()).collect::<Result<_, _>>()?;
    tracing_subscriber::registry().with(layers).try_init().map_err(|error| TelemetryError::Started(error.to_string()))
}

/// From here on the log has this level, or these levels of modules. Without a log nothing happens.
///
/// # Errors
/// It is no filter, and the log keeps the one that it has.
pub fn set_level(level: &str) -> Result<(), TelemetryError> {
    let filter = filter(level)?;
    let Some(handle) = FILTER.get() else { return Ok(()) };
    handle.reload(filter).map_err(|error| TelemetryError::Level { level: level.to_owned(), reason: error.to_string() })
}

/// Sends what is left of traces and log. At most six seconds.
pub fn finish() {
    otlp::finish();
    writer::flush();
}

fn lines(log: &LogSettings) -> Result<Boxed, TelemetryError> {
    let (filter, handle) = reload::Layer::new(filter(&log.level)?);
    // A second log of this process does not start, and the first one keeps its handle.
    let _first = FILTER.set(handle);
    let lines = tracing_subscriber::fmt::layer().with_writer(writer::Lines);
    Ok(match log.format {
        LogFormat::Json => lines.json().flatten_event(true).with_filter(filter).boxed(),
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).with_filter(filter).boxed(),
    })
}

fn filter(level: &str) -> Result<EnvFilter, TelemetryError> {
    EnvFilter::try_new(level).map_err(|error| TelemetryError::Level { level: level.to_owned(), reason: error.to_string() })
}

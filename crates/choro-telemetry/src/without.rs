//! A build without traces: it sends none, and says so to whoever asks for them.

use super::{Boxed, TelemetryError};
use choro_config::TracesSettings;
use tracing::Span;

pub(super) fn layer(traces: &TracesSettings) -> Result<Option<Boxed>, TelemetryError> {
    if traces.url.is_some() { Err(TelemetryError::NotBuilt) } else { Ok(None) }
}

/// Joins a span to the trace of whoever called, as `header` says; here nothing is to be joined.
pub fn caller<'h>(_span: &Span, _header: impl Fn(&str) -> Option<&'h str>) {}

/// Sends what is left of the traces; here nothing is.
pub(super) fn finish() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_for_traces_is_told_that_this_program_was_built_without() {
        let traces = |url: Option<&str>| TracesSettings { url: url.map(str::to_owned) };
        assert!(matches!(layer(&traces(Some("http://collector:4318"))), Err(TelemetryError::NotBuilt)));
        assert!(layer(&traces(None)).is_ok_and(|layer| layer.is_none()));
        caller(&Span::none(), |_| None);
        finish();
    }
}

//! Traces by OpenTelemetry's protocol over HTTP (<https://opentelemetry.io/docs/specs/otlp/>).
//!
//! A thread of its own sends them in batches; what the collector does not take in time is dropped, never waited for.

use super::{Boxed, TelemetryError};
use choro_config::TracesSettings;
use opentelemetry::{
    KeyValue,
    propagation::{Extractor, TextMapPropagator as _},
    trace::{TraceContextExt as _, TracerProvider as _},
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use std::sync::OnceLock;
use tracing::{Metadata, Span, level_filters::LevelFilter};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{Layer as _, filter::filter_fn};

const PARENT: &str = "traceparent";
const STATE: &str = "tracestate";

/// The sender, for the end of the process.
static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

pub(super) fn layer(traces: &TracesSettings) -> Result<Option<Boxed>, TelemetryError> {
    let Some(url) = &traces.url else { return Ok(None) };
    // TLS has no provider of its own, so that there is one for all; that of object storage may be set already.
    drop(rustls::crypto::ring::default_provider().install_default());
    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(format!("{url}/v1/traces"))
        .build()
        .map_err(|error| TelemetryError::Exporter { url: url.clone(), reason: error.to_string() })?;
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let resource = Resource::builder().with_service_name("choro").with_attribute(version).build();
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
    let tracer = provider.tracer("choro");
    let layer = tracing_opentelemetry::layer().with_tracer(tracer).with_location(false).with_threads(false);
    if PROVIDER.set(provider).is_err() {
        return Err(TelemetryError::Started("traces are sent already".to_owned()));
    }
    // Spans of ours alone: those of the libraries, among them the sender's own, would drown them.
    let ours = |metadata: &Metadata<'_>| metadata.is_span() && metadata.target().starts_with("choro");
    let filter = filter_fn(ours).with_max_level_hint(LevelFilter::DEBUG);
    Ok(Some(layer.with_filter(filter).boxed()))
}

/// Joins a span to the trace of whoever called, by the header `traceparent` (<https://www.w3.org/TR/trace-context/>); one that
/// is malformed joins nothing.
pub fn caller<'h>(span: &Span, header: impl Fn(&str) -> Option<&'h str>) {
    if span.is_disabled() {
        return;
    }
    let context = TraceContextPropagator::new().extract(&Headers { parent: header(PARENT), state: header(STATE) });
    if context.span().span_context().is_valid() {
        // It fails where the span is recorded nowhere, and then there is nothing to join.
        let _unrecorded = span.set_parent(context);
    }
}

struct Headers<'h> {
    parent: Option<&'h str>,
    state: Option<&'h str>,
}

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        match key {
            PARENT => self.parent,
            STATE => self.state,
            _ => None,
        }
    }

    fn keys(&self) -> Vec<&str> {
        vec![PARENT, STATE]
    }
}

/// Sends what is left of the traces. At most five seconds.
pub(super) fn finish() {
    if let Some(provider) = PROVIDER.get()
        && let Err(error) = provider.shutdown()
    {
        tracing::warn!(%error, "the last traces could not be sent");
    }
}

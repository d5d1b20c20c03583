//! What the operator decides about answers.

use choro_bundle::encode::splice::Tail;
use choro_model::Lang;
use std::time::Duration;

/// What the operator decides about answers.
#[derive(Debug, Clone)]
pub struct AnswerOptions {
    /// The address under which the public reaches the server, without a slash at the end, e.g. `https://maps.example.org`. Absolute
    /// URLs are made of it alone, never of a request's headers.
    pub public_url: String,
    /// The language of texts where a request names none, or one that the release has no texts in.
    pub lang: Lang,
    /// Memory for all caches together, in MiB.
    pub cache_mb: u64,
    /// How often to look for a new release.
    pub release_poll: Duration,
    /// How the part of a tile that follows its geometry is written in gzip.
    pub tail: Tail,
}

//! What the operator decides about answers.

use choro_bundle::encode::splice::Tail;
use choro_model::Lang;
use std::time::Duration;

/// What the operator decides about answers.
#[derive(Debug, Clone)]
pub struct AnswerOptions {
    /// Where the public reaches the server, without a slash at the end, e.g. `https://maps.example.org`. The only source of
    /// absolute URLs: no request header is.
    pub public_url: String,
    /// The language of texts where a request names none.
    pub lang: Lang,
    /// Memory for value columns and documents together, in MiB.
    pub cache_mb: u64,
    /// How often to look for a new release.
    pub release_poll: Duration,
    /// What follows the geometry of a tile in gzip.
    pub tail: Tail,
}

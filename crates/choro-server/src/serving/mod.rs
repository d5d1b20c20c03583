//! Use cases of the server: which release answers, which column is meant, one answer at a time. Knows no HTTP.
//!
//! ```text
//! Ask (texts) -> Releases (a release) -> Target (set, vintage, selection) -> Columns | Documents (cached) -> Answer
//! query -> View (all of it with defaults) -> Scene (figures, outline) -> picture | page | embed -> Documents (cached) -> Answer
//! a document that is not there: toll (who pays) -> Jobs (once for all who wait) -> Pool (threads for such work) -> Stock (columns,
//! values in order, outlines) -> Documents
//! ```

mod accepted;
mod aim;
mod answer;
mod ask;
mod columns;
mod documents;
mod error;
mod family;
mod fragments;
mod gis;
mod jobs;
mod location;
mod maps;
mod notice;
mod oembed;
mod opening;
mod outlines;
mod pages;
mod pictures;
mod pool;
mod release;
mod releases;
mod scene;
mod series;
mod spreads;
mod stats;
mod stock;
mod styles;
mod texts;
mod tiles;
mod toll;
mod trust;
mod view;
mod withdrawn;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use accepted::Accepted;
pub use answer::{Answer, Content, Tag};
pub use ask::Ask;
pub use error::ServeError;
pub use gis::GisFile;
pub use location::Location;
pub use pages::{Page, PageAsk};
pub use pictures::Format;
pub use release::Release;
pub use releases::{Held, OpenError, Releases};
pub use series::Table;
pub use stats::{CacheStats, Stats};
pub use styles::Classing;
pub use toll::{Payer, Place, Refused, Work, paid_by};
pub use trust::Trust;
pub use view::Pairs;

use ask::Target;
use choro_bundle::{Bundle, Column, Vintage, encode::splice::Tail};
use choro_http::metrics::Counter;
use choro_model::{Lang, Selection, SetId};
use columns::{Borders, Columns};
use documents::Documents;
use notice::Notice;
use outlines::Outlines;
use pool::Pools;
use spreads::Spreads;
use std::{sync::Arc, time::Duration};
use stock::Stock;

/// What the operator decides about answers.
#[derive(Debug, Clone)]
pub struct Options {
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

/// The server's state: releases and what is cached of them.
#[derive(Debug)]
pub struct Server {
    releases: Releases,
    stock: Arc<Stock>,
    documents: Documents,
    options: Options,
    /// Tiles made so far.
    tiles: Counter,
}

impl Server {
    /// Opens the current release of a place, whoever made it.
    pub fn open(location: Location, options: Options) -> Result<Self, OpenError> {
        Self::open_trusting(location, Trust::default(), options)
    }

    /// Opens the current release of a place, and serves only those of its releases that are trusted.
    pub fn open_trusting(location: Location, trust: Trust, options: Options) -> Result<Self, OpenError> {
        let bytes = options.cache_mb.saturating_mul(1 << 20);
        let stock = Stock {
            // A tile needs a column, and a column costs a hundred tiles to read; 32 MiB are 900 columns of 3,200 areas.
            columns: Columns::new(bytes / 8 * 3),
            spreads: Spreads::new(bytes / 8),
            outlines: Outlines::new(bytes / 8),
        };
        let pools = Arc::new(Pools::new().map_err(OpenError::Threads)?);
        Ok(Self {
            releases: Releases::open(location, trust)?,
            stock: Arc::new(stock),
            documents: Documents::new(bytes / 8 * 3, pools),
            options,
            tiles: Counter::default(),
        })
    }

    /// The release that answers where none is named.
    #[must_use]
    pub fn current(&self) -> Arc<Release> {
        self.releases.current()
    }

    /// Looks for a new release once; whether there was one.
    pub async fn refresh(&self) -> bool {
        self.releases.refresh().await
    }

    /// Follows the releases for ever.
    pub async fn watch(&self) {
        let notice = Notice::of(self.releases.location());
        loop {
            tokio::select! {
                () = tokio::time::sleep(self.options.release_poll) => {}
                () = notice.heard() => {}
            }
            self.refresh().await;
        }
    }

    /// The release of a request and whether the request names it.
    async fn release(&self, ask: &Ask<'_>) -> Result<(Held, bool), ServeError> {
        match ask.release {
            None => Ok((self.releases.answering()?, false)),
            Some(id) => match self.releases.if_current(id)? {
                Some(current) => Ok((current, true)),
                None => Ok((Box::pin(self.releases.named(id)).await?, true)),
            },
        }
    }

    /// The column of a selection on the borders of a target.
    async fn column(
        &self,
        release: &Arc<Release>,
        target: &Target<'_>,
        selection: &Selection,
    ) -> Result<Arc<Column>, ServeError> {
        let borders = Borders { set: &target.set.id, vintage: target.vintage.id() };
        self.stock.columns.get(release, borders, selection).await
    }
}

/// The vintage of a set; the index has checked that it is there.
fn vintage<'r>(bundle: &'r Bundle, set: &SetId, id: &str) -> Result<&'r Vintage, ServeError> {
    let missing = || ServeError::Internal(format!("set {set} borders {id} stand in the catalogue and not in the bundle"));
    bundle.vintage(set.as_str(), Some(id)).ok_or_else(missing)
}

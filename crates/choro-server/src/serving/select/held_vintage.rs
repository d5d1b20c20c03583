//! A vintage of a release, with the release itself: a job holds it, also when the request has ended.

use super::resolved_query::ResolvedQuery;
use crate::serving::{
    error::ServeError,
    release::open_release::{Release, VintageKey},
};
use choro_bundle::{AreaTable, Vintage, encode::context::Context};
use choro_model::{Lang, SetId, VintageId};
use std::sync::Arc;

/// A vintage of a release, with the release itself.
#[derive(Debug, Clone)]
pub(crate) struct HeldVintage {
    pub release: Arc<Release>,
    pub set: SetId,
    pub vintage: VintageId,
}

impl HeldVintage {
    /// The vintage that a query means.
    pub fn of(release: &Arc<Release>, resolved: &ResolvedQuery<'_>) -> Self {
        Self { release: Arc::clone(release), set: resolved.set.id.clone(), vintage: resolved.vintage.id().clone() }
    }

    /// The areas and tiles of the vintage.
    pub fn vintage(&self) -> Result<&Vintage, ServeError> {
        self.release.vintage(&self.set, self.vintage.as_str())
    }

    /// The key by which its columns are found.
    pub fn key(&self) -> VintageKey<'_> {
        VintageKey { set: &self.set, vintage: &self.vintage }
    }

    pub fn context<'a>(&'a self, areas: &'a AreaTable, lang: &'a Lang, attribution: &'a str) -> Context<'a> {
        Context { release: self.release.id(), set: &self.set, vintage: &self.vintage, areas, lang, attribution }
    }
}

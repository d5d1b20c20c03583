//! A vintage of a release that a job holds for as long as it runs, when the request may be gone.

use super::target::Target;
use crate::serving::{
    error::ServeError,
    release::open_release::{Borders, Release},
};
use choro_bundle::{AreaTable, Vintage, encode::values::Context};
use choro_model::{Lang, SetId, VintageId};
use std::sync::Arc;

/// A vintage of a release.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub release: Arc<Release>,
    pub set: SetId,
    pub vintage: VintageId,
}

impl Place {
    /// Where a target lies.
    pub fn of(release: &Arc<Release>, target: &Target<'_>) -> Self {
        Self { release: Arc::clone(release), set: target.set.id.clone(), vintage: target.vintage.id().clone() }
    }

    /// Its areas and tiles.
    pub fn vintage(&self) -> Result<&Vintage, ServeError> {
        self.release.vintage(&self.set, self.vintage.as_str())
    }

    /// The borders by which its columns are known.
    pub fn borders(&self) -> Borders<'_> {
        Borders { set: &self.set, vintage: &self.vintage }
    }

    pub fn context<'a>(&'a self, areas: &'a AreaTable, lang: &'a Lang, attribution: &'a str) -> Context<'a> {
        Context { release: self.release.id(), set: &self.set, vintage: &self.vintage, areas, lang, attribution }
    }
}

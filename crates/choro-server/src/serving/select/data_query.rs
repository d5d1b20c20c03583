//! What a request asks for, before it is looked up in a release.

use crate::serving::error::ServeError;
use choro_model::Encoding;

/// What a request asks for, as texts. Whatever the release does not know is named in the error.
#[derive(Debug, Clone, Default)]
pub struct DataQuery<'a> {
    /// The release; `None`: the current one.
    pub release: Option<&'a str>,
    /// The boundary set.
    pub set: &'a str,
    /// The grid; only used where the answer has tiles.
    pub grid: &'a str,
    /// The encoding of tiles; `None`: Mapbox Vector Tiles.
    pub encoding: Option<&'a str>,
    /// The indicator; `None`: only geometry.
    pub indicator: Option<&'a str>,
    /// The period, or several separated by commas.
    pub period: Option<&'a str>,
    /// The vintage; `None`: the one that the values refer to, or the newest where there are no values.
    pub borders: Option<&'a str>,
    /// The language of texts.
    pub lang: Option<&'a str>,
    /// Dimensions and their codes. A dimension that is left out has its total.
    pub dimensions: Vec<(&'a str, &'a str)>,
}

impl DataQuery<'_> {
    /// The encoding of tiles.
    ///
    /// # Errors
    /// There is no such encoding.
    pub(crate) fn encoding(&self) -> Result<Encoding, ServeError> {
        let Some(asked) = self.encoding else { return Ok(Encoding::Mvt) };
        let known = Encoding::ALL.into_iter().find(|encoding| encoding.as_str() == asked);
        known.ok_or_else(|| ServeError::unknown("encoding", asked, Encoding::ALL.into_iter().map(Encoding::as_str)))
    }
}

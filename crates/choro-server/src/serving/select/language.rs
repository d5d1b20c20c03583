//! The language of an answer.

use crate::serving::{error::ServeError, release::open_release::Release};
use choro_model::Lang;

/// The language of an answer: the one asked for, or the default where the release has no texts in it.
///
/// # Errors
/// The tag is malformed.
pub(crate) fn lang(release: &Release, asked: Option<&str>, default: &Lang) -> Result<Lang, ServeError> {
    let asked = asked.map(Lang::new).transpose().map_err(|error| ServeError::parameter("lang", error))?;
    Ok(release.lang(asked.as_ref(), default))
}

//! The language of an answer.

use crate::serving::{error::ServeError, release::open_release::Release};
use choro_model::Lang;

/// The language of an answer: a malformed tag is refused, one without texts is answered in the default language.
pub(crate) fn lang(release: &Release, asked: Option<&str>, default: &Lang) -> Result<Lang, ServeError> {
    let asked = asked.map(Lang::new).transpose().map_err(|error| ServeError::parameter("lang", error))?;
    Ok(release.lang(asked.as_ref(), default))
}

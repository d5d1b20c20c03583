//! Making documents of values, and answers of documents.

use super::{
    accepted_codings::AcceptedCodings,
    answer::{Answer, AnswerContent},
};
use crate::serving::{cache::documents::KeptDocument, error::ServeError, release::open_release::Release};
use bytes::Bytes;

/// A value as JSON text that ends with a line feed.
pub(super) fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, ServeError> {
    let mut text = serde_json::to_vec(value).map_err(|error| ServeError::Internal(error.to_string()))?;
    text.push(b'\n');
    Ok(text)
}

/// A document as an answer, in the coding that the client wants most.
pub(super) fn answer(
    release: &Release,
    pinned: bool,
    document: &KeptDocument,
    accepted: AcceptedCodings,
) -> Result<Answer, ServeError> {
    let coding = accepted.choose(|coding| document.bytes(coding).map(Bytes::len)).ok_or(ServeError::NotAcceptable)?;
    let content =
        document.bytes(coding).map_or(AnswerContent::Empty, |bytes| AnswerContent::Bytes([bytes.clone(), Bytes::new()]));
    Ok(Answer { release: release.id().clone(), pinned, tag: document.tag, coding, content })
}

//! The catalogue: what a release holds.

use super::{
    accepted_codings::Accepted,
    answer::Answer,
    document_answer::{answer, json},
    server::Server,
};
use crate::serving::{
    cache::{cost::Work, key},
    error::ServeError,
    select::data_query::Ask,
};
use std::sync::Arc;

impl Server {
    /// The catalogue of a release.
    pub async fn catalog(&self, ask: &Ask<'_>, accepted: Accepted) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(ask).await?;
        let prepare = || {
            let held = Arc::clone(&release);
            Ok(move |_| async move { json(held.catalog()) })
        };
        let document = self.documents.get(release.id(), key::name(&["catalog"]), Work::Legend, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}

//! The catalogue: what a release holds.

use super::{
    accepted_codings::AcceptedCodings,
    answer::Answer,
    document_answer::{answer, json},
    server::ReleaseServer,
};
use crate::serving::{
    cache::{cost::WorkKind, key},
    error::ServeError,
};
use choro_model::ReleaseId;
use std::sync::Arc;

impl ReleaseServer {
    /// The catalogue of a release as JSON.
    pub async fn catalog(&self, named: Option<&ReleaseId>, accepted: AcceptedCodings) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(named).await?;
        let prepare = || {
            let held = Arc::clone(&release);
            Ok(move |_| async move { json(held.catalog()) })
        };
        let document = self.documents.get(release.id(), key::name(&["catalog"]), WorkKind::Legend, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}

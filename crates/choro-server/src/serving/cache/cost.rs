//! Which client pays for an answer that has to be made. Tiles and answers that are kept cost nothing.
//!
//! ```text
//! http: paid_by(client, route) -> a document is missing -> client.pay(Drawing) -> a permit, which the job holds until it ends
//! ```

use crate::serving::error::ServeError;
use std::{future::Future, sync::Arc, time::Duration};

/// The kind of work that an answer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkKind {
    /// Classes, summaries, styles and other small texts.
    Legend,
    /// GeoJSON, tables of values, GeoPackages.
    Document,
    /// Pictures, pages, embeds.
    Drawing,
}

/// Permission for one costly answer of a client. The job holds it until it ends, whoever still waits for the answer.
pub type WorkPermit = Box<dyn Send>;

/// The client has asked for too much at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverBudget {
    /// When to ask again.
    pub retry_after: Duration,
}

/// The client that pays for what its request has made.
pub trait Payer: Send + Sync + std::fmt::Debug {
    /// Pays for work, and takes a permit for one more costly answer.
    ///
    /// # Errors
    /// The client's budget does not suffice, or too many answers are being made for it already.
    fn pay(&self, work: WorkKind) -> Result<WorkPermit, OverBudget>;
}

tokio::task_local! {
    static PAYER: Arc<dyn Payer>;
}

/// Runs a request with `payer` paying for its work. Outside of this call all work is free.
pub async fn paid_by<F: Future>(payer: Arc<dyn Payer>, request: F) -> F::Output {
    PAYER.scope(payer, request).await
}

/// Pays for work that the running request needs.
pub(super) fn pay(work: WorkKind) -> Result<WorkPermit, ServeError> {
    let paid = PAYER.try_with(|payer| payer.pay(work)).unwrap_or_else(|_| Ok(Box::new(())));
    paid.map_err(|OverBudget { retry_after }| ServeError::Crowded { retry_after })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Poor;

    impl Payer for Poor {
        fn pay(&self, work: WorkKind) -> Result<WorkPermit, OverBudget> {
            if work == WorkKind::Legend { Ok(Box::new(())) } else { Err(OverBudget { retry_after: Duration::from_secs(3) }) }
        }
    }

    #[tokio::test]
    async fn work_is_free_unless_somebody_pays_for_it() {
        assert!(pay(WorkKind::Drawing).is_ok());
        let asked = paid_by(Arc::new(Poor), async { [pay(WorkKind::Legend).err(), pay(WorkKind::Drawing).err()] }).await;
        let refused = ServeError::Crowded { retry_after: Duration::from_secs(3) };
        assert_eq!(asked.map(|error| error.map(|e| e.to_string())), [None, Some(refused.to_string())]);
    }
}

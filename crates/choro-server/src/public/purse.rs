//! Who pays for what a request makes.

use crate::serving::{OverBudget, Payer, WorkKind, WorkPermit};
use choro_http::net::clients::{Account, Excess};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// Whoever pays for what a request makes.
#[derive(Debug)]
pub struct Purse {
    pub client: Arc<Account>,
    /// Values, which cost nothing, though they are made where documents are.
    pub is_of_values: bool,
}

impl Payer for Purse {
    fn pay(&self, work: WorkKind) -> Result<WorkPermit, OverBudget> {
        let is_light = match work {
            WorkKind::Legend => true,
            WorkKind::Document => self.is_of_values,
            WorkKind::Drawing => false,
        };
        let paid = if is_light { self.client.take() } else { self.client.pay(Instant::now()) };
        match paid {
            Ok(making) => Ok(Box::new(making)),
            Err(Excess::AtOnce) => Err(OverBudget { retry_after: Duration::from_secs(1) }),
            Err(Excess::Budget(retry_after)) => Err(OverBudget { retry_after }),
        }
    }
}

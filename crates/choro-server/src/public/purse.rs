//! Who pays for what a request makes.

use crate::serving::{Payer, Place, Refused, Work};
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
    fn pay(&self, work: Work) -> Result<Place, Refused> {
        let is_light = match work {
            Work::Legend => true,
            Work::Document => self.is_of_values,
            Work::Drawing => false,
        };
        let paid = if is_light { self.client.take() } else { self.client.pay(Instant::now()) };
        match paid {
            Ok(making) => Ok(Box::new(making)),
            Err(Excess::AtOnce) => Err(Refused { retry_after: Duration::from_secs(1) }),
            Err(Excess::Budget(retry_after)) => Err(Refused { retry_after }),
        }
    }
}

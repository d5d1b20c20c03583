//! What GDAL complains of on the way: a reader that breaks off says so here, and only here.

use gdal::errors::CplErrType;
use std::sync::{Mutex, PoisonError};

static FAILURE: Mutex<Option<String>> = Mutex::new(None);

/// Listens from now on; GDAL itself then prints nothing.
pub fn listen() {
    gdal::config::set_error_handler(|class, _, text| {
        if matches!(class, CplErrType::Failure | CplErrType::Fatal) {
            let mut failure = FAILURE.lock().unwrap_or_else(PoisonError::into_inner);
            // The first says what was wrong, those after it what that led to.
            failure.get_or_insert_with(|| text.to_owned());
        }
    });
}

/// The first failure since it was last asked for.
pub fn failure() -> Option<String> {
    FAILURE.lock().unwrap_or_else(PoisonError::into_inner).take()
}

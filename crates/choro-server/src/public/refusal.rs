//! What the use cases refuse, as problems.

use crate::serving::ServeError;
use choro_http::{
    extract::{nearest_parameter, parameter_names},
    problem::Problem,
};
use hyper::StatusCode;
use std::time::Duration;
use utoipa::IntoParams;

/// The problem of a use case: whatever parameter or name it is about, a bad request.
pub(super) fn of_query(error: ServeError) -> Problem {
    of(error, &[])
}

/// The problem of a use case whose query is read into `T` and dimensions: a name that is neither is told with the
/// parameters that there are, and with the one that is nearest to it.
pub(super) fn of_data<T: IntoParams>(error: ServeError, in_path: &[&str]) -> Problem {
    let ServeError::NoDimension { name, what } = error else { return of(error, in_path) };
    let hint = nearest_parameter::<T>(&name).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    Problem::parameter(&name, format!("{what}; the other parameters are {}{hint}", parameter_names::<T>()))
}

/// The problem of a use case. What the path names is not found; what a parameter names is a bad request.
pub(super) fn of(error: ServeError, in_path: &[&str]) -> Problem {
    let detail = error.to_string();
    match error {
        ServeError::Unknown { name, .. } if in_path.contains(&name) => Problem::not_found(detail),
        ServeError::Unknown { name, .. } => Problem::parameter(name, detail),
        ServeError::Parameter { name, .. } | ServeError::NoDimension { name, .. } => Problem::parameter(&name, detail),
        ServeError::NotFound(_) => Problem::not_found(detail),
        ServeError::NotAcceptable => Problem::new(StatusCode::NOT_ACCEPTABLE, detail),
        ServeError::Gone(_) => Problem::new(StatusCode::GONE, detail),
        ServeError::Crowded { retry_after } => Problem::later(StatusCode::TOO_MANY_REQUESTS, detail, retry_after),
        ServeError::Busy { retry_after } => Problem::later(StatusCode::SERVICE_UNAVAILABLE, detail, retry_after),
        ServeError::Unavailable(_) => {
            let what = "this part of the release cannot be read now: try again in a second";
            let later = Problem::later(StatusCode::SERVICE_UNAVAILABLE, what, Duration::from_secs(1));
            later.because(detail)
        }
        ServeError::Internal(_) => Problem::internal(detail),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_path_names_is_not_found_and_what_a_parameter_names_is_a_bad_request() {
        let unknown = || ServeError::unknown("set", "x", ["a"].into_iter());
        for (error, in_path, status) in [
            (unknown(), &["set"][..], StatusCode::NOT_FOUND),
            (unknown(), &[], StatusCode::BAD_REQUEST),
            (ServeError::Gone("x".to_owned()), &[], StatusCode::GONE),
            (ServeError::Unavailable("a disk".to_owned()), &[], StatusCode::SERVICE_UNAVAILABLE),
        ] {
            assert_eq!(of(error, in_path).status, status);
        }
    }
}

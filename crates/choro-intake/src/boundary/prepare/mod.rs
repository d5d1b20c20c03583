//! Areas as they stand in a file -> their codes and names, and one continuous run of longitudes.

pub(super) mod label;
pub(super) mod longitude;
pub(super) mod text;

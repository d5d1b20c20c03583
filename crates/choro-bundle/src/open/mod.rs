//! A release opened for serving.

pub mod bundle;
mod generalised;
mod location;
pub mod vintage;

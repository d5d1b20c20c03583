//! A release opened for serving.

pub mod bundle;
mod combinations;
mod generalised;
mod location;
mod selections;
pub mod vintage;

//! What the HTTP listeners of Choro share.

pub mod metrics;

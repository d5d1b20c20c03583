//! A folder of releases: who may change it, what lies in it, and what was done to it by hand.

pub mod history;
pub mod key_chain;
pub mod lines;
pub mod list;
pub mod lock;
pub mod pointer;
pub mod prune;
pub mod replace;
pub mod unfinished;

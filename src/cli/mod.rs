//! The command line: arguments in, one use case called, a report out.

mod args;
mod import;
mod output;
mod publish;
mod run;
mod serve;

pub use run::run;

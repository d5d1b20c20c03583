//! The command line: arguments in, one use case called, a report out.

mod args;
mod backup;
mod check;
mod confined;
mod descriptors;
mod dialogue;
mod dialogue_answers;
mod import;
mod keys;
mod output;
mod publish;
mod releases;
mod reload;
mod run;
mod serve;
mod storage;

pub use run::run;

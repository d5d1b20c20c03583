//! The demo: a workspace that is made of what is part of the program.

mod built_in;
mod workspace;

pub use workspace::demo;

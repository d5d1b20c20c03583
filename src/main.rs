//! The `choro` program.

fn main() {}

//! The `choro` program: arguments and environment in, exit code out.

use std::{io::Write as _, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let env = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    match choro::cli::run(std::env::args_os(), env.collect()).await {
        Ok(code) => code,
        Err(error) => {
            // A closed standard error leaves nothing to report to.
            let _written = writeln!(std::io::stderr(), "choro: {error:#}");
            ExitCode::FAILURE
        }
    }
}

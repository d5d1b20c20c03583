//! The `choro` program: arguments and environment in, exit code out.

use std::{io::Write as _, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    let env = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    match choro::cli::run(std::env::args_os(), env.collect()).await {
        Ok(code) => code,
        Err(error) => {
            // A closed standard error leaves nothing to report to.
            let _written = writeln!(std::io::stderr(), "choro: {}", in_full(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error with its causes, each said once: many messages hold their cause already.
fn in_full(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| match said.as_str() {
        "" => cause,
        text if text.contains(&cause) => said,
        text => format!("{text}: {cause}"),
    })
}

//! `choro serve` and `choro demo`.

use crate::config::{Config, Overrides};
use std::{path::PathBuf, process::ExitCode};

pub async fn serve(config: Config, bundle: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let _ = (config, bundle);
    anyhow::bail!("not yet")
}

pub async fn demo(dir: Option<PathBuf>, overrides: Overrides) -> anyhow::Result<ExitCode> {
    let workbench = crate::workbench::demo(&dir.unwrap_or_default(), overrides).await?;
    super::publish::publish(&workbench, false).await?;
    Ok(ExitCode::SUCCESS)
}

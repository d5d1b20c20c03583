//! `choro backup` and `choro restore`.

use super::{
    output::{Busy, print},
    releases::size,
};
use crate::{config::Config, workbench};
use std::path::Path;

pub async fn backup(config: &Config, settings: Option<&Path>, to: &Path, json: bool) -> anyhow::Result<()> {
    let busy = Busy::with(format!("copying to {}", to.display()));
    let made = workbench::backup(config, settings, to).await?;
    drop(busy);
    if json {
        let object =
            serde_json::json!({ "backup": to, "created": made.created, "files": made.files(), "bytes": made.bytes() });
        return Ok(print(&object.to_string())?);
    }
    Ok(print(&format!("{}: {} files, {}; verified", to.display(), made.files(), size(made.bytes())))?)
}

pub fn restore(from: &Path, dir: &Path, env: Vec<(String, String)>) -> anyhow::Result<()> {
    let busy = Busy::with(format!("verifying and copying {}", from.display()));
    let restored = tokio::task::block_in_place(|| workbench::restore(from, dir, env))?;
    drop(busy);
    let backup = &restored.backup;
    Ok(print(&format!(
        "restored {} files of {}: database {}, releases {}\nnext: choro check, then choro serve",
        backup.files(),
        backup.created,
        restored.database.display(),
        restored.releases.display()
    ))?)
}

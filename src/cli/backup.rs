//! `choro backup` and `choro restore`.

use super::{
    output::{Busy, print},
    releases::size,
};
use choro_config::Config;
use choro_publishing as workbench;
use std::path::Path;

pub async fn backup(config: &Config, settings: Option<&Path>, to: &Path, with_key: bool, json: bool) -> anyhow::Result<()> {
    let busy = Busy::with(format!("copying to {}", to.display()));
    let made = workbench::backup(config, settings, to, with_key).await?;
    drop(busy);
    if json {
        let object =
            serde_json::json!({ "backup": to, "created": made.created, "files": made.files(), "bytes": made.bytes() });
        return Ok(print(&object.to_string())?);
    }
    let key = if made.has_key() {
        "; it holds the secret key"
    } else if config.workspace.key.exists() {
        "; without the secret key, of which a copy belongs elsewhere"
    } else {
        ""
    };
    Ok(print(&format!("{}: {} files, {}; verified{key}", to.display(), made.files(), size(made.bytes())))?)
}

pub fn restore(from: &Path, dir: &Path, env: Vec<(String, String)>) -> anyhow::Result<()> {
    let busy = Busy::with(format!("verifying and copying {}", from.display()));
    let restored = tokio::task::block_in_place(|| workbench::restore(from, dir, env))?;
    drop(busy);
    let backup = &restored.backup;
    let key =
        if backup.has_key() { String::new() } else { format!("put the secret key back to {}, ", restored.key.display()) };
    Ok(print(&format!(
        "restored {} files of {}: database {}, releases {}\nnext: {key}choro check, then choro serve",
        backup.files(),
        backup.created,
        restored.database.display(),
        restored.releases.display()
    ))?)
}

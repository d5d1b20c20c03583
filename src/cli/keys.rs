//! `choro keys`.

use super::{args::Keys, output::print};
use anyhow::Context as _;
use choro_bundle::SecretKey;
use choro_config::Config;
use choro_publishing as workbench;

pub fn keys(config: &Config, what: &Keys) -> anyhow::Result<()> {
    let path = &config.workspace.key;
    let text = match what {
        Keys::Show => {
            let absent = || format!("{}: there is no key; choro keys new makes one", path.display());
            SecretKey::read(path)?.with_context(absent)?.public().to_string()
        }
        Keys::New => format!("{}\n{}: keep a copy of it elsewhere", workbench::make_key(path)?, path.display()),
        Keys::Rotate => {
            let (old, new) = workbench::rotate_key(path, &config.workspace.releases)?;
            format!("{new}\nit follows {old}, which servers go on to trust; publish, and pin the new one in their settings")
        }
    };
    Ok(print(&text)?)
}

//! choro.toml and the variables of the environment: settings, or an error that says where.

use choro_config::{Config, Overrides};
use std::io::Write as _;

/// Reads made-up input: a file, then, behind a line with four hyphens, lines of `NAME=value`.
pub fn read(data: &[u8]) {
    let at = data.windows(6).position(|window| window == b"\n----\n");
    let (file, env) = at.map_or((data, &[][..]), |at| (&data[..at + 1], &data[at + 6..]));
    let mut settings = tempfile::Builder::new().suffix(".toml").tempfile().expect("a temporary file");
    settings.write_all(file).expect("written");
    let env = String::from_utf8_lossy(env);
    let env = env.lines().filter_map(|line| line.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned()));
    if let Err(error) = Config::load(Some(settings.path()), env, Overrides::default()) {
        assert!(!error.to_string().is_empty());
    }
}

//! How the text of a setting becomes a value, where that takes more than its type's own parser.

use super::{
    error::ConfigError,
    settings::{LogFormat, TailSetting},
    value::Given,
};
use choro_model::PublicKey;
use ipnet::IpNet;
use std::{net::IpAddr, ops::RangeInclusive, time::Duration};
use url::Url;

/// What a public URL must be.
pub(super) const PUBLIC: &str =
    "an http or https URL such as https://maps.example.org/choro, without user, query, fragment, //, . or ..";
/// What the URL of a collector must be.
pub(super) const COLLECTOR: &str =
    "the base URL of a collector such as http://127.0.0.1:4318, without user, query, fragment, //, . or ..";

/// A whole number that counts things in memory.
pub(super) fn size(given: &Given, range: RangeInclusive<u64>, unit: &str) -> Result<usize, ConfigError> {
    given.integer(range, unit).and_then(|n| usize::try_from(n).map_err(|_| given.wrong("a smaller number")))
}

/// A time of up to an hour, in whole seconds.
pub(super) fn seconds(given: &Given) -> Result<Duration, ConfigError> {
    given.integer(1..=3600, "seconds").map(Duration::from_secs)
}

/// What stands between commas or blanks.
fn words<'g>(given: &'g Given, expected: &str) -> Result<impl Iterator<Item = &'g str>, ConfigError> {
    Ok(given.text(expected)?.split([',', ' ']).filter(|word| !word.is_empty()))
}

/// Names as `Host` carries them, without their ports.
pub(super) fn hosts(given: &Given) -> Result<Vec<String>, ConfigError> {
    let expected = "names without port, separated by spaces, such as maps.example.org choro.internal";
    let plain = |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    let host = |word: &str| plain(word).then(|| word.to_ascii_lowercase()).ok_or_else(|| given.wrong(expected));
    words(given, expected)?.map(host).collect()
}

/// Addresses and networks; an address alone is the network of its own.
pub(super) fn networks(given: &Given) -> Result<Vec<IpNet>, ConfigError> {
    let expected = "addresses or networks, separated by spaces, such as 127.0.0.1 10.0.0.0/8 2001:db8::/32";
    let network = |word: &str| {
        let address = word.parse().map(|address: IpAddr| IpNet::from(address));
        address.or_else(|_| word.parse()).map_err(|_| given.wrong(expected))
    };
    words(given, expected)?.map(network).collect()
}

/// The address of object storage.
pub(super) fn storage_url(given: &Given) -> Result<String, ConfigError> {
    let expected = "the address of object storage such as s3://bucket/prefix; its keys come from AWS_* variables";
    let text = given.text(expected)?.trim_end_matches('/');
    let plain = |rest: &str| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['@', '?', '#', ' ']);
    if text.strip_prefix("s3://").is_some_and(plain) { Ok(text.to_owned()) } else { Err(given.wrong(expected)) }
}

/// What follows the geometry of a tile.
pub(super) fn tail(given: &Given) -> Result<TailSetting, ConfigError> {
    let expected = "stored or compressed";
    match given.text(expected)? {
        "stored" => Ok(TailSetting::Stored),
        "compressed" => Ok(TailSetting::Compressed),
        _ => Err(given.wrong(expected)),
    }
}

/// Public keys.
pub(super) fn trust(given: &Given) -> Result<Vec<PublicKey>, ConfigError> {
    let expected = "public keys separated by spaces, each ed25519: and 64 of 0-9 a-f, as choro keys show prints them";
    let words: Vec<&str> = given.text(expected)?.split_whitespace().collect();
    let keys: Option<Vec<PublicKey>> = words.iter().map(|word| word.parse().ok()).collect();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| given.wrong(expected))
}

/// How log lines look.
pub(super) fn format(given: &Given) -> Result<LogFormat, ConfigError> {
    let expected = "text or json";
    match given.text(expected)? {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(given.wrong(expected)),
    }
}

/// Checked here, since the filter takes a mistyped level for the name of a module and then logs nothing.
pub(super) fn level(given: &Given) -> Result<String, ConfigError> {
    const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
    let expected = "off, error, warn, info, debug or trace, or module=level, comma separated";
    let text = given.text(expected)?;
    let valid = |part: &str| LEVELS.contains(&part.split_once('=').map_or(part, |(_, level)| level));
    if text.split(',').all(valid) { Ok(text.to_owned()) } else { Err(given.wrong(expected)) }
}

/// The sites of CSP's `frame-ancestors` (CSP 3, 6.4.2), with nothing in them that would begin another directive.
pub(super) fn frame_ancestors(given: &Given) -> Result<String, ConfigError> {
    let expected =
        "* for all sites, 'none', or sites separated by spaces such as 'self' https://www.example.org https://*.example.org";
    let text = given.text(expected)?;
    let site = |word: &str| {
        let host = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://")).unwrap_or_default();
        let plain = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:*".contains(&b));
        matches!(word, "*" | "'self'" | "'none'") || plain
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    if !words.is_empty() && words.iter().all(|word| site(word)) { Ok(words.join(" ")) } else { Err(given.wrong(expected)) }
}

/// A base URL that is exactly what a browser would make of it: no `..`, no user, no query, nothing to be rewritten.
pub(super) fn base_url(given: &Given, expected: &str) -> Result<String, ConfigError> {
    let text = given.text(expected)?.trim_end_matches('/');
    let plain = |url: &Url| {
        let path = url.path();
        matches!(url.scheme(), "http" | "https")
            && url.as_str().trim_end_matches('/') == text
            && !path.contains("//")
            && path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-._~".contains(&b))
            && (url.username(), url.password(), url.query(), url.fragment()) == ("", None, None, None)
    };
    Url::parse(text).ok().filter(plain).map(|_| text.to_owned()).ok_or_else(|| given.wrong(expected))
}

//! `choro check`.

use super::output::{Busy, print};
use choro_config::{Config, ConfigError};
use choro_publishing::{self as workbench, Finding, Level};
use std::{path::Path, process::ExitCode};

/// Looks at everything, or at one bundle; the exit code says whether there is an error.
pub async fn check(config: Result<Config, ConfigError>, bundle: Option<&Path>, json: bool) -> anyhow::Result<ExitCode> {
    let busy = Busy::with("checking");
    let found = match (config, bundle) {
        (Err(error), _) => vec![Finding::new(Level::Error, "settings", error)],
        (Ok(_), Some(dir)) => vec![workbench::check_bundle(dir)],
        (Ok(config), None) => workbench::check(&config).await,
    };
    drop(busy);
    let worst = found.iter().map(|finding| finding.level).max().unwrap_or(Level::Ok);
    if json {
        let object = serde_json::json!({ "ok": worst < Level::Error, "findings": found });
        print(&serde_json::to_string_pretty(&object)?)?;
    } else {
        let lines: Vec<String> = found.iter().map(line).collect();
        print(&lines.join("\n"))?;
    }
    Ok(if worst == Level::Error { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn line(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Ok => "ok",
        Level::Warning => "warning",
        Level::Error => "ERROR",
    };
    format!("{level:<8} {:<16} {}", finding.about, finding.what)
}

//! From arguments to the use case.

use super::{
    args::{Arguments, Command, Import},
    backup, check, confined, import, keys,
    output::print,
    publish, releases,
    reload::SettingsSource,
    serve,
    storage::Keys,
};
use anyhow::Context as _;
use choro_config::{Config, Database, DatabasePlace, Overrides};
use choro_publishing::{self as workbench, Workbench};
use choro_telemetry as telemetry;
use clap::Parser as _;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use tracing::Instrument as _;

/// Runs the command of the process's arguments.
pub async fn run(
    arguments: impl Iterator<Item = std::ffi::OsString>,
    env: Vec<(String, String)>,
) -> anyhow::Result<ExitCode> {
    let result = command(arguments, env).await;
    telemetry::finish();
    result
}

async fn command(
    arguments: impl Iterator<Item = std::ffi::OsString>,
    env: Vec<(String, String)>,
) -> anyhow::Result<ExitCode> {
    let given: Vec<_> = arguments.collect();
    let arguments = match Arguments::try_parse_from(given.iter()) {
        Ok(arguments) => arguments,
        // Help and version are for standard output, mistakes for standard error: clap knows which.
        Err(e) => {
            e.print().context("standard output")?;
            return Ok(ExitCode::from(u8::try_from(e.exit_code()).unwrap_or(2)));
        }
    };
    let overrides = overrides(&arguments);
    let storage = Keys::of(&env);
    match arguments.command {
        Command::Init { dir, database } => {
            let config = Config::load(None, env.into_iter(), overrides)?;
            init(&dir, &config.workspace.database, database.is_some()).await
        }
        Command::Demo { dir, .. } => {
            let config = Config::load(None, env.into_iter(), overrides.clone())?;
            telemetry::start(&config.log, &config.traces)?;
            serve::demo(dir, overrides).await
        }
        Command::Keys { what } => {
            keys::keys(&settings(arguments.config, env, overrides)?, &what).map(|()| ExitCode::SUCCESS)
        }
        Command::Serve(args) => {
            let source = SettingsSource { file: settings_file(arguments.config)?, env, overrides };
            let config = started(source.read()?)?;
            serve::serve(source, config, args.bundle, &storage).await
        }
        Command::Releases { what } => {
            releases::releases(&settings(arguments.config, env, overrides)?, what, &storage).map(|()| ExitCode::SUCCESS)
        }
        Command::Backup { dir, with_key, json } => {
            let file = settings_file(arguments.config)?;
            let config = settings(file.clone(), env, overrides)?;
            backup::backup(&config, file.as_deref(), &dir, with_key, json).await.map(|()| ExitCode::SUCCESS)
        }
        Command::Restore { backup: from, dir } => backup::restore(&from, &dir, env).map(|()| ExitCode::SUCCESS),
        Command::Check { bundle, json } => {
            let config = Config::load(settings_file(arguments.config)?.as_deref(), env.into_iter(), overrides);
            check::check(config, bundle.as_deref(), json).await
        }
        Command::Import { .. } if !arguments.confined => {
            let config = Config::load(settings_file(arguments.config)?.as_deref(), env.into_iter(), overrides)?;
            confined::run(&given, &config.import)
        }
        Command::Import { what } => {
            let config = settings(arguments.config, env, overrides)?;
            confined::enter(&config.import)?;
            let workbench = Workbench::open(config).await?;
            let span = tracing::debug_span!("import", what = what.name());
            let import = async {
                match what {
                    Import::Boundaries(args) => import::boundaries(&workbench, args).await,
                    Import::Observations(args) => import::observations(&workbench, args).await,
                    Import::Correspondence(args) => import::correspondence(&workbench, args).await,
                }
            };
            let code = import.instrument(span).await;
            workbench.close().await;
            code
        }
        Command::Publish { json } => {
            let workbench = Workbench::open(settings(arguments.config, env, overrides)?).await?;
            let result = publish::publish(&workbench, json, &storage).instrument(tracing::debug_span!("publish")).await;
            workbench.close().await;
            result.map(|()| ExitCode::SUCCESS)
        }
    }
}

/// The settings of the workspace; from here on there is a log.
fn settings(named: Option<PathBuf>, env: Vec<(String, String)>, overrides: Overrides) -> anyhow::Result<Config> {
    started(Config::load(settings_file(named)?.as_deref(), env.into_iter(), overrides)?)
}

/// Settings, once there is a log as they want it.
fn started(config: Config) -> anyhow::Result<Config> {
    telemetry::start(&config.log, &config.traces)?;
    Ok(config)
}

async fn init(dir: &Path, database: &Database, asked: bool) -> anyhow::Result<ExitCode> {
    let server = Some(database).filter(|database| matches!(database.place, DatabasePlace::Postgres(_)));
    if asked && server.is_none() {
        anyhow::bail!("--database expects postgres://USER@HOST/DATABASE; without it init makes an SQLite file");
    }
    let (settings, key) = workbench::init(dir, server).await?;
    print(&format!(
        "{}: made; next: define indicators in indicators.toml, then choro import boundaries\nits releases are signed by {key}: choro serve --trust KEY serves no others",
        settings.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn overrides(arguments: &Arguments) -> Overrides {
    let overrides = Overrides::default().set("--log", "log.level", arguments.log.as_ref());
    match &arguments.command {
        Command::Serve(args) => {
            let keys: Vec<String> = args.trust.iter().map(ToString::to_string).collect();
            overrides
                .set("--addr", "server.addr", args.addr.as_ref())
                .set("--public-url", "server.public_url", args.public_url.as_ref())
                .set("--trust", "server.trust", (!keys.is_empty()).then(|| keys.join(" ")))
        }
        Command::Init { database, .. } => overrides.set("--database", "workspace.database", database.as_ref()),
        Command::Demo { addr, .. } => overrides.set("--addr", "server.addr", addr.as_ref()),
        _ => overrides,
    }
}

/// The settings file that was named, or the workspace's in this folder if there is one.
fn settings_file(named: Option<PathBuf>) -> anyhow::Result<Option<PathBuf>> {
    if named.is_some() {
        return Ok(named);
    }
    let here = PathBuf::from(workbench::SETTINGS);
    Ok(here.try_exists().context("choro.toml")?.then_some(here))
}

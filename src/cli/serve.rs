//! `choro serve` and `choro demo`.

use super::{
    output::{Busy, print},
    publish,
};
use crate::{
    config::{Config, Overrides, Server as Settings},
    http::{self, App, Limits},
    model::Lang,
    serving::{self, Server},
    workbench,
};
use anyhow::Context as _;
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use tokio::net::TcpListener;

/// Serves the releases of the workspace, or one bundle, until asked to stop.
pub async fn serve(config: &Config, bundle: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let settings = &config.server;
    let listener = TcpListener::bind(settings.addr).await.with_context(|| format!("{}", settings.addr))?;
    let path = bundle.unwrap_or_else(|| config.workspace.releases.clone());
    let options = serving::Options {
        // The address that was bound, so that port 0 works too; never what a request says.
        public_url: settings
            .public_url
            .clone()
            .map_or_else(|| Ok(format!("http://{}", listener.local_addr()?)), anyhow::Ok)?,
        lang: Lang::new("en")?,
        cache_mb: settings.cache_mb,
        release_poll: settings.release_poll,
    };
    let address = options.public_url.clone();
    let server = tokio::task::block_in_place(|| Server::open(&path, options))?;
    let release = server.current().id().clone();
    let app = Arc::new(App::new(server, limits(settings)));
    print(&format!("serving release {release} at {address}/"))?;
    http::serve(listener, app, http::stop_signal()).await?;
    Ok(ExitCode::SUCCESS)
}

/// The whole way on what is built in, then the map.
pub async fn demo(dir: Option<PathBuf>, overrides: Overrides) -> anyhow::Result<ExitCode> {
    let temporary = tempfile::Builder::new().prefix("choro-demo-").tempdir().context("a temporary folder")?;
    let dir = dir.unwrap_or_else(|| temporary.path().to_owned());
    let busy = Busy::with("importing the built-in boundaries and making synthetic values");
    let workbench = workbench::demo(&dir, overrides).await?;
    drop(busy);
    publish::publish(&workbench, false).await?;
    let config = workbench.config().clone();
    workbench.close().await;
    print("This is a demo: every value on the map is synthetic.")?;
    serve(&config, None).await
}

fn limits(settings: &Settings) -> Limits {
    Limits {
        max_in_flight: settings.max_in_flight,
        request_timeout: settings.request_timeout,
        max_url_bytes: settings.max_url_bytes,
        max_header_bytes: settings.max_header_bytes,
        max_headers: settings.max_headers,
        header_read_timeout: settings.header_read_timeout,
        shutdown_grace: settings.shutdown_grace,
        ..Limits::default()
    }
}

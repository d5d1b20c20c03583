//! The server to compare with: axum on the connections that choro uses too, and a handler that returns constant bytes and
//! headers from memory. Runs as a process of its own: this program, started again.

use crate::common::load::head;
use anyhow::Context as _;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Uri},
    routing::get,
};
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use std::{collections::HashMap, io::Write as _, path::Path, sync::Arc};
use tokio::net::TcpListener;

/// The first argument that means: be this server. The second is the file of answers.
pub const ARGUMENT: &str = "bare-server";
/// The file of answers in its folder.
pub const ANSWERS: &str = "answers.json";

/// Answers by path.
type Answers = HashMap<String, (HeaderMap, Bytes)>;

async fn tile(State(answers): State<Arc<Answers>>, uri: Uri) -> Response<Body> {
    let Some((headers, body)) = answers.get(uri.path()) else {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let mut response = Response::new(Body::from(body.clone()));
    *response.headers_mut() = headers.clone();
    response
}

/// Serves the answers in `file` until it is killed. The runtime is what `#[tokio::main]` makes, as choro's is.
#[tokio::main]
pub async fn serve(file: &Path) -> anyhow::Result<()> {
    let answers: Vec<(String, Vec<u8>)> = serde_json::from_slice(&std::fs::read(file)?)?;
    let answers: Answers = answers.into_iter().map(parse).collect::<anyhow::Result<_>>()?;
    let router = Router::new().route("/tiles/{set}/{grid}/{z}/{x}/{y}", get(tile)).with_state(Arc::new(answers));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    let builder = http1::Builder::new();
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone())));
    }
}

/// Writes answers for this server, and their bodies as files for nginx. Returns how many bytes the bodies have.
pub fn write(folder: &Path, answers: &[(&str, Vec<u8>)]) -> anyhow::Result<usize> {
    std::fs::write(folder.join(ANSWERS), serde_json::to_vec(answers)?)?;
    let mut bytes = 0;
    for (path, answer) in answers {
        let body = &answer[head(answer).context("an answer without a head")?..];
        let file = folder.join("files").join(path.trim_start_matches('/'));
        std::fs::create_dir_all(file.parent().context("a path")?)?;
        std::fs::write(file, body)?;
        bytes += body.len();
    }
    Ok(bytes)
}

/// A path and the whole answer that choro gave. Length and date are the connection's to write.
fn parse((path, answer): (String, Vec<u8>)) -> anyhow::Result<(String, (HeaderMap, Bytes))> {
    let (head, body) = answer.split_at(head(&answer).context("an answer without a head")?);
    let mut headers = HeaderMap::new();
    for line in std::str::from_utf8(head)?.lines().skip(1).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").with_context(|| format!("the header {line}"))?;
        if !["content-length", "date"].contains(&name) {
            headers.insert(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        }
    }
    Ok((path, (headers, Bytes::copy_from_slice(body))))
}

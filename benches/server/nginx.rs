//! nginx with the answers as files, two workers, nothing logged.

use crate::common::process::Process;
use anyhow::{Context as _, bail};
use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// Whether there is one to compare with.
pub fn is_there() -> bool {
    Command::new("nginx").arg("-v").stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Starts it on the files in `root`, whose bodies are gzip.
pub fn start(root: &Path) -> anyhow::Result<Process> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let config = root.join("nginx.conf");
    std::fs::write(&config, text(root, address))?;
    let mut command = Command::new("nginx");
    command.arg("-c").arg(&config).arg("-p").arg(root).arg("-e").arg(root.join("error.log")).stderr(Stdio::null());
    let process = Process::start_at(&mut command, address)?;
    for _ in 0..100 {
        if TcpStream::connect(address).is_ok() {
            return Ok(process);
        }
        thread::sleep(Duration::from_millis(20));
    }
    drop(process);
    bail!("nginx does not listen: {}", std::fs::read_to_string(root.join("error.log")).context("its log")?)
}

/// Started by root it would give up its rights, and with them the files.
fn text(root: &Path, address: SocketAddr) -> String {
    let root = root.display();
    format!(
        "user root; daemon off; worker_processes 2; pid {root}/nginx.pid;
        events {{ worker_connections 1024; }}
        http {{
            access_log off; sendfile on; tcp_nodelay on; keepalive_requests 10000000; open_file_cache max=1000;
            client_body_temp_path {root}/body; proxy_temp_path {root}/proxy; fastcgi_temp_path {root}/fastcgi;
            uwsgi_temp_path {root}/uwsgi; scgi_temp_path {root}/scgi;
            default_type application/vnd.mapbox-vector-tile;
            add_header Content-Encoding gzip;
            server {{ listen {address}; location / {{ root {root}/files; }} }}
        }}"
    )
}

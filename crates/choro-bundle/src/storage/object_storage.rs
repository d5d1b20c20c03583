//! S3-compatible object storage, as seen by code that waits for its answers.
//!
//! Bundles are read where waiting is allowed, by positions like a file's. So the storage has a small runtime of its own and
//! every call waits for it, at most as long as the operator says. What lies there:
//!
//! ```text
//! PREFIX/files/SHA256                 content of bundles' files, each once for all releases
//! PREFIX/releases/ID/manifest.json    a release: which content stands under which path
//! PREFIX/releases/ID/manifest.sig     who made it, where somebody has signed
//! PREFIX/keys.jsonl, history.jsonl    which keys follow which; what was done to releases by hand
//! PREFIX/current                      the id of the current release
//! ```

use crate::format::error::BundleError;
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt as _, RetryConfig, WriteMultipart,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    path::Path as Key,
};
use std::{
    io::Read as _,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    time::{Duration, SystemTime},
};

/// Bytes of a part of a large upload; S3 wants 5 MiB at least.
const PART: usize = 8 * 1024 * 1024;
/// Parts under way at once.
const PARTS: usize = 4;
/// How often a request is tried again within its time.
const RETRIES: usize = 3;

/// A place in object storage.
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    prefix: Key,
    url: String,
    timeout: Duration,
    /// `None` only while it is dropped.
    runtime: Option<tokio::runtime::Runtime>,
}

impl std::fmt::Debug for Storage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Storage").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        // A runtime that waits for its threads may not be dropped by a task.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Storage {
    /// The storage at `url`, e.g. `s3://bucket/choro`. Keys, region and endpoint come from the environment by their usual
    /// names (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`): `env` are those variables. One
    /// answer may take `timeout`. Asks for nothing yet.
    pub fn open(url: &str, env: &[(String, String)], timeout: Duration) -> Result<Self, BundleError> {
        let refused = |what: String| BundleError::Storage { place: url.to_owned(), what, unreachable: false };
        // A second call finds the provider of the first.
        drop(rustls::crypto::ring::default_provider().install_default());
        let (bucket, prefix) =
            url.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, ""))).unwrap_or_default();
        if bucket.is_empty() {
            return Err(refused("this is no address of object storage: expected s3://BUCKET/PREFIX".to_owned()));
        }
        let prefix = Key::parse(prefix.trim_end_matches('/')).map_err(|e| refused(e.to_string()))?;
        let options = ClientOptions::new().with_timeout(timeout).with_connect_timeout(timeout);
        let retry = RetryConfig { max_retries: RETRIES, retry_timeout: timeout, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new().with_bucket_name(bucket).with_client_options(options).with_retry(retry);
        for (name, value) in env {
            if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                builder = builder.with_config(key, value);
            }
            // An operator who names an endpoint without TLS wants one, on a network of their own.
            if name == "AWS_ENDPOINT_URL" && value.starts_with("http://") {
                builder = builder.with_allow_http(true);
            }
        }
        let store = builder.build().map_err(|e| refused(e.to_string()))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("storage")
            .enable_all()
            .build()
            .map_err(|e| refused(e.to_string()))?;
        Ok(Self {
            store: Arc::new(store),
            prefix,
            url: url.trim_end_matches('/').to_owned(),
            timeout,
            runtime: Some(runtime),
        })
    }

    /// Where something lies, for messages.
    pub fn place(&self, key: &str) -> PathBuf {
        PathBuf::from(format!("{}/{key}", self.url))
    }

    /// A whole object, if it is there. At most `limit` bytes.
    pub fn get(&self, key: &str, limit: u64) -> Result<Option<Bytes>, BundleError> {
        Ok(self.get_dated(key, limit)?.map(|(bytes, _)| bytes))
    }

    /// A whole object and when it was written, by the storage's clock, if it is there. At most `limit` bytes.
    pub fn get_dated(&self, key: &str, limit: u64) -> Result<Option<(Bytes, SystemTime)>, BundleError> {
        let (store, at) = (Arc::clone(&self.store), self.key(key));
        let found = self.wait(key, async move {
            let answer = match store.get(&at).await {
                Err(object_store::Error::NotFound { .. }) => return Ok(None),
                answer => answer?,
            };
            let (size, written) = (answer.meta.size, answer.meta.last_modified.into());
            if size > limit { Ok(Some(Err(size))) } else { Ok(Some(Ok((answer.bytes().await?, written)))) }
        })?;
        let too_large =
            |size| BundleError::damaged(self.place(key), format!("it has {size} bytes, expected at most {limit}"));
        found.transpose().map_err(too_large)
    }

    /// `length` bytes of an object from `offset` on.
    pub fn range(&self, key: &str, offset: u64, length: usize) -> Result<Bytes, BundleError> {
        let (store, at) = (Arc::clone(&self.store), self.key(key));
        let range = offset..offset + length as u64;
        self.wait(key, async move { store.get_range(&at, range).await })
    }

    /// Writes an object whole: a reader sees it as it was before, or as it is now.
    pub fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), BundleError> {
        let (store, at) = (Arc::clone(&self.store), self.key(key));
        self.wait(key, async move { store.put(&at, bytes.into()).await.map(drop) })
    }

    /// Writes the content of a file as an object; a large one in parts.
    pub fn put_file(&self, key: &str, path: &Path) -> Result<(), BundleError> {
        let mut file = std::fs::File::open(path).map_err(BundleError::io(path))?;
        let size = file.metadata().map_err(BundleError::io(path))?.len();
        if size <= PART as u64 {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map_err(BundleError::io(path))?;
            return self.put(key, bytes);
        }
        let (store, at) = (Arc::clone(&self.store), self.key(key));
        let upload = self.wait(key, async move { store.put_multipart(&at).await })?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut part = vec![0; PART];
        loop {
            let count = file.read(&mut part).map_err(BundleError::io(path))?;
            let Some(bytes) = part.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
            let bytes = Bytes::copy_from_slice(bytes);
            upload = self.wait(key, async move {
                upload.wait_for_capacity(PARTS).await?;
                upload.put(bytes);
                Ok(upload)
            })?;
        }
        self.wait(key, async move { upload.finish().await.map(drop) })
    }

    /// The keys in a folder with their sizes, without the prefix.
    pub fn list(&self, folder: &str) -> Result<Vec<(String, u64)>, BundleError> {
        let (store, at) = (Arc::clone(&self.store), self.key(folder));
        let objects: Vec<_> = self.wait(folder, async move { store.list(Some(&at)).try_collect().await })?;
        let name = |key: &Key| {
            key.prefix_match(&self.prefix)
                .map(|parts| parts.map(|part| part.as_ref().to_owned()).collect::<Vec<_>>().join("/"))
        };
        Ok(objects.into_iter().filter_map(|object| Some((name(&object.location)?, object.size))).collect())
    }

    /// Deletes an object; one that is gone already is deleted.
    pub fn delete(&self, key: &str) -> Result<(), BundleError> {
        let (store, at) = (Arc::clone(&self.store), self.key(key));
        self.wait(key, async move {
            match store.delete(&at).await {
                Err(object_store::Error::NotFound { .. }) => Ok(()),
                done => done,
            }
        })
    }

    fn key(&self, key: &str) -> Key {
        let prefix = self.prefix.parts();
        prefix.chain(Key::from(key).parts()).collect()
    }

    /// The result of a request, or that none came in time.
    fn wait<T: Send + 'static>(
        &self,
        key: &str,
        request: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> Result<T, BundleError> {
        let error = |what: String, unreachable| BundleError::Storage {
            place: self.place(key).display().to_string(),
            what,
            unreachable,
        };
        let (sender, receiver) = mpsc::sync_channel(1);
        let Some(runtime) = &self.runtime else { return Err(error("it is closed".to_owned(), true)) };
        let timeout = self.timeout;
        runtime.spawn(async move {
            // Whoever asked may have given up.
            drop(sender.send(tokio::time::timeout(timeout, request).await));
        });
        match receiver.recv() {
            Ok(Ok(Ok(answer))) => Ok(answer),
            Ok(Ok(Err(object_store::Error::NotFound { .. }))) => Err(error("it is not there".to_owned(), false)),
            Ok(Ok(Err(other))) => Err(error(other.to_string(), true)),
            Ok(Err(_)) => Err(error(format!("no answer within {} s", timeout.as_secs_f64()), true)),
            Err(_) => Err(error("the request broke off".to_owned(), true)),
        }
    }
}

//! Handlers with their paths as the OpenAPI document has them, made into a router: so the two cannot differ.
//!
//! ```text
//! /areas/{set}.geojson, /areas/{set}.json   -> one route /areas/{2} of axum's, whose matcher knows no endings; told apart here
//! /areas/{set}/{code}                       -> another
//! ```

use crate::{extract::Template, problem::Problem};
use axum::{
    Router,
    extract::Request,
    response::{IntoResponse as _, Response},
    routing::MethodRouter,
};
use std::{
    collections::BTreeMap,
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
};
use tower_service::Service;
use utoipa::openapi::path::{Operation, Paths};
use utoipa_axum::router::UtoipaMethodRouter;

/// Handlers of one kind, whose layers they share.
pub struct Endpoints<S> {
    all: Vec<Endpoint<S>>,
    schemas: Schemas,
}

/// Schemas by their name, as documents refer to them.
pub type Schemas = Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>;

/// One handler.
struct Endpoint<S> {
    path: String,
    template: Template,
    operation: utoipa::openapi::PathItem,
    handler: MethodRouter<S>,
}

impl<S: Clone + Send + Sync + 'static> Default for Endpoints<S> {
    fn default() -> Self {
        Self { all: Vec::new(), schemas: Vec::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Endpoints<S> {
    /// And a handler, as `utoipa_axum::routes!` gives it.
    #[must_use]
    pub fn and(mut self, (schemas, paths, handler): UtoipaMethodRouter<S>) -> Self {
        self.schemas.extend(schemas);
        let paths = paths.paths.into_iter();
        self.all.extend(paths.map(|(path, operation)| Endpoint {
            template: Template::new(&path),
            path,
            operation,
            handler: handler.clone(),
        }));
        self
    }

    /// And those of another room.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.all.extend(other.all);
        self.schemas.extend(other.schemas);
        self
    }

    /// With a layer around each handler so far.
    #[must_use]
    pub fn map(mut self, change: impl Fn(MethodRouter<S>) -> MethodRouter<S>) -> Self {
        self.all = self.all.into_iter().map(|one| Endpoint { handler: change(one.handler), ..one }).collect();
        self
    }

    /// With more said in the document of each operation so far.
    #[must_use]
    pub fn describe(mut self, change: impl Fn(&mut Operation)) -> Self {
        self.all.iter_mut().filter_map(|endpoint| endpoint.operation.get.as_mut()).for_each(change);
        self
    }

    /// The paths as the public reads them: the rows of the counts.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|endpoint| endpoint.path.as_str())
    }

    /// The operations and schemas of the OpenAPI document.
    #[must_use]
    pub fn documented(&self) -> (Paths, Schemas) {
        let mut paths = Paths::new();
        for endpoint in &self.all {
            paths.paths.insert(endpoint.path.clone(), endpoint.operation.clone());
        }
        (paths, self.schemas.clone())
    }

    /// The forms of the paths, in the order of [`Endpoints::paths`].
    #[must_use]
    pub fn templates(&self) -> Vec<(String, Template)> {
        self.all.iter().map(|endpoint| (endpoint.path.clone(), endpoint.template.clone())).collect()
    }

    /// The router. Requests of other methods than the handlers' get a problem.
    pub fn router(self, state: &S) -> Router {
        let mut routes: BTreeMap<String, Vec<Ended>> = BTreeMap::new();
        for (row, endpoint) in self.all.into_iter().enumerate() {
            let handler = endpoint.handler.fallback(method_not_allowed).with_state(state.clone());
            routes.entry(endpoint.template.route()).or_default().push(Ended { template: endpoint.template, row, handler });
        }
        routes.into_iter().fold(Router::new(), |router, (route, ended)| router.route_service(&route, ByEnding(ended.into())))
    }
}

/// The answer to another method than those of a path.
pub async fn method_not_allowed() -> Problem {
    Problem::method_not_allowed()
}

/// Where a router writes the row of the handler that it has found, in an extension of the request.
#[derive(Debug, Clone, Default)]
pub struct FoundRow(pub Arc<AtomicUsize>);

/// A handler of one ending.
struct Ended {
    template: Template,
    row: usize,
    handler: MethodRouter,
}

/// Handlers whose paths differ in how they end.
#[derive(Clone)]
struct ByEnding(Arc<[Ended]>);

impl Service<Request> for ByEnding {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let found = self.0.iter().find(|ended| ended.template.names(request.uri().path()).is_some());
        let Some(Ended { template, row, handler }) = found else {
            return Box::pin(async { Ok(Problem::nothing().into_response()) });
        };
        if let Some(found) = request.extensions().get::<FoundRow>() {
            found.0.store(*row, Relaxed);
        }
        request.extensions_mut().insert(template.clone());
        Box::pin(handler.clone().call(request))
    }
}

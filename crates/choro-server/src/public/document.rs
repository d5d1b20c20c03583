//! Answers that are kept whole: what their requests have in common.

use super::{
    App, Shared,
    conditions::{etag, known},
    negotiation,
    purse::Purse,
    respond,
};
use crate::serving::{AcceptedCodings, Answer, AnswerContent, paid_by};
use axum::{
    extract::{FromRequestParts, Request},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::MethodRouter,
};
use choro_http::{net::clients::Account, problem::Problem};
use hyper::{HeaderMap, header, header::HeaderValue, http::request::Parts};
use std::{convert::Infallible, sync::Arc};

/// What a request says of the form in which it wants its document.
#[derive(Debug)]
pub(super) struct Document {
    headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for Document {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { headers: std::mem::take(&mut parts.headers) })
    }
}

impl Document {
    /// The codings that it may have.
    pub fn accepted(&self) -> AcceptedCodings {
        negotiation::accepted(&self.headers)
    }

    /// The answer, or that the client has it.
    pub fn respond(&self, app: &App, mut answer: Answer, media: &'static str) -> Response {
        if known(&self.headers, || etag(answer.tag, answer.coding)) {
            answer.content = AnswerContent::Unchanged;
        }
        respond::release(answer, media, &app.heads).map(axum::body::Body::new)
    }

    /// The answer as a file of this name.
    pub fn attach(&self, app: &App, answer: Answer, media: &'static str, name: &str) -> Result<Response, Problem> {
        let mut response = self.respond(app, answer, media);
        let disposition = format!("attachment; filename=\"{name}\"");
        let value = HeaderValue::try_from(disposition).map_err(|error| Problem::internal(error.to_string()))?;
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        Ok(response)
    }
}

/// Who asks, for whoever makes something for them.
#[derive(Debug, Clone)]
pub(super) struct Caller(pub Arc<Account>);

/// A handler whose answers have to be made: its client pays for them.
pub(super) fn costly(handler: MethodRouter<Shared>) -> MethodRouter<Shared> {
    handler.layer(middleware::from_fn(|request, next| pay(request, next, false)))
}

/// A handler whose answers are tables of values, which cost little.
pub(super) fn light(handler: MethodRouter<Shared>) -> MethodRouter<Shared> {
    handler.layer(middleware::from_fn(|request, next| pay(request, next, true)))
}

async fn pay(request: Request, next: Next, is_of_values: bool) -> Response {
    match request.extensions().get().cloned() {
        Some(Caller(client)) => paid_by(Arc::new(Purse { client, is_of_values }), next.run(request)).await,
        None => Problem::internal("a request came past the gate").into_response(),
    }
}

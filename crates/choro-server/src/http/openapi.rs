//! The OpenAPI document, made of the table of routes.

use super::{
    embedded::Embedded,
    routes::{DIMENSION, Endpoint, NAMES, ROUTES, Route},
};
use crate::serving::Tag;
use bytes::Bytes;
use choro_bundle::{Coding, Fingerprint, Prefixes, QUALITY};
use serde_json::json;
use std::sync::LazyLock;
use utoipa::openapi::{
    ContentBuilder, HttpMethod, InfoBuilder, ObjectBuilder, OpenApiBuilder, PathItem, PathsBuilder, Required,
    ResponseBuilder, ResponsesBuilder, Type,
    path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn, ParameterStyle},
    schema::AdditionalProperties,
};

/// What can go wrong, with the same words for every route.
const ERRORS: [(&str, &str); 9] = [
    ("400", "A parameter is unknown, repeated, empty or malformed; `parameter` names it"),
    ("404", "There is no such thing in the release"),
    ("405", "Only GET, HEAD and OPTIONS are allowed"),
    ("406", "No coding that there is (br, zstd, gzip, identity) is acceptable"),
    ("410", "The release is not kept (any more)"),
    ("421", "The request names a host that is not this server's"),
    ("429", "The client asks for more than its share; try again after `Retry-After` seconds"),
    ("500", "The server could not answer; its log has the reason under `request_id`"),
    ("503", "The server is answering as many requests as it can, or is stopping; try again after `Retry-After` seconds"),
];

/// The document as it is served, made when it is first asked for.
pub(super) static DOCUMENT: LazyLock<Embedded> = LazyLock::new(|| {
    let plain = Bytes::from(document());
    // Compressing in memory does not fail.
    let gzip = Prefixes::new(QUALITY).and_then(|mut maker| maker.whole(&plain, Coding::Gzip)).ok().map(Bytes::from);
    Embedded::new("application/json", Tag::of(Fingerprint::of(&plain)), |coding| match coding {
        Coding::Identity => Some(plain.clone()),
        Coding::Gzip => gzip.clone(),
        Coding::Brotli | Coding::Zstd => None,
    })
});

/// The document as JSON text.
fn document() -> String {
    let paths = ROUTES.iter().fold(PathsBuilder::new(), |paths, route| paths.path(route.path, item(route)));
    let info = InfoBuilder::new()
        .title("Choro")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Statistics about regions as vector tiles, GeoJSON and tables. Answers that name their release never change; the \
             others show the current one. Errors are problem documents (RFC 9457).",
        ))
        .build();
    let api = OpenApiBuilder::new().info(info).paths(paths.build()).build();
    // The builder's types hold nothing that JSON does not.
    api.to_json().unwrap_or_default()
}

fn item(route: &Route) -> PathItem {
    let names = route.names().map(path_parameter);
    let query = route.query.iter().map(|param| {
        let required = if param.required { Required::True } else { Required::False };
        parameter(param.name, ParameterIn::Query, required, param.about, param.example)
    });
    let dimensions = route.dimensions.then(dimension_parameter);
    let operation = OperationBuilder::new()
        .operation_id(Some(format!("{:?}", route.endpoint)))
        .summary(Some(route.summary))
        .parameters(Some(names.chain(query).chain(dimensions).collect::<Vec<Parameter>>()))
        .responses(responses(route).build());
    PathItem::new(HttpMethod::Get, operation.build())
}

fn path_parameter(name: &str) -> Parameter {
    let (about, example) =
        NAMES.iter().find(|(n, ..)| *n == name).map_or(("", ""), |(_, about, example)| (*about, *example));
    parameter(name, ParameterIn::Path, Required::True, about, example)
}

fn parameter(name: &str, place: ParameterIn, required: Required, about: &str, example: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(about))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .example(Some(json!(example)))
        .build()
}

/// Any further names: an object whose members stand in the query one by one.
fn dimension_parameter() -> Parameter {
    let codes = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::from(ObjectBuilder::new().schema_type(Type::String))));
    ParameterBuilder::new()
        .name("dimensions")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(DIMENSION))
        .style(Some(ParameterStyle::Form))
        .explode(Some(true))
        .schema(Some(codes))
        .example(Some(json!({"sex": "F"})))
        .build()
}

fn responses(route: &Route) -> ResponsesBuilder {
    let media = route.media.split(';').next().unwrap_or(route.media);
    let good = ResponseBuilder::new().description(route.summary).content(media, ContentBuilder::new().build());
    let problem = |about: &str| {
        ResponseBuilder::new().description(about).content("application/problem+json", ContentBuilder::new().build()).build()
    };
    let responses = ResponsesBuilder::new().response("200", good.build());
    let responses = match route.endpoint {
        Endpoint::Tile | Endpoint::TileMlt => {
            responses.response("204", ResponseBuilder::new().description("An empty tile").build())
        }
        _ => responses,
    };
    let responses =
        responses.response("304", ResponseBuilder::new().description("The client's copy is still right").build());
    ERRORS.iter().fold(responses, |responses, (status, about)| responses.response(*status, problem(about)))
}

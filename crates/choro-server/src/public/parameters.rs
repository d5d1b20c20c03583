//! The parameters of queries: each described once, in the order and form in which queries take them.

use super::values_in_queries::{PeriodList, TileEncoding, Zoom, read, read_some};
use choro_http::extract::Dimensions;
use choro_model::{AreaCode, GridId, IndicatorId, Lang, Period, ReleaseId, SetId, VintageId};
use serde::{Deserialize, Serialize};
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required, Type,
        path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle},
        schema::AdditionalProperties,
    },
};

/// Structs of parameters out of the rules below: `query!(Name: indicator, the_period)`.
macro_rules! query {
    ($(#[$about:meta])* $name:ident: $($parameter:ident),+) => {
        query!(@ [$(#[$about])* $name] [] $($parameter,)+);
    };
    (@ [$(#[$about:meta])* $name:ident] [$($fields:tt)*]) => {
        $(#[$about])*
        #[derive(Debug, Deserialize, Serialize, IntoParams)]
        #[into_params(parameter_in = Query)]
        pub(super) struct $name { $($fields)* }
    };
    (@ $head:tt [$($fields:tt)*] indicator, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Indicator id. Without it: geometry alone.
            #[param(required = false, value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "net_migration_rate")]
            pub indicator: Option<IndicatorId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] the_indicator, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Indicator id.
            #[param(value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "net_migration_rate")]
            pub indicator: IndicatorId,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] an_indicator, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Indicator id. Default: the first of the catalogue.
            #[param(required = false, value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "net_migration_rate")]
            pub indicator: Option<IndicatorId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] period, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Period: 2014, 2014-S1, 2014-Q3, 2014-07 or 2014-07-01. Needed beside an indicator.
            #[param(required = false, value_type = String, pattern = r"^[0-9]{4}(-(S[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$", example = "2014")]
            #[serde(default, deserialize_with = "read_some")]
            pub period: Option<Period>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] the_period, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Period: 2014, 2014-S1, 2014-Q3, 2014-07 or 2014-07-01.
            #[param(value_type = String, pattern = r"^[0-9]{4}(-(S[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$", example = "2014")]
            #[serde(deserialize_with = "read")]
            pub period: Period,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] a_period, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Period. Default: the last one.
            #[param(required = false, value_type = String, pattern = r"^[0-9]{4}(-(S[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$", example = "2014")]
            #[serde(default, deserialize_with = "read_some")]
            pub period: Option<Period>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] periods, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// One or more periods, separated by commas, each once.
            #[param(value_type = String, example = "2013,2014")]
            #[serde(deserialize_with = "read")]
            pub period: PeriodList,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] borders, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Vintage of the boundary set; the catalogue says which periods are restated on it. Default: the one that the values
            /// refer to, else the newest.
            #[param(required = false, value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "2014")]
            pub borders: Option<VintageId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] release, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Release id: pins the answer, which then never changes.
            #[param(required = false, value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "2026-11-22-1f3a9c0d")]
            pub release: Option<ReleaseId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] encoding, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Encoding of the tiles: mvt (default), or mlt (MapLibre Tiles) where the catalogue says that the set has them.
            #[param(required = false, value_type = String, pattern = "^(mvt|mlt)$", example = "mlt")]
            #[serde(default, deserialize_with = "read_some")]
            pub encoding: Option<TileEncoding>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] lang, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Language tag of texts. Default: the server's.
            #[param(required = false, value_type = String, pattern = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", example = "ru")]
            pub lang: Option<Lang>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] zoom, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Generalises geometry for this zoom. Default: full detail.
            #[param(required = false, value_type = u8, minimum = 0, maximum = 22, example = 4)]
            #[serde(default, deserialize_with = "read_some")]
            pub zoom: Option<Zoom>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] the_set, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Boundary set id.
            #[param(value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "ru-subjects")]
            pub set: SetId,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] a_set, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Boundary set id. Default: the first that the indicator has values for.
            #[param(required = false, value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "ru-subjects")]
            pub set: Option<SetId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] the_grid, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Grid id.
            #[param(value_type = String, pattern = r"^[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,63}$", example = "WebMercatorQuad")]
            pub grid: GridId,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] a_grid, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Grid id. Default: the first of equal areas, else the first.
            #[param(required = false, value_type = String, pattern = r"^[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,63}$", example = "WebMercatorQuad")]
            pub grid: Option<GridId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] method, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// How breaks are found: quantile (default), equal, ckmeans or manual.
            #[param(required = false, example = "quantile")]
            pub method: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] classes, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// How many classes at most: 3 to 9. Default 5.
            #[param(required = false, example = "5")]
            pub classes: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] breaks, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Inner breaks of method manual: 1 to 8 ascending numbers, separated by commas.
            #[param(required = false, example = "10,20,50")]
            pub breaks: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] scope, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Which values breaks come from: all periods (all, default) or the one shown (period).
            #[param(required = false, example = "all")]
            pub scope: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] palette, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Palette id. Default: the first that fits the indicator.
            #[param(required = false, example = "blues")]
            pub palette: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] from, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Earlier period: what is shown is then the difference, the period less this one.
            #[param(required = false, value_type = String, pattern = r"^[0-9]{4}(-(S[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?$", example = "2013")]
            #[serde(default, deserialize_with = "read_some")]
            pub from: Option<Period>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] kind, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// choropleth or symbols (circles). Default: symbols for counts, else choropleth.
            #[param(required = false, example = "symbols")]
            pub kind: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] area, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Code of an area that stands out.
            #[param(required = false, example = "RU-LEN")]
            pub area: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] fit, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Code of an area that the map is fitted to. Default: all of the set.
            #[param(required = false, example = "RU-LEN")]
            pub fit: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] at, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Middle and zoom of the map: longitude, latitude, zoom (tiles of 512 pixels).
            #[param(required = false, example = "37.6,55.7,4")]
            pub at: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] size, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// page (A4 landscape, default), portrait, wide (1200 x 630) or square (1080 x 1080).
            #[param(required = false, example = "wide")]
            pub size: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] v, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Version of the page's parameters, as links of the page carry it.
            #[param(required = false, example = "1")]
            pub v: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] show, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// What the page shows; a picture shows the map.
            #[param(required = false, example = "map")]
            pub show: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] url, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Address of a page of this server.
            #[param(example = "https://maps.example.org/?indicator=net_migration_rate")]
            pub url: String,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] maxwidth, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Pixels that the frame may be wide.
            #[param(required = false, example = "800")]
            pub maxwidth: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] maxheight, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Pixels that the frame may be high.
            #[param(required = false, example = "600")]
            pub maxheight: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] format, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// json.
            #[param(required = false, example = "json")]
            pub format: Option<String>,
        ] $($rest)*);
    };
}

/// Nothing: a handler whose query has no parameters.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub(super) struct NoQuery {}

query!(Pinned: release);
query!(PinnedBorders: borders, release);
query!(PinnedBordersAndTexts: borders, release, lang);
query!(Tile: indicator, period, borders, release);
query!(TileJson: indicator, period, borders, release, lang, encoding);
query!(
    Style: the_set, the_grid, the_indicator, the_period, borders, release, lang, method, classes, breaks, scope, palette, encoding
);
query!(Legend: the_set, the_period, from, borders, release, lang, method, classes, breaks, scope, palette);
query!(Values: the_indicator, periods, borders, release, lang);
query!(GeoJson: indicator, period, borders, release, lang, zoom);
query!(Desktop: the_indicator, the_period, borders, release, lang, method, classes, breaks, scope, palette);
query!(
    Picture: a_set, a_grid, an_indicator, a_period, from, borders, release, lang, method, classes, breaks, scope, palette, kind, area,
    fit, at, size, v, show
);
query!(OEmbed: url, maxwidth, maxheight, format);

/// Further dimensions: any names, an object whose members stand in the query one by one.
#[derive(Debug)]
pub(super) struct FurtherDimensions;

impl IntoParams for FurtherDimensions {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let code = ObjectBuilder::new().schema_type(Type::String);
        let codes =
            ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(AdditionalProperties::from(code)));
        let parameter = ParameterBuilder::new()
            .name("dimensions")
            .parameter_in(ParameterIn::Query)
            .required(Required::False)
            .description(Some(
                "Code of a further dimension of the indicator, each under its own id, e.g. `sex=F`; the catalogue lists them. A \
                 dimension that is left out takes its total code.",
            ))
            .style(Some(ParameterStyle::Form))
            .explode(Some(true))
            .schema(Some(codes))
            .example(Some(serde_json::json!({"sex": "F"})));
        vec![parameter.build()]
    }
}

/// A boundary set in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct SetPath {
    /// Boundary set id.
    #[param(value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "ru-subjects")]
    pub set: SetId,
}

/// An area in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct AreaPath {
    /// Boundary set id.
    #[param(value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "ru-subjects")]
    pub set: SetId,
    /// Area code, percent-encoded.
    #[param(value_type = String, min_length = 1, max_length = 128, example = "RU-LEN")]
    pub code: AreaCode,
}

/// A set and a grid in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct GridPath {
    /// Boundary set id.
    #[param(value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "ru-subjects")]
    pub set: SetId,
    /// Grid id.
    #[param(value_type = String, pattern = r"^[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,63}$", example = "WebMercatorQuad")]
    pub grid: GridId,
}

/// A tile in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "it only describes the path: tiles::TileAddress reads it, without copies")]
pub(super) struct TilePath {
    /// Boundary set id.
    #[param(value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "ru-subjects")]
    pub set: SetId,
    /// Grid id.
    #[param(value_type = String, pattern = r"^[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,63}$", example = "WebMercatorQuad")]
    pub grid: GridId,
    /// Zoom.
    #[param(example = "3")]
    pub z: String,
    /// Column from the left.
    #[param(example = "5")]
    pub x: String,
    /// Row from the top.
    #[param(example = "2")]
    pub y: String,
}

/// A style in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct StylePath {
    /// Style id.
    #[param(example = "choropleth")]
    pub style: String,
}

/// An indicator in a path.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct IndicatorPath {
    /// Indicator id.
    #[param(value_type = String, pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "net_migration_rate")]
    pub indicator: IndicatorId,
}

impl Picture {
    /// Its parameters as texts, as the page's own URL has them.
    pub fn pairs(&self, dimensions: Dimensions) -> Vec<(String, String)> {
        let fields = serde_json::to_value(self).unwrap_or_default();
        let fields = fields.as_object().into_iter().flatten();
        let given = fields.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
        given.chain(dimensions).collect()
    }
}

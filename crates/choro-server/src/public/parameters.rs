//! The parameters of queries: each described once, in the order and form in which queries take them.

use super::values_in_queries::{
    OEmbedFormat, PeriodList, TileEncoding, Zoom, read, read_kind, read_max_height, read_max_width, read_some,
};
use crate::serving::{Camera, ClassingQuery};
use choro_carto::drawing::{Form, Size};
use choro_figures::classify::{ClassCount, ManualBreaks, Method, PaletteId, Scope};
use choro_http::extract::Dimensions;
use choro_model::{AreaCode, Code, DimensionId, Encoding, GridId, IndicatorId, Lang, Period, ReleaseId, SetId, VintageId};
use serde::{Deserialize, Serialize};
use utoipa::{
    IntoParams, PartialSchema as _,
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
            #[param(required = false, value_type = IndicatorId, inline, example = "net_migration_rate")]
            pub indicator: Option<IndicatorId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] lone_indicator, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Indicator id: its values alone, at the codes of further dimensions. Default: all indicators, at their total
            /// codes, or where these have no values at the first that have.
            #[param(required = false, value_type = IndicatorId, inline, example = "net_migration_rate")]
            pub indicator: Option<IndicatorId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] the_indicator, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Indicator id.
            #[param(value_type = IndicatorId, inline, example = "net_migration_rate")]
            pub indicator: IndicatorId,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] an_indicator, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Indicator id. Default: the first of the catalogue.
            #[param(required = false, value_type = IndicatorId, inline, example = "net_migration_rate")]
            pub indicator: Option<IndicatorId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] period, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Period: 2014, 2014-S1, 2014-T2, 2014-Q3, 2014-07, 2014-W05 or 2014-07-01. Needed beside an indicator.
            #[param(required = false, value_type = Period, inline, example = "2014")]
            #[serde(default, deserialize_with = "read_some")]
            pub period: Option<Period>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] the_period, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Period: 2014, 2014-S1, 2014-T2, 2014-Q3, 2014-07, 2014-W05 or 2014-07-01.
            #[param(value_type = Period, inline, example = "2014")]
            #[serde(deserialize_with = "read")]
            pub period: Period,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] a_period, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Period. Default: the last one.
            #[param(required = false, value_type = Period, inline, example = "2014")]
            #[serde(default, deserialize_with = "read_some")]
            pub period: Option<Period>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] periods, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// One or more periods or ranges of periods of one kind (2000-01..2023-12), separated by commas, each once. Those of
            /// ranges come last, in order.
            #[param(value_type = PeriodList, inline, style = Form, explode = false, example = json!(["2013", "2014"]))]
            #[serde(deserialize_with = "read")]
            pub period: PeriodList,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] borders, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Vintage of the boundary set; the catalogue says which periods are restated on it. Default: the one that the values
            /// refer to, else the newest.
            #[param(required = false, value_type = VintageId, inline, example = "2014")]
            pub borders: Option<VintageId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] release, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Release id: pins the answer, which then never changes.
            #[param(required = false, value_type = ReleaseId, inline, example = "2026-11-22-1f3a9c0d")]
            pub release: Option<ReleaseId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] encoding, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Encoding of the tiles: mvt (default), or mlt (MapLibre Tiles) where the catalogue says that the set has them.
            #[param(required = false, value_type = Encoding, inline, example = "mlt")]
            #[serde(default, deserialize_with = "read_some")]
            pub encoding: Option<TileEncoding>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] lang, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Language tag of texts. Default: the server's.
            #[param(required = false, value_type = Lang, inline, example = "ru")]
            pub lang: Option<Lang>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] zoom, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Generalises geometry for this zoom. Default: full detail.
            #[param(required = false, value_type = Zoom, inline, example = 4)]
            #[serde(default, deserialize_with = "read_some")]
            pub zoom: Option<Zoom>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] the_set, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Boundary set id.
            #[param(value_type = SetId, inline, example = "ru-subjects")]
            pub set: SetId,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] a_set, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Boundary set id. Default: the first that the indicator has values for.
            #[param(required = false, value_type = SetId, inline, example = "ru-subjects")]
            pub set: Option<SetId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] the_grid, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Grid id.
            #[param(value_type = GridId, inline, example = "WebMercatorQuad")]
            pub grid: GridId,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] a_grid, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Grid id. Default: the first of equal areas, else the first.
            #[param(required = false, value_type = GridId, inline, example = "WebMercatorQuad")]
            pub grid: Option<GridId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] method, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// How breaks are found: quantile (default), equal, ckmeans or manual.
            #[param(required = false, value_type = Method, inline, example = "quantile")]
            #[serde(default, deserialize_with = "read_some")]
            pub method: Option<Method>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] classes, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// How many classes at most: 3 to 9. Default 5.
            #[param(required = false, value_type = ClassCount, inline, example = 5)]
            #[serde(default, deserialize_with = "read_some")]
            pub classes: Option<ClassCount>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] breaks, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Inner breaks of method manual: 1 to 8 ascending numbers, separated by commas.
            #[param(required = false, value_type = ManualBreaks, inline, style = Form, explode = false, example = json!([10, 20, 50]))]
            #[serde(default, deserialize_with = "read_some")]
            pub breaks: Option<ManualBreaks>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] scope, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Which values breaks come from: all periods (all, default) or the one shown (period).
            #[param(required = false, value_type = Scope, inline, example = "all")]
            #[serde(default, deserialize_with = "read_some")]
            pub scope: Option<Scope>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] palette, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Palette id. Default: the first that fits the indicator.
            #[param(required = false, value_type = PaletteId, inline, example = "blues")]
            #[serde(default, deserialize_with = "read_some")]
            pub palette: Option<PaletteId>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] from, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Earlier period: what is shown is then the difference, the period less this one.
            #[param(required = false, value_type = Period, inline, example = "2013")]
            #[serde(default, deserialize_with = "read_some")]
            pub from: Option<Period>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] kind, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// choropleth or symbols (circles). Default: symbols for counts, else choropleth.
            #[param(required = false, value_type = Form, inline, example = "symbols")]
            #[serde(default, deserialize_with = "read_kind")]
            pub kind: Option<Form>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] area, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Code of an area that stands out.
            #[param(required = false, value_type = AreaCode, inline, example = "RU-LEN")]
            pub area: Option<AreaCode>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] fit, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Code of an area that the map is fitted to. Default: all of the set.
            #[param(required = false, value_type = AreaCode, inline, example = "RU-LEN")]
            pub fit: Option<AreaCode>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] at, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Middle and zoom of the map: longitude, latitude, zoom (tiles of 512 pixels).
            #[param(required = false, value_type = String, pattern = r"^-?[0-9.]+,-?[0-9.]+,[0-9.]+$", example = "37.6,55.7,4")]
            #[serde(default, deserialize_with = "read_some")]
            pub at: Option<Camera>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] size, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// page (A4 landscape, default), portrait, wide (1200 x 630) or square (1080 x 1080).
            #[param(required = false, value_type = Size, inline, example = "wide")]
            #[serde(default, deserialize_with = "read_some")]
            pub size: Option<Size>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] show, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// What the page shows: map (default), grid, table or multiples. A picture shows the map.
            #[param(required = false, value_type = String, min_length = 1, pattern = r"^[^\x00-\x1f\x7f-\x9f]+$", example = "map")]
            pub show: Option<String>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] url, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Address of a page of this server.
            #[param(format = "uri", example = "https://maps.example.org/?indicator=net_migration_rate")]
            pub url: String,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] maxwidth, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Pixels that the frame may be wide.
            #[param(required = false, value_type = u32, example = 800)]
            #[serde(default, deserialize_with = "read_max_width")]
            pub maxwidth: Option<u32>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] maxheight, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// Pixels that the frame may be high.
            #[param(required = false, value_type = u32, example = 600)]
            #[serde(default, deserialize_with = "read_max_height")]
            pub maxheight: Option<u32>,
        ] $($rest)*);
    };
    (@ $head:tt [$($fields:tt)*] format, $($rest:tt)*) => {
        query!(@ $head [$($fields)*
            /// json.
            #[param(required = false, value_type = OEmbedFormat, inline, example = "json")]
            #[serde(default, deserialize_with = "read_some")]
            pub format: Option<OEmbedFormat>,
        ] $($rest)*);
    };
}

/// Nothing: a handler whose query has no parameters.
#[derive(Debug, Default, Deserialize, IntoParams)]
pub(super) struct NoQuery {}

query!(Pinned: release);
query!(PinnedBorders: borders, release);
query!(Area: lone_indicator, borders, release, lang);
query!(Tile: indicator, period, borders, release);

/// Parameters of styles that tiles ignore: ol-mapbox-style takes the last parameter of a style's address for a key of access, and
/// appends it to the address of each tile.
pub(super) const OF_STYLES: [&str; 9] =
    ["set", "grid", "lang", "method", "classes", "breaks", "scope", "palette", "encoding"];

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
    fit, at, size, show
);
query!(OEmbed: url, maxwidth, maxheight, format);

/// Further dimensions: any names, an object whose members stand in the query one by one.
#[derive(Debug)]
pub(super) struct FurtherDimensions;

impl IntoParams for FurtherDimensions {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let codes = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property_names(Some(DimensionId::schema()))
            .additional_properties(Some(AdditionalProperties::from(Code::schema())));
        let parameter = ParameterBuilder::new()
            .name("dimensions")
            .parameter_in(ParameterIn::Query)
            .required(Required::False)
            .description(Some(
                "Code of a further dimension of the indicator, each under its own id, e.g. `sex=F`; the catalogue lists them. A \
                 dimension that is left out takes its total code, or where that has no values the first code that has.",
            ))
            .style(Some(ParameterStyle::Form))
            .explode(Some(true))
            .schema(Some(codes))
            .example(Some(serde_json::json!({"sex": "F"})));
        vec![parameter.build()]
    }
}

/// What a frame on another site shows besides the map.
#[derive(Debug)]
pub(super) struct Frame;

impl IntoParams for Frame {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = |name: &str, about: &str, word: &str| {
            let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([word]));
            let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(Required::False);
            parameter.description(Some(about)).schema(Some(schema)).example(Some(word.into())).build()
        };
        vec![
            parameter("controls", "0: without a choice of the period.", "0"),
            parameter("mode", "full: the whole viewer.", "full"),
        ]
    }
}

impl Picture {
    /// Its parameters as texts, as the page's own URL has them.
    pub fn pairs(&self, dimensions: Dimensions) -> Vec<(String, String)> {
        let fields = serde_json::to_value(self).unwrap_or_default();
        let text = |value: &serde_json::Value| match value {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        let given = fields.as_object().into_iter().flatten().filter_map(|(name, value)| Some((name.clone(), text(value)?)));
        given.chain(dimensions).collect()
    }
}

/// The parameters of a classification that a struct has.
macro_rules! classing_of {
    ($($name:ident),+) => {
        $(impl $name {
            /// How values are to be put into classes.
            pub fn classing(&self) -> ClassingQuery {
                ClassingQuery {
                    method: self.method.unwrap_or_default(),
                    classes: self.classes.unwrap_or_default(),
                    breaks: self.breaks.clone(),
                    scope: self.scope.unwrap_or_default(),
                    palette: self.palette.map(|PaletteId(palette)| palette),
                }
            }
        })+
    };
}

classing_of!(Style, Legend, Desktop);

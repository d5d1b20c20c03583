//! The table of routes and their parameters: the strict parser and the OpenAPI document both read it, so they cannot differ.

/// What a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    Page,
    Catalog,
    Tile,
    TileJson,
    Style,
    Legend,
    ValuesJson,
    ValuesCsv,
    GeoJson,
    Area,
    OpenApi,
    Live,
    Ready,
}

/// A query parameter.
#[derive(Debug)]
pub(super) struct Param {
    pub name: &'static str,
    pub required: bool,
    pub about: &'static str,
    pub example: &'static str,
}

/// A route.
#[derive(Debug)]
pub(super) struct Route {
    /// As the public reads it: a segment is fixed, `{name}` or `{name}.suffix`.
    pub path: &'static str,
    pub endpoint: Endpoint,
    pub summary: &'static str,
    pub media: &'static str,
    pub query: &'static [&'static Param],
    /// Whether further dimensions may stand in the query, each under its own id.
    pub dimensions: bool,
}

impl Route {
    /// The route of a row in the table of counts.
    pub fn of_row(row: usize) -> Option<&'static Self> {
        ROUTES.iter().find(|route| route.endpoint as usize == row)
    }

    /// The names in the path.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter_map(|segment| Some(segment.strip_prefix('{')?.split_once('}')?.0))
    }
}

macro_rules! param {
    ($constant:ident, $name:literal, $required:literal, $example:literal, $about:literal) => {
        const $constant: &Param = &Param { name: $name, required: $required, about: $about, example: $example };
    };
}

param!(INDICATOR, "indicator", false, "net_migration_rate", "Indicator id. Without it: geometry alone.");
param!(THE_INDICATOR, "indicator", true, "net_migration_rate", "Indicator id.");
param!(
    PERIOD,
    "period",
    false,
    "2014",
    "Period: 2014, 2014-S1, 2014-Q3, 2014-07 or 2014-07-01. Needed beside an indicator."
);
param!(PERIODS, "period", true, "2013,2014", "One or more periods, separated by commas, each once.");
param!(
    BORDERS,
    "borders",
    false,
    "2014",
    "Vintage of the boundary set; the catalogue says which periods are restated on it. Default: the one that the values refer \
     to, else the newest."
);
param!(RELEASE, "release", false, "2026-11-22-1f3a9c0d", "Release id: pins the answer, which then never changes.");
param!(LANG, "lang", false, "ru", "Language tag of texts. Default: the server's.");
param!(ZOOM, "zoom", false, "4", "Generalises geometry for this zoom. Default: full detail.");

param!(SET, "set", true, "ru-subjects", "Boundary set id.");
param!(GRID, "grid", true, "WebMercatorQuad", "Grid id.");
param!(THE_PERIOD, "period", true, "2014", "Period: 2014, 2014-S1, 2014-Q3, 2014-07 or 2014-07-01.");
param!(METHOD, "method", false, "quantile", "How breaks are found: quantile (default), equal, ckmeans or manual.");
param!(CLASSES, "classes", false, "5", "How many classes at most: 3 to 9. Default 5.");
param!(BREAKS, "breaks", false, "10,20,50", "Inner breaks of method manual: 1 to 8 ascending numbers, separated by commas.");
param!(SCOPE, "scope", false, "all", "Which values breaks come from: all periods (all, default) or the one shown (period).");
param!(PALETTE, "palette", false, "blues", "Palette id. Default: the first that fits the indicator.");

/// Names in paths: name, meaning, example.
pub(super) const NAMES: &[(&str, &str, &str)] = &[
    ("set", "Boundary set id.", "ru-subjects"),
    ("grid", "Grid id.", "WebMercatorQuad"),
    ("z", "Zoom.", "3"),
    ("x", "Column from the left.", "5"),
    ("y", "Row from the top.", "2"),
    ("style", "Style id.", "choropleth"),
    ("indicator", "Indicator id.", "net_migration_rate"),
    ("code", "Area code, percent-encoded.", "RU-LEN"),
];

/// What a further dimension is in the query.
pub(super) const DIMENSION: &str = "Code of a further dimension of the indicator, each under its own id, e.g. `sex=F`; the \
     catalogue lists them. A dimension that is left out takes its total code.";

const JSON: &str = "application/json";

/// Every route of the public interface but the viewer's own files.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/",
        endpoint: Endpoint::Page,
        summary: "The viewer",
        media: "text/html; charset=utf-8",
        query: &[],
        dimensions: false,
    },
    Route {
        path: "/catalog.json",
        endpoint: Endpoint::Catalog,
        summary: "What the release holds: boundary sets, grids, indicators with their periods and dimensions",
        media: JSON,
        query: &[RELEASE],
        dimensions: false,
    },
    Route {
        path: "/tiles/{set}/{grid}/{z}/{x}/{y}.mvt",
        endpoint: Endpoint::Tile,
        summary: "A vector tile with the values of one selection; 204 where nothing lies in it",
        media: "application/vnd.mapbox-vector-tile",
        query: &[INDICATOR, PERIOD, BORDERS, RELEASE],
        dimensions: true,
    },
    Route {
        path: "/tiles/{set}/{grid}.json",
        endpoint: Endpoint::TileJson,
        summary: "TileJSON 3.0.0 of one selection, or of geometry alone; its tile URL is pinned to the release",
        media: JSON,
        query: &[INDICATOR, PERIOD, BORDERS, RELEASE, LANG],
        dimensions: true,
    },
    Route {
        path: "/styles/{style}.json",
        endpoint: Endpoint::Style,
        summary: "MapLibre style of one selection, out of the same classes as its legend; its tile URL is pinned to the release",
        media: JSON,
        query: &[SET, GRID, THE_INDICATOR, THE_PERIOD, BORDERS, RELEASE, LANG, METHOD, CLASSES, BREAKS, SCOPE, PALETTE],
        dimensions: true,
    },
    Route {
        path: "/legends/{indicator}.json",
        endpoint: Endpoint::Legend,
        summary: "Legend of one selection: classes with limits, labels and colours, zero, and the states",
        media: JSON,
        query: &[SET, THE_PERIOD, BORDERS, RELEASE, LANG, METHOD, CLASSES, BREAKS, SCOPE, PALETTE],
        dimensions: true,
    },
    Route {
        path: "/values/{set}.json",
        endpoint: Endpoint::ValuesJson,
        summary: "Values by area, one column a period, as JSON",
        media: JSON,
        query: &[THE_INDICATOR, PERIODS, BORDERS, RELEASE, LANG],
        dimensions: true,
    },
    Route {
        path: "/values/{set}.csv",
        endpoint: Endpoint::ValuesCsv,
        summary: "Values by area, for each period value, state and flag, as CSV",
        media: "text/csv; charset=utf-8",
        query: &[THE_INDICATOR, PERIODS, BORDERS, RELEASE, LANG],
        dimensions: true,
    },
    Route {
        path: "/areas/{set}.geojson",
        endpoint: Endpoint::GeoJson,
        summary: "All areas as GeoJSON, joined with one selection or alone",
        media: "application/geo+json",
        query: &[INDICATOR, PERIOD, BORDERS, RELEASE, LANG, ZOOM],
        dimensions: true,
    },
    Route {
        path: "/areas/{set}/{code}",
        endpoint: Endpoint::Area,
        summary: "One area: its names, the areas above and right below it, and all its values at the total codes",
        media: JSON,
        query: &[BORDERS, RELEASE, LANG],
        dimensions: false,
    },
    Route {
        path: "/openapi.json",
        endpoint: Endpoint::OpenApi,
        summary: "This document",
        media: JSON,
        query: &[],
        dimensions: false,
    },
    Route {
        path: "/health/live",
        endpoint: Endpoint::Live,
        summary: "Whether the server runs",
        media: JSON,
        query: &[],
        dimensions: false,
    },
    Route {
        path: "/health/ready",
        endpoint: Endpoint::Ready,
        summary: "Whether the server has a verified release and is not stopping (else 503)",
        media: JSON,
        query: &[],
        dimensions: false,
    },
];

#[cfg(test)]
mod tests {
    use super::{super::path, *};

    #[test]
    fn every_name_in_a_path_is_described_and_no_parameter_stands_twice() {
        for route in ROUTES {
            assert!(route.names().all(|name| NAMES.iter().any(|(n, ..)| *n == name)), "{}", route.path);
            let mut names: Vec<_> = route.query.iter().map(|param| param.name).chain(route.names()).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), route.query.len() + route.names().count(), "{}", route.path);
        }
    }

    #[test]
    fn every_path_finds_its_own_route() {
        for route in ROUTES {
            let path = NAMES
                .iter()
                .fold(route.path.to_owned(), |path, (name, _, example)| path.replace(&format!("{{{name}}}"), example));
            let found = path::find(&path).map(|(route, _)| route.path);
            assert_eq!(found, Some(route.path), "{path}");
        }
    }
}

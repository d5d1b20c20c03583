//! The table of routes and their parameters: the strict parser and the OpenAPI document both read it, so they cannot differ.

/// What a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    Page,
    Embed,
    OEmbed,
    Catalog,
    Tile,
    TileMlt,
    TileJson,
    Style,
    Legend,
    ValuesJson,
    ValuesCsv,
    GeoJson,
    GeoPackage,
    Qlr,
    Areas,
    Area,
    PictureSvg,
    PicturePng,
    PicturePdf,
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
param!(
    ENCODING,
    "encoding",
    false,
    "mlt",
    "Encoding of the tiles: mvt (default), or mlt (MapLibre Tiles) where the catalogue says that the set has them."
);
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

param!(FROM, "from", false, "2013", "Earlier period: what is shown is then the difference, the period less this one.");
param!(KIND, "kind", false, "symbols", "choropleth or symbols (circles). Default: symbols for counts, else choropleth.");
param!(AREA, "area", false, "RU-LEN", "Code of an area that stands out.");
param!(FIT, "fit", false, "RU-LEN", "Code of an area that the map is fitted to. Default: all of the set.");
param!(AT, "at", false, "37.6,55.7,4", "Middle and zoom of the map: longitude, latitude, zoom (tiles of 512 pixels).");
param!(SIZE, "size", false, "wide", "page (A4 landscape, default), portrait, wide (1200 x 630) or square (1080 x 1080).");
param!(A_SET, "set", false, "ru-subjects", "Boundary set id. Default: the first that the indicator has values for.");
param!(A_GRID, "grid", false, "WebMercatorQuad", "Grid id. Default: the first of equal areas, else the first.");
param!(AN_INDICATOR, "indicator", false, "net_migration_rate", "Indicator id. Default: the first of the catalogue.");
param!(A_PERIOD, "period", false, "2014", "Period. Default: the last one.");
param!(VERSION, "v", false, "1", "Version of the page's parameters, as links of the page carry it.");
param!(SHOW, "show", false, "map", "What the page shows; a picture shows the map.");

param!(PAGE_URL, "url", true, "https://maps.example.org/?indicator=net_migration_rate", "Address of a page of this server.");
param!(MAX_WIDTH, "maxwidth", false, "800", "Pixels that the frame may be wide.");
param!(MAX_HEIGHT, "maxheight", false, "600", "Pixels that the frame may be high.");
param!(OEMBED_FORMAT, "format", false, "json", "json.");

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

/// What a picture takes: the parameters of the page's own URL, and the size.
const PICTURE: &[&Param] = &[
    A_SET,
    A_GRID,
    AN_INDICATOR,
    A_PERIOD,
    FROM,
    BORDERS,
    RELEASE,
    LANG,
    METHOD,
    CLASSES,
    BREAKS,
    SCOPE,
    PALETTE,
    KIND,
    AREA,
    FIT,
    AT,
    SIZE,
    VERSION,
    SHOW,
];

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
        path: "/embed",
        endpoint: Endpoint::Embed,
        summary: "The map alone, for frames on other sites: the query of the viewer's page, controls=0 for no choice of a period, mode=full for the whole viewer",
        media: "text/html; charset=utf-8",
        query: &[],
        dimensions: false,
    },
    Route {
        path: "/oembed",
        endpoint: Endpoint::OEmbed,
        summary: "oEmbed 1.0 of a page of the viewer",
        media: JSON,
        query: &[PAGE_URL, MAX_WIDTH, MAX_HEIGHT, OEMBED_FORMAT],
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
        path: "/tiles/{set}/{grid}/{z}/{x}/{y}.mlt",
        endpoint: Endpoint::TileMlt,
        summary: "A vector tile encoded as MapLibre Tile, of sets that are published with mlt = true; 204 where nothing lies in it",
        media: "application/vnd.maplibre-tile",
        query: &[INDICATOR, PERIOD, BORDERS, RELEASE],
        dimensions: true,
    },
    Route {
        path: "/tiles/{set}/{grid}.json",
        endpoint: Endpoint::TileJson,
        summary: "TileJSON 3.0.0 of one selection, or of geometry alone; its tile URL is pinned to the release",
        media: JSON,
        query: &[INDICATOR, PERIOD, BORDERS, RELEASE, LANG, ENCODING],
        dimensions: true,
    },
    Route {
        path: "/styles/{style}.json",
        endpoint: Endpoint::Style,
        summary: "MapLibre style of one selection, out of the same classes as its legend; its tile URL is pinned to the release",
        media: JSON,
        query: &[
            SET,
            GRID,
            THE_INDICATOR,
            THE_PERIOD,
            BORDERS,
            RELEASE,
            LANG,
            METHOD,
            CLASSES,
            BREAKS,
            SCOPE,
            PALETTE,
            ENCODING,
        ],
        dimensions: true,
    },
    Route {
        path: "/legends/{indicator}.json",
        endpoint: Endpoint::Legend,
        summary: "Legend of one selection: classes with limits, labels and colours, zero, and the states",
        media: JSON,
        query: &[SET, THE_PERIOD, FROM, BORDERS, RELEASE, LANG, METHOD, CLASSES, BREAKS, SCOPE, PALETTE],
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
        path: "/areas/{set}.gpkg",
        endpoint: Endpoint::GeoPackage,
        summary: "A GeoPackage of all areas with the values of one selection and its style for QGIS; codes are texts",
        media: "application/geopackage+sqlite3",
        query: &[THE_INDICATOR, THE_PERIOD, BORDERS, RELEASE, LANG, METHOD, CLASSES, BREAKS, SCOPE, PALETTE],
        dimensions: true,
    },
    Route {
        path: "/areas/{set}.qlr",
        endpoint: Endpoint::Qlr,
        summary: "A layer definition of QGIS: draws one selection from its address, in the classes of its legend",
        media: "application/x-qgis-layer-definition",
        query: &[THE_INDICATOR, THE_PERIOD, BORDERS, RELEASE, LANG, METHOD, CLASSES, BREAKS, SCOPE, PALETTE],
        dimensions: true,
    },
    Route {
        path: "/areas/{set}.json",
        endpoint: Endpoint::Areas,
        summary: "All areas without geometry: codes, names in all languages, the areas above, a point inside, bounds",
        media: JSON,
        query: &[BORDERS, RELEASE],
        dimensions: false,
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
        path: "/picture.svg",
        endpoint: Endpoint::PictureSvg,
        summary: "A map with title, legend, notes and source as SVG",
        media: "image/svg+xml",
        query: PICTURE,
        dimensions: true,
    },
    Route {
        path: "/picture.png",
        endpoint: Endpoint::PicturePng,
        summary: "The same as PNG; pages have two pixels for each of the drawing's",
        media: "image/png",
        query: PICTURE,
        dimensions: true,
    },
    Route {
        path: "/picture.pdf",
        endpoint: Endpoint::PicturePdf,
        summary: "The same as PDF",
        media: "application/pdf",
        query: PICTURE,
        dimensions: true,
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

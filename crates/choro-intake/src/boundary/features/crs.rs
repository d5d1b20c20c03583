//! Coordinate reference systems: their names, in the spellings of the field.

use super::feature::SourceCrs;

/// Codes of the EPSG registry and its imitators that mean Web Mercator.
const WEB_MERCATOR: [&str; 5] = ["3785", "900913", "102100", "102113", "3587"];

/// The reference system of a name: `EPSG:3857`, a URN or URL of OGC, a PROJ string, WKT. `None` if it is no spelling of one.
pub fn from_name(name: &str) -> Option<SourceCrs> {
    let name = name.trim();
    let wkt = ["GEOGCS[", "PROJCS[", "GEOGCRS[", "PROJCRS[", "GEODCRS["];
    if name.starts_with('+') || wkt.iter().any(|keyword| name.starts_with(keyword)) {
        return Some(SourceCrs::Named(name.to_owned()));
    }
    let (authority, code) = parts(name)?;
    Some(match (authority.as_str(), code.as_str()) {
        ("EPSG", "4326" | "4979") | ("OGC" | "CRS", "CRS84" | "84" | "CRS84H") | ("", "WGS84" | "CRS84") => {
            SourceCrs::Degrees
        }
        ("OGC" | "CRS", "CRS83" | "83") => SourceCrs::Named("EPSG:4269".to_owned()),
        ("OGC" | "CRS", "CRS27" | "27") => SourceCrs::Named("EPSG:4267".to_owned()),
        ("EPSG" | "ESRI", code) if WEB_MERCATOR.contains(&code) => SourceCrs::Named("EPSG:3857".to_owned()),
        ("EPSG" | "ESRI" | "IGNF" | "IAU_2015", code) if is_code(code) => SourceCrs::Named(format!("{authority}:{code}")),
        _ => return None,
    })
}

fn is_code(code: &str) -> bool {
    !code.is_empty() && code.len() <= 32 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Authority and code, in capitals.
fn parts(name: &str) -> Option<(String, String)> {
    let lower = name.to_ascii_lowercase();
    let after = |prefixes: &[&str]| prefixes.iter().find_map(|prefix| lower.strip_prefix(prefix));
    let without_scheme = after(&["http://", "https://"]);
    let (authority, code) = if let Some(rest) = after(&["urn:ogc:def:crs:", "urn:x-ogc:def:crs:"]) {
        (rest.split(':').next()?, rest.rsplit(':').next()?)
    } else if let Some(url) = without_scheme {
        of_url(url.strip_prefix("www.").unwrap_or(url))?
    } else if let Some(parts) = lower.split_once(':') {
        parts
    } else {
        ("", lower.as_str())
    };
    let capitals = |text: &str| text.trim().replace(' ', "").to_uppercase();
    Some((capitals(authority), capitals(code)))
}

/// `opengis.net/def/crs/EPSG/0/4326`, `opengis.net/gml/srs/epsg.xml#4326`, `spatialreference.org/ref/epsg/4326/`.
fn of_url(url: &str) -> Option<(&str, &str)> {
    if let Some(rest) = url.strip_prefix("opengis.net/def/crs/") {
        return Some((rest.split('/').next()?, rest.trim_end_matches('/').rsplit('/').next()?));
    }
    if let Some(rest) = url.strip_prefix("opengis.net/gml/srs/") {
        return rest.split_once(".xml#");
    }
    let mut rest = url.strip_prefix("spatialreference.org/ref/")?.split('/');
    Some((rest.next()?, rest.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_in_all_their_spellings() {
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "urn:ogc:def:crs:EPSG::4326",
            "urn:ogc:def:crs:EPSG:6.9:4326",
            "urn:ogc:def:crs:EPSG::4979",
            "urn:x-ogc:def:crs:EPSG:4326",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            "https://www.opengis.net/def/crs/EPSG/0/4326",
            "http://www.opengis.net/gml/srs/epsg.xml#4326",
            "https://spatialreference.org/ref/epsg/4326/",
            "EPSG:4326",
            "epsg:4326",
            "CRS:84",
            "OGC:CRS84",
            "CRS84",
            "WGS 84",
        ] {
            assert_eq!(from_name(name), Some(SourceCrs::Degrees), "{name}");
        }
        for (name, expected) in [
            ("urn:ogc:def:crs:EPSG::3857", "EPSG:3857"),
            ("EPSG:900913", "EPSG:3857"),
            ("ESRI:102100", "EPSG:3857"),
            ("ESRI:102025", "ESRI:102025"),
            ("epsg:3035", "EPSG:3035"),
            ("+proj=longlat +ellps=krass", "+proj=longlat +ellps=krass"),
        ] {
            assert_eq!(from_name(name), Some(SourceCrs::Named(expected.to_owned())), "{name}");
        }
        for name in [
            "hello",
            "",
            "EPSG:",
            "http://example.com/crs/42",
            "urn:ogc:def:crs,crs:EPSG::4326,crs:EPSG::5773",
            "/etc/passwd",
        ] {
            assert_eq!(from_name(name), None, "{name}");
        }
    }
}

//! Where areas lie on the globe, by their boxes.

/// West, south, east, north in degrees; west is greater than east where the box crosses 180 degrees.
pub type GeoBox = [f64; 4];

/// Bands of latitude that the weight of a box is spread over.
const BANDS: u32 = 16;
/// The part of the weights that does not count on each side when it is asked how far most of them reach.
const FEW: f64 = 0.025;

/// Where areas lie, each box weighted by its surface on the sphere.
#[derive(Debug)]
pub(super) struct Footprint {
    west: f64,
    /// From 0 to 360 greater than `west`.
    east: f64,
    south: f64,
    north: f64,
    /// Points of all boxes with the weight of each.
    points: Vec<WeightedPoint>,
    centre: [f64; 2],
}

#[derive(Debug, Clone, Copy)]
struct WeightedPoint {
    lon: f64,
    lat: f64,
    weight: f64,
}

impl Footprint {
    /// `None` where there is no box.
    pub fn of(boxes: impl IntoIterator<Item = GeoBox>) -> Option<Self> {
        let boxes: Vec<GeoBox> = boxes.into_iter().filter(|corners| corners.iter().all(|c| c.is_finite())).collect();
        let (west, east) = interval(&boxes)?;
        let points: Vec<WeightedPoint> = boxes.iter().flat_map(points).collect();
        let south = boxes.iter().map(|corners| corners[1]).fold(f64::INFINITY, f64::min);
        let north = boxes.iter().map(|corners| corners[3]).fold(f64::NEG_INFINITY, f64::max);
        let middle = (west + east) / 2.0;
        let centre = centre(&points).unwrap_or([middle, f64::midpoint(south, north)]);
        Some(Self { west, east, south, north, points, centre })
    }

    /// Longitude and latitude of the centre of the weights.
    pub fn centre(&self) -> [f64; 2] {
        self.centre
    }

    /// The least and the greatest latitude.
    pub fn latitudes(&self) -> (f64, f64) {
        (self.south, self.north)
    }

    /// Degrees of longitude from the westernmost to the easternmost area.
    pub fn width(&self) -> f64 {
        self.east - self.west
    }

    /// The longitude in the middle between the westernmost and the easternmost area.
    pub fn middle(&self) -> f64 {
        f64::midpoint(self.west, self.east)
    }

    /// `lon`, moved as far as needed that the meridian opposite to it crosses no area, nor one within `margin` degrees of that.
    pub fn central(&self, lon: f64, margin: f64) -> f64 {
        let room = (180.0 - self.width() / 2.0 - margin).max(0.0);
        let off = (lon - self.middle() + 180.0).rem_euclid(360.0) - 180.0;
        self.middle() + off.clamp(-room, room)
    }

    /// How far, in degrees, most of the weights reach from their centre.
    pub fn reach(&self) -> f64 {
        let distances = self.points.iter().map(|point| (distance(self.centre, [point.lon, point.lat]), point.weight));
        quantile(distances.collect(), 1.0 - 2.0 * FEW)
    }

    /// How many times as far most of the weights reach from west to east as from south to north, in the middle of them.
    pub fn slenderness(&self) -> f64 {
        let east = |point: &WeightedPoint| {
            let off = (point.lon - self.centre[0] + 180.0).rem_euclid(360.0) - 180.0;
            (off * point.lat.to_radians().cos(), point.weight)
        };
        let along: Vec<(f64, f64)> = self.points.iter().map(east).collect();
        let across: Vec<(f64, f64)> = self.points.iter().map(|point| (point.lat, point.weight)).collect();
        let spread = |list: Vec<(f64, f64)>| quantile(list.clone(), 1.0 - FEW) - quantile(list, FEW);
        spread(along) / spread(across).max(1e-9)
    }

    /// The latitude below which a part of the weights lies.
    pub fn latitude_below(&self, part: f64) -> f64 {
        quantile(self.points.iter().map(|point| (point.lat, point.weight)).collect(), part)
    }

    /// The root of the mean square of the latitude.
    pub fn mean_square_latitude(&self) -> f64 {
        let sum = |of: fn(&WeightedPoint) -> f64| self.points.iter().map(of).sum::<f64>();
        (sum(|point| point.lat * point.lat * point.weight) / sum(|point| point.weight)).sqrt()
    }
}

/// The shortest interval of longitudes that holds all boxes, the second number greater by up to 360.
fn interval(boxes: &[GeoBox]) -> Option<(f64, f64)> {
    let mut spans: Vec<(f64, f64)> = boxes.iter().map(|corners| (corners[0], corners[0] + width(corners))).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let first = spans.first()?.0;
    // What has come round again counts as behind the last.
    let mut gap = (0.0, first);
    let mut reached = spans.iter().map(|(_, east)| east - 360.0).fold(f64::NEG_INFINITY, f64::max).max(first - 360.0);
    for (west, east) in spans {
        if west - reached > gap.0 {
            gap = (west - reached, west);
        }
        reached = reached.max(east);
    }
    Some((gap.1, gap.1 + 360.0 - gap.0))
}

/// Degrees from west to east.
fn width([west, _, east, _]: &GeoBox) -> f64 {
    if east >= west { (east - west).min(360.0) } else { east - west + 360.0 }
}

/// Points in bands of latitude, with the surface of their parts of the box on a sphere of radius 1.
fn points(corners: &GeoBox) -> impl Iterator<Item = WeightedPoint> {
    let [west, south, _, north] = *corners;
    let width = width(corners);
    (0..BANDS).flat_map(move |band| {
        let at = |part: f64| south + (north - south) * part / f64::from(BANDS);
        let (from, to) = (at(f64::from(band)), at(f64::from(band) + 1.0));
        // An area without a surface still counts.
        let weight = ((to.to_radians().sin() - from.to_radians().sin()) * width.to_radians()).max(1e-12);
        [1.0, 3.0, 5.0, 7.0].map(|eighth| WeightedPoint {
            lon: west + width * eighth / 8.0,
            lat: f64::midpoint(from, to),
            weight: weight / 4.0,
        })
    })
}

/// Longitude and latitude of the mean of points of the sphere; `None` where they cancel each other.
fn centre(points: &[WeightedPoint]) -> Option<[f64; 2]> {
    let sum = points.iter().fold([0.0; 3], |sum, point| {
        let [x, y, z] = unit([point.lon, point.lat]);
        [sum[0] + x * point.weight, sum[1] + y * point.weight, sum[2] + z * point.weight]
    });
    let all: f64 = points.iter().map(|point| point.weight).sum();
    let length = sum.iter().map(|c| c * c).sum::<f64>().sqrt();
    (length > 0.05 * all).then(|| [sum[1].atan2(sum[0]).to_degrees(), (sum[2] / length).asin().to_degrees()])
}

fn unit([lon, lat]: [f64; 2]) -> [f64; 3] {
    let (lon, lat) = (lon.to_radians(), lat.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// Degrees between two points of the sphere.
fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (a, b) = (unit(a), unit(b));
    a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>().clamp(-1.0, 1.0).acos().to_degrees()
}

/// The value below which a part of the weights lies.
fn quantile(mut values: Vec<(f64, f64)>, part: f64) -> f64 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: f64 = values.iter().map(|(_, weight)| weight).sum();
    let mut below = 0.0;
    for (value, weight) in &values {
        below += weight;
        if below >= part * all {
            return *value;
        }
    }
    values.last().map_or(0.0, |(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_interval_holds_all_boxes_whichever_way_round() {
        for (boxes, expected) in [
            (&[[20.0, 0.0, 30.0, 1.0], [40.0, 0.0, 50.0, 1.0]][..], (20.0, 50.0)),
            (&[[20.0, 0.0, 160.0, 1.0], [157.0, 0.0, -169.0, 1.0]], (20.0, 191.0)),
            (&[[-10.0, 0.0, 10.0, 1.0], [170.0, 0.0, 175.0, 1.0], [-175.0, 0.0, -100.0, 1.0]], (170.0, 370.0)),
            (&[[-180.0, 0.0, 180.0, 1.0], [5.0, 0.0, 6.0, 1.0]], (-180.0, 180.0)),
            (&[[7.0, 0.0, 7.0, 0.0]], (7.0, 7.0)),
        ] {
            assert_eq!(interval(boxes), Some(expected), "{boxes:?}");
        }
        assert_eq!(interval(&[]), None);
    }

    #[test]
    fn far_islands_do_not_move_the_centre() {
        let of = |boxes: &[GeoBox]| Footprint::of(boxes.iter().copied()).unwrap();
        let alone = of(&[[-5.0, 42.0, 8.0, 51.0]]);
        let with_islands = of(&[[-5.0, 42.0, 8.0, 51.0], [55.2, -21.4, 55.9, -20.9]]);
        assert!(distance(alone.centre(), with_islands.centre()) < 0.5 && with_islands.reach() < 8.0);
        assert!((alone.latitude_below(0.5) - 46.4).abs() < 0.4);
    }
}

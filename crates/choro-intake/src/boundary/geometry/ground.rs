//! Areas on the ground.

use super::rings::edges;
use geo::Coord;

/// The mean radius of the earth, km (IUGG).
const RADIUS_KM: f64 = 6371.0088;

/// The area of a ring on the sphere, km2, positive where it runs counter-clockwise. Its edges are straight in a cylindrical equal-area
/// projection (Lambert), in which the area is that of a plane polygon.
pub fn km2(ring: &[Coord<f64>]) -> f64 {
    let height = |c: Coord<f64>| c.y.to_radians().sin();
    let doubled: f64 = edges(ring).map(|(a, b)| (a.x - b.x).to_radians() * (height(a) + height(b))).sum();
    doubled / 2.0 * RADIUS_KM * RADIUS_KM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hemisphere_has_half_of_the_earths_surface() {
        let ring: Vec<Coord<f64>> =
            [(-180.0, 0.0), (180.0, 0.0), (180.0, 90.0), (-180.0, 90.0)].map(|(x, y)| Coord { x, y }).into();
        let expected = std::f64::consts::TAU * RADIUS_KM * RADIUS_KM;
        assert!((km2(&ring) / expected - 1.0).abs() < 1e-12, "{}", km2(&ring));
        assert!((km2(&ring.iter().rev().copied().collect::<Vec<_>>()) / expected + 1.0).abs() < 1e-12);
    }
}

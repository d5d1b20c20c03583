//! Boxes around positions, whose sides run along the axes.

use geo::Coord;

/// The smallest box around some positions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Its south-western corner.
    pub min: Coord<f64>,
    /// Its north-eastern corner.
    pub max: Coord<f64>,
}

impl Bounds {
    /// The box of nothing.
    pub const EMPTY: Self = Self {
        min: Coord { x: f64::INFINITY, y: f64::INFINITY },
        max: Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY },
    };

    /// The box of some positions.
    pub fn of(positions: impl IntoIterator<Item = Coord<f64>>) -> Self {
        positions.into_iter().fold(Self::EMPTY, |b, c| Self {
            min: Coord { x: b.min.x.min(c.x), y: b.min.y.min(c.y) },
            max: Coord { x: b.max.x.max(c.x), y: b.max.y.max(c.y) },
        })
    }

    /// The box around both.
    pub fn join(self, other: Self) -> Self {
        Self {
            min: Coord { x: self.min.x.min(other.min.x), y: self.min.y.min(other.min.y) },
            max: Coord { x: self.max.x.max(other.max.x), y: self.max.y.max(other.max.y) },
        }
    }

    /// Whether the two have a point in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }

    /// Whether the position lies in it.
    pub fn holds(&self, c: Coord<f64>) -> bool {
        self.min.x <= c.x && c.x <= self.max.x && self.min.y <= c.y && c.y <= self.max.y
    }
}

/// The middle of the box around some positions.
pub fn middle(positions: impl IntoIterator<Item = Coord<f64>>) -> Coord<f64> {
    let bounds = Bounds::of(positions);
    (bounds.min + bounds.max) / 2.0
}

/// The rank of each box, when all are sorted by their western sides.
pub fn from_west(boxes: &[Bounds]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by(|a, b| boxes.get(*a).map_or(0.0, |b| b.min.x).total_cmp(&boxes.get(*b).map_or(0.0, |b| b.min.x)));
    let mut ranks = vec![0; boxes.len()];
    for (rank, index) in order.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(index) {
            *slot = rank;
        }
    }
    ranks
}

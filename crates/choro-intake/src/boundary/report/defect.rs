//! Defects of geometry that can be mended.

use serde::Serialize;

/// One mended fault of one area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Repair {
    /// The area's code.
    pub code: String,
    /// What was wrong.
    pub problem: GeometryDefect,
    /// How often.
    pub count: usize,
    /// Where it was first, degrees.
    pub lon: f64,
    /// Where it was first, degrees.
    pub lat: f64,
    /// How it was mended.
    pub mended: &'static str,
}

/// Faults that can be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GeometryDefect {
    /// A ring's last position is not its first.
    OpenRing,
    /// A position stands twice in a row.
    RepeatedPoint,
    /// A ring encloses nothing.
    CollapsedRing,
    /// A ring runs out and back on the same line.
    Spike,
    /// A ring touches itself.
    SelfTouch,
    /// A ring crosses itself.
    SelfCrossing,
    /// Two rings of an area cross.
    RingsCross,
    /// Two rings of an area run along the same line.
    SharedEdge,
    /// A part lies in another part, or a hole outside of its part.
    Nesting,
    /// A part lies in another part, and the ground is another area's.
    Enclave,
    /// A point or line stands among the polygons.
    NotPolygon,
    /// A hole stands before its exterior.
    RingOrder,
    /// A ring goes round a pole.
    AroundPole,
    /// An edge runs over more than half of the circle, and is taken as it is written.
    WideEdge,
    /// An edge runs over more than half of the circle, and is taken the short way, across the antimeridian.
    AcrossAntimeridian,
}

impl GeometryDefect {
    /// What is done about it.
    #[must_use]
    pub fn mended(self) -> &'static str {
        match self {
            Self::OpenRing => "closed",
            Self::RepeatedPoint => "the repetition dropped",
            Self::CollapsedRing => "the ring dropped",
            Self::Spike => "the spike dropped",
            Self::SelfTouch => "split at that vertex",
            Self::SelfCrossing => "split where it crosses (even-odd rule)",
            Self::RingsCross => "parts united, holes cut out",
            Self::SharedEdge => "the line dissolved",
            Self::Nesting => "parts united, holes cut out",
            Self::Enclave => "turned into a hole",
            Self::NotPolygon => "dropped",
            Self::RingOrder => "the outer ring taken as the exterior",
            Self::AroundPole => "closed along the pole",
            Self::WideEdge => {
                "taken as written; split the area at 180, or give the edge more points, if the other way is meant"
            }
            Self::AcrossAntimeridian => "taken across it; give the edge more points if the other way is meant",
        }
    }

    /// What is wrong, in words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::OpenRing => "ring not closed",
            Self::RepeatedPoint => "repeated point",
            Self::CollapsedRing => "ring without area",
            Self::Spike => "spike",
            Self::SelfTouch => "ring touches itself",
            Self::SelfCrossing => "ring crosses itself",
            Self::RingsCross => "rings cross",
            Self::SharedEdge => "rings share an edge",
            Self::Nesting => "part inside a part, or hole outside of its part",
            Self::Enclave => "part inside a part, where another area lies",
            Self::NotPolygon => "point or line among the polygons",
            Self::RingOrder => "hole before its exterior",
            Self::AroundPole => "ring around a pole",
            Self::WideEdge => "edge over more than 180 degrees",
            Self::AcrossAntimeridian => "edge that may lead across the antimeridian or round the world",
        }
    }
}

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
        }
    }
}

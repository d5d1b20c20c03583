//! The looks of the three states: unlike one another, unlike zero and unlike any class.

use choro_figures::classify::Colour;
use choro_model::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A pattern drawn over the colour, where a client can draw one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Pattern {
    /// Diagonal lines in the outline's colour, falling to the right.
    Hatch,
    /// Parallel lines, rising to the right.
    Counterhatch,
    /// Dots over the colour of the class: the value is not to be relied on.
    Dots,
}

/// How an area without a value looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Look {
    /// Its colour. Clients that draw no pattern show it alone, so it is unlike every other one on the map.
    pub colour: Colour,
    /// A pattern over it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pattern: Option<Pattern>,
    /// An outline of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outline: Option<Colour>,
}

/// The look of a state: missing light grey with light lines one way, secrecy darker with dark lines the other way, invalid white
/// with an outline. So they differ by more than colour.
#[must_use]
pub const fn look(state: State) -> Look {
    match state {
        State::Missing => Look {
            colour: Colour::hex(0xd6_d6_d6),
            pattern: Some(Pattern::Counterhatch),
            outline: Some(Colour::hex(0xb4_b4_b4)),
        },
        State::Secrecy => {
            Look { colour: Colour::hex(0xa3_a3_a3), pattern: Some(Pattern::Hatch), outline: Some(Colour::hex(0x4a_4a_4a)) }
        }
        State::Invalid => Look { colour: Colour::hex(0xff_ff_ff), pattern: None, outline: Some(Colour::hex(0x7a_7a_7a)) },
    }
}

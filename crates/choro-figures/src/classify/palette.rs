//! Palettes as data: a few anchors each, from light (near zero) to dark; colours between them are mixed in OKLab at equal
//! steps of lightness. The anchors are Choro's own. `vision` tests that neighbours stay apart for readers who do not see
//! red or green.

use super::{
    colour::{Colour, OkLab},
    error::{ClassifyError, cut},
};
use serde::{Serialize, Serializer};
use std::str::FromStr;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// Colours from light to dark.
type Ramp = &'static [Colour];

/// A palette.
#[derive(Debug, PartialEq, Eq)]
pub struct Palette {
    /// Its id in URLs.
    pub id: &'static str,
    /// The colour of a true zero.
    pub zero: Colour,
    /// Its colours from light to dark; of a diverging palette those above zero.
    up: Ramp,
    /// The colours below zero of a diverging palette, from light to dark. Empty for a sequential one.
    down: Ramp,
}

/// Most classes on one side of zero: more are not told apart.
const ARM: usize = 5;

const CREAM: Colour = Colour::hex(0xff_f6_cc);
const MIST: Colour = Colour::hex(0xe4_ee_fb);

static PALETTES: [Palette; 5] = [
    Palette {
        id: "blues",
        zero: CREAM,
        up: &[Colour::hex(0xcf_e3_f5), Colour::hex(0x58_9d_d0), Colour::hex(0x1a_5a_9c), Colour::hex(0x06_1d_4a)],
        down: &[],
    },
    Palette {
        id: "lagoon",
        zero: MIST,
        up: &[Colour::hex(0xf0_e9_6a), Colour::hex(0x4f_b8_7a), Colour::hex(0x1f_74_8a), Colour::hex(0x33_0f_56)],
        down: &[],
    },
    Palette {
        id: "gold-navy",
        zero: MIST,
        up: &[Colour::hex(0xfb_e2_6b), Colour::hex(0xb3_a0_67), Colour::hex(0x62_69_76), Colour::hex(0x06_1f_4f)],
        down: &[],
    },
    Palette {
        id: "purple-orange",
        zero: CREAM,
        up: &[Colour::hex(0xf6_b4_6c), Colour::hex(0xd9_78_1c), Colour::hex(0x5f_2a_02)],
        down: &[Colour::hex(0xc3_b0_ea), Colour::hex(0x8f_76_c0), Colour::hex(0x34_10_66)],
    },
    Palette {
        id: "blue-red",
        zero: CREAM,
        up: &[Colour::hex(0xf9_bf_a9), Colour::hex(0xdd_65_47), Colour::hex(0x66_0a_1c)],
        down: &[Colour::hex(0xb4_d3_ee), Colour::hex(0x4d_8d_c6), Colour::hex(0x07_2a_5e)],
    },
];

/// All palettes; the first sequential and the first diverging one are the defaults.
#[must_use]
pub fn palettes() -> &'static [Palette] {
    &PALETTES
}

impl Palette {
    /// The palette of an id.
    ///
    /// # Errors
    /// There is none: the error names those that there are.
    pub fn find(id: &str) -> Result<&'static Self, ClassifyError> {
        PALETTES.iter().find(|palette| palette.id == id).ok_or_else(|| {
            let ids: Vec<_> = PALETTES.iter().map(|palette| palette.id).collect();
            ClassifyError::UnknownPalette { got: cut(id), valid: ids.join(", ") }
        })
    }

    /// Whether it has two arms, for an indicator that diverges around zero.
    #[must_use]
    pub fn diverging(&self) -> bool {
        !self.down.is_empty()
    }

    /// A colour for each class between `breaks`. Of two arms, classes at the same rank from zero have the same depth.
    pub(super) fn of(&self, breaks: &[f64], diverging: bool) -> Result<Vec<Colour>, ClassifyError> {
        let classes = breaks.len().saturating_sub(1);
        if !diverging {
            return Ok(shades(self.up, classes));
        }
        let limits = breaks.iter().zip(breaks.iter().skip(1));
        if let Some((below, above)) = limits.clone().find(|(lo, hi)| **lo < 0.0 && **hi > 0.0) {
            return Err(ClassifyError::NoZeroBreak { below: *below, above: *above });
        }
        let below = limits.filter(|(lo, _)| **lo < 0.0).count();
        let longest = below.max(classes - below);
        if longest > ARM {
            return Err(ClassifyError::ArmTooLong { got: longest });
        }
        let (down, up) = (shades(self.down, longest), shades(self.up, longest));
        Ok(down.into_iter().take(below).rev().chain(up.into_iter().take(classes - below)).collect())
    }
}

/// Its id.
impl Serialize for Palette {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

/// A palette by its id, as it stands in URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PaletteId(pub &'static Palette);

impl FromStr for PaletteId {
    type Err = ClassifyError;

    fn from_str(text: &str) -> Result<Self, ClassifyError> {
        Palette::find(text).map(Self)
    }
}

impl PartialSchema for PaletteId {
    fn schema() -> RefOr<Schema> {
        let ids = PALETTES.iter().map(|palette| palette.id);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(ids)).into()
    }
}

impl ToSchema for PaletteId {}

/// `n` colours of a ramp, light to dark, at equal steps of lightness. One or two stand inside the ramp, since its ends would
/// say more than one or two classes mean.
fn shades(ramp: Ramp, n: usize) -> Vec<Colour> {
    let anchors: Vec<OkLab> = ramp.iter().map(|colour| OkLab::from(*colour)).collect();
    let place = |i: usize| match n {
        1 => 0.5,
        2 => [0.25, 0.75].get(i).copied().unwrap_or(0.5),
        _ => ratio(i, n - 1),
    };
    (0..n).filter_map(|i| at(&anchors, place(i))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of classes are tiny")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// The colour whose lightness lies at `t` (0 to 1) between those of the first and the last anchor.
fn at(anchors: &[OkLab], t: f64) -> Option<Colour> {
    let (first, last) = (anchors.first()?, anchors.last()?);
    let target = first.lightness() + (last.lightness() - first.lightness()) * t;
    let pair =
        anchors.windows(2).find(|pair| matches!(pair, [_, b] if b.lightness() <= target)).or(anchors.windows(2).last());
    match pair {
        Some([a, b]) => {
            let part = (a.lightness() - target) / (a.lightness() - b.lightness());
            Some(a.mix(*b, part.clamp(0.0, 1.0)).into())
        }
        _ => Some((*first).into()),
    }
}

//! Colours, and mixing them in OKLab, where equal steps look equal.

use serde::{Serialize, Serializer};
use std::fmt;
use utoipa::ToSchema;

/// An opaque sRGB colour, printed as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ToSchema)]
#[schema(value_type = String, pattern = "^#[0-9a-f]{6}$", example = "#589dd0")]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// The colour `0xrrggbb`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self([r, g, b])
    }

    /// Linear light of the three channels, 0 to 1 (IEC 61966-2-1).
    pub(super) fn linear(self) -> [f64; 3] {
        self.0.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The colour of linear light; what no screen can show is cut off.
    pub(super) fn from_linear(rgb: [f64; 3]) -> Self {
        Self(rgb.map(|c| {
            let c = c.clamp(0.0, 1.0);
            let s = if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255 by the clamp")]
            let byte = (s * 255.0).round() as u8;
            byte
        }))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Lightness 0 to 1 and two opponent axes (B. Ottosson, "A perceptual color space for image processing", 2020).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OkLab(pub [f64; 3]);

type Matrix = [[f64; 3]; 3];

const RGB_TO_CONES: Matrix = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const CONES_TO_LAB: Matrix = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];
const LAB_TO_CONES: Matrix = [
    [1.0, 0.396_337_777_4, 0.215_803_757_3],
    [1.0, -0.105_561_345_8, -0.063_854_172_8],
    [1.0, -0.089_484_177_5, -1.291_485_548_0],
];
const CONES_TO_RGB: Matrix = [
    [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
    [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
    [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
];

/// The product of a matrix and a vector.
pub(super) fn times(matrix: &Matrix, [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

impl From<Colour> for OkLab {
    fn from(colour: Colour) -> Self {
        Self(times(&CONES_TO_LAB, times(&RGB_TO_CONES, colour.linear()).map(f64::cbrt)))
    }
}

impl From<OkLab> for Colour {
    fn from(OkLab(lab): OkLab) -> Self {
        Self::from_linear(times(&CONES_TO_RGB, times(&LAB_TO_CONES, lab).map(|c| c * c * c)))
    }
}

impl OkLab {
    /// The colour that lies at `t` (0 to 1) on the straight line from `self` to `other`.
    pub(super) fn mix(self, other: Self, t: f64) -> Self {
        let ([l, a, b], [ol, oa, ob]) = (self.0, other.0);
        Self([l + (ol - l) * t, a + (oa - a) * t, b + (ob - b) * t])
    }

    /// Lightness, 0 to 1.
    pub(super) fn lightness(self) -> f64 {
        self.0[0]
    }
}

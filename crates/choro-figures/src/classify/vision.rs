//! How colours look to readers who do not see red or green, and how far apart they are. The tests of palettes stand on it.

use super::colour::{Colour, times};

/// A way of seeing.
#[derive(Debug, Clone, Copy)]
pub enum Vision {
    /// All three cones.
    Normal,
    /// No red-sensitive cones.
    Protanopia,
    /// No green-sensitive cones.
    Deuteranopia,
    /// No blue-sensitive cones.
    Tritanopia,
}

impl Vision {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Normal, Self::Protanopia, Self::Deuteranopia, Self::Tritanopia];

    /// The colour as seen, at full severity (Machado, Oliveira and Fernandes 2009, table 1; on linear light).
    #[must_use]
    pub fn see(self, colour: Colour) -> Colour {
        let matrix = match self {
            Self::Normal => return colour,
            Self::Protanopia => {
                [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]]
            }
            Self::Deuteranopia => {
                [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]]
            }
            Self::Tritanopia => {
                [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]]
            }
        };
        Colour::from_linear(times(&matrix, colour.linear()))
    }
}

/// CIE L*a*b* under D65.
#[must_use]
pub fn lab(colour: Colour) -> [f64; 3] {
    const XYZ: [[f64; 3]; 3] =
        [[0.412_456, 0.357_576, 0.180_438], [0.212_673, 0.715_152, 0.072_175], [0.019_334, 0.119_192, 0.950_304]];
    let [x, y, z] = times(&XYZ, colour.linear());
    let [x, y, z] = [x / 0.950_47, y, z / 1.088_83].map(|t| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Difference of two colours as seen (CIE 1976): 2.3 is just noticeable side by side.
#[must_use]
pub fn difference(vision: Vision, a: Colour, b: Colour) -> f64 {
    let (a, b) = (lab(vision.see(a)), lab(vision.see(b)));
    a.iter().zip(b).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt()
}

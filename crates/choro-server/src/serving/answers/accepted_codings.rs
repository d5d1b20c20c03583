//! Which codings a client accepts, and in which of them an answer is sent.
//!
//! The coding that the client wants most is used. Where it wants several alike, the one with the fewest bytes is used. A client
//! that says nothing of identity is taken to want it as much as the best of the others: for `br, gzip` a small tile is sent as it
//! is, since compression would save nothing.

use choro_bundle::Coding;

/// How much a client wants each coding, in thousandths (RFC 9110, 12.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AcceptedCodings {
    compressed: [u16; 3],
    /// `None`: the client says nothing of it, so it is acceptable.
    identity: Option<u16>,
}

/// What a coding adds to the answer besides the content: a header line.
const LINE: usize = "content-encoding: gzip\r\n".len();
/// In the order of the field `compressed`. Where two have equally many bytes, the first is used.
const COMPRESSED: [Coding; 3] = [Coding::Brotli, Coding::Zstd, Coding::Gzip];

impl AcceptedCodings {
    /// A client that takes nothing but identity.
    pub const IDENTITY: Self = Self { compressed: [0; 3], identity: None };

    /// Made of the weight of each coding; `None` where the client says nothing of it.
    #[must_use]
    pub fn new(weight: impl Fn(Coding) -> Option<u16>) -> Self {
        Self { compressed: COMPRESSED.map(|coding| weight(coding).unwrap_or(0)), identity: weight(Coding::Identity) }
    }

    /// A client that takes this coding, or else identity.
    #[must_use]
    pub fn only(coding: Coding) -> Self {
        Self::new(|c| (c == coding).then_some(1000))
    }

    /// The coding to answer in. `size` gives the bytes of the answer in a coding, `None` where the answer does not exist in it. The
    /// result is `None` where the client accepts none of those that exist.
    #[must_use]
    pub fn choose(&self, size: impl Fn(Coding) -> Option<usize>) -> Option<Coding> {
        let (mut best, mut weight, mut least) = (None, 0, usize::MAX);
        for (coding, wanted) in COMPRESSED.into_iter().zip(self.compressed) {
            if wanted == 0 || wanted < weight {
                continue;
            }
            let Some(bytes) = size(coding) else { continue };
            if wanted > weight || bytes < least {
                (best, weight, least) = (Some(coding), wanted, bytes);
            }
        }
        let identity = self.identity.unwrap_or(weight.max(1));
        let instead = identity > weight
            || (identity == weight && size(Coding::Identity).is_some_and(|bytes| bytes <= least.saturating_add(LINE)));
        if identity > 0 && instead { Some(Coding::Identity) } else { best }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_decides_and_then_the_bytes() {
        use Coding::{Brotli, Gzip, Identity, Zstd};
        let large = |coding| {
            Some(match coding {
                Identity => 100,
                Gzip => 60,
                Brotli => 50,
                Zstd => 55,
            })
        };
        let small = |coding| match coding {
            Identity => Some(40),
            Gzip => Some(60),
            _ => None,
        };
        // The weights of identity, gzip, br and zstd; then the codings in which a large and a small answer are sent.
        for (weights, expected) in [
            ([None, None, None, None], [Some(Identity), Some(Identity)]),
            ([None, Some(1000), None, None], [Some(Gzip), Some(Identity)]),
            ([None, Some(1000), Some(1000), Some(1000)], [Some(Brotli), Some(Identity)]),
            ([None, Some(1000), Some(900), None], [Some(Gzip), Some(Identity)]),
            ([None, None, Some(1), None], [Some(Brotli), Some(Identity)]),
            ([Some(1000), Some(1000), None, None], [Some(Gzip), Some(Identity)]),
            ([Some(1000), Some(999), None, None], [Some(Identity), Some(Identity)]),
            ([Some(500), Some(1000), None, None], [Some(Gzip), Some(Gzip)]),
            ([Some(0), Some(1000), Some(1000), None], [Some(Brotli), Some(Gzip)]),
            ([Some(0), None, Some(1000), None], [Some(Brotli), None]),
            ([Some(0), Some(0), Some(0), Some(0)], [None, None]),
            ([Some(1), Some(0), Some(0), Some(0)], [Some(Identity), Some(Identity)]),
        ] {
            let accepted = AcceptedCodings::new(|coding| weights[coding as usize]);
            assert_eq!([accepted.choose(large), accepted.choose(small)], expected, "{weights:?}");
        }
    }
}

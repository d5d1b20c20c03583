//! An encoded layer, and how columns are announced in it.

use crate::skeleton::encode::varint;

/// The tag of a layer of the first version.
const TAG: u8 = 1;
/// The type of a column of geometry. Types up to this one, ids among them, have no name; the others have one.
const GEOMETRY: u8 = 4;

/// An encoded layer, taken apart around its list of columns.
pub(super) struct Layer<'a> {
    /// Name and extent.
    head: &'a [u8],
    count: u64,
    types: &'a [u8],
    streams: &'a [u8],
}

impl<'a> Layer<'a> {
    /// `None`: the bytes do not begin as a layer of this version does.
    pub fn split(layer: &'a [u8]) -> Option<Self> {
        let mut rest = layer;
        let size = read_varint(&mut rest)?;
        let ([TAG], body) = rest.split_first_chunk::<1>()? else { return None };
        if usize::try_from(size).ok()? != body.len() + 1 {
            return None;
        }
        rest = body;
        skip_text(&mut rest)?;
        read_varint(&mut rest)?;
        let head = body.get(..body.len() - rest.len())?;
        let count = read_varint(&mut rest)?;
        let columns = rest;
        for _ in 0..count {
            let (kind, behind) = rest.split_first()?;
            rest = behind;
            if *kind > GEOMETRY {
                skip_text(&mut rest)?;
            }
        }
        Some(Self { head, count, types: columns.get(..columns.len() - rest.len())?, streams: rest })
    }

    /// The layer with further columns whose streams, `tail` bytes, are to follow.
    pub fn with(&self, columns: &[(u8, &str)], tail: usize) -> Vec<u8> {
        let mut body = vec![TAG];
        body.extend_from_slice(self.head);
        varint(&mut body, self.count + columns.len() as u64);
        body.extend_from_slice(self.types);
        for (kind, name) in columns {
            body.push(*kind);
            varint(&mut body, name.len() as u64);
            body.extend_from_slice(name.as_bytes());
        }
        body.extend_from_slice(self.streams);
        let mut layer = Vec::with_capacity(body.len() + 5);
        varint(&mut layer, (body.len() + tail) as u64);
        layer.extend(body);
        layer
    }
}

fn read_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn skip_text(rest: &mut &[u8]) -> Option<()> {
    let length = usize::try_from(read_varint(rest)?).ok()?;
    *rest = rest.get(length..)?;
    Some(())
}

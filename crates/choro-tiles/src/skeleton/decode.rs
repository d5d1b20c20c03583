//! The areas of a skeleton tile read back, one after the other: memory grows with the largest area, not with the tile.
//!
//! ```text
//! tile: layer "labels", layer "areas": feature (row 0: square), feature (row 3: two islands) -> each(0, [square]), each(3, [a, b])
//! ```
//!
//! Only what [`super::encode`] writes is read; other readers take the same bytes for any vector tile (MVT 2.1).

use super::{
    encode::LAYER_AREAS,
    shapes::{Ring, Shape},
};

/// What is wrong with a tile, in words.
pub type WhatIsWrong = &'static str;

/// A field of a message in protocol buffers' wire format.
enum WireField<'t> {
    Number(u64),
    Bytes(&'t [u8]),
}

/// Gives the row of each area in a tile with its polygons.
pub fn areas(tile: &[u8], mut each: impl FnMut(usize, Vec<Shape>)) -> Result<(), WhatIsWrong> {
    let mut tile = tile;
    while let Some((number, field)) = field(&mut tile)? {
        let (3, WireField::Bytes(layer)) = (number, field) else { continue };
        if name(layer)? == Some(LAYER_AREAS.as_bytes()) {
            return features(layer, &mut each);
        }
    }
    Ok(())
}

fn name(mut layer: &[u8]) -> Result<Option<&[u8]>, WhatIsWrong> {
    while let Some((number, field)) = field(&mut layer)? {
        if let (1, WireField::Bytes(name)) = (number, field) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

fn features(mut layer: &[u8], each: &mut impl FnMut(usize, Vec<Shape>)) -> Result<(), WhatIsWrong> {
    while let Some((number, field)) = field(&mut layer)? {
        let (2, WireField::Bytes(bytes)) = (number, field) else { continue };
        let (row, shapes) = feature(bytes)?;
        each(row, shapes);
    }
    Ok(())
}

fn feature(mut bytes: &[u8]) -> Result<(usize, Vec<Shape>), WhatIsWrong> {
    let (mut id, mut kind, mut geometry) = (None, None, &[][..]);
    while let Some((number, field)) = field(&mut bytes)? {
        match (number, field) {
            (1, WireField::Number(number)) => id = usize::try_from(number).ok(),
            (3, WireField::Number(number)) => kind = Some(number),
            (4, WireField::Bytes(commands)) => geometry = commands,
            _ => {}
        }
    }
    let row = id.ok_or("a feature has no id")?.checked_sub(1).ok_or("a feature has the id 0")?;
    // 3: POLYGON
    if kind != Some(3) {
        return Err("an area is no polygon");
    }
    Ok((row, polygons(geometry)?))
}

/// A ring with a positive area begins a polygon, any other is a hole in it (MVT 2.1, 4.3.4.4).
fn polygons(mut commands: &[u8]) -> Result<Vec<Shape>, WhatIsWrong> {
    let (mut shapes, mut cursor): (Vec<Shape>, _) = (Vec::new(), [0, 0]);
    while !commands.is_empty() {
        let ring = ring(&mut commands, &mut cursor)?;
        match shapes.last_mut() {
            Some(shape) if area(&ring) <= 0 => shape.push(ring),
            _ => shapes.push(vec![ring]),
        }
    }
    Ok(shapes)
}

/// MoveTo one point, LineTo the others, ClosePath. The first point comes last in what is returned.
fn ring(commands: &mut &[u8], cursor: &mut [i32; 2]) -> Result<Ring, WhatIsWrong> {
    const CUT: WhatIsWrong = "a ring is not whole";
    if varint(commands)? != 1 << 3 | 1 {
        return Err("a ring does not begin with one point");
    }
    let first = point(commands, cursor)?;
    let mut ring = Ring::new();
    let mut next = varint(commands)?;
    if next & 7 == 2 {
        let count = usize::try_from(next >> 3).map_err(|_| CUT)?;
        // A point takes two bytes at least.
        if count > commands.len() / 2 {
            return Err(CUT);
        }
        ring.reserve_exact(count + 1);
        for _ in 0..count {
            ring.push(point(commands, cursor)?);
        }
        next = varint(commands)?;
    }
    ring.push(first);
    if next == 1 << 3 | 7 { Ok(ring) } else { Err("a ring is not closed") }
}

fn point(commands: &mut &[u8], cursor: &mut [i32; 2]) -> Result<[i32; 2], WhatIsWrong> {
    for axis in cursor.iter_mut() {
        let number = u32::try_from(varint(commands)?).map_err(|_| "a step is too long")?;
        let step = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
        *axis = axis.checked_add(step).ok_or("a point is out of range")?;
    }
    Ok(*cursor)
}

/// Twice the area, positive where the ring runs clockwise on the screen.
fn area(ring: &Ring) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(a[1]) * i64::from(b[0])).sum()
}

/// The next field with its number; `None`: the message is over.
fn field<'t>(message: &mut &'t [u8]) -> Result<Option<(u64, WireField<'t>)>, WhatIsWrong> {
    const CUT: WhatIsWrong = "a field is not whole";
    if message.is_empty() {
        return Ok(None);
    }
    let key = varint(message)?;
    let length = match key & 7 {
        0 => return Ok(Some((key >> 3, WireField::Number(varint(message)?)))),
        1 => 8,
        2 => usize::try_from(varint(message)?).map_err(|_| CUT)?,
        5 => 4,
        _ => return Err("a field is of no known kind"),
    };
    let (bytes, rest) = message.split_at_checked(length).ok_or(CUT)?;
    *message = rest;
    Ok(Some((key >> 3, WireField::Bytes(bytes))))
}

/// A number in groups of seven bits, the lowest first.
fn varint(bytes: &mut &[u8]) -> Result<u64, WhatIsWrong> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first().ok_or("a number is not whole")?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err("a number is too long")
}

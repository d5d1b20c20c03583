//! Where the lines of one zoom meet although their sources do not.
//!
//! Segments are binned into square cells; each pair of a cell is tested once, exactly, in integers.

use super::lines::Vertex;

/// Side of a cell in tile units: some segments long at usual vertex spacing.
const CELL: i32 = 64;

/// A segment: from vertex `index` of an arc to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    pub arc: u32,
    pub index: u32,
}

/// Two segments that meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    pub segments: [Segment; 2],
    /// Whether they cross or run along each other, or merely touch in a point.
    pub crosses: bool,
}

/// All meetings but those of segments that share a vertex of the source and only that point. `only`: pairs of which at least
/// one arc is marked; `None` for all.
pub fn meetings(lines: &[Vec<Vertex>], only: Option<&[bool]>) -> Vec<Meeting> {
    let mut binned = bin(lines, only);
    binned.sort_unstable();
    let mut found = Vec::new();
    for cell in binned.chunk_by(|a, b| a.0 == b.0) {
        for (i, (_, arc, index)) in cell.iter().enumerate() {
            for (_, other_arc, other_index) in cell.iter().skip(i + 1) {
                let pair = [Segment { arc: *arc, index: *index }, Segment { arc: *other_arc, index: *other_index }];
                let marked = only.is_none_or(|only| pair.iter().any(|s| only.get(s.arc as usize) == Some(&true)));
                if marked && let Some(meeting) = meet(lines, pair) {
                    found.push(meeting);
                }
            }
        }
    }
    // A pair that shares several cells was found in each.
    found.sort_unstable();
    found.dedup();
    found
}

type BinCell = (i32, i32);

fn bin(lines: &[Vec<Vertex>], only: Option<&[bool]>) -> Vec<(BinCell, u32, u32)> {
    let marked_cells = only.map(|only| {
        let mut cells: Vec<BinCell> = Vec::new();
        for (line, _) in lines.iter().zip(only).filter(|(_, marked)| **marked) {
            line.windows(2).for_each(|ends| cells_of(ends, |cell| cells.push(cell)));
        }
        cells.sort_unstable();
        cells.dedup();
        cells
    });
    let mut binned = Vec::new();
    for (arc, line) in (0..).zip(lines) {
        for (index, ends) in (0..).zip(line.windows(2)) {
            cells_of(ends, |cell| {
                if marked_cells.as_ref().is_none_or(|cells| cells.binary_search(&cell).is_ok()) {
                    binned.push((cell, arc, index));
                }
            });
        }
    }
    binned
}

/// The cells that a segment passes, row by row.
fn cells_of(ends: &[Vertex], mut visit: impl FnMut(BinCell)) {
    let [a, b] = ends else { return };
    let (low, high) = if a.point[1] <= b.point[1] { (a.point, b.point) } else { (b.point, a.point) };
    let (dx, dy) = (i64::from(high[0]) - i64::from(low[0]), i64::from(high[1]) - i64::from(low[1]));
    for row in low[1].div_euclid(CELL)..=high[1].div_euclid(CELL) {
        // The part of the segment in this row of cells, its ends rounded outwards by a unit.
        let x_at = |y: i64| match dy {
            0 => i64::from(low[0]),
            _ => i64::from(low[0]) + dx * (y - i64::from(low[1])) / dy,
        };
        let top = (i64::from(row) * i64::from(CELL)).max(i64::from(low[1]));
        let bottom = ((i64::from(row) + 1) * i64::from(CELL)).min(i64::from(high[1]));
        let (from, to) = if dy == 0 { (i64::from(low[0]), i64::from(high[0])) } else { (x_at(top), x_at(bottom)) };
        let (from, to) = (from.min(to) - 1, from.max(to) + 1);
        let (least, most) = (i64::from(low[0].min(high[0])), i64::from(low[0].max(high[0])));
        let column = |x: i64| x.clamp(least, most).div_euclid(i64::from(CELL)) as i32;
        (column(from)..=column(to)).for_each(|column| visit((row, column)));
    }
}

fn meet(lines: &[Vec<Vertex>], pair: [Segment; 2]) -> Option<Meeting> {
    let ends = |s: Segment| {
        let line = lines.get(s.arc as usize)?;
        Some([*line.get(s.index as usize)?, *line.get(s.index as usize + 1)?])
    };
    let ([a, b], [c, d]) = (ends(pair[0])?, ends(pair[1])?);
    let (p, q, r, s) = (a.point, b.point, c.point, d.point);
    let apart = |axis: usize| p[axis].max(q[axis]) < r[axis].min(s[axis]) || r[axis].max(s[axis]) < p[axis].min(q[axis]);
    if apart(0) || apart(1) {
        return None;
    }
    let shared = [a, b].iter().any(|v| v.number == c.number || v.number == d.number);
    let turns = [turn(p, q, r), turn(p, q, s), turn(r, s, p), turn(r, s, q)];
    let crosses = if turns == [0; 4] {
        along(p, q, r, s)
    } else if turns[0] * turns[1] > 0 || turns[2] * turns[3] > 0 {
        return None;
    } else {
        !turns.contains(&0)
    };
    if shared && !crosses {
        return None;
    }
    Some(Meeting { segments: pair, crosses })
}

/// Whether collinear segments share more than a point.
fn along(p: [i32; 2], q: [i32; 2], r: [i32; 2], s: [i32; 2]) -> bool {
    let axis = usize::from(p[0] == q[0] && r[0] == s[0]);
    let (from, to) = (p[axis].min(q[axis]).max(r[axis].min(s[axis])), p[axis].max(q[axis]).min(r[axis].max(s[axis])));
    from < to
}

/// The side of a-b on which c lies: 1 left, -1 right, 0 on the line.
pub fn turn(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> i64 {
    // Coordinates stay within 30 bits (`Projected`, `MAX_BUILD_ZOOM`), so that the products fit.
    let side = |i: usize, p: [i32; 2]| i64::from(p[i]) - i64::from(a[i]);
    let cross = side(0, b) * side(1, c) - side(1, b) * side(0, c);
    cross.signum()
}

//! The cells of a file, however many there are. What does not fit into a block of memory lies in a temporary file.

use choro_model::{Cell, ObsStatus, State};
use std::{fs::File, io, os::unix::fs::FileExt as _};

/// How many cells are held in memory. Of a file that has more, each block of so many goes into the temporary file.
const BLOCK: usize = 1 << 17;
/// Bytes of a cell in the file: label, selection, row and column, the number, sheet, what the cell is, and its flag.
const RECORD: usize = 28;
/// The flags, by their bytes from 1.
const FLAGS: [ObsStatus; 3] = [ObsStatus::B, ObsStatus::E, ObsStatus::P];

/// One cell, by the numbers of its label and its selection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelledCell {
    /// Index in [`Intake::labels`](super::intake::Intake::labels).
    pub label: u32,
    /// Index in [`Intake::selections`](super::intake::Intake::selections).
    pub selection: u32,
    /// Index in [`Intake::sheets`](super::intake::Intake::sheets); 0 where there is one sheet or none.
    pub sheet: u16,
    /// Row from 1.
    pub row: u32,
    /// Column from 1.
    pub column: u32,
    /// The value or its state.
    pub cell: Cell,
    /// The observation's flag.
    pub status: Option<ObsStatus>,
}

/// The temporary folder has no room, or cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "the temporary folder {folder}: {reason}; free space there, or name another folder in TMPDIR: each cell takes {RECORD} \
     bytes for the time of the import"
)]
pub struct SpoolError {
    folder: String,
    reason: String,
}

impl SpoolError {
    fn new(error: &io::Error) -> Self {
        Self { folder: tempfile::env::temp_dir().display().to_string(), reason: error.to_string() }
    }
}

/// Cells in the order in which they came.
#[derive(Debug, Default)]
pub struct LabelledCells {
    /// The temporary file. It has no name, so it is gone when the process ends.
    file: Option<File>,
    /// How many cells are in the file.
    filed: u64,
    held: Vec<LabelledCell>,
}

impl LabelledCells {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.filed + self.held.len() as u64
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds one.
    pub fn push(&mut self, cell: LabelledCell) -> Result<(), SpoolError> {
        if self.held.len() >= BLOCK {
            self.put_away().map_err(|e| SpoolError::new(&e))?;
        }
        self.held.push(cell);
        Ok(())
    }

    fn put_away(&mut self) -> io::Result<()> {
        let file = match &self.file {
            Some(file) => file,
            None => self.file.insert(tempfile::tempfile()?),
        };
        let bytes: Vec<u8> = self.held.iter().flat_map(to_bytes).collect();
        file.write_all_at(&bytes, self.filed * RECORD as u64)?;
        self.filed += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }

    /// All cells in order; may be called again and again.
    #[must_use]
    pub fn iter(&self) -> CellIter<'_> {
        CellIter { cells: self, next: 0, block: Vec::new().into_iter() }
    }

    /// All cells in memory, which only a test can afford.
    #[cfg(test)]
    pub(crate) fn all(&self) -> Vec<LabelledCell> {
        self.iter().collect::<Result<_, _>>().expect("a temporary file that can be read")
    }

    /// The block that begins with the cell of that number.
    fn block(&self, first: u64) -> io::Result<Vec<LabelledCell>> {
        let Some(file) = self.file.as_ref().filter(|_| first < self.filed) else {
            return Ok(if first == self.filed { self.held.clone() } else { Vec::new() });
        };
        let mut bytes = vec![0; BLOCK * RECORD];
        file.read_exact_at(&mut bytes, first * RECORD as u64)?;
        let records = bytes.as_chunks::<RECORD>().0.iter();
        records.map(|record| from_bytes(record).ok_or_else(|| io::ErrorKind::InvalidData.into())).collect()
    }
}

/// The cells of a [`LabelledCells`].
pub struct CellIter<'a> {
    cells: &'a LabelledCells,
    /// The number of the first cell behind the block.
    next: u64,
    block: std::vec::IntoIter<LabelledCell>,
}

impl Iterator for CellIter<'_> {
    type Item = Result<LabelledCell, SpoolError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.block.len() == 0 {
            match self.cells.block(self.next) {
                Ok(block) => {
                    self.next += block.len() as u64;
                    self.block = block.into_iter();
                }
                Err(error) => return Some(Err(SpoolError::new(&error))),
            }
        }
        self.block.next().map(Ok)
    }
}

fn to_bytes(cell: &LabelledCell) -> [u8; RECORD] {
    let state = if let Cell::State(state) = cell.cell { number_of(&State::ALL, &state) } else { 0 };
    let flag = cell.status.map_or(0, |flag| number_of(&FLAGS, &flag));
    let numbers = [cell.label, cell.selection, cell.row, cell.column].map(u32::to_le_bytes);
    let number = cell.cell.number().unwrap_or_default().to_le_bytes();
    let bytes = numbers.iter().flatten().chain(&number).copied().chain(cell.sheet.to_le_bytes()).chain([state, flag]);
    let mut record = [0; RECORD];
    record.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
    record
}

fn from_bytes(record: &[u8; RECORD]) -> Option<LabelledCell> {
    let (numbers, rest) = record.split_first_chunk::<16>()?;
    let (number, rest) = rest.split_first_chunk::<8>()?;
    let [sheet @ .., state, flag] = rest.first_chunk::<4>()?;
    let mut numbers = numbers.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes));
    Some(LabelledCell {
        label: numbers.next()?,
        selection: numbers.next()?,
        row: numbers.next()?,
        column: numbers.next()?,
        sheet: u16::from_le_bytes(*sheet),
        cell: match state {
            0 => Cell::Value(f64::from_le_bytes(*number)),
            state => Cell::State(of_number(&State::ALL, *state)?),
        },
        status: if *flag == 0 { None } else { Some(of_number(&FLAGS, *flag)?) },
    })
}

fn number_of<T: PartialEq>(list: &[T], item: &T) -> u8 {
    (1..).zip(list).find(|(_, known)| *known == item).map_or(0, |(number, _)| number)
}

fn of_number<T: Copy>(list: &[T], number: u8) -> Option<T> {
    list.get(usize::from(number).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_went_in_from_memory_and_from_the_file() {
        let cell = |n: usize| {
            let row = u32::try_from(n).unwrap();
            LabelledCell {
                label: row / 3,
                selection: u32::MAX - row,
                sheet: u16::MAX,
                row,
                column: row * 7,
                cell: State::ALL.get(n % 5).map_or(Cell::Value(-1.5 * f64::from(row)), |state| Cell::State(*state)),
                status: FLAGS.get(n % 4).copied(),
            }
        };
        for count in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 3] {
            let mut cells = LabelledCells::default();
            (0..count).for_each(|n| cells.push(cell(n)).unwrap());
            assert_eq!((cells.len(), cells.file.is_some()), (count as u64, count > BLOCK));
            for _ in 0..2 {
                assert!(cells.all().into_iter().eq((0..count).map(cell)), "{count}");
            }
        }
    }
}

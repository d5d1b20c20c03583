//! CSV and TSV: all rows at once, or a file whose rows are read in parts.

use super::{
    super::{error::TableError, options::TableOptions, rows::Rows, scan::Scan, table::CellTable},
    row_reader::{DelimitedReader, TextForm},
};
use std::{
    fs::File,
    io::{Read, Seek as _},
    ops::ControlFlow,
};

/// All rows of a text.
pub(crate) fn parse(file: &str, source: impl Read, scan: &Scan, options: &TableOptions) -> Result<CellTable, TableError> {
    let (mut reader, mut table) = DelimitedReader::open(file, source, scan, options)?;
    while reader.read(&mut table)? {}
    table.notes.extend(reader.notes());
    table.doubts = reader.doubts;
    Ok(table)
}

/// A text file that was read through once: its first rows, and how many there are.
#[derive(Debug)]
pub struct DelimitedFile {
    file: File,
    form: TextForm,
    head: CellTable,
    height: usize,
    width: usize,
}

impl DelimitedFile {
    /// Reads it through, so that a damaged file is refused before anything is made of it.
    pub(crate) fn open(
        file: &str,
        source: File,
        scan: &Scan,
        options: &TableOptions,
        head: usize,
    ) -> Result<Self, TableError> {
        let (mut reader, mut table) = DelimitedReader::open(file, &source, scan, options)?;
        let mut more = true;
        while more && table.height() < head {
            more = reader.read(&mut table)?;
        }
        let mut width = table.width();
        let mut part = table.without_cells(table.height());
        while more {
            more = reader.read(&mut part)?;
            width = width.max(part.width());
            part.advance();
        }
        let form = reader.form();
        table.notes.extend(reader.notes());
        table.doubts = reader.doubts;
        Ok(Self { form, head: table, height: part.rows().end, width, file: source })
    }
}

impl Rows for DelimitedFile {
    fn head(&self) -> &CellTable {
        &self.head
    }

    fn height(&self) -> usize {
        self.height
    }

    fn width(&self) -> usize {
        self.width
    }

    fn each_part(&self, take: &mut dyn FnMut(&CellTable) -> ControlFlow<()>) -> Result<(), TableError> {
        let mut file = &self.file;
        file.rewind().map_err(|e| TableError::File { file: self.head.file.clone(), reason: e.to_string() })?;
        let mut reader = DelimitedReader::new(&self.head.file, file, self.form);
        let mut part = self.head.without_cells(0);
        loop {
            let more = reader.read(&mut part)?;
            if take(&part).is_break() || !more {
                return Ok(());
            }
            part.advance();
        }
    }
}

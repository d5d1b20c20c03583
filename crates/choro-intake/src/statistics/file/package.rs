//! The parts of a workbook that is a ZIP archive.

use super::{error::TableError, inflated, xml::XmlReader};
use std::{
    collections::HashMap,
    io::{BufReader, Cursor, Read, Seek},
};
use zip::{ZipArchive, read::ZipFile};

/// A part as it unpacks.
pub type PartReader<'p> = BufReader<ZipFile<'p, Cursor<Vec<u8>>>>;

/// An archive whose content is known to keep within the limits.
pub struct Package {
    file: String,
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// Parts by their names in small letters, with `/` between folders.
    parts: HashMap<String, usize>,
}

impl Package {
    /// Opens an archive. It is inflated once and counted, whatever it says of itself.
    pub fn open(file: &str, bytes: Vec<u8>) -> Result<Self, TableError> {
        inflated::check(file, &bytes)?;
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(file, &e.to_string()))?;
        let names = archive.file_names().map(|name| name.map(|name| folded(&name)).unwrap_or_default());
        let parts = names.enumerate().map(|(index, name)| (name, index)).collect();
        Ok(Self { file: file.to_owned(), archive, parts })
    }

    /// The file, as it stands in messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// A part as it unpacks; `None` where there is none of that name.
    pub fn read(&mut self, part: &str) -> Result<Option<PartReader<'_>>, TableError> {
        let Some(index) = self.parts.get(&folded(part)) else { return Ok(None) };
        let entry = self.archive.by_index(*index).map_err(|e| broken(&self.file, &e.to_string()))?;
        Ok(Some(BufReader::with_capacity(1 << 16, entry)))
    }

    /// A part as XML.
    pub fn xml(&mut self, part: &str) -> Result<Option<XmlReader<PartReader<'_>>>, TableError> {
        let file = self.file.clone();
        Ok(self.read(part)?.map(|source| XmlReader::new(&file, &format!("its part {part}"), source)))
    }
}

/// The names of what an archive holds, without its folders.
pub fn names(source: impl Read + Seek) -> Result<Vec<String>, String> {
    let archive = ZipArchive::new(source).map_err(|e| e.to_string())?;
    let names = archive.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned));
    Ok(names.filter(|name| !name.ends_with('/')).collect())
}

fn folded(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

fn broken(file: &str, reason: &str) -> TableError {
    let (file, place) = (file.to_owned(), "the ZIP archive".to_owned());
    TableError::Damaged { file, place, reason: format!("it holds no readable workbook: {reason}") }
}

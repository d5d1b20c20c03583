//! Checks the archive of a workbook before anything of it is read.
//!
//! Shared texts, names and styles are taken into memory whole, and the sizes that an archive declares may be false. So all of it is
//! inflated once, counted and thrown away.

use super::error::TableError;
use std::io::{self, BufRead as _, BufReader, Cursor, Read};

/// How many times larger than the archive the content may be. Sheets known to us shrink to a tenth or a fortieth.
const RATIO: u64 = 100;
/// Bytes that may always come out (64 MiB).
const SMALL: u64 = 64 << 20;
/// Most bytes that come out in any case: twenty million cells take about one GiB of XML.
const MAX_INFLATED: u64 = 2 << 30;
/// Most bytes of the lists of sheets, names and relations (16 MiB).
const MAX_LISTS: u64 = 16 << 20;
/// How many tags the shared texts may have in any archive. A text has four tags, and one of several looks takes a hundred bytes of
/// memory besides its letters.
const FEW_TAGS: u64 = 1_000_000;
/// How many tags they may have for each byte of the archive.
const TAGS: u64 = 4;

/// Most bytes that the texts of a workbook of `size` bytes may have. A text counts as often as a cell has it, since it takes time
/// each time.
pub(crate) fn most_text(size: usize) -> usize {
    usize::try_from((size as u64).saturating_mul(RATIO).max(SMALL)).unwrap_or(usize::MAX)
}

/// Inflates the archive once, keeping nothing, up to its limits.
pub(crate) fn check(file: &str, bytes: &[u8]) -> Result<(), TableError> {
    let size = bytes.len() as u64;
    within(file, bytes, size.saturating_mul(RATIO).clamp(SMALL, MAX_INFLATED))
}

fn within(file: &str, bytes: &[u8], limit: u64) -> Result<(), TableError> {
    let broken = |e: String| TableError::Damaged {
        file: file.to_owned(),
        place: "the ZIP archive".to_owned(),
        reason: format!("it holds no readable workbook: {e}"),
    };
    let over = |place: String, limit: String| TableError::Limit { file: file.to_owned(), place, limit };
    let most_tags = (bytes.len() as u64).saturating_mul(TAGS).max(FEW_TAGS);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let mut left = limit;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| broken(e.to_string()))?;
        let name = entry.name().map_err(|e| broken(e.to_string()))?.to_lowercase();
        let is_texts = name.ends_with("sharedstrings.xml");
        let part = counted(entry.take(left + 1)).map_err(|e| broken(e.to_string()))?;
        if (name.ends_with(".rels") || name.ends_with("workbook.xml")) && part.bytes > MAX_LISTS {
            return Err(over(format!("its part {name:.80}"), format!("{MAX_LISTS} bytes inflated")));
        }
        if is_texts && part.tags > most_tags {
            let limit = format!("{most_tags} tags, of which every text has four");
            return Err(over("the list of texts that its cells share".to_owned(), limit));
        }
        left = left.checked_sub(part.bytes).ok_or_else(|| {
            let limit = format!("{limit} bytes inflated, {RATIO} times its size or {SMALL}");
            over("the content of the archive".to_owned(), limit)
        })?;
    }
    Ok(())
}

/// What was counted of a part.
#[derive(Default)]
struct CountedPart {
    bytes: u64,
    /// Bytes that begin a tag.
    tags: u64,
}

fn counted(content: impl Read) -> io::Result<CountedPart> {
    let mut content = BufReader::with_capacity(1 << 16, content);
    let mut part = CountedPart::default();
    loop {
        let bytes = content.fill_buf()?;
        let length = bytes.len();
        if length == 0 {
            return Ok(part);
        }
        part.bytes += length as u64;
        part.tags += bytes.iter().filter(|byte| **byte == b'<').count() as u64;
        content.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_that_inflates_beyond_the_limit_is_refused_whatever_it_says_of_itself() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/intake/sheets.xlsx");
        let bytes = std::fs::read(path).unwrap();
        assert!(check("a.xlsx", &bytes).is_ok());
        let message = within("a.xlsx", &bytes, 1000).unwrap_err().to_string();
        assert!(message.contains("1000 bytes inflated"), "{message}");
    }
}

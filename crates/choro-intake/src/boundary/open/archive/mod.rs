//! An archive: the one boundary file in a ZIP or gzip file, unpacked into a temporary folder.

mod members;
pub(super) mod unpack;

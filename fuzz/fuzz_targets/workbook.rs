#![no_main]

#[path = "../readers/workbook.rs"]
mod workbook;

libfuzzer_sys::fuzz_target!(|data: &[u8]| workbook::read(data));

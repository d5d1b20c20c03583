#![no_main]

#[path = "../readers/definitions.rs"]
mod definitions;

libfuzzer_sys::fuzz_target!(|data: &[u8]| definitions::read(data));

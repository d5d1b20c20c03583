#![no_main]

#[path = "../readers/boundaries.rs"]
mod boundaries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| boundaries::read(data));

#![no_main]

#[path = "../readers/observations.rs"]
mod observations;

libfuzzer_sys::fuzz_target!(|data: &[u8]| observations::read(data));

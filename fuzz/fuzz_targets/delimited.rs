#![no_main]

#[path = "../readers/delimited.rs"]
mod delimited;

libfuzzer_sys::fuzz_target!(|data: &[u8]| delimited::read(data));

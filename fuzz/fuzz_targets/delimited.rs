#![no_main]

#[path = "../readers/mod.rs"]
#[allow(dead_code, reason = "shared: each target uses some of it")]
mod readers;

libfuzzer_sys::fuzz_target!(|data: &[u8]| readers::delimited::read(data));

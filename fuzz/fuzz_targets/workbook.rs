#![no_main]

#[path = "../readers/mod.rs"]
#[allow(dead_code, reason = "shared: each target uses some of it")]
mod readers;

use std::sync::Once;

static QUIET: Once = Once::new();

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // The reader catches panics of its libraries, which so are no findings. libFuzzer ends with one that gets out, hook or no hook.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    readers::workbook::read(data);
});

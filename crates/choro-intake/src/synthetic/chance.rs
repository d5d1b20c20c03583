//! Chance without a generator: every draw is a hash of what it is drawn for, so it depends on nothing else.
//!
//! Only + - * / and square roots are used, which IEEE 754 rounds alike on every machine. The `exp`, `ln`, `sin` and
//! `powf` of a platform's libm differ in the last bit between systems, and one bit is enough to round a count the other way.

/// A number in [0, 1) for `code` and `purpose`, e.g. ("RU-LEN", "population").
pub fn uniform(code: &str, purpose: &str) -> f64 {
    // FNV-1a, then the finaliser of SplitMix64 to spread short texts over all bits.
    let bytes = code.bytes().chain([0]).chain(purpose.bytes());
    let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^= hash >> 31;
    (hash >> 11) as f64 / (1_u64 << 53) as f64
}

/// A number between `low` and `high`.
pub fn between(code: &str, purpose: &str, low: f64, high: f64) -> f64 {
    low + (high - low) * uniform(code, purpose)
}

/// Nearly normal with mean 0 and standard deviation 1, within -3.5 and 3.5: the sum of four uniform numbers.
pub fn normal(code: &str, purpose: &str) -> f64 {
    let sum: f64 = (0..4).map(|i| uniform(code, &format!("{purpose} {i}"))).sum();
    (sum - 2.0) * 1.732_050_807_568_877_2
}

/// 2 to the power of `x` within 0.3 %, for -20 < x < 20: powers of two exactly, between them a parabola.
pub fn exp2(x: f64) -> f64 {
    let floor = x.clamp(-20.0, 20.0).floor();
    let part = x.clamp(-20.0, 20.0) - floor;
    let mut whole = 1.0;
    let (factor, times) = if floor < 0.0 { (0.5, -floor) } else { (2.0, floor) };
    for _ in 0..times as u32 {
        whole *= factor;
    }
    whole * (1.0 + part * (0.6565 + part * 0.3435))
}

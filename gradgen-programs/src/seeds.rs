//! Bytes for the generator that are the same in every run.

use arbitrary::Unstructured;

/// The successor of a state; also a well mixed number (SplitMix64).
#[must_use]
pub const fn next(state: u64) -> u64 {
    let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// This many bytes from a seed.
#[must_use]
pub fn bytes(seed: u64, length: usize) -> Vec<u8> {
    (0..length.div_ceil(8) as u64)
        .flat_map(|block| next(next(seed) ^ next(block)).to_le_bytes())
        .take(length)
        .collect()
}

/// Uniform numbers in `[0, 1)` from a seed.
#[derive(Clone, Debug)]
pub struct Uniform(u64);

impl Uniform {
    /// The sequence of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(next(seed))
    }

    /// The next number.
    pub fn draw(&mut self) -> f64 {
        self.0 = next(self.0);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The next integer of `low..=high`.
    pub fn integer(&mut self, low: i64, high: i64) -> i64 {
        low + (self.draw() * (high - low + 1) as f64) as i64
    }
}

/// The first seed of a run: that of the environment variable `GRADGEN_SEED`, to try other programs
/// than those of every run, or zero.
#[must_use]
pub fn first() -> u64 {
    std::env::var("GRADGEN_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0)
}

/// Whatever the bytes of a seed make.
///
/// # Errors
/// Those of the maker.
pub fn make<T>(
    seed: u64,
    length: usize,
    make: impl FnOnce(&mut Unstructured<'_>) -> arbitrary::Result<T>,
) -> arbitrary::Result<T> {
    make(&mut Unstructured::new(&bytes(seed, length)))
}

//! Inputs: numbers that look random and are the same in every run.

/// Numbers between bounds.
pub struct Numbers {
    state: u64,
}

impl Numbers {
    /// A sequence of its own for every seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number.
    pub fn number(&mut self, low: f64, high: f64) -> f64 {
        // A counter that is scrambled by multiplications and shifts.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        for factor in [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb] {
            bits = (bits ^ (bits >> 29)).wrapping_mul(factor);
        }
        low + (high - low) * ((bits >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// The next numbers.
    pub fn vector(&mut self, count: usize, low: f64, high: f64) -> Vec<f64> {
        (0..count).map(|_| self.number(low, high)).collect()
    }

    /// The next numbers.
    pub fn array<const N: usize>(&mut self, low: f64, high: f64) -> [f64; N] {
        std::array::from_fn(|_| self.number(low, high))
    }

    /// The next numbers, by rows.
    pub fn matrix<const R: usize, const C: usize>(&mut self, low: f64, high: f64) -> [[f64; C]; R] {
        std::array::from_fn(|_| self.array(low, high))
    }
}

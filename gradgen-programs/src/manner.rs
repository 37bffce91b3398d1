//! How a tree is written, where Rust has several ways to write it.
//!
//! What a program means is its tree's alone, so the oracle knows nothing of manners. Two texts of one tree that
//! yield different numbers are a fault of who reads them.

/// Plain, or by a number from which all choices follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner(u32);

impl Manner {
    /// One way to write everything.
    pub const PLAIN: Self = Self(0);

    /// The choices of a number; those of 0 are the plain ones.
    #[must_use]
    pub const fn of(number: u32) -> Self {
        Self(number)
    }

    /// The choices, from the first one.
    pub(crate) fn choices(self) -> Choices {
        Choices { plain: self.0 == 0, state: u64::from(self.0) }
    }
}

/// One choice after the other.
#[derive(Clone, Copy)]
pub(crate) struct Choices {
    plain: bool,
    state: u64,
}

impl Choices {
    /// One of so many ways, of which the first is the plain one. It is taken as often as said, in `of` cases.
    pub(crate) fn way(&mut self, ways: u64, of: u64) -> u64 {
        if self.plain {
            return 0;
        }
        // SplitMix64.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let drawn = z % of;
        if drawn < ways { drawn } else { 0 }
    }
}

//! Choices. When the bytes have run out, the first choice is taken.

use super::Maker;
use arbitrary::Result;

impl Maker<'_, '_> {
    pub(super) fn range(&mut self, low: i64, high: i64) -> Result<i64> {
        self.bytes.int_in_range(low..=high.max(low))
    }

    /// True in about `percent` of all cases; false when the bytes have run out.
    pub(super) fn chance(&mut self, percent: u8) -> Result<bool> {
        Ok(self.bytes.int_in_range(0..=99_u8)? >= 100 - percent.min(100))
    }

    pub(super) fn pick<T: Clone>(&mut self, choices: &[T]) -> Result<T> {
        Ok(choices[self.bytes.choose_index(choices.len())?].clone())
    }

    /// One of the choices, each as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(u32, T)]) -> Result<T> {
        let total: u32 = choices.iter().map(|(weight, _)| weight).sum();
        let mut drawn = self.bytes.int_in_range(0..=total - 1)?;
        for (weight, choice) in choices {
            match drawn.checked_sub(*weight) {
                Some(rest) => drawn = rest,
                None => return Ok(*choice),
            }
        }
        unreachable!("the weights add up")
    }
}

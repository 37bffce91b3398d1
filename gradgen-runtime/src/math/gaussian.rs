//! `e^(-x^2)` with all its digits.

use super::exp;

/// `e^(-x^2 / n)` for n = 1 and 2.
///
/// What the square loses by rounding would be as many units of the result as the square itself is large. So it is
/// computed, by Dekker's product (Numer. Math. 18, 1971), and put back.
#[must_use]
pub fn gaussian(x: f64, n: i32) -> f64 {
    // The result is 0 from 38.6 on for n = 2; the split below is exact for what is smaller than that.
    if x.abs() > 64.0 {
        return 0.0;
    }
    let n = f64::from(n);
    let (square, rest) = product(x, x);
    let power = exp(-square / n);
    power - power * (rest / n)
}

/// A product, rounded, and what is missing in it.
pub(super) fn product(a: f64, b: f64) -> (f64, f64) {
    let (high_a, low_a) = halves(a);
    let (high_b, low_b) = halves(b);
    let product = a * b;
    (product, high_a * high_b - product + high_a * low_b + low_a * high_b + low_a * low_b)
}

/// A number as the sum of two with half of its digits each.
fn halves(x: f64) -> (f64, f64) {
    let shifted = 134_217_729.0 * x;
    let high = shifted - (shifted - x);
    (high, x - high)
}

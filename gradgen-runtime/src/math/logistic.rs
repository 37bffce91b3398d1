//! The logistic function, its integral and its inverse.

use super::{exp, ln, ln_1p};

/// `1 / (1 + e^-x)`. Below 0 the exponential of x itself is taken, which does not overflow.
#[must_use]
pub fn logistic(x: f64) -> f64 {
    if x < 0.0 {
        let power = exp(x);
        power / (1.0 + power)
    } else {
        1.0 / (1.0 + exp(-x))
    }
}

/// `ln(1 + e^x)`, which is x and a little for large x.
#[must_use]
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + ln_1p(exp(-x)) } else { ln_1p(exp(x)) }
}

/// `ln(p / (1 - p))`. Near 1/2, where that is 0, the distance to it is exact.
#[must_use]
pub fn logit(p: f64) -> f64 {
    if (p - 0.5).abs() < 0.25 { ln_1p((2.0 * p - 1.0) / (1.0 - p)) } else { ln(p) - ln_1p(-p) }
}

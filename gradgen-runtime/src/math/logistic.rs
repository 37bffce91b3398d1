//! The logistic function and its integral.

use super::{exp, ln_1p};

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

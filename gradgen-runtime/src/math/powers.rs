//! Powers of the absolute value, whose derivatives are one another.

use super::powf;

/// `|x|^p`.
#[must_use]
pub fn abs_pow(x: f64, p: f64) -> f64 {
    powf(x.abs(), p)
}

/// `|x|^p` with the sign of x, 0 at 0 for p = 0.
#[must_use]
pub fn signed_pow(x: f64, p: f64) -> f64 {
    if x == 0.0 && p == 0.0 { 0.0 } else { powf(x.abs(), p).copysign(x) }
}

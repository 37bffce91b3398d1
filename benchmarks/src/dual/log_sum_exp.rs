//! [`log_sum_exp`](crate::kernels::log_sum_exp) over any number.

use super::Number;

/// `x`.
pub fn log_sum_exp<D: Number>(x: &[D]) -> D {
    // The derivatives of the largest cancel, so that its value will do.
    let largest = x.iter().fold(f64::NEG_INFINITY, |largest, x| largest.max(x.real()));
    let sum = x.iter().fold(D::constant(0.0), |sum, x| sum + (*x - largest).exp());
    sum.ln() + largest
}

//! The logarithm of a sum of exponentials.

use gradgen::gradgen;

/// `ln Σ exp(x)` without overflow.
#[gradgen(gradient, hvp, hessian, jvp, bundle(f, grad(x)))]
pub fn log_sum_exp(x: &[f64]) -> f64 {
    let mut largest = f64::NEG_INFINITY;
    for i in 0..x.len() {
        largest = largest.max(x[i]);
    }
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += (x[i] - largest).exp();
    }
    largest + sum.ln()
}

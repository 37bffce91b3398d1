//! Rosenbrock's valley, chained.

use gradgen::gradgen;

/// The sum over neighbours.
#[gradgen(gradient, hvp, bundle(f, grad(x)))]
pub fn rosenbrock<const N: usize>(x: &[f64; N]) -> f64 {
    let mut sum = 0.0;
    for i in 0..N - 1 {
        let along = x[i + 1] - x[i] * x[i];
        let across = 1.0 - x[i];
        sum += 100.0 * along * along + across * across;
    }
    sum
}

//! Linear least squares.

use gradgen::gradgen;

/// Half the squared length of `a x - b`, with `n` rows of length `d`.
#[gradgen(gradient(x), hvp(x), jvp(x), bundle(f, grad(x)))]
pub fn least_squares(a: &[f64], b: &[f64], x: &[f64], n: usize, d: usize) -> f64 {
    let mut total = 0.0;
    for i in 0..n {
        let mut residual = -b[i];
        for j in 0..d {
            residual += a[i * d + j] * x[j];
        }
        total += 0.5 * residual * residual;
    }
    total
}

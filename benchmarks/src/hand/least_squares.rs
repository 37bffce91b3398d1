//! [`least_squares`](crate::kernels::least_squares) by hand: a row and its adjoint at a time.

use super::add_scaled;

/// Value and gradient.
pub fn gradient(a: &[f64], b: &[f64], x: &[f64], d_x: &mut [f64]) -> f64 {
    d_x.fill(0.0);
    let mut total = 0.0;
    for (row, b) in a.chunks_exact(x.len()).zip(b) {
        let mut residual = -b;
        for (a, x) in row.iter().zip(x) {
            residual += a * x;
        }
        total += 0.5 * residual * residual;
        add_scaled(d_x, residual, row);
    }
    total
}

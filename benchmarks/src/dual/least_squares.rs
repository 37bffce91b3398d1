//! [`least_squares`](crate::kernels::least_squares) over any number.

use super::Number;

/// `x`.
pub fn least_squares<D: Number>(x: &[D], a: &[f64], b: &[f64]) -> D {
    let mut total = D::constant(0.0);
    for (row, b) in a.chunks_exact(x.len()).zip(b) {
        let mut residual = D::constant(-b);
        for (a, x) in row.iter().zip(x) {
            residual += *x * *a;
        }
        total += residual * residual * 0.5;
    }
    total
}

//! [`cholesky`](crate::kernels::cholesky) by hand.

use super::add_scaled;

/// Value and gradient; `l` is the factor, and the gradient holds its cotangent before it is the gradient's.
pub fn gradient<const N: usize>(a: &[[f64; N]; N], d_a: &mut [[f64; N]; N], l: &mut [[f64; N]; N]) -> f64 {
    let mut logarithm = 0.0;
    for i in 0..N {
        let (above, below) = l.split_at_mut(i);
        let row = &mut below[0];
        for (j, other) in above.iter().enumerate() {
            row[j] = rest(a[i][j], &row[..j], other) / other[j];
        }
        row[i] = rest(a[i][i], &row[..i], &row[..i]).sqrt();
        logarithm += 2.0 * row[i].ln();
    }

    *d_a = [[0.0; N]; N];
    for i in (0..N).rev() {
        let row = &l[i];
        let (above, below) = d_a.split_at_mut(i);
        let d_row = &mut below[0];
        let d_square = (2.0 / row[i] + d_row[i]) / (2.0 * row[i]);
        d_row[i] = d_square;
        add_scaled(&mut d_row[..i], -2.0 * d_square, row);
        for (j, d_other) in above.iter_mut().enumerate().rev() {
            let other = &l[j];
            let d_rest = d_row[j] / other[j];
            d_row[j] = d_rest;
            d_other[j] -= d_rest * row[j];
            add_scaled(&mut d_row[..j], -d_rest, other);
            add_scaled(&mut d_other[..j], -d_rest, row);
        }
    }
    logarithm
}

fn rest(start: f64, a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(start, |rest, (a, b)| rest - a * b)
}

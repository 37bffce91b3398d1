//! [`matrix_chain`](crate::kernels::matrix_chain) by hand.

use super::add_scaled;

/// Value and gradient; the vector before each product is kept.
pub fn gradient<const L: usize, const N: usize>(
    a: &[[[f64; N]; N]; L],
    x: &[f64; N],
    d_a: &mut [[[f64; N]; N]; L],
    d_x: &mut [f64; N],
    tape: &mut [[f64; N]; L],
) -> f64 {
    let mut v = *x;
    for (a, before) in a.iter().zip(tape.iter_mut()) {
        *before = v;
        for (row, w) in a.iter().zip(&mut v) {
            let mut sum = 0.0;
            for (a, before) in row.iter().zip(before.iter()) {
                sum += a * before;
            }
            *w = sum;
        }
    }
    let mut square = 0.0;
    for v in &v {
        square += v * v;
    }
    let mut d_v = v;
    for ((a, d_a), before) in a.iter().zip(d_a).zip(tape.iter()).rev() {
        let mut d_before = [0.0; N];
        for ((row, d_row), d_w) in a.iter().zip(d_a).zip(&d_v) {
            for (d, before) in d_row.iter_mut().zip(before) {
                *d = d_w * before;
            }
            add_scaled(&mut d_before, *d_w, row);
        }
        d_v = d_before;
    }
    *d_x = d_v;
    0.5 * square
}

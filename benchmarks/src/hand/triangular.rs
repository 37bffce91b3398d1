//! [`triangular`](crate::kernels::triangular) by hand.

/// The solution, and its cotangent pulled back.
pub fn vjp<const N: usize>(
    l: &[[f64; N]; N],
    b: &[f64; N],
    cotangent: &[f64; N],
    x: &mut [f64; N],
    d_l: &mut [[f64; N]; N],
    d_b: &mut [f64; N],
) {
    for i in 0..N {
        let mut rest = b[i];
        for (l, x) in l[i][..i].iter().zip(x.iter()) {
            rest -= l * x;
        }
        x[i] = rest / l[i][i];
    }
    // The cotangent of `x[i]` is complete when all later rows are done; then it becomes that of `b[i]`.
    *d_b = *cotangent;
    for (i, (row, d_row)) in l.iter().zip(d_l).enumerate().rev() {
        let d_rest = d_b[i] / row[i];
        d_b[i] = d_rest;
        for (d, x) in d_row[..=i].iter_mut().zip(x.iter()) {
            *d = -d_rest * x;
        }
        d_row[i + 1..].fill(0.0);
        for (d, l) in d_b[..i].iter_mut().zip(row) {
            *d -= l * d_rest;
        }
    }
}

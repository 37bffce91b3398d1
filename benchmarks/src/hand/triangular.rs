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
    *d_l = [[0.0; N]; N];
    for i in (0..N).rev() {
        let d_rest = d_b[i] / l[i][i];
        d_b[i] = d_rest;
        for j in 0..i {
            d_l[i][j] = -d_rest * x[j];
            d_b[j] -= d_rest * l[i][j];
        }
        d_l[i][i] = -d_rest * x[i];
    }
}

//! Forward substitution.

use gradgen::gradgen;

/// The solution of `l x = b`, with `l` lower triangular.
#[gradgen(vjp(l, b), bundle(f, vjp(l, b)))]
pub fn triangular<const N: usize>(l: &[[f64; N]; N], b: &[f64; N]) -> [f64; N] {
    let mut x = [0.0; N];
    for i in 0..N {
        let mut rest = b[i];
        for j in 0..i {
            rest -= l[i][j] * x[j];
        }
        x[i] = rest / l[i][i];
    }
    x
}

//! The determinant of a positive definite matrix.

use gradgen::gradgen;

/// The logarithm of the determinant of `a`, by Cholesky's factor; only the lower triangle of `a` is read.
#[gradgen(gradient, bundle(f, grad(a)))]
pub fn log_determinant<const N: usize>(a: &[[f64; N]; N]) -> f64 {
    let mut l = [[0.0; N]; N];
    let mut logarithm = 0.0;
    for i in 0..N {
        for j in 0..i {
            let mut rest = a[i][j];
            for k in 0..j {
                rest -= l[i][k] * l[j][k];
            }
            l[i][j] = rest / l[j][j];
        }
        let mut rest = a[i][i];
        for k in 0..i {
            rest -= l[i][k] * l[i][k];
        }
        l[i][i] = rest.sqrt();
        logarithm += 2.0 * l[i][i].ln();
    }
    logarithm
}

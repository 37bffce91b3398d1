//! A chain of products of matrices and a vector.

use gradgen::gradgen;

/// Half the squared length of `a[L - 1] ... a[1] a[0] x`.
#[gradgen(gradient(a, x), bundle(f, grad(a, x)))]
pub fn matrix_chain<const L: usize, const N: usize>(a: &[[[f64; N]; N]; L], x: &[f64; N]) -> f64 {
    let mut v = *x;
    for l in 0..L {
        let mut w = [0.0; N];
        for i in 0..N {
            for j in 0..N {
                w[i] += a[l][i][j] * v[j];
            }
        }
        v = w;
    }
    let mut square = 0.0;
    for i in 0..N {
        square += v[i] * v[i];
    }
    0.5 * square
}

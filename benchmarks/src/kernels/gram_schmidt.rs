//! Orthogonal vectors by the modified method of Gram and Schmidt.

use gradgen::gradgen;

/// The rows of `a`, made orthogonal and of length 1, one after the other.
#[gradgen(vjp, bundle(f, vjp(a)))]
pub fn gram_schmidt<const N: usize>(a: &[[f64; N]; N]) -> [[f64; N]; N] {
    let mut q = *a;
    for i in 0..N {
        let mut square = 0.0;
        for l in 0..N {
            square += q[i][l] * q[i][l];
        }
        let norm = square.sqrt();
        for l in 0..N {
            q[i][l] /= norm;
        }
        for j in i + 1..N {
            let mut overlap = 0.0;
            for l in 0..N {
                overlap += q[i][l] * q[j][l];
            }
            for l in 0..N {
                q[j][l] -= overlap * q[i][l];
            }
        }
    }
    q
}

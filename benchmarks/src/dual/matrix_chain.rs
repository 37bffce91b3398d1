//! [`matrix_chain`](crate::kernels::matrix_chain) over any number.

use super::Number;

/// `[a, x]`.
pub fn matrix_chain<D: Number, const N: usize>(inputs: &[D]) -> D {
    let (a, x) = inputs.split_at(inputs.len() - N);
    let mut v: [D; N] = std::array::from_fn(|i| x[i]);
    for matrix in a.chunks_exact(N * N) {
        v = std::array::from_fn(|i| {
            let row = &matrix[i * N..(i + 1) * N];
            row.iter().zip(&v).fold(D::constant(0.0), |sum, (a, v)| sum + *a * *v)
        });
    }
    v.iter().fold(D::constant(0.0), |sum, v| sum + *v * *v) * 0.5
}

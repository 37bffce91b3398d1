//! [`gram_schmidt`](crate::kernels::gram_schmidt) over any number.

use super::Number;

/// `a`, in place.
pub fn gram_schmidt<D: Number>(a: &[D], q: &mut [D], n: usize) {
    q.copy_from_slice(a);
    for i in 0..n {
        let (done, rest) = q.split_at_mut((i + 1) * n);
        let row = &mut done[i * n..];
        let norm = row.iter().fold(D::constant(0.0), |sum, x| sum + *x * *x).sqrt();
        for x in row.iter_mut() {
            *x /= norm;
        }
        for other in rest.chunks_exact_mut(n) {
            let overlap = row.iter().zip(other.iter()).fold(D::constant(0.0), |sum, (a, b)| sum + *a * *b);
            for (x, unit) in other.iter_mut().zip(row.iter()) {
                *x -= overlap * *unit;
            }
        }
    }
}

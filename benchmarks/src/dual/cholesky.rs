//! [`cholesky`](crate::kernels::cholesky) over any number.

use super::Number;

/// `a`.
pub fn log_determinant<D: Number, const N: usize>(a: &[D]) -> D {
    let mut l = [[D::constant(0.0); N]; N];
    let mut logarithm = D::constant(0.0);
    for i in 0..N {
        for j in 0..=i {
            let (row, other) = (&l[i], &l[j]);
            let rest = row[..j].iter().zip(other).fold(a[i * N + j], |rest, (a, b)| rest - *a * *b);
            l[i][j] = if i == j { rest.sqrt() } else { rest / l[j][j] };
        }
        logarithm += l[i][i].ln() * 2.0;
    }
    logarithm
}

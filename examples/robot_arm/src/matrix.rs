//! The two decompositions that the example needs, of small symmetric matrices.
#![allow(clippy::needless_range_loop, reason = "indices stand as in the formulas")]

/// The solution of `matrix x = right` by Cholesky's factors; `None` unless the symmetric matrix is
/// positive definite. Only its lower triangle is read.
#[must_use]
pub fn solve<const N: usize>(matrix: &[[f64; N]; N], right: &[f64; N]) -> Option<[f64; N]> {
    let mut factor = *matrix;
    let mut x = *right;
    for j in 0..N {
        for i in j..N {
            let known: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            factor[i][j] -= known;
            if i > j {
                factor[i][j] /= factor[j][j];
            } else if factor[j][j] > 0.0 {
                factor[j][j] = factor[j][j].sqrt();
            } else {
                return None;
            }
        }
    }
    for i in 0..N {
        let known: f64 = (0..i).map(|k| factor[i][k] * x[k]).sum();
        x[i] = (x[i] - known) / factor[i][i];
    }
    for i in (0..N).rev() {
        let known: f64 = (i + 1..N).map(|k| factor[k][i] * x[k]).sum();
        x[i] = (x[i] - known) / factor[i][i];
    }
    Some(x)
}

/// The eigenvalues of a symmetric matrix, in ascending order, by Jacobi's rotations.
#[must_use]
pub fn eigenvalues<const N: usize>(matrix: &[[f64; N]; N]) -> [f64; N] {
    let mut a = *matrix;
    // Ten sweeps are more than any matrix of this size needs: convergence is quadratic.
    for _ in 0..10 {
        for p in 0..N {
            for q in p + 1..N {
                let angle = 0.5 * (2.0 * a[p][q]).atan2(a[q][q] - a[p][p]);
                let (s, c) = angle.sin_cos();
                for row in &mut a {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                for k in 0..N {
                    (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]);
                }
            }
        }
    }
    let mut values = std::array::from_fn(|i| a[i][i]);
    values.sort_by(f64::total_cmp);
    values
}

/// The singular values of a matrix of at least as many columns as rows, in ascending order.
#[must_use]
pub fn singular_values<const M: usize, const N: usize>(matrix: &[[f64; N]; M]) -> [f64; M] {
    let square = std::array::from_fn(|i| {
        std::array::from_fn(|j| matrix[i].iter().zip(&matrix[j]).map(|(a, b)| a * b).sum())
    });
    eigenvalues::<M>(&square).map(|value| value.max(0.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_and_refuses() {
        let matrix = [[4.0, 2.0, 0.5], [2.0, 5.0, 1.0], [0.5, 1.0, 3.0]];
        let x = solve(&matrix, &[9.0, 17.0, 12.5]).unwrap();
        for (row, right) in matrix.iter().zip([9.0, 17.0, 12.5]) {
            let left: f64 = row.iter().zip(&x).map(|(a, x)| a * x).sum();
            assert!((left - right).abs() < 1e-14, "{x:?}");
        }
        assert_eq!(solve(&[[1.0, 2.0], [2.0, 1.0]], &[1.0, 1.0]), None);
        assert_eq!(solve(&[[f64::NAN]], &[1.0]), None);
    }

    #[test]
    fn eigenvalues_of_a_known_matrix() {
        // 2 - sqrt 2, 2, 2 + sqrt 2.
        let values = eigenvalues(&[[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]]);
        for (got, want) in values.iter().zip([2.0 - 2.0_f64.sqrt(), 2.0, 2.0 + 2.0_f64.sqrt()]) {
            assert!((got - want).abs() < 1e-14, "{values:?}");
        }
    }

    #[test]
    fn singular_values_of_a_rotated_scaling() {
        let (s, c) = 0.7_f64.sin_cos();
        let values = singular_values(&[[3.0 * c, -3.0 * s, 0.0], [0.5 * s, 0.5 * c, 0.0]]);
        assert!((values[0] - 0.5).abs() < 1e-14 && (values[1] - 3.0).abs() < 1e-14, "{values:?}");
    }
}

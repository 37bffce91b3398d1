//! [`gram_schmidt`](crate::kernels::gram_schmidt) by hand.

use super::{add_scaled, dot};

/// What the adjoint reads: overlaps, `r[i][j]` with `j > i`, and norms on the diagonal.
pub type Overlaps<const N: usize> = [[f64; N]; N];

/// Orthogonal rows, and the cotangent of them pulled back.
///
/// The rows as they were before a subtraction are had by adding again, backwards, to a copy of the end.
pub fn vjp<const N: usize>(
    a: &[[f64; N]; N],
    cotangent: &[[f64; N]; N],
    q: &mut [[f64; N]; N],
    d_a: &mut [[f64; N]; N],
    overlaps: &mut Overlaps<N>,
    rows: &mut [[f64; N]; N],
) {
    *q = *a;
    for i in 0..N {
        let (done, rest) = q.split_at_mut(i + 1);
        let row = &mut done[i];
        let norm = dot(row, row).sqrt();
        for x in row.iter_mut() {
            *x /= norm;
        }
        overlaps[i][i] = norm;
        for (other, kept) in rest.iter_mut().zip(&mut overlaps[i][i + 1..]) {
            let overlap = dot(row, other);
            add_scaled(other, -overlap, row);
            *kept = overlap;
        }
    }

    *d_a = *cotangent;
    for i in (0..N).rev() {
        let unit = &q[i];
        let (before, rest) = d_a.split_at_mut(i + 1);
        let d_unit = &mut before[i];
        for ((d_other, row), overlap) in rest.iter_mut().zip(&mut rows[i + 1..]).zip(&overlaps[i][i + 1..]) {
            let d_overlap = -dot(d_other, unit);
            for (((d_unit, d_other), row), unit) in
                d_unit.iter_mut().zip(d_other.iter_mut()).zip(row.iter_mut()).zip(unit)
            {
                *row += overlap * unit;
                *d_unit += d_overlap * *row - overlap * *d_other;
                *d_other += d_overlap * unit;
            }
        }
        let norm = overlaps[i][i];
        let along = dot(d_unit, unit);
        for ((d, unit), row) in d_unit.iter_mut().zip(unit).zip(&mut rows[i]) {
            *d = (*d - along * unit) / norm;
            *row = norm * unit;
        }
    }
}

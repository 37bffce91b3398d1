//! [`k_means`](crate::kernels::k_means) over any number.

use super::Number;

/// `centres`.
pub fn k_means<D: Number>(centres: &[D], points: &[f64], d: usize) -> D {
    let mut total = D::constant(0.0);
    for point in points.chunks_exact(d) {
        let mut closest = D::constant(f64::INFINITY);
        for centre in centres.chunks_exact(d) {
            let mut distance = D::constant(0.0);
            for (centre, point) in centre.iter().zip(point) {
                let difference = -*centre + *point;
                distance += difference * difference;
            }
            if distance.real() < closest.real() {
                closest = distance;
            }
        }
        total += closest;
    }
    total
}

//! [`k_means`](crate::kernels::k_means) by hand: only the closest centre moves.

/// Value and gradient.
pub fn gradient(centres: &[f64], points: &[f64], d: usize, d_centres: &mut [f64]) -> f64 {
    d_centres.fill(0.0);
    let mut total = 0.0;
    for point in points.chunks_exact(d) {
        let mut closest = f64::INFINITY;
        let mut nearest = 0;
        for (j, centre) in centres.chunks_exact(d).enumerate() {
            let mut distance = 0.0;
            for (point, centre) in point.iter().zip(centre) {
                let difference = point - centre;
                distance += difference * difference;
            }
            if distance < closest {
                closest = distance;
                nearest = j;
            }
        }
        total += closest;
        let own = nearest * d..(nearest + 1) * d;
        for ((d_centre, centre), point) in d_centres[own.clone()].iter_mut().zip(&centres[own]).zip(point) {
            *d_centre += 2.0 * (centre - point);
        }
    }
    total
}

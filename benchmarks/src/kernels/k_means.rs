//! The cost of clusters.

use gradgen::gradgen;

/// The sum over `n` points of dimension `d` of the squared distance to the closest of `k` centres.
#[gradgen(gradient(centres), hvp(centres), jvp(centres), bundle(f, grad(centres)))]
pub fn k_means(centres: &[f64], points: &[f64], n: usize, d: usize, k: usize) -> f64 {
    let mut total = 0.0;
    for i in 0..n {
        let mut closest = f64::INFINITY;
        for j in 0..k {
            let mut distance = 0.0;
            for a in 0..d {
                let difference = points[i * d + a] - centres[j * d + a];
                distance += difference * difference;
            }
            if distance < closest {
                closest = distance;
            }
        }
        total += closest;
    }
    total
}

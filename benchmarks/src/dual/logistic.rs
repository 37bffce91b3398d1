//! [`logistic`](crate::kernels::logistic) over any number.

use super::Number;

/// `weights`.
pub fn logistic<D: Number>(weights: &[D], features: &[f64], labels: &[f64], penalty: f64) -> D {
    let mut loss = D::constant(0.0);
    for (row, label) in features.chunks_exact(weights.len()).zip(labels) {
        let mut score = D::constant(0.0);
        for (feature, weight) in row.iter().zip(weights) {
            score += *weight * *feature;
        }
        loss += (score * -label).exp().ln_1p();
    }
    for weight in weights {
        loss += *weight * *weight * penalty;
    }
    loss
}

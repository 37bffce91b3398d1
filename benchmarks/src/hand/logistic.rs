//! [`logistic`](crate::kernels::logistic) by hand: a sample and its adjoint at a time.

use super::add_scaled;

/// Value and gradient.
pub fn gradient(
    weights: &[f64],
    features: &[f64],
    labels: &[f64],
    penalty: f64,
    d_weights: &mut [f64],
) -> f64 {
    d_weights.fill(0.0);
    let mut loss = 0.0;
    for (row, label) in features.chunks_exact(weights.len()).zip(labels) {
        let mut score = 0.0;
        for (feature, weight) in row.iter().zip(weights) {
            score += feature * weight;
        }
        let odds = (-label * score).exp();
        loss += odds.ln_1p();
        add_scaled(d_weights, -label * odds / (1.0 + odds), row);
    }
    for (weight, d_weight) in weights.iter().zip(d_weights) {
        loss += penalty * weight * weight;
        *d_weight += 2.0 * penalty * weight;
    }
    loss
}

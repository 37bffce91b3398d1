//! Logistic regression.

use gradgen::gradgen;

/// The loss of weights: a row of features and a label, 1 or -1, for each sample.
#[gradgen(gradient(weights), hvp(weights), jvp(weights), bundle(f, grad(weights)))]
pub fn logistic(weights: &[f64], features: &[f64], labels: &[f64], penalty: f64) -> f64 {
    let mut loss = 0.0;
    for i in 0..labels.len() {
        let mut score = 0.0;
        for j in 0..weights.len() {
            score += features[i * weights.len() + j] * weights[j];
        }
        loss += (-labels[i] * score).exp().ln_1p();
    }
    for j in 0..weights.len() {
        loss += penalty * weights[j] * weights[j];
    }
    loss
}

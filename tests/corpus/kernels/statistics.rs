//! Losses, likelihoods and prices.

use gradgen::gradgen;

/// The logistic loss of four samples, written so that it does not overflow.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(w, bias),
    hvp,
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(w), hessian(w), hvp(w)),
    outputs(loss)
)]
pub fn logistic_loss(w: &[f64; 2], bias: f64) -> f64 {
    let sign = [1.0, -1.0, 1.0, -1.0];
    let samples = [[0.5, 1.2], [-0.3, 0.8], [1.5, -0.7], [-1.1, -0.4]];
    let mut loss = 0.0;
    for i in 0..4 {
        let margin = sign[i] * (w[0] * samples[i][0] + w[1] * samples[i][1] + bias);
        loss += if margin > 0.0 { (-margin).exp().ln_1p() } else { margin.exp().ln_1p() - margin };
    }
    loss / 4.0 + 0.01 * (w[0] * w[0] + w[1] * w[1])
}

/// Three probabilities, shifted by the largest exponent.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(z), jvp(z), vjp(z)), outputs(probability))]
pub fn softmax(z: &[f64; 3]) -> [f64; 3] {
    let largest = z[0].max(z[1]).max(z[2]);
    let mut p = [0.0; 3];
    let mut total = 0.0;
    for i in 0..3 {
        p[i] = (z[i] - largest).exp();
        total += p[i];
    }
    for i in 0..3 {
        p[i] /= total;
    }
    p
}

/// The logarithm of a mixture of two normal densities.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(mean, spread),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(mean), hessian(mean), hvp(mean))
)]
pub fn mixture(mean: &[f64; 2], spread: &[f64; 2], weight: f64) -> f64 {
    let samples = [-1.3, -0.9, 0.2, 1.1, 1.4];
    let mut likelihood = 0.0;
    for i in 0..5 {
        let mut density = 0.0;
        for k in 0..2 {
            let z = (samples[i] - mean[k]) / spread[k];
            let part = if k == 0 { weight } else { 1.0 - weight };
            density += part * (-0.5 * z * z).exp() / spread[k];
        }
        likelihood += density.ln();
    }
    likelihood - 5.0 * 0.5 * std::f64::consts::TAU.ln()
}

/// A smooth approximation of the normal distribution function.
#[gradgen]
fn normal_cdf(z: f64) -> f64 {
    0.5 * (1.0 + (0.797_884_560_8 * (z + 0.044_715 * z * z * z)).tanh())
}

/// The price of a call option.
#[gradgen(
    gradient,
    gradient(*),
    hessian(spot),
    hessian(spot, volatility),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(spot), hessian(spot), hvp(spot)),
    outputs(price)
)]
pub fn call_option(spot: f64, strike: f64, years: f64, rate: f64, volatility: f64) -> f64 {
    let scale = volatility * years.sqrt();
    let d1 = ((spot / strike).ln() + (rate + 0.5 * volatility * volatility) * years) / scale;
    let discounted = strike * (-rate * years).exp();
    spot * normal_cdf(d1) - discounted * normal_cdf(d1 - scale)
}

/// A layer of three tanh units with a quadratic loss.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(weights, bias),
    hvp,
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(weights), hessian(weights), hvp(weights))
)]
pub fn dense_layer(weights: &[[f64; 2]; 3], bias: &[f64; 3], x: &[f64; 2]) -> f64 {
    let target = [0.1, -0.2, 0.3];
    let mut loss = 0.0;
    for i in 0..3 {
        let mut z = bias[i];
        for j in 0..2 {
            z += weights[i][j] * x[j];
        }
        let error = z.tanh() - target[i];
        loss += 0.5 * error * error;
    }
    loss
}

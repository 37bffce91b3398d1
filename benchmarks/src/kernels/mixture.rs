//! The likelihood of a mixture of Gaussians, with Wishart's prior of their precisions.

use gradgen::gradgen;

/// The logarithm of the posterior density of `n` samples of dimension `d` under `k` components, without
/// what depends on no parameter.
///
/// `weights` are logarithms, not normalised. `factors` has a lower triangle, `d × d`, for each component:
/// the factor of its precision, with logarithms on the diagonal; what is above the diagonal is not read.
#[allow(clippy::too_many_arguments, reason = "a statistical model with its sizes")]
#[gradgen(gradient(weights, means, factors), bundle(f, grad(weights, means, factors)))]
pub fn mixture(
    weights: &[f64],
    means: &[f64],
    factors: &[f64],
    samples: &[f64],
    n: usize,
    d: usize,
    k: usize,
    gamma: f64,
    freedom: f64,
) -> f64 {
    let mut diagonals = vec![0.0; k * d];
    let mut determinants = vec![0.0; k];
    for j in 0..k {
        for a in 0..d {
            diagonals[j * d + a] = factors[j * d * d + a * d + a].exp();
            determinants[j] += factors[j * d * d + a * d + a];
        }
    }

    let mut likelihood = 0.0;
    for i in 0..n {
        let mut terms = vec![0.0; k];
        let mut largest = f64::NEG_INFINITY;
        for j in 0..k {
            let mut distance = 0.0;
            for a in 0..d {
                let mut y = diagonals[j * d + a] * (samples[i * d + a] - means[j * d + a]);
                for b in 0..a {
                    y += factors[j * d * d + a * d + b] * (samples[i * d + b] - means[j * d + b]);
                }
                distance += y * y;
            }
            terms[j] = weights[j] + determinants[j] - 0.5 * distance;
            largest = largest.max(terms[j]);
        }
        let mut sum = 0.0;
        for j in 0..k {
            sum += (terms[j] - largest).exp();
        }
        likelihood += largest + sum.ln();
    }

    let mut largest = f64::NEG_INFINITY;
    for j in 0..k {
        largest = largest.max(weights[j]);
    }
    let mut sum = 0.0;
    for j in 0..k {
        sum += (weights[j] - largest).exp();
    }
    let normalizer = largest + sum.ln();

    let mut prior = 0.0;
    for j in 0..k {
        let mut squares = 0.0;
        for a in 0..d {
            squares += diagonals[j * d + a] * diagonals[j * d + a];
            for b in 0..a {
                squares += factors[j * d * d + a * d + b] * factors[j * d * d + a * d + b];
            }
        }
        prior += freedom * determinants[j] - 0.5 * gamma * gamma * squares;
    }
    likelihood - n as f64 * normalizer + prior
}

//! [`mixture`](crate::kernels::mixture) over any number.

use super::Number;
use super::log_sum_exp::log_sum_exp;
use crate::hand::mixture::Model;

/// `[weights, means, factors]`.
pub fn mixture<D: Number>(inputs: &[D], model: &Model<'_>) -> D {
    let Model { d, k, gamma, freedom, .. } = *model;
    let (weights, rest) = inputs.split_at(k);
    let (means, factors) = rest.split_at(k * d);
    let diagonals: Vec<D> = (0..k * d).map(|at| factors[at * d + at % d].exp()).collect();
    let determinants: Vec<D> = (0..k)
        .map(|j| (0..d).fold(D::constant(0.0), |sum, a| sum + factors[j * d * d + a * d + a]))
        .collect();
    let mut terms = vec![D::constant(0.0); k];
    let mut centred = vec![D::constant(0.0); d];
    let mut likelihood = D::constant(0.0);
    for sample in model.samples.chunks_exact(d) {
        for j in 0..k {
            for a in 0..d {
                centred[a] = -means[j * d + a] + sample[a];
            }
            let mut distance = D::constant(0.0);
            for a in 0..d {
                let mut y = diagonals[j * d + a] * centred[a];
                for b in 0..a {
                    y += factors[j * d * d + a * d + b] * centred[b];
                }
                distance += y * y;
            }
            terms[j] = weights[j] + determinants[j] - distance * 0.5;
        }
        likelihood += log_sum_exp(&terms);
    }
    let mut prior = D::constant(0.0);
    for j in 0..k {
        let mut squares = D::constant(0.0);
        for a in 0..d {
            squares += diagonals[j * d + a] * diagonals[j * d + a];
            for b in 0..a {
                squares += factors[j * d * d + a * d + b] * factors[j * d * d + a * d + b];
            }
        }
        prior += determinants[j] * freedom - squares * (0.5 * gamma * gamma);
    }
    likelihood - log_sum_exp(weights) * (model.samples.len() / d) as f64 + prior
}

//! A small neural network, and the likelihood of a Kalman filter.

use std::f64::consts::PI;

use gradgen::{Differentiable, gradgen};
use gradgen_benchmarks::inputs::Numbers;

use crate::check;
use crate::oracle::oracle;

/// The loss of a network with two hidden layers on one sample: four inputs, five and three hidden units,
/// the cross entropy of two classes.
#[gradgen(gradient, hessian(w2, b2), hvp(w1, w3), hvp(x), bundle(f, grad(w1, b1, w2, b2, w3)))]
pub fn network(
    x: &[f64; 4],
    w1: &[[f64; 4]; 5],
    b1: &[f64; 5],
    w2: &[[f64; 5]; 3],
    b2: &[f64; 3],
    w3: &[[f64; 3]; 2],
) -> f64 {
    let mut hidden = [0.0; 5];
    for (h, (row, bias)) in hidden.iter_mut().zip(w1.iter().zip(b1)) {
        let z: f64 = row.iter().zip(x).map(|(w, x)| w * x).sum();
        *h = (z + bias).tanh();
    }
    let softplus = |z: f64| z.max(0.0) + (-z.abs()).exp().ln_1p();
    let deeper: [f64; 3] =
        std::array::from_fn(|i| softplus(w2[i].iter().zip(&hidden).fold(b2[i], |sum, (w, h)| sum + w * h)));
    let logits = w3.map(|row| row.iter().zip(&deeper).map(|(w, h)| w * h).sum::<f64>());
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = logits.iter().map(|z| (z - largest).exp()).sum();
    largest + total.ln() - logits[1]
}

#[test]
fn network_is_the_same() {
    let mut numbers = Numbers::new(11);
    let w1: [[f64; 4]; 5] = std::array::from_fn(|_| numbers.array(-0.8, 0.8));
    let w2: [[f64; 5]; 3] = std::array::from_fn(|_| numbers.array(-0.8, 0.8));
    let w3: [[f64; 3]; 2] = std::array::from_fn(|_| numbers.array(-0.8, 0.8));
    let (x, b1, b2) = (numbers.array(-1.0, 1.0), numbers.array(-0.5, 0.5), numbers.array(-0.5, 0.5));
    let oracle = oracle!([], |all: D| {
        let (x, rest) = all.split_at(4);
        let (w1, rest) = rest.split_at(20);
        let (b1, rest) = rest.split_at(5);
        let (w2, rest) = rest.split_at(15);
        let (b2, w3) = rest.split_at(3);
        let layer = |w: &[D], b: &[D], x: &[D]| -> Vec<D> {
            let row = |i: usize| {
                let mut sum = b[i];
                (0..x.len()).for_each(|j| sum += w[i * x.len() + j] * x[j]);
                sum
            };
            (0..b.len()).map(row).collect()
        };
        // tanh z = 1 - 2 / (1 + e^2z).
        let first: Vec<D> =
            layer(w1, b1, x).iter().map(|z| -((*z * 2.0).exp() + 1.0).recip() * 2.0 + 1.0).collect();
        let second: Vec<D> = layer(w2, b2, &first).iter().map(|z| (z.exp() + 1.0).ln()).collect();
        let z = layer(w3, &[D::constant(0.0); 2], &second);
        vec![((z[0] - z[1]).exp() + 1.0).ln()]
    });
    let inputs: [&[f64]; 6] = [&x, w1.as_flattened(), &b1, w2.as_flattened(), &b2, w3.as_flattened()];
    let value = network(&x, &w1, &b1, &w2, &b2, &w3);
    check(<network as Differentiable>::INFO, &inputs, value, &oracle);
}

/// The negative log-likelihood of observed places, by a Kalman filter for place and speed; the parameters are
/// the logarithms of the variances of what pushes and of what is measured.
#[gradgen(gradient, hessian(theta), hvp(theta))]
pub fn kalman(theta: &[f64; 2], observed: &[f64; 8]) -> f64 {
    let [q, r] = theta.map(f64::exp);
    let dt = 0.5;
    let transition = [[1.0, dt], [0.0, 1.0]];
    let noise = [[q * dt * dt * dt / 3.0, q * dt * dt / 2.0], [q * dt * dt / 2.0, q * dt]];
    let mut mean = [0.0; 2];
    let mut covariance = [[4.0, 0.0], [0.0, 1.0]];
    let mut nll = 0.0;
    for z in observed {
        // Predict.
        mean = [mean[0] + dt * mean[1], mean[1]];
        let mut predicted = noise;
        for i in 0..2 {
            for j in 0..2 {
                for k in 0..2 {
                    for l in 0..2 {
                        predicted[i][j] += transition[i][k] * covariance[k][l] * transition[j][l];
                    }
                }
            }
        }
        // Compare, correct.
        let innovation = z - mean[0];
        let s = predicted[0][0] + r;
        let gain = [predicted[0][0] / s, predicted[1][0] / s];
        nll += 0.5 * (innovation * innovation / s + (2.0 * PI * s).ln());
        for (m, g) in mean.iter_mut().zip(&gain) {
            *m += g * innovation;
        }
        for i in 0..2 {
            for j in 0..2 {
                covariance[i][j] = predicted[i][j] - gain[i] * predicted[0][j];
            }
        }
    }
    nll
}

#[test]
fn kalman_is_the_same() {
    let observed = [0.3, 0.9, 1.2, 2.1, 2.4, 3.3, 3.1, 4.2];
    for theta in [[-0.5, -1.2], [0.7, 0.4]] {
        let oracle = oracle!([], |x: D| {
            let ((q, r), z) = ((x[0].exp(), x[1].exp()), &x[2..]);
            // The places are Gaussian together: the density by a Cholesky factor of their covariance, which is
            // that of the start, and of what pushed up to the earlier of two times.
            let time = |i: usize| 0.5 * (i + 1) as f64;
            let n = z.len();
            let covariance = |i: usize, j: usize| {
                let (a, b) = (time(i).min(time(j)), time(i).max(time(j)));
                let pushed = q * (a * a * (3.0 * b - a) / 6.0) + (4.0 + a * b);
                if i == j { pushed + r } else { pushed }
            };
            let mut l = vec![vec![D::constant(0.0); n]; n];
            let (mut sum, mut y) = (D::constant(0.5 * n as f64 * (2.0 * PI).ln()), Vec::new());
            for i in 0..n {
                for j in 0..=i {
                    let mut entry = covariance(i, j);
                    (0..j).for_each(|k| entry -= l[i][k] * l[j][k]);
                    l[i][j] = if i == j { entry.sqrt() } else { entry / l[j][j] };
                }
                let mut entry = z[i];
                (0..i).for_each(|k| entry -= l[i][k] * y[k]);
                y.push(entry / l[i][i]);
                sum += y[i] * y[i] / 2.0 + l[i][i].ln();
            }
            vec![sum]
        });
        check(<kalman as Differentiable>::INFO, &[&theta, &observed], kalman(&theta, &observed), &oracle);
    }
}

//! [`mixture`](crate::kernels::mixture).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::mixture::{Model, Parameters, gradient, workspace};
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::mixture as kernel;

pub(super) fn run(bench: &mut Bench) {
    of(bench, [1000, 2, 5], true);
    of(bench, [1000, 10, 25], false);
    of(bench, [1000, 32, 5], false);
}

fn of(bench: &mut Bench, size: [usize; 3], with_dual: bool) {
    let [n, d, k] = black_box(size);
    let mut numbers = Numbers::new(6);
    let samples = numbers.vector(n * d, -1.0, 1.0);
    let weights = numbers.vector(k, -0.8, 0.8);
    let means = numbers.vector(k * d, -0.8, 0.8);
    let factors = numbers.vector(k * d * d, -0.5, 0.5);
    let (gamma, freedom) = black_box((1.0, 2.0));
    let model = Model { samples: &samples, d, k, gamma, freedom };
    let mut work = vec![0.0; workspace(d, k)];
    let mut inputs = duals(&[&weights[..], &means, &factors].concat());
    let mut slopes = vec![0.0; inputs.len()];
    let out = (0.0, vec![0.0; k], vec![0.0; k * d], vec![0.0; k * d * d]);
    let contest = Contest::new("mixture", format!("n = {n}, d = {d}, k = {k}"), out)
        .primal(|| kernel::mixture(&weights, &means, &factors, &samples, n, d, k, gamma, freedom))
        .hand(|(y, d_weights, d_means, d_factors)| {
            let parameters = Parameters { weights: &weights[..], means: &means[..], factors: &factors[..] };
            let out = Parameters { weights: &mut d_weights[..], means: d_means, factors: d_factors };
            *y = gradient(parameters, &model, out, &mut work);
        })
        .gradgen({
            let lengths = (weights.len(), means.len(), factors.len(), samples.len());
            let size = kernel::mixture_f_grad_weights_means_factors_workspace(
                lengths.0, lengths.1, lengths.2, lengths.3, n, d, k,
            );
            let mut work = vec![0.0; size];
            let (weights, means, factors, samples) = (&weights, &means, &factors, &samples);
            move |(y, d_weights, d_means, d_factors)| {
                kernel::mixture_f_grad_weights_means_factors_into(
                    weights, means, factors, samples, n, d, k, gamma, freedom, y, d_weights, d_means,
                    d_factors, &mut work,
                )
                .unwrap()
            }
        });
    bench.run(if with_dual {
        contest.dual(|(y, d_weights, d_means, d_factors)| {
            *y = dual::gradient(|x| dual::mixture::mixture(x, &model), &mut inputs, &mut slopes);
            d_weights.copy_from_slice(&slopes[..k]);
            d_means.copy_from_slice(&slopes[k..k + k * d]);
            d_factors.copy_from_slice(&slopes[k + k * d..]);
        })
    } else {
        contest
    });
}

//! [`logistic`](crate::kernels::logistic).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::logistic::gradient;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::logistic as kernel;

pub(super) fn run(bench: &mut Bench) {
    let [n, d] = black_box([1000, 50]);
    let features = Numbers::new(13).vector(n * d, -1.0, 1.0);
    let labels: Vec<f64> = (0..n).map(|i| if i % 3 == 0 { 1.0 } else { -1.0 }).collect();
    let weights = Numbers::new(14).vector(d, -0.5, 0.5);
    let penalty = black_box(0.1);
    let mut inputs = duals(&weights);
    bench.run(
        Contest::new("logistic", format!("n = {n}, d = {d}"), (0.0, vec![0.0; d]))
            .primal(|| kernel::logistic(&weights, &features, &labels, penalty))
            .hand(|(y, d_weights)| *y = gradient(&weights, &features, &labels, penalty, d_weights))
            .gradgen({
                let size =
                    kernel::logistic_f_grad_weights_workspace(weights.len(), features.len(), labels.len());
                let mut work = vec![0.0; size];
                let (weights, features, labels) = (&weights, &features, &labels);
                move |(y, d_weights)| {
                    kernel::logistic_f_grad_weights_into(
                        weights, features, labels, penalty, y, d_weights, &mut work,
                    )
                    .unwrap()
                }
            })
            .dual(|(y, d_weights)| {
                let f = |x: &[_]| dual::logistic::logistic(x, &features, &labels, penalty);
                *y = dual::gradient(f, &mut inputs, d_weights);
            }),
    );
}

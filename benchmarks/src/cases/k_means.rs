//! [`k_means`](crate::kernels::k_means).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::k_means::gradient;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::k_means as kernel;

pub(super) fn run(bench: &mut Bench) {
    let [n, d, k] = black_box([1000, 10, 25]);
    let points = Numbers::new(8).vector(n * d, -1.0, 1.0);
    let centres = Numbers::new(9).vector(k * d, -1.0, 1.0);
    let mut inputs = duals(&centres);
    bench.run(
        Contest::new("k_means", format!("n = {n}, d = {d}, k = {k}"), (0.0, vec![0.0; k * d]))
            .primal(|| kernel::k_means(&centres, &points, n, d, k))
            .hand(|(y, d_centres)| *y = gradient(&centres, &points, d, d_centres))
            .gradgen({
                let size = kernel::k_means_f_grad_centres_workspace(centres.len(), points.len(), n, d, k);
                let mut work = vec![0.0; size];
                let (centres, points) = (&centres, &points);
                move |(y, d_centres)| {
                    kernel::k_means_f_grad_centres_into(centres, points, n, d, k, y, d_centres, &mut work)
                        .unwrap()
                }
            })
            .dual(|(y, d_centres)| {
                *y = dual::gradient(|x| dual::k_means::k_means(x, &points, d), &mut inputs, d_centres);
            }),
    );
}

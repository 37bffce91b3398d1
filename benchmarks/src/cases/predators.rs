//! [`predators`](crate::kernels::predators).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::predators::{Record, gradient};
use crate::harness::{Bench, Contest};
use crate::kernels::predators as kernel;

const STEPS: usize = 100;

pub(super) fn run(bench: &mut Bench) {
    let (x0, p) = black_box(([1.3, 0.6], [1.1, 0.9, 0.8, 1.2]));
    let mut tape = vec![Record::default(); STEPS];
    let mut inputs = duals(&[&x0[..], &p].concat());
    let mut slopes = [0.0; 6];
    bench.run(
        Contest::new("predators", "2 states, 100 steps", (0.0, [0.0; 2], [0.0; 4]))
            .primal(|| kernel::predators::<STEPS>(&x0, &p))
            .hand(|(y, d_x0, d_p)| *y = gradient(&x0, &p, d_x0, d_p, &mut tape))
            .gradgen({
                let mut work = vec![0.0; kernel::predators_f_grad_x0_p_workspace::<STEPS>()];
                move |(y, d_x0, d_p)| {
                    kernel::predators_f_grad_x0_p_into::<STEPS>(&x0, &p, y, d_x0, d_p, &mut work).unwrap()
                }
            })
            .dual(|(y, d_x0, d_p)| {
                let f = |x: &[_]| dual::predators::predators(x, STEPS);
                *y = dual::gradient(f, &mut inputs, &mut slopes);
                d_x0.copy_from_slice(&slopes[..2]);
                d_p.copy_from_slice(&slopes[2..]);
            }),
    );
}

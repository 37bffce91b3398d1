//! [`van_der_pol`](crate::kernels::van_der_pol).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::van_der_pol::gradient;
use crate::harness::{Bench, Contest};
use crate::kernels::van_der_pol as kernel;

pub(super) fn run(bench: &mut Bench) {
    let (x0, mu) = black_box(([1.2, -0.4], 1.5));
    let mut tape = [[0.0; 2]; kernel::STEPS];
    let mut inputs = duals(&[x0[0], x0[1], mu]);
    let mut slopes = [0.0; 3];
    bench.run(
        Contest::new("van_der_pol", "100 steps", (0.0, [0.0; 2], 0.0))
            .primal(|| kernel::van_der_pol(&x0, mu))
            .hand(|(y, d_x0, d_mu)| *y = gradient(&x0, mu, d_x0, d_mu, &mut tape))
            .gradgen({
                let mut work = vec![0.0; kernel::van_der_pol_f_grad_x0_mu_workspace()];
                move |(y, d_x0, d_mu)| {
                    kernel::van_der_pol_f_grad_x0_mu_into(&x0, mu, y, d_x0, d_mu, &mut work).unwrap()
                }
            })
            .dual(|(y, d_x0, d_mu)| {
                *y = dual::gradient(dual::van_der_pol::van_der_pol, &mut inputs, &mut slopes);
                d_x0.copy_from_slice(&slopes[..2]);
                *d_mu = slopes[2];
            }),
    );
}

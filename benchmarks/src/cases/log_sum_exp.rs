//! [`log_sum_exp`](crate::kernels::log_sum_exp).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::log_sum_exp::gradient;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::log_sum_exp as kernel;

pub(super) fn run(bench: &mut Bench) {
    of(bench, 10);
    of(bench, 1000);
}

fn of(bench: &mut Bench, n: usize) {
    let x = black_box(Numbers::new(15).vector(n, -3.0, 3.0));
    let mut inputs = duals(&x);
    bench.run(
        Contest::new("log_sum_exp", format!("n = {n}"), (0.0, vec![0.0; n]))
            .primal(|| kernel::log_sum_exp(&x))
            .hand(|(y, d_x)| *y = gradient(&x, d_x))
            .gradgen({
                let mut work = vec![0.0; kernel::log_sum_exp_f_grad_workspace(x.len())];
                let x = &x;
                move |(y, d_x)| kernel::log_sum_exp_f_grad_into(x, y, d_x, &mut work).unwrap()
            })
            .dual(|(y, d_x)| *y = dual::gradient(dual::log_sum_exp::log_sum_exp, &mut inputs, d_x)),
    );
}

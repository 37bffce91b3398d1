//! [`rosenbrock`](crate::kernels::rosenbrock).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::rosenbrock::gradient;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::rosenbrock as kernel;

pub(super) fn run(bench: &mut Bench) {
    of::<10>(bench);
    of::<100>(bench);
}

fn of<const N: usize>(bench: &mut Bench) {
    let x = black_box(Numbers::new(16).array::<N>(-1.5, 1.5));
    let mut inputs = duals(&x);
    bench.run(
        Contest::new("rosenbrock", format!("n = {N}"), (0.0, [0.0; N]))
            .primal(|| kernel::rosenbrock(&x))
            .hand(|(y, d_x)| *y = gradient(&x, d_x))
            .gradgen({
                let mut work = vec![0.0; kernel::rosenbrock_f_grad_workspace::<N>()];
                move |(y, d_x)| kernel::rosenbrock_f_grad_into::<N>(&x, y, d_x, &mut work).unwrap()
            })
            .dual(|(y, d_x)| *y = dual::gradient(dual::rosenbrock::rosenbrock, &mut inputs, d_x)),
    );
}

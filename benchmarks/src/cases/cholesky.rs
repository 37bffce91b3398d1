//! [`cholesky`](crate::kernels::cholesky).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::cholesky::gradient;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::cholesky as kernel;

pub(super) fn run(bench: &mut Bench) {
    of::<10>(bench);
    of::<50>(bench);
}

fn of<const N: usize>(bench: &mut Bench) {
    let mut a = Numbers::new(22).matrix::<N, N>(-1.0, 1.0);
    for (i, row) in a.iter_mut().enumerate() {
        row[i] += N as f64;
    }
    let a = black_box(a);
    let mut l = [[0.0; N]; N];
    let mut inputs = duals(a.as_flattened());
    let contest = Contest::new("cholesky", format!("n = {N}"), (0.0, [[0.0; N]; N]))
        .primal(|| kernel::log_determinant(&a))
        .hand(|(y, d_a)| *y = gradient(&a, d_a, &mut l))
        .gradgen({
            let mut work = vec![0.0; kernel::log_determinant_f_grad_workspace::<N>()];
            let a = &a;
            move |(y, d_a)| kernel::log_determinant_f_grad_into::<N>(a, y, d_a, &mut work).unwrap()
        });
    bench.run(contest.dual(|(y, d_a)| {
        let f = dual::cholesky::log_determinant::<_, N>;
        *y = dual::gradient(f, &mut inputs, d_a.as_flattened_mut());
    }));
}

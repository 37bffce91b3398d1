//! [`least_squares`](crate::kernels::least_squares).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::least_squares::gradient;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::least_squares as kernel;

pub(super) fn run(bench: &mut Bench) {
    let [n, d] = black_box([1000, 50]);
    let a = Numbers::new(10).vector(n * d, -1.0, 1.0);
    let b = Numbers::new(11).vector(n, -1.0, 1.0);
    let x = Numbers::new(12).vector(d, -1.0, 1.0);
    let mut inputs = duals(&x);
    bench.run(
        Contest::new("least_squares", format!("n = {n}, d = {d}"), (0.0, vec![0.0; d]))
            .primal(|| kernel::least_squares(&a, &b, &x, n, d))
            .hand(|(y, d_x)| *y = gradient(&a, &b, &x, d_x))
            .gradgen({
                let mut work =
                    vec![0.0; kernel::least_squares_f_grad_x_workspace(a.len(), b.len(), x.len(), n, d)];
                let (a, b, x) = (&a, &b, &x);
                move |(y, d_x)| kernel::least_squares_f_grad_x_into(a, b, x, n, d, y, d_x, &mut work).unwrap()
            })
            .dual(|(y, d_x)| {
                *y = dual::gradient(|x| dual::least_squares::least_squares(x, &a, &b), &mut inputs, d_x);
            }),
    );
}

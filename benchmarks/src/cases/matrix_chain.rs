//! [`matrix_chain`](crate::kernels::matrix_chain).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::matrix_chain::gradient;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::matrix_chain as kernel;

pub(super) fn run(bench: &mut Bench) {
    of::<4, 4>(bench);
    of::<10, 32>(bench);
}

fn of<const L: usize, const N: usize>(bench: &mut Bench) {
    let mut numbers = Numbers::new(19);
    let scale = 1.0 / (N as f64).sqrt();
    let a: [[[f64; N]; N]; L] = black_box(std::array::from_fn(|_| numbers.matrix(-scale, scale)));
    let x = black_box(numbers.array::<N>(-1.0, 1.0));
    let mut tape = [[0.0; N]; L];
    let flat = [a.as_flattened().as_flattened(), &x].concat();
    let mut inputs = duals(&flat);
    let mut slopes = flat;
    let out = (0.0, Box::new([[[0.0; N]; N]; L]), [0.0; N]);
    let contest = Contest::new("matrix_chain", format!("{L} matrices, n = {N}"), out)
        .primal(|| kernel::matrix_chain(&a, &x))
        .hand(|(y, d_a, d_x)| *y = gradient(&a, &x, d_a, d_x, &mut tape))
        .gradgen({
            let mut work = vec![0.0; kernel::matrix_chain_f_grad_a_x_workspace::<L, N>()];
            let (a, x) = (&a, &x);
            move |(y, d_a, d_x)| {
                kernel::matrix_chain_f_grad_a_x_into::<L, N>(a, x, y, d_a, d_x, &mut work).unwrap()
            }
        });
    bench.run(contest.dual(|(y, d_a, d_x)| {
        *y = dual::gradient(dual::matrix_chain::matrix_chain::<_, N>, &mut inputs, &mut slopes);
        let (matrices, vector) = slopes.split_at(L * N * N);
        d_a.as_flattened_mut().as_flattened_mut().copy_from_slice(matrices);
        d_x.copy_from_slice(vector);
    }));
}

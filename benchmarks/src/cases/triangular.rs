//! [`triangular`](crate::kernels::triangular).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand;
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::triangular as kernel;

pub(super) fn run(bench: &mut Bench) {
    of::<10>(bench);
    of::<50>(bench);
}

fn of<const N: usize>(bench: &mut Bench) {
    let mut l = Numbers::new(21).matrix::<N, N>(-0.2, 0.2);
    for (i, row) in l.iter_mut().enumerate() {
        row[i] += 1.0;
    }
    let b = Numbers::new(20).array::<N>(-1.0, 1.0);
    let cotangent = Numbers::new(23).array::<N>(-1.0, 1.0);
    let (l, b, cotangent) = black_box((l, b, cotangent));
    let mut inputs = duals(&[l.as_flattened(), &b].concat());
    let mut outputs = duals(&b);
    let mut slopes = vec![0.0; inputs.len()];
    bench.run(
        Contest::new("triangular", format!("n = {N}, value and vjp"), ([0.0; N], [[0.0; N]; N], [0.0; N]))
            .primal(|| kernel::triangular(&l, &b))
            .hand(|(x, d_l, d_b)| hand::triangular::vjp(&l, &b, &cotangent, x, d_l, d_b))
            .gradgen({
                let mut work = vec![0.0; kernel::triangular_f_vjp_l_b_workspace::<N>()];
                let (l, b, cotangent) = (&l, &b, &cotangent);
                move |(x, d_l, d_b)| {
                    kernel::triangular_f_vjp_l_b_into::<N>(l, b, cotangent, x, d_l, d_b, &mut work).unwrap()
                }
            })
            .dual(|(x, d_l, d_b)| {
                dual::vjp(dual::triangular::triangular, &mut inputs, &mut outputs, &cotangent, &mut slopes);
                *x = std::array::from_fn(|i| outputs[i].re);
                d_l.as_flattened_mut().copy_from_slice(&slopes[..N * N]);
                d_b.copy_from_slice(&slopes[N * N..]);
            }),
    );
}

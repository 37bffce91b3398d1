//! [`lattice`](crate::kernels::lattice).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::lattice::{Record, gradient};
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::lattice as kernel;

pub(super) fn run(bench: &mut Bench) {
    of::<100>(bench);
    of::<1000>(bench);
}

fn of<const S: usize>(bench: &mut Bench) {
    let x0 = black_box(Numbers::new(1).array(-0.8, 0.8));
    let p = black_box([3.0, 1.5, 0.2]);
    let mut tape = vec![Record::default(); S];
    let mut inputs = duals(&[&x0[..], &p].concat());
    let mut slopes = [0.0; 15];
    bench.run(
        Contest::new("lattice", format!("12 states, {S} steps"), (0.0, [0.0; 12], [0.0; 3]))
            .primal(|| kernel::lattice::<S>(&x0, &p))
            .hand(|(y, d_x0, d_p)| *y = gradient(&x0, &p, d_x0, d_p, &mut tape))
            .gradgen({
                let mut work = vec![0.0; kernel::lattice_f_grad_x0_p_workspace::<S>()];
                move |(y, d_x0, d_p)| {
                    kernel::lattice_f_grad_x0_p_into::<S>(&x0, &p, y, d_x0, d_p, &mut work).unwrap()
                }
            })
            .dual(|(y, d_x0, d_p)| {
                *y = dual::gradient(|x| dual::lattice::lattice(x, S), &mut inputs, &mut slopes);
                d_x0.copy_from_slice(&slopes[..12]);
                d_p.copy_from_slice(&slopes[12..]);
            }),
    );
}

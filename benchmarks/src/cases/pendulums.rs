//! [`pendulums`](crate::kernels::pendulums).

use std::hint::black_box;

use crate::dual::{self, duals};
use crate::hand::pendulums::{Record, gradient};
use crate::harness::{Bench, Contest};
use crate::kernels::pendulums as kernel;

type Out = (f64, [f64; 4], [f64; 3]);

const X0: [f64; 4] = [0.7, -0.2, -1.1, 0.4];
const P: [f64; 3] = [9.0, 2.0, 0.1];

pub(super) fn run(bench: &mut Bench) {
    let (x0, p) = black_box((X0, P));
    bench.run(
        by_others("4 states, 100 steps", kernel::STEPS)
            .primal(|| kernel::ode(&x0, &p))
            .gradgen({
                let mut work = vec![0.0; kernel::ode_f_grad_x0_p_workspace()];
                move |(y, d_x0, d_p)| kernel::ode_f_grad_x0_p_into(&x0, &p, y, d_x0, d_p, &mut work).unwrap()
            })
            .casadi("pendulums", &[&x0, &p]),
    );
    const_steps::<5>(bench);
    const_steps::<1000>(bench);
    let steps = black_box(100);
    bench.run(
        by_others("4 states, 100 steps at run time", steps)
            .primal(|| kernel::ode_steps(&x0, &p, steps))
            .gradgen({
                let mut work = vec![0.0; kernel::ode_steps_f_grad_x0_p_workspace(steps)];
                move |(y, d_x0, d_p)| {
                    kernel::ode_steps_f_grad_x0_p_into(&x0, &p, steps, y, d_x0, d_p, &mut work).unwrap()
                }
            }),
    );
}

fn const_steps<const S: usize>(bench: &mut Bench) {
    let (x0, p) = black_box((X0, P));
    let contest = by_others(&format!("4 states, {S} steps"), S);
    bench.run(contest.primal(|| kernel::ode_const::<S>(&x0, &p)).gradgen({
        let mut work = vec![0.0; kernel::ode_const_f_grad_x0_p_workspace::<S>()];
        move |(y, d_x0, d_p)| {
            kernel::ode_const_f_grad_x0_p_into::<S>(&x0, &p, y, d_x0, d_p, &mut work).unwrap()
        }
    }));
}

fn by_others(size: &str, steps: usize) -> Contest<'static, Out> {
    let (x0, p) = black_box((X0, P));
    let mut tape = vec![Record::default(); steps];
    let mut inputs = duals(&[&x0[..], &p].concat());
    let mut slopes = [0.0; 7];
    Contest::new("pendulums", size, Out::default())
        .hand(move |(y, d_x0, d_p)| *y = gradient(&x0, &p, d_x0, d_p, &mut tape))
        .dual(move |(y, d_x0, d_p)| {
            *y = dual::gradient(|x| dual::pendulums::ode(x, steps), &mut inputs, &mut slopes);
            d_x0.copy_from_slice(&slopes[..4]);
            d_p.copy_from_slice(&slopes[4..]);
        })
}

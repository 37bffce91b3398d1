//! [`control`](crate::kernels::control).

use std::hint::black_box;

use crate::dual::{self, duals, hyper_duals};
use crate::hand::{control as first, control_second as second};
use crate::harness::{Bench, Contest};
use crate::inputs::Numbers;
use crate::kernels::control as kernel;

pub(super) fn run(bench: &mut Bench) {
    gradient::<20>(bench);
    gradient::<50>(bench);
    gradient::<100>(bench);
    hvp::<20>(bench);
    hvp::<50>(bench);
    hvp::<100>(bench);
    states::<50>(bench);
}

/// Start and weight.
const SETTING: ([f64; 4], f64) = ([1.2, 0.5, 0.8, -0.3], 7.0);

/// Some of them too strong.
fn forces<const N: usize>() -> [f64; N] {
    black_box(Numbers::new(2).array(-10.0, 10.0))
}

fn gradient<const N: usize>(bench: &mut Bench) {
    let ((x0, weight), u) = (black_box(SETTING), forces::<N>());
    let mut tape = [first::Record::default(); N];
    let mut inputs = duals(&u);
    bench.run(
        Contest::new("control", format!("N = {N}, cost and gradient"), (0.0, [0.0; N]))
            .primal(|| kernel::control(&x0, &u, weight))
            .hand(|(y, d_u)| *y = first::gradient(&x0, &u, weight, d_u, &mut tape))
            .gradgen({
                let mut work = vec![0.0; kernel::control_f_grad_u_workspace::<N>()];
                move |(y, d_u)| {
                    kernel::control_f_grad_u_into::<N>(&x0, &u, weight, y, d_u, &mut work).unwrap()
                }
            })
            .dual(|(y, d_u)| {
                *y = dual::gradient(|u| dual::control::control(u, &x0, weight), &mut inputs, d_u);
            })
            .casadi(format!("control_{N}_gradient"), &[&x0, &u, &[weight]]),
    );
}

fn hvp<const N: usize>(bench: &mut Bench) {
    let ((x0, weight), u) = (black_box(SETTING), forces::<N>());
    let v = black_box(Numbers::new(3).array::<N>(-1.0, 1.0));
    let mut tape = [second::Record::default(); N];
    let mut inputs = hyper_duals(&u, &v);
    bench.run(
        Contest::new("control", format!("N = {N}, Hessian times vector"), [0.0; N])
            .primal(|| kernel::control(&x0, &u, weight))
            .hand(|product| second::hvp(&x0, &u, weight, &v, product, &mut tape))
            .gradgen({
                let mut work = vec![0.0; kernel::control_hvp_u_workspace::<N>()];
                move |product| {
                    kernel::control_hvp_u_into::<N>(&x0, &u, weight, &v, product, &mut work).unwrap()
                }
            })
            .dual(|product| {
                dual::hessian_times(|u| dual::control::control(u, &x0, weight), &mut inputs, product);
            })
            .casadi(format!("control_{N}_hvp"), &[&x0, &u, &[weight], &v]),
    );
}

fn states<const N: usize>(bench: &mut Bench) {
    let ((x0, weight), u) = (black_box(SETTING), forces::<N>());
    let (d_cost, d_states) = black_box((0.7, Numbers::new(4).matrix::<N, 4>(-1.0, 1.0)));
    let mut tape = [first::Record::default(); N];
    let mut inputs = duals(&u);
    let cotangent = [&[d_cost][..], d_states.as_flattened()].concat();
    let mut outputs = duals(&cotangent);
    bench.run(
        Contest::new("control", format!("N = {N}, states as outputs: vjp"), [0.0; N])
            .primal(|| kernel::rollout(&x0, &u, weight))
            .hand(|d_u| first::rollout_vjp(&x0, &u, weight, d_cost, &d_states, d_u, &mut tape))
            .gradgen({
                let mut work = vec![0.0; kernel::rollout_vjp_u_workspace::<N>()];
                move |d_u| {
                    kernel::rollout_vjp_u_into::<N>(&x0, &u, weight, d_cost, &d_states, d_u, &mut work)
                        .unwrap()
                }
            })
            .dual(|d_u| {
                let f = |u: &[_], y: &mut [_]| dual::control::rollout(u, &x0, weight, y);
                dual::vjp(f, &mut inputs, &mut outputs, &cotangent, d_u);
            }),
    );
}

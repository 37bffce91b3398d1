//! [`control`](crate::kernels::control) over any number.

use super::Number;
use crate::kernels::control::{FORCE, STEP, TRACK};

fn dynamics<D: Number>(x: &[D; 4], u: D) -> [D; 4] {
    let (sine, cosine) = x[1].sin_cos();
    let inertia = sine * sine * 0.2 + 1.0;
    let swing = x[3] * x[3] * sine * 0.1;
    let push = u - x[2] * 0.1;
    let acceleration = (push + swing - sine * cosine * 1.962) / inertia;
    let turn = (sine * 11.772 - push * cosine - swing * cosine) / (inertia * 0.5);
    [x[0] + x[2] * STEP, x[1] + x[3] * STEP, x[2] + acceleration * STEP, x[3] + turn * STEP]
}

fn stage_cost<D: Number>(x: &[D; 4], u: D, weight: f64) -> D {
    let force = (u.magnitude() - FORCE).larger(D::constant(0.0));
    let place = (x[0].magnitude() - TRACK).larger(D::constant(0.0));
    let speeds = (x[2] * x[2] + x[3] * x[3]) * 0.1;
    x[0] * x[0] + x[1] * x[1] * 5.0 + speeds + u * u * 0.01 + (force * force + place * place) * weight
}

/// `u`.
pub fn control<D: Number>(u: &[D], x0: &[f64; 4], weight: f64) -> D {
    let mut x = x0.map(D::constant);
    let mut cost = D::constant(0.0);
    for u in u {
        cost += stage_cost(&x, *u, weight);
        x = dynamics(&x, *u);
    }
    cost + (x[0] * x[0] + x[1] * x[1]) * 10.0 + x[2] * x[2] + x[3] * x[3]
}

/// `u`; the cost, then the states.
pub fn rollout<D: Number>(u: &[D], x0: &[f64; 4], weight: f64, y: &mut [D]) {
    let mut x = x0.map(D::constant);
    for (u, state) in u.iter().zip(y[1..].chunks_exact_mut(4)) {
        x = dynamics(&x, *u);
        state.copy_from_slice(&x);
    }
    y[0] = control(u, x0, weight);
}

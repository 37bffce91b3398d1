//! [`control`](crate::kernels::control) by hand.

use crate::kernels::control::{FORCE, STEP, TRACK, terminal_cost};

/// What is kept of a step: the state, and what the accelerations came from and are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record {
    x: [f64; 4],
    sine: f64,
    cosine: f64,
    acceleration: f64,
    turn: f64,
}

/// Value and gradient.
pub fn gradient<const N: usize>(
    x0: &[f64; 4],
    u: &[f64; N],
    weight: f64,
    d_u: &mut [f64; N],
    tape: &mut [Record; N],
) -> f64 {
    let mut x = *x0;
    let mut cost = 0.0;
    for (u, record) in u.iter().zip(tape.iter_mut()) {
        cost += stage_cost(&x, *u, weight);
        x = step(&x, *u, record);
    }
    let mut d = [20.0 * x[0], 20.0 * x[1], 2.0 * x[2], 2.0 * x[3]];
    for ((u, record), d_u) in u.iter().zip(tape.iter()).zip(d_u).rev() {
        (d, *d_u) = step_adjoint(record, *u, weight, &d);
    }
    cost + terminal_cost(&x)
}

/// Cost and states, and the cotangents of both pulled back to the forces.
pub fn rollout_vjp<const N: usize>(
    x0: &[f64; 4],
    u: &[f64; N],
    weight: f64,
    d_cost: f64,
    d_states: &[[f64; 4]; N],
    d_u: &mut [f64; N],
    tape: &mut [Record; N],
) {
    let mut x = *x0;
    for (u, record) in u.iter().zip(tape.iter_mut()) {
        x = step(&x, *u, record);
    }
    let mut d = [20.0, 20.0, 2.0, 2.0];
    for (d, x) in d.iter_mut().zip(x) {
        *d *= d_cost * x;
    }
    for (((u, record), d_u), d_state) in u.iter().zip(tape.iter()).zip(d_u).zip(d_states).rev() {
        for (d, d_state) in d.iter_mut().zip(d_state) {
            *d += d_state;
        }
        // The cost of the stage is scaled as its weights are.
        let (d_x, d_force) = dynamics_adjoint(record, *u, &d);
        let (cost_x, cost_u) = stage_slopes(&record.x, *u, weight);
        for ((d, d_x), cost_x) in d.iter_mut().zip(d_x).zip(cost_x) {
            *d = d_x + d_cost * cost_x;
        }
        *d_u = d_force + d_cost * cost_u;
    }
}

#[inline]
pub(super) fn stage_cost(x: &[f64; 4], u: f64, weight: f64) -> f64 {
    let force = (u.abs() - FORCE).max(0.0);
    let place = (x[0].abs() - TRACK).max(0.0);
    let running = x[0] * x[0] + 5.0 * x[1] * x[1] + 0.1 * (x[2] * x[2] + x[3] * x[3]) + 0.01 * u * u;
    running + weight * (force * force + place * place)
}

#[inline]
pub(super) fn step(x: &[f64; 4], u: f64, record: &mut Record) -> [f64; 4] {
    let (sine, cosine) = x[1].sin_cos();
    let inertia = 1.0 + 0.2 * sine * sine;
    let swing = 0.1 * x[3] * x[3] * sine;
    let push = u - 0.1 * x[2];
    let acceleration = (push + swing - 1.962 * sine * cosine) / inertia;
    let turn = (11.772 * sine - push * cosine - swing * cosine) / (0.5 * inertia);
    *record = Record { x: *x, sine, cosine, acceleration, turn };
    [x[0] + STEP * x[2], x[1] + STEP * x[3], x[2] + STEP * acceleration, x[3] + STEP * turn]
}

/// How the cost of a stage changes with the state and the force.
#[inline]
fn stage_slopes(x: &[f64; 4], u: f64, weight: f64) -> ([f64; 4], f64) {
    let force = (u.abs() - FORCE).max(0.0).copysign(u);
    let place = (x[0].abs() - TRACK).max(0.0).copysign(x[0]);
    let d_x = [2.0 * (x[0] + weight * place), 10.0 * x[1], 0.2 * x[2], 0.2 * x[3]];
    (d_x, 0.02 * u + 2.0 * weight * force)
}

#[inline]
fn step_adjoint(record: &Record, u: f64, weight: f64, d: &[f64; 4]) -> ([f64; 4], f64) {
    let (d_x, d_u) = dynamics_adjoint(record, u, d);
    let (cost_x, cost_u) = stage_slopes(&record.x, u, weight);
    let sum = |i: usize| d_x[i] + cost_x[i];
    ([sum(0), sum(1), sum(2), sum(3)], d_u + cost_u)
}

#[inline]
fn dynamics_adjoint(record: &Record, u: f64, d: &[f64; 4]) -> ([f64; 4], f64) {
    let Record { x, sine, cosine, acceleration, turn } = *record;
    let scale = STEP / (1.0 + 0.2 * sine * sine);
    let d_a = scale * d[2];
    let d_t = 2.0 * scale * d[3];
    // The push and the swing have the same part in both accelerations.
    let d_push = d_a - cosine * d_t;
    let d_inertia = -(acceleration * d_a + 0.5 * turn * d_t);
    let along = 0.1 * x[3] * d_push;
    let both = u - 0.1 * x[2] + 0.1 * x[3] * x[3] * sine;
    let d_sine = 11.772 * d_t - 1.962 * cosine * d_a + 0.4 * sine * d_inertia + x[3] * along;
    let d_cosine = -(1.962 * sine * d_a + both * d_t);
    let d_x = [
        d[0],
        d[1] + cosine * d_sine - sine * d_cosine,
        d[2] + STEP * d[0] - 0.1 * d_push,
        d[3] + STEP * d[1] + 2.0 * sine * along,
    ];
    (d_x, d_push)
}

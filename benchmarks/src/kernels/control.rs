//! Single-shooting optimal control of a pole on a cart.

use gradgen::gradgen;

/// The length of a step.
pub const STEP: f64 = 0.05;

/// The largest force that costs no penalty.
pub const FORCE: f64 = 8.0;

/// How far the cart goes before there is a penalty.
pub const TRACK: f64 = 1.5;

/// One step: place, angle from upright, and their speeds.
#[gradgen]
pub fn dynamics(x: &[f64; 4], u: f64) -> [f64; 4] {
    let (sine, cosine) = x[1].sin_cos();
    let inertia = 1.0 + 0.2 * sine * sine;
    let swing = 0.1 * x[3] * x[3] * sine;
    let push = u - 0.1 * x[2];
    let acceleration = (push + swing - 1.962 * sine * cosine) / inertia;
    let turn = (11.772 * sine - push * cosine - swing * cosine) / (0.5 * inertia);
    [x[0] + STEP * x[2], x[1] + STEP * x[3], x[2] + STEP * acceleration, x[3] + STEP * turn]
}

/// What a step costs, with penalties for a force or a place out of bounds.
#[gradgen]
pub fn stage_cost(x: &[f64; 4], u: f64, weight: f64) -> f64 {
    let force = (u.abs() - FORCE).max(0.0);
    let place = (x[0].abs() - TRACK).max(0.0);
    let running = x[0] * x[0] + 5.0 * x[1] * x[1] + 0.1 * (x[2] * x[2] + x[3] * x[3]) + 0.01 * u * u;
    running + weight * (force * force + place * place)
}

/// What the last state costs.
#[gradgen]
pub fn terminal_cost(x: &[f64; 4]) -> f64 {
    10.0 * (x[0] * x[0] + x[1] * x[1]) + x[2] * x[2] + x[3] * x[3]
}

/// The cost of a sequence of forces.
#[gradgen(gradient(u), hvp(u), bundle(f, grad(u)), bundle(f, grad(u), hvp(u)))]
pub fn control<const N: usize>(x0: &[f64; 4], u: &[f64; N], weight: f64) -> f64 {
    let mut x = *x0;
    let mut cost = 0.0;
    for k in 0..N {
        cost += stage_cost(&x, u[k], weight);
        x = dynamics(&x, u[k]);
    }
    cost + terminal_cost(&x)
}

/// The cost and the states after each step.
#[gradgen(vjp(u), outputs(cost, states))]
pub fn rollout<const N: usize>(x0: &[f64; 4], u: &[f64; N], weight: f64) -> (f64, [[f64; 4]; N]) {
    let mut x = *x0;
    let mut cost = 0.0;
    let mut states = [[0.0; 4]; N];
    for k in 0..N {
        cost += stage_cost(&x, u[k], weight);
        x = dynamics(&x, u[k]);
        states[k] = x;
    }
    (cost + terminal_cost(&x), states)
}

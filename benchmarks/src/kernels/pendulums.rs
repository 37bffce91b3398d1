//! Two pendulums with a spring between them: four states, the classical method of Runge and Kutta.

use gradgen::gradgen;

/// How many steps [`ode`] takes.
pub const STEPS: usize = 100;

/// The length of a step.
pub const STEP: f64 = 0.02;

/// Angle and speed of both, `[a, a', b, b']`; gravity, stiffness and friction.
#[gradgen]
pub fn dynamics(x: &[f64; 4], p: &[f64; 3]) -> [f64; 4] {
    let spring = p[1] * (x[0] - x[2]);
    [x[1], -p[0] * x[0].sin() - spring - p[2] * x[1], x[3], -p[0] * x[2].sin() + spring - p[2] * x[3]]
}

/// One step of length `h`.
#[gradgen]
pub fn rk4_step(x: &[f64; 4], p: &[f64; 3], h: f64) -> [f64; 4] {
    let mut at = [0.0; 4];
    let k1 = dynamics(x, p);
    for i in 0..4 {
        at[i] = x[i] + 0.5 * h * k1[i];
    }
    let k2 = dynamics(&at, p);
    for i in 0..4 {
        at[i] = x[i] + 0.5 * h * k2[i];
    }
    let k3 = dynamics(&at, p);
    for i in 0..4 {
        at[i] = x[i] + h * k3[i];
    }
    let k4 = dynamics(&at, p);
    let mut next = [0.0; 4];
    for i in 0..4 {
        next[i] = x[i] + h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
    }
    next
}

/// The distance from rest at the end.
#[gradgen]
pub fn terminal(x: &[f64; 4]) -> f64 {
    let mut cost = 0.0;
    for i in 0..4 {
        cost += x[i] * x[i];
    }
    cost
}

/// [`STEPS`] steps.
#[gradgen(gradient(x0, p), hvp(x0), bundle(f, grad(x0, p)))]
pub fn ode(x0: &[f64; 4], p: &[f64; 3]) -> f64 {
    let mut x = *x0;
    for _ in 0..STEPS {
        x = rk4_step(&x, p, STEP);
    }
    terminal(&x)
}

/// As many steps as the caller's type says.
#[gradgen(gradient(x0, p), bundle(f, grad(x0, p)))]
pub fn ode_const<const S: usize>(x0: &[f64; 4], p: &[f64; 3]) -> f64 {
    let mut x = *x0;
    for _ in 0..S {
        x = rk4_step(&x, p, STEP);
    }
    terminal(&x)
}

/// As many steps as the caller says.
#[gradgen(gradient(x0, p), bundle(f, grad(x0, p)))]
pub fn ode_steps(x0: &[f64; 4], p: &[f64; 3], steps: usize) -> f64 {
    let mut x = *x0;
    for _ in 0..steps {
        x = rk4_step(&x, p, STEP);
    }
    terminal(&x)
}

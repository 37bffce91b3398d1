//! Things that move.

use gradgen::gradgen;

const GRAVITY: f64 = 9.81;

/// One explicit Euler step of a damped, driven pendulum.
#[gradgen(jacobian, jacobian(*), jvp, jvp(*), vjp, vjp(*), bundle(f, jf(x), jvp(x), vjp(x)), outputs(next))]
pub fn pendulum_step(x: &[f64; 2], torque: f64) -> [f64; 2] {
    let acceleration = torque - 0.1 * x[1] - GRAVITY * x[0].sin();
    [x[0] + 0.02 * x[1], x[1] + 0.02 * acceleration]
}

/// The right-hand side of the Van der Pol oscillator.
#[gradgen]
fn van_der_pol(x: &[f64; 2], damping: f64) -> [f64; 2] {
    [x[1], damping * (1.0 - x[0] * x[0]) * x[1] - x[0]]
}

/// One Runge–Kutta step of fourth order.
#[gradgen(jacobian, jacobian(*), jvp, jvp(*), vjp, vjp(*), bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn runge_kutta_step(x: &[f64; 2], damping: f64) -> [f64; 2] {
    let h = 0.1;
    let k1 = van_der_pol(x, damping);
    let k2 = van_der_pol(&[x[0] + 0.5 * h * k1[0], x[1] + 0.5 * h * k1[1]], damping);
    let k3 = van_der_pol(&[x[0] + 0.5 * h * k2[0], x[1] + 0.5 * h * k2[1]], damping);
    let k4 = van_der_pol(&[x[0] + h * k3[0], x[1] + h * k3[1]], damping);
    let mut next = *x;
    for i in 0..2 {
        next[i] += h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
    }
    next
}

/// A quadrotor's acceleration: four rotors push along an axis given by roll, pitch and yaw.
#[gradgen(
    jacobian,
    jacobian(*),
    jvp(*),
    vjp(*),
    bundle(f, jf(attitude), jvp(attitude), vjp(attitude))
)]
pub fn quadrotor(attitude: &[f64; 3], rotors: &[f64; 4], drag: bool) -> [f64; 3] {
    let [roll, pitch, yaw] = *attitude;
    let (sr, cr) = roll.sin_cos();
    let (sp, cp) = pitch.sin_cos();
    let (sy, cy) = yaw.sin_cos();
    let axis = [cy * sp * cr + sy * sr, sy * sp * cr - cy * sr, cp * cr];
    let mut thrust = 0.0;
    for i in 0..4 {
        thrust += rotors[i] * rotors[i];
    }
    if drag {
        thrust *= 1.0 - 0.01 * thrust;
    }
    [thrust * axis[0], thrust * axis[1], thrust * axis[2] - GRAVITY]
}

/// The homogeneous transform between two links, after Denavit and Hartenberg.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(q), jvp(q), vjp(q)), outputs(transform))]
pub fn link_transform(q: &[f64; 4]) -> [[f64; 4]; 4] {
    let [theta, d, a, alpha] = *q;
    let (st, ct) = theta.sin_cos();
    let (sa, ca) = alpha.sin_cos();
    [[ct, -st * ca, st * sa, a * ct], [st, ct * ca, -ct * sa, a * st], [0.0, sa, ca, d], [0.0, 0.0, 0.0, 1.0]]
}

/// The eccentric anomaly by Newton steps on Kepler's equation.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(mean, eccentricity),
    hvp,
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(mean), hessian(mean), hvp(mean))
)]
pub fn kepler(mean: f64, eccentricity: f64) -> f64 {
    let mut anomaly = mean;
    for _ in 0..4 {
        let residual = anomaly - eccentricity * anomaly.sin() - mean;
        anomaly -= residual / (1.0 - eccentricity * anomaly.cos());
    }
    anomaly
}

/// The potential of three bodies.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(at, mass),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(at), hessian(at), hvp(at))
)]
pub fn three_bodies(at: &[[f64; 2]; 3], mass: &[f64; 3]) -> f64 {
    let mut potential = 0.0;
    for i in 0..3 {
        for j in 0..3 {
            if i < j {
                let (dx, dy) = (at[i][0] - at[j][0], at[i][1] - at[j][1]);
                potential -= mass[i] * mass[j] / (dx * dx + dy * dy + 0.01).sqrt();
            }
        }
    }
    potential
}

/// How far from the origin the oscillator ends: a callee of callees, in a loop.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, damping),
    hvp,
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x))
)]
pub fn oscillation(x: &[f64; 2], damping: f64) -> f64 {
    let mut at = *x;
    let mut cost = 0.0;
    for _ in 0..6 {
        at = runge_kutta_step(&at, damping);
        cost += at[0] * at[0] + 0.1 * at[1] * at[1];
    }
    cost
}

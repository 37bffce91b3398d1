//! Bodies that move: a double pendulum, a quadrotor, a vehicle on two wheels, an arm of six joints.

use bodies::*;
use gradgen::Differentiable;
use vehicle::*;

use crate::check;
use crate::check::Subject;
use crate::oracle::oracle;

/// The bodies.
#[gradgen::module]
pub mod bodies {
    use gradgen::gradgen;

    pub const GRAVITY: f64 = 9.81;

    /// The accelerations of a double pendulum of point masses `m` on rods of lengths `l`.
    #[gradgen(jacobian(*), vjp(*), outputs(rates))]
    pub fn double_pendulum(state: &[f64; 4], m: &[f64; 2], l: &[f64; 2]) -> [f64; 4] {
        let [theta1, theta2, omega1, omega2] = *state;
        let ([m1, m2], [l1, l2]) = (*m, *l);
        let delta = theta1 - theta2;
        let (sin, cos) = delta.sin_cos();
        let heavy = 2.0 * m1 + m2 - m2 * (2.0 * delta).cos();
        let alpha1 = (-GRAVITY * (2.0 * m1 + m2) * theta1.sin()
            - m2 * GRAVITY * (theta1 - 2.0 * theta2).sin()
            - 2.0 * sin * m2 * (omega2.powi(2) * l2 + omega1.powi(2) * l1 * cos))
            / (l1 * heavy);
        let alpha2 = 2.0
            * sin
            * (omega1.powi(2) * l1 * (m1 + m2)
                + GRAVITY * (m1 + m2) * theta1.cos()
                + omega2.powi(2) * l2 * m2 * cos)
            / (l2 * heavy);
        [omega1, omega2, alpha1, alpha2]
    }

    /// The energy after some steps of the explicit midpoint rule.
    #[gradgen(gradient(state), hessian(state), hvp(state))]
    pub fn energy_after(state: &[f64; 4], steps: usize, dt: f64) -> f64 {
        let mut x = *state;
        for _ in 0..steps {
            let k = double_pendulum(&x, &[1.0, 0.5], &[1.0, 0.7]);
            let middle: [f64; 4] = std::array::from_fn(|i| x[i] + 0.5 * dt * k[i]);
            let k = double_pendulum(&middle, &[1.0, 0.5], &[1.0, 0.7]);
            x.iter_mut().zip(&k).for_each(|(x, k)| *x += dt * k);
        }
        let [a, b, u, v] = x;
        0.5 * u * u + 0.25 * (u * u + 0.49 * v * v + 1.4 * u * v * (a - b).cos())
            - GRAVITY * (1.5 * a.cos() + 0.35 * b.cos())
    }

    /// A quadrotor: position, velocity, attitude as a quaternion, angular velocity; the inputs are the thrusts of
    /// the four rotors.
    #[gradgen(jacobian(*), vjp(*), outputs(rates))]
    pub fn quadrotor(state: &[f64; 13], thrusts: &[f64; 4]) -> [f64; 13] {
        const MASS: f64 = 0.8;
        const ARM: f64 = 0.17;
        const DRAG: f64 = 0.016;
        const INERTIA: [f64; 3] = [0.005, 0.006, 0.009];
        let [_, _, _, vx, vy, vz, qw, qx, qy, qz, p, q, r] = *state;
        let thrust: f64 = thrusts.iter().sum();
        let torque = [
            ARM * (thrusts[1] - thrusts[3]),
            ARM * (thrusts[2] - thrusts[0]),
            DRAG * (thrusts[0] - thrusts[1] + thrusts[2] - thrusts[3]),
        ];
        let up =
            [2.0 * (qx * qz + qw * qy), 2.0 * (qy * qz - qw * qx), qw * qw - qx * qx - qy * qy + qz * qz];
        let mut rates = [0.0; 13];
        rates[..3].copy_from_slice(&[vx, vy, vz]);
        for (rate, axis) in rates[3..6].iter_mut().zip(up) {
            *rate = thrust / MASS * axis;
        }
        rates[5] -= GRAVITY;
        rates[6] = -0.5 * (qx * p + qy * q + qz * r);
        rates[7] = 0.5 * (qw * p + qy * r - qz * q);
        rates[8] = 0.5 * (qw * q + qz * p - qx * r);
        rates[9] = 0.5 * (qw * r + qx * q - qy * p);
        let omega = [p, q, r];
        for i in 0..3 {
            let (j, k) = ((i + 1) % 3, (i + 2) % 3);
            rates[10 + i] = (torque[i] - (INERTIA[k] - INERTIA[j]) * omega[j] * omega[k]) / INERTIA[i];
        }
        rates
    }

    /// How far the rates are from some wanted ones, for second order.
    #[gradgen(gradient(*), hessian, hessian(state, thrusts), hvp(*))]
    pub fn quadrotor_misfit(state: &[f64; 13], thrusts: &[f64; 4]) -> f64 {
        let rates = quadrotor(state, thrusts);
        let mut sum = 0.0;
        for (i, rate) in rates.iter().enumerate() {
            sum += (rate - 0.1 * i as f64).powi(2);
        }
        0.5 * sum
    }
}

/// A vehicle.
#[gradgen::module]
pub mod vehicle {
    use super::GRAVITY;
    use gradgen::gradgen;

    const MASS: f64 = 1500.0;
    const INERTIA: f64 = 2500.0;
    /// From the centre of mass to the axles.
    const FRONT: f64 = 1.2;
    const REAR: f64 = 1.4;

    /// A vehicle with one wheel in front and one behind, on tyres after Pacejka's magic formula: rates of
    /// longitudinal and lateral speed and of yaw, from steering angle and driving force.
    #[gradgen(jacobian(*), vjp(*), outputs(rates))]
    pub fn bicycle(state: &[f64; 3], input: &[f64; 2]) -> [f64; 3] {
        let ([vx, vy, yaw], [steer, drive]) = (*state, *input);
        let tyre = |slip: f64, load: f64| {
            let (b, c, e) = (9.5, 1.4, -0.6);
            let d = 0.95 * load;
            let inner = b * slip;
            d * (c * (inner - e * (inner - inner.atan())).atan()).sin()
        };
        let weight = MASS * GRAVITY / (FRONT + REAR);
        let front = tyre(steer - (vy + FRONT * yaw).atan2(vx), weight * REAR);
        let rear = tyre(-(vy - REAR * yaw).atan2(vx), weight * FRONT);
        [
            (drive - front * steer.sin()) / MASS + vy * yaw,
            (front * steer.cos() + rear) / MASS - vx * yaw,
            (FRONT * front * steer.cos() - REAR * rear) / INERTIA,
        ]
    }

    /// A sum of squares of them.
    #[gradgen(gradient(*), hessian, hessian(state, input), hvp(*))]
    pub fn bicycle_misfit(state: &[f64; 3], input: &[f64; 2]) -> f64 {
        bicycle(state, input).iter().map(|rate| rate * rate).sum()
    }
}

fn bicycle_rates<D: gradgen_benchmarks::dual::Number>(x: &[D]) -> Vec<D> {
    let force = |slip: D, share: f64| {
        let z = slip * 9.5;
        // E is -0.6: B α - E (B α - atan B α) = 1.6 B α - 0.6 atan B α.
        ((z * 1.6 - z.atan() * 0.6).atan() * 1.4).sin() * (0.95 * 1500.0 * GRAVITY * share)
    };
    let front = force(x[3] - ((x[1] + x[2] * 1.2) / x[0]).atan(), 1.4 / 2.6);
    let rear = force(((x[2] * 1.4 - x[1]) / x[0]).atan(), 1.2 / 2.6);
    let across = front * x[3].cos();
    vec![
        (x[4] - front * x[3].sin()) / 1500.0 + x[1] * x[2],
        (across + rear) / 1500.0 - x[0] * x[2],
        (across * 1.2 - rear * 1.4) / 2500.0,
    ]
}

#[test]
fn bicycle_is_the_same() {
    for (state, input) in [([20.0, 0.4, 0.2], [0.05, 300.0]), ([12.0, -1.1, -0.5], [-0.2, -900.0])] {
        let oracle = oracle!([], |x: D| bicycle_rates(x));
        check(<bicycle as Differentiable>::INFO, &[&state, &input], bicycle(&state, &input), &oracle);
        let oracle = oracle!([], |x: D| {
            let squares = bicycle_rates(x).into_iter().map(|rate| rate * rate);
            vec![squares.fold(D::constant(0.0), |sum, square| sum + square)]
        });
        let value = bicycle_misfit(&state, &input);
        check(<bicycle_misfit as Differentiable>::INFO, &[&state, &input], value, &oracle);
    }
}

/// The same from the mass matrix, solved by Cramer's rule.
fn pendulum<D: gradgen_benchmarks::dual::Number>(x: &[D], m: [D; 2], l: [D; 2]) -> Vec<D> {
    let (difference, total) = (x[0] - x[1], m[0] + m[1]);
    let (a, b, d) = (total * l[0] * l[0], m[1] * l[0] * l[1] * difference.cos(), m[1] * l[1] * l[1]);
    let coupling = m[1] * l[0] * l[1] * difference.sin();
    let p = -coupling * x[3] * x[3] - total * l[0] * x[0].sin() * GRAVITY;
    let q = coupling * x[2] * x[2] - m[1] * l[1] * x[1].sin() * GRAVITY;
    let determinant = a * d - b * b;
    vec![x[2], x[3], (d * p - b * q) / determinant, (a * q - b * p) / determinant]
}

#[test]
fn double_pendulum_is_the_same() {
    for state in [[0.3, -0.7, 1.1, 0.4], [2.1, 1.3, -0.6, 2.2]] {
        let (m, l) = ([1.3, 0.6], [0.9, 1.2]);
        let oracle = oracle!([], |x: D| pendulum(&x[..4], [x[4], x[5]], [x[6], x[7]]));
        let value = double_pendulum(&state, &m, &l);
        check(<double_pendulum as Differentiable>::INFO, &[&state, &m, &l], value, &oracle);
    }
}

#[test]
fn a_double_pendulum_after_some_steps_is_the_same() {
    let state = [0.3, -0.7, 1.1, 0.4];
    let oracle = oracle!([], |x: D| {
        let c = D::constant;
        let rates = |x: &[D]| pendulum(x, [c(1.0), c(0.5)], [c(1.0), c(0.7)]);
        let moved =
            |x: &[D], k: &[D], h: f64| -> Vec<D> { x.iter().zip(k).map(|(x, k)| *x + *k * h).collect() };
        let mut x = x.to_vec();
        for _ in 0..5 {
            let middle = moved(&x, &rates(&x), 0.01);
            x = moved(&x, &rates(&middle), 0.02);
        }
        let kinetic = x[2].powi(2) * 0.75 + x[3].powi(2) * 0.1225 + x[2] * x[3] * (x[0] - x[1]).cos() * 0.35;
        vec![kinetic - (x[0].cos() * 1.5 + x[1].cos() * 0.35) * GRAVITY]
    });
    let inputs = [gradgen::Value::F64(&state), gradgen::Value::Usize(5), gradgen::Value::F64(&[0.02])];
    Subject {
        info: <energy_after as Differentiable>::INFO,
        inputs: inputs.to_vec(),
        wrt: &["state"],
        values: vec![energy_after(&state, 5, 0.02)],
    }
    .check(&oracle);
}

/// The rates, with the rotation as a matrix, and the quaternion's by the product.
fn quadrotor_rates<D: gradgen_benchmarks::dual::Number>(x: &[D], u: &[D]) -> Vec<D> {
    let (w, v, omega) = (x[6], [x[7], x[8], x[9]], [x[10], x[11], x[12]]);
    let cross = |a: [D; 3], b: [D; 3]| {
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    };
    let force = (u[0] + u[1] + u[2] + u[3]) / 0.8;
    let mut rates = vec![x[3], x[4], x[5]];
    // e_z turned by q: (w² - v·v) e + 2 (v·e) v + 2 w v×e.
    let square = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    let (zero, one) = (D::constant(0.0), D::constant(1.0));
    let e = [zero, zero, one];
    let turned = cross(v, e);
    for i in 0..3 {
        let axis = e[i] * (w * w - square) + v[2] * v[i] * 2.0 + w * turned[i] * 2.0;
        rates.push(force * axis - if i == 2 { GRAVITY } else { 0.0 });
    }
    let with = cross(v, omega);
    rates.push((v[0] * omega[0] + v[1] * omega[1] + v[2] * omega[2]) * -0.5);
    (0..3).for_each(|i| rates.push((w * omega[i] + with[i]) * 0.5));
    let inertia = [0.005, 0.006, 0.009];
    let momentum = [omega[0] * inertia[0], omega[1] * inertia[1], omega[2] * inertia[2]];
    let gyroscopic = cross(omega, momentum);
    let torque = [(u[1] - u[3]) * 0.17, (u[2] - u[0]) * 0.17, (u[0] - u[1] + u[2] - u[3]) * 0.016];
    (0..3).for_each(|i| rates.push((torque[i] - gyroscopic[i]) / inertia[i]));
    rates
}

#[test]
fn quadrotor_is_the_same() {
    let state = [0.1, -0.2, 1.5, 0.4, -0.3, 0.2, 0.9, 0.2, -0.3, 0.25, 0.7, -0.4, 0.3];
    let thrusts = [2.1, 1.9, 2.0, 2.2];
    let oracle = oracle!([], |x: D| quadrotor_rates(&x[..13], &x[13..]));
    let value = quadrotor(&state, &thrusts);
    check(<quadrotor as Differentiable>::INFO, &[&state, &thrusts], value, &oracle);
    let oracle = oracle!([], |x: D| {
        let rates = quadrotor_rates(&x[..13], &x[13..]);
        let squares = rates.iter().enumerate().map(|(i, rate)| (*rate - 0.1 * i as f64).powi(2) / 2.0);
        vec![squares.fold(D::constant(0.0), |sum, square| sum + square)]
    });
    let value = quadrotor_misfit(&state, &thrusts);
    check(<quadrotor_misfit as Differentiable>::INFO, &[&state, &thrusts], value, &oracle);
}

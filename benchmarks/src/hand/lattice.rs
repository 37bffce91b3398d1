//! [`lattice`](crate::kernels::lattice) by hand.

use std::array::from_fn;

/// What is kept of a step: the states of its stages.
pub type Record = [[f64; 12]; 4];

const H: f64 = 0.01;

/// Value and gradient after as many steps as there are records.
pub fn gradient(
    x0: &[f64; 12],
    p: &[f64; 3],
    d_x0: &mut [f64; 12],
    d_p: &mut [f64; 3],
    tape: &mut [Record],
) -> f64 {
    let mut x = *x0;
    for record in tape.iter_mut() {
        x = step(&x, p, record);
    }
    *d_p = [0.0; 3];
    let mut d: [f64; 12] = from_fn(|i| if i < 6 { 0.0 } else { x[i] });
    for record in tape.iter().rev() {
        d = step_adjoint(record, p, &d, d_p);
    }
    *d_x0 = d;
    x[6..].iter().fold(0.0, |energy, speed| energy + 0.5 * speed * speed)
}

fn after(x: &[f64; 12], h: f64, rate: &[f64; 12]) -> [f64; 12] {
    from_fn(|i| x[i] + h * rate[i])
}

#[inline]
fn step(x: &[f64; 12], p: &[f64; 3], record: &mut Record) -> [f64; 12] {
    let k1 = dynamics(x, p);
    let second = after(x, 0.5 * H, &k1);
    let k2 = dynamics(&second, p);
    let third = after(x, 0.5 * H, &k2);
    let k3 = dynamics(&third, p);
    let fourth = after(x, H, &k3);
    let k4 = dynamics(&fourth, p);
    *record = [*x, second, third, fourth];
    from_fn(|i| x[i] + H / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]))
}

#[inline]
fn step_adjoint(record: &Record, p: &[f64; 3], d: &[f64; 12], d_p: &mut [f64; 3]) -> [f64; 12] {
    let sixth = d.map(|d| H / 6.0 * d);
    let third = d.map(|d| H / 3.0 * d);
    let d_4 = dynamics_adjoint(&record[3], p, &sixth, d_p);
    let d_3 = dynamics_adjoint(&record[2], p, &after(&third, H, &d_4), d_p);
    let d_2 = dynamics_adjoint(&record[1], p, &after(&third, 0.5 * H, &d_3), d_p);
    let d_1 = dynamics_adjoint(&record[0], p, &after(&sixth, 0.5 * H, &d_2), d_p);
    from_fn(|i| d[i] + d_4[i] + d_3[i] + d_2[i] + d_1[i])
}

/// How far each spring is stretched: walls do not move.
fn stretches(x: &[f64; 12]) -> [f64; 7] {
    [x[0], x[1] - x[0], x[2] - x[1], x[3] - x[2], x[4] - x[3], x[5] - x[4], 0.0 - x[5]]
}

#[inline]
fn dynamics(x: &[f64; 12], p: &[f64; 3]) -> [f64; 12] {
    let force = stretches(x).map(|stretch| p[0] * stretch + p[1] * stretch * stretch * stretch);
    from_fn(|i| if i < 6 { x[6 + i] } else { force[i - 5] - force[i - 6] - p[2] * x[i] })
}

#[inline]
fn dynamics_adjoint(x: &[f64; 12], p: &[f64; 3], d: &[f64; 12], d_p: &mut [f64; 3]) -> [f64; 12] {
    let stretch = stretches(x);
    let d_force = [-d[6], d[6] - d[7], d[7] - d[8], d[8] - d[9], d[9] - d[10], d[10] - d[11], d[11]];
    let square = stretch.map(|s| s * s);
    let mut sums = [0.0; 3];
    for i in 0..7 {
        sums[0] += stretch[i] * d_force[i];
        sums[1] += square[i] * stretch[i] * d_force[i];
    }
    for i in 6..12 {
        sums[2] -= x[i] * d[i];
    }
    for i in 0..3 {
        d_p[i] += sums[i];
    }
    let d_stretch: [f64; 7] = from_fn(|i| (p[0] + 3.0 * p[1] * square[i]) * d_force[i]);
    from_fn(|i| if i < 6 { d_stretch[i] - d_stretch[i + 1] } else { d[i - 6] - p[2] * d[i] })
}

//! [`pendulums`](crate::kernels::pendulums) by hand.

use crate::kernels::pendulums::STEP;

/// What the adjoint of the dynamics reads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stage {
    x: [f64; 4],
    sine: [f64; 2],
    cosine: [f64; 2],
}

/// What is kept of a step: sines and cosines are dear, and the states are at hand.
pub type Record = [Stage; 4];

/// Value and gradient after as many steps as there are records.
pub fn gradient(
    x0: &[f64; 4],
    p: &[f64; 3],
    d_x0: &mut [f64; 4],
    d_p: &mut [f64; 3],
    tape: &mut [Record],
) -> f64 {
    let mut x = *x0;
    for record in tape.iter_mut() {
        x = step(&x, p, record);
    }
    let mut slopes = [0.0; 3];
    let mut d_x = x.map(|x| 2.0 * x);
    for record in tape.iter().rev() {
        d_x = step_adjoint(record, p, &d_x, &mut slopes);
    }
    (*d_x0, *d_p) = (d_x, slopes);
    x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]
}

fn after(x: &[f64; 4], h: f64, rate: &[f64; 4]) -> [f64; 4] {
    [x[0] + h * rate[0], x[1] + h * rate[1], x[2] + h * rate[2], x[3] + h * rate[3]]
}

#[inline]
fn step(x: &[f64; 4], p: &[f64; 3], record: &mut Record) -> [f64; 4] {
    let [first, second, third, fourth] = record;
    let k1 = dynamics(x, p, first);
    let k2 = dynamics(&after(x, 0.5 * STEP, &k1), p, second);
    let k3 = dynamics(&after(x, 0.5 * STEP, &k2), p, third);
    let k4 = dynamics(&after(x, STEP, &k3), p, fourth);
    let sum = |i: usize| k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i];
    after(x, STEP / 6.0, &[sum(0), sum(1), sum(2), sum(3)])
}

#[inline]
fn step_adjoint(record: &Record, p: &[f64; 3], d: &[f64; 4], d_p: &mut [f64; 3]) -> [f64; 4] {
    let sixth = d.map(|d| STEP / 6.0 * d);
    let third = d.map(|d| STEP / 3.0 * d);
    let d_4 = dynamics_adjoint(&record[3], p, &sixth, d_p);
    let d_3 = dynamics_adjoint(&record[2], p, &after(&third, STEP, &d_4), d_p);
    let d_2 = dynamics_adjoint(&record[1], p, &after(&third, 0.5 * STEP, &d_3), d_p);
    let d_1 = dynamics_adjoint(&record[0], p, &after(&sixth, 0.5 * STEP, &d_2), d_p);
    let sum = |i: usize| d[i] + d_4[i] + d_3[i] + d_2[i] + d_1[i];
    [sum(0), sum(1), sum(2), sum(3)]
}

#[inline]
fn dynamics(x: &[f64; 4], p: &[f64; 3], stage: &mut Stage) -> [f64; 4] {
    let (sine_a, cosine_a) = x[0].sin_cos();
    let (sine_b, cosine_b) = x[2].sin_cos();
    *stage = Stage { x: *x, sine: [sine_a, sine_b], cosine: [cosine_a, cosine_b] };
    let spring = p[1] * (x[0] - x[2]);
    [x[1], -p[0] * sine_a - spring - p[2] * x[1], x[3], -p[0] * sine_b + spring - p[2] * x[3]]
}

#[inline]
fn dynamics_adjoint(stage: &Stage, p: &[f64; 3], d: &[f64; 4], d_p: &mut [f64; 3]) -> [f64; 4] {
    let Stage { x, sine, cosine } = stage;
    let d_spring = d[3] - d[1];
    d_p[0] -= sine[0] * d[1] + sine[1] * d[3];
    d_p[1] += (x[0] - x[2]) * d_spring;
    d_p[2] -= x[1] * d[1] + x[3] * d[3];
    // Sums that do not wait for the cotangents.
    let (a, b) = (p[1] + p[0] * cosine[0], p[1] + p[0] * cosine[1]);
    [p[1] * d[3] - a * d[1], d[0] - p[2] * d[1], p[1] * d[1] - b * d[3], d[2] - p[2] * d[3]]
}

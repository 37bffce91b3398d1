//! The Hessian of [`control`](crate::kernels::control) times a direction, by hand: the tangent of the
//! gradient.

use crate::kernels::control::{FORCE, STEP, TRACK};

/// What is kept of a step: state, sine, cosine and accelerations, and the tangents of what is not
/// easily had.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record {
    x: [f64; 4],
    sine: f64,
    cosine: f64,
    acceleration: f64,
    turn: f64,
    t_x: [f64; 4],
    t_acceleration: f64,
    t_turn: f64,
}

/// The Hessian with respect to `u` times `v`.
pub fn hvp<const N: usize>(
    x0: &[f64; 4],
    u: &[f64; N],
    weight: f64,
    v: &[f64; N],
    product: &mut [f64; N],
    tape: &mut [Record; N],
) {
    let (mut x, mut t) = (*x0, [0.0; 4]);
    for ((u, v), record) in u.iter().zip(v).zip(tape.iter_mut()) {
        (x, t) = step(&x, *u, &t, *v, record);
    }
    let ends = [20.0, 20.0, 2.0, 2.0];
    let (mut d, mut t_d) = ([0.0; 4], [0.0; 4]);
    for i in 0..4 {
        d[i] = ends[i] * x[i];
        t_d[i] = ends[i] * t[i];
    }
    for (((u, v), record), product) in u.iter().zip(v).zip(tape.iter()).zip(product).rev() {
        *product = step_adjoint(record, *u, *v, weight, &mut d, &mut t_d);
    }
}

#[inline]
fn step(x: &[f64; 4], u: f64, t: &[f64; 4], v: f64, record: &mut Record) -> ([f64; 4], [f64; 4]) {
    let (sine, cosine) = x[1].sin_cos();
    let inertia = 1.0 + 0.2 * sine * sine;
    let both = u - 0.1 * x[2] + 0.1 * x[3] * x[3] * sine;
    let scale = 1.0 / inertia;
    let acceleration = (both - 1.962 * sine * cosine) * scale;
    let turn = 2.0 * (11.772 * sine - both * cosine) * scale;
    let t_sine = cosine * t[1];
    let t_cosine = -sine * t[1];
    let t_inertia = 0.4 * sine * t_sine;
    let t_both = v - 0.1 * t[2] + 0.1 * x[3] * (2.0 * sine * t[3] + x[3] * t_sine);
    let t_mixed = 1.962 * (t_sine * cosine + sine * t_cosine);
    let t_acceleration = (t_both - t_mixed - acceleration * t_inertia) * scale;
    let t_lift = 11.772 * t_sine - t_both * cosine - both * t_cosine;
    let t_turn = (2.0 * t_lift - turn * t_inertia) * scale;
    *record = Record { x: *x, sine, cosine, acceleration, turn, t_x: *t, t_acceleration, t_turn };
    let next = [x[0] + STEP * x[2], x[1] + STEP * x[3], x[2] + STEP * acceleration, x[3] + STEP * turn];
    let t_next = [t[0] + STEP * t[2], t[1] + STEP * t[3], t[2] + STEP * t_acceleration, t[3] + STEP * t_turn];
    (next, t_next)
}

/// Steps the cotangent and its tangent back; yields the element of the product.
#[inline]
fn step_adjoint(record: &Record, u: f64, v: f64, weight: f64, d: &mut [f64; 4], t_d: &mut [f64; 4]) -> f64 {
    let Record { x, sine, cosine, acceleration, turn, t_x, t_acceleration, t_turn } = *record;
    let t_sine = cosine * t_x[1];
    let t_cosine = -sine * t_x[1];
    let both = u - 0.1 * x[2] + 0.1 * x[3] * x[3] * sine;
    let t_both = v - 0.1 * t_x[2] + 0.1 * x[3] * (2.0 * sine * t_x[3] + x[3] * t_sine);

    let inverse = 1.0 / (1.0 + 0.2 * sine * sine);
    let scale = STEP * inverse;
    let t_scale = -scale * inverse * 0.4 * sine * t_sine;
    let d_a = scale * d[2];
    let t_d_a = scale * t_d[2] + t_scale * d[2];
    let d_t = 2.0 * scale * d[3];
    let t_d_t = 2.0 * (scale * t_d[3] + t_scale * d[3]);
    let d_push = d_a - cosine * d_t;
    let t_d_push = t_d_a - t_cosine * d_t - cosine * t_d_t;
    let d_inertia = -(acceleration * d_a + 0.5 * turn * d_t);
    let t_d_inertia = -(t_acceleration * d_a + acceleration * t_d_a + 0.5 * (t_turn * d_t + turn * t_d_t));
    let along = 0.1 * x[3] * d_push;
    let t_along = 0.1 * (t_x[3] * d_push + x[3] * t_d_push);
    let d_sine = 11.772 * d_t - 1.962 * cosine * d_a + 0.4 * sine * d_inertia + x[3] * along;
    let t_d_sine = 11.772 * t_d_t - 1.962 * (t_cosine * d_a + cosine * t_d_a)
        + 0.4 * (t_sine * d_inertia + sine * t_d_inertia)
        + t_x[3] * along
        + x[3] * t_along;
    let d_cosine = -(1.962 * sine * d_a + both * d_t);
    let t_d_cosine = -(1.962 * (t_sine * d_a + sine * t_d_a) + t_both * d_t + both * t_d_t);

    let place = (x[0].abs() - TRACK).max(0.0).copysign(x[0]);
    let off_track = if x[0].abs() > TRACK { weight } else { 0.0 };
    let too_strong = if u.abs() > FORCE { weight } else { 0.0 };
    let turned = cosine * d_sine - sine * d_cosine;
    let t_turned = t_cosine * d_sine + cosine * t_d_sine - t_sine * d_cosine - sine * t_d_cosine;
    *t_d = [
        t_d[0] + 2.0 * (1.0 + off_track) * t_x[0],
        t_d[1] + t_turned + 10.0 * t_x[1],
        t_d[2] + STEP * t_d[0] - 0.1 * t_d_push + 0.2 * t_x[2],
        t_d[3] + STEP * t_d[1] + 2.0 * (t_sine * along + sine * t_along) + 0.2 * t_x[3],
    ];
    *d = [
        d[0] + 2.0 * (x[0] + weight * place),
        d[1] + turned + 10.0 * x[1],
        d[2] + STEP * d[0] - 0.1 * d_push + 0.2 * x[2],
        d[3] + STEP * d[1] + 2.0 * sine * along + 0.2 * x[3],
    ];
    t_d_push + (0.02 + 2.0 * too_strong) * v
}

//! Oracles of things that move.

use super::number::{Number, product, sum};

pub(crate) fn pendulum_step<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0] + x[1] / 50.0, x[1] + (x[2] - x[1] / 10.0 - x[0].sin() * 9.81) / 50.0]
}

pub(crate) fn runge_kutta_step<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let slope = |a: D, b: D| [b, x[2] * b - x[2] * a.square() * b - a];
    let along = |k: [D; 2], h: f64| slope(x[0] + k[0] * h, x[1] + k[1] * h);
    let k1 = slope(x[0], x[1]);
    let k2 = along(k1, 0.05);
    let k3 = along(k2, 0.05);
    let k4 = along(k3, 0.1);
    let mean = |i: usize| (k1[i] + k4[i] + (k2[i] + k3[i]) * 2.0) / 6.0;
    vec![x[0] + mean(0) * 0.1, x[1] + mean(1) * 0.1]
}

/// A rotation about axis 0, 1 or 2.
fn about<D: Number>(axis: usize, angle: D) -> Vec<D> {
    let (j, k) = ((axis + 1) % 3, (axis + 2) % 3);
    let mut r = vec![D::constant(0.0); 9];
    r[3 * axis + axis] = D::constant(1.0);
    r[3 * j + j] = angle.cos();
    r[3 * k + k] = angle.cos();
    r[3 * k + j] = angle.sin();
    r[3 * j + k] = -angle.sin();
    r
}

pub(crate) fn quadrotor<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    let r = product(&about(2, x[2]), &product(&about(1, x[1]), &about(0, x[0]), 3), 3);
    let mut thrust = sum(x[3..].iter().map(|speed| speed.square()));
    if parameters[0] == 1 {
        thrust -= thrust.square() / 100.0;
    }
    vec![r[2] * thrust, r[5] * thrust, r[8] * thrust - 9.81]
}

pub(crate) fn link_transform<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let homogeneous = |r: Vec<D>, t: [D; 3]| {
        let (o, l) = (D::constant(0.0), D::constant(1.0));
        vec![r[0], r[1], r[2], t[0], r[3], r[4], r[5], t[1], r[6], r[7], r[8], t[2], o, o, o, l]
    };
    let first = homogeneous(about(2, x[0]), [D::constant(0.0), D::constant(0.0), x[1]]);
    let second = homogeneous(about(0, x[3]), [x[2], D::constant(0.0), D::constant(0.0)]);
    product(&first, &second, 4)
}

pub(crate) fn kepler<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (mean, e) = (x[0], x[1]);
    let newton = |at: D, _| (mean + e * (at.sin() - at * at.cos())) / (-e * at.cos() + 1.0);
    vec![(0..4).fold(mean, newton)]
}

pub(crate) fn three_bodies<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (at, mass) = x.split_at(6);
    let pair = |i: usize, j: usize| {
        let distance = (at[2 * i] - at[2 * j]).square() + (at[2 * i + 1] - at[2 * j + 1]).square();
        mass[i] * mass[j] * (distance + 0.01).sqrt().recip()
    };
    vec![-(pair(0, 1) + pair(1, 2) + pair(2, 0))]
}

pub(crate) fn oscillation<D: Number>(x: &[D], none: &[i32]) -> Vec<D> {
    let mut at = x.to_vec();
    let mut costs = Vec::new();
    for _ in 0..6 {
        at = [runge_kutta_step(&at, none), vec![x[2]]].concat();
        costs.push(at[0].square() + at[1].square() / 10.0);
    }
    vec![sum(costs)]
}

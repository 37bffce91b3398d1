//! Oracles of the operators.

use super::number::{Number, sum};

pub(crate) fn rational<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (x, y) = (x[0], x[1]);
    vec![(x.square() - y * 3.0) / (x.square() + y.square() + 1.0) + x * y]
}

pub(crate) fn compound<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let s = x[2] * x[0] * (x[1] - 1.0) / (x[1].square() + 1.0);
    vec![s.square()]
}

pub(crate) fn shared<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let p = x[0] * x[1];
    vec![(p + 1.0) * p.sin()]
}

pub(crate) fn remainders<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let angle = (x[0] * 3.0).remainder(D::constant(1.25));
    vec![angle.square() + x[0].remainder(x[1]) * x[1]]
}

pub(crate) fn negations<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![-(x[0] + x[1]) * x[0] / (x[1].square() + 2.0) + x[0] * -3.0]
}

pub(crate) fn ring<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let n = x.len();
    vec![sum((0..n).map(|i| (x[(i + n - 1) % n] - x[i] * 2.0 + x[(i + 1) % n]).powi(3)))]
}

pub(crate) fn strided<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let rows = x.chunks(4).enumerate().map(|(i, row)| {
        let weighted = row.iter().enumerate().map(|(j, value)| {
            let half = x[(4 * i + j) / 2];
            *value * half * (2.0 * j as f64 + 1.0)
        });
        sum(weighted) / (i as f64 + 1.0)
    });
    let mut y: Vec<D> = rows.collect();
    y.reverse();
    y
}

pub(crate) fn hanging_masses<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let previous = std::iter::once(D::constant(0.0)).chain(x.iter().copied());
    let energy = x
        .iter()
        .zip(previous)
        .map(|(x, previous)| (*x - previous).square() * 6.25 - *x * (0.35 * 9.80665) * (*x / 10.0).cos());
    vec![sum(energy) + x[0] * 180.0_f64.to_radians() + x[1].square() * 2.0_f64.sqrt()]
}

pub(crate) fn mostly_zero<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0] * x[1] + x[2] * 3.0 + x[4].real().floor()]
}

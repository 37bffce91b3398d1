//! Oracles of functions that optimisers are tried on.

use super::number::{Number, dot, sum};

pub(crate) fn rosenbrock<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let pairs =
        x.windows(2).map(|pair| (pair[1] - pair[0].square()).square() * 100.0 + (-pair[0] + 1.0).square());
    vec![sum(pairs)]
}

pub(crate) fn himmelblau<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (x, y) = (x[0], x[1]);
    vec![(x.square() + y - 11.0).square() + (y.square() + x - 7.0).square()]
}

pub(crate) fn rastrigin<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![sum(x.iter().map(|x| x.square() - (*x * std::f64::consts::TAU).cos() * 10.0 + 10.0))]
}

pub(crate) fn ackley<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let radius = (dot(x, x) / 2.0).sqrt();
    let waves = sum(x.iter().map(|x| (*x * std::f64::consts::TAU).cos())) / 2.0;
    vec![(radius / -5.0).exp() * -20.0 - waves.exp() + (1.0_f64.exp() + 20.0)]
}

pub(crate) fn fit_residuals<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let measured = [(0.0, 2.1), (0.5, 1.5), (1.0, 1.1), (1.5, 0.85), (2.0, 0.7)];
    measured.map(|(time, value)| x[0] / (x[1] * time).exp() + x[2] - value).to_vec()
}

pub(crate) fn fit_cost<D: Number>(x: &[D], none: &[i32]) -> Vec<D> {
    let r = fit_residuals(x, none);
    vec![dot(&r, &r) / 2.0]
}

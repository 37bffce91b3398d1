//! Oracles of the loops.

use super::number::{Number, dot, sum};

pub(crate) fn horner<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (c, x) = (&x[..6], x[6]);
    vec![sum(c.iter().enumerate().map(|(k, c)| *c * x.powi(k as i32)))]
}

pub(crate) fn exponential_series<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let factorial = |k: i32| (1..=k).map(f64::from).product::<f64>();
    vec![sum((0..=9).map(|k| x[0].powi(k) / factorial(k)))]
}

pub(crate) fn matrix_vector<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (a, x) = x.split_at(6);
    a.chunks(3).map(|row| dot(row, x)).collect()
}

pub(crate) fn pair_energy<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let pair = |i: usize, j: usize| ((x[i] - x[j]).square() + 1.0).recip();
    vec![pair(0, 1) + pair(0, 2) + pair(0, 3) + pair(1, 2) + pair(1, 3) + pair(2, 3)]
}

pub(crate) fn babylonian<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![(0..6).fold((x[0] + 1.0) / 2.0, |root, _| (root.square() + x[0]) / (root * 2.0))]
}

pub(crate) fn logistic_map<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![(0..5).fold(x[0], |at, _| x[1] * (at - at.square()))]
}

pub(crate) fn convolution<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (a, b) = x.split_at(4);
    (0..6)
        .map(|n| {
            sum((0..4).filter(|i| (0..3).contains(&(n - i))).map(|i| a[i as usize] * b[(n - i) as usize]))
        })
        .collect()
}

pub(crate) fn two_passes<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let mean = sum(x.iter().copied()) / 5.0;
    vec![sum(x.iter().zip(x.iter().rev()).map(|(x, other)| (*x - mean).square() * other.square()))]
}

pub(crate) fn ranges<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let s = ((x[0] * x[3] + 1.0) * x[2] + 1.0) * x[1] + 1.0;
    let s = s * (x[2] + 1.0);
    vec![s.square() + x[1].square() + x[0] * x[1] + x[0].square()]
}

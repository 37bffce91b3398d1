//! Oracles of the mutations, without any.

use super::number::Number;

pub(crate) fn shadowed<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let square = x[0].square();
    let first = square.sin() * (square + 1.0);
    vec![first + (square + 1.0) * first]
}

pub(crate) fn fibonacci<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let mut terms = x.to_vec();
    for k in 0..4 {
        terms.push(terms[k] * (terms[k + 1] + 0.5));
    }
    vec![terms[4] - terms[5]]
}

pub(crate) fn running_product<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    // y[i] = x[i] + x[i] x[i-1] + x[i] x[i-1] x[i-2] + …
    (0..x.len())
        .map(|i| {
            let mut product = D::constant(1.0);
            let mut total = D::constant(0.0);
            for factor in x[..=i].iter().rev() {
                product *= *factor;
                total += product;
            }
            total
        })
        .collect()
}

pub(crate) fn sorted<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let mut y = x.to_vec();
    y.sort_by(|a, b| a.real().total_cmp(&b.real()));
    y
}

pub(crate) fn consumed<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let grown = |w: D, x: D| w * (w * x.square() + 1.0);
    let w = [x[3], grown(x[3], x[0]), grown(grown(x[3], x[0]), x[1])];
    vec![grown(w[2], x[2]) * x[2] * w[2]]
}

pub(crate) fn overwritten<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let before = x[0] * x[1];
    let after = x[2].sin() * x[1];
    vec![after * before * (-after + 1.0)]
}

pub(crate) fn copies<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let first = x[0] + x[1] * x[2];
    vec![first * (first * x[0]) * x[1] + x[0] * x[2]]
}

pub(crate) fn exchanged<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    // Powers of the two factors: Fibonacci's numbers.
    let (p, q) = (x[0], x[1] * x[2]);
    let a = [q, p * q, p * q.square()];
    let b = [p * q, p * q.square(), p.square() * q.powi(3)];
    let first = x[2] * a[0];
    let last = x[0] + b[0];
    let second = last * a[1];
    let last = x[1] + b[1];
    // The last pass writes element 2 twice; the second value stays.
    vec![first, second, last + b[2]]
}

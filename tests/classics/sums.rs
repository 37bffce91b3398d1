//! Test functions for optimisers in any number of variables: sums over elements and neighbours.

use std::f64::consts::{E, PI};

use gradgen::{Differentiable, gradgen};

use crate::check;
use crate::oracle::oracle;

const LISTS: [&[f64]; 3] = [&[0.73, -1.31, 2.17, 0.43], &[1.4, 0.6], &[-0.3, 0.9, -2.1, 1.6, 0.2]];

/// Ackley's function.
#[gradgen(gradient, hessian, hvp)]
pub fn ackley(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let squares = x.iter().map(|xi| xi.powi(2)).sum::<f64>();
    let waves = x.iter().map(|&xi| (2.0 * PI * xi).cos()).sum::<f64>();
    -20.0 * (-0.2 * (squares / n).sqrt()).exp() - (waves / n).exp() + 20.0 + E
}

#[test]
fn ackley_is_the_same() {
    for x in LISTS {
        let oracle = oracle!([], |x: D| {
            let (mut squares, mut waves) = (D::constant(0.0), D::constant(0.0));
            for xi in x {
                squares += *xi * *xi / x.len() as f64;
                waves += (*xi * (2.0 * PI)).cos() / x.len() as f64;
            }
            vec![(squares.sqrt() / -5.0).exp() * -20.0 - waves.exp() + (20.0 + E)]
        });
        check(<ackley as Differentiable>::INFO, &[x], ackley(x), &oracle);
    }
}

/// Rosenbrock's valley, over neighbours.
#[gradgen(gradient, hessian, hvp)]
pub fn rosenbrock(x: &[f64]) -> f64 {
    x.windows(2).map(|w| 100.0 * (w[1] - w[0].powi(2)).powi(2) + (1.0 - w[0]).powi(2)).sum()
}

/// The same with a loop that is zipped, and its two constants.
#[gradgen(gradient, hessian, hvp)]
pub fn rosenbrock_of(x: &[f64], a: f64, b: f64) -> f64 {
    x.iter().zip(x.iter().skip(1)).map(|(&x, &next)| (a - x).powi(2) + b * (next - x * x).powi(2)).sum()
}

#[test]
fn rosenbrock_is_the_same() {
    for x in LISTS {
        let oracle = oracle!([], |x: D| {
            let mut sum = D::constant(0.0);
            for i in 1..x.len() {
                let (valley, along) = (x[i] - x[i - 1] * x[i - 1], x[i - 1] - 1.0);
                sum += valley * valley * 100.0 + along * along;
            }
            vec![sum]
        });
        check(<rosenbrock as Differentiable>::INFO, &[x], rosenbrock(x), &oracle);
        let oracle = oracle!([], |x: D| {
            let (x, a, b) = (&x[..x.len() - 2], x[x.len() - 2], x[x.len() - 1]);
            let mut sum = D::constant(0.0);
            for i in 1..x.len() {
                let (valley, along) = (x[i] - x[i - 1] * x[i - 1], x[i - 1] - a);
                sum += valley * valley * b + along * along;
            }
            vec![sum]
        });
        let value = rosenbrock_of(x, 1.2, 90.0);
        check(<rosenbrock_of as Differentiable>::INFO, &[x, &[1.2], &[90.0]], value, &oracle);
    }
}

/// Rastrigin's function.
#[gradgen(gradient, hessian, hvp)]
pub fn rastrigin(x: &[f64]) -> f64 {
    const A: f64 = 10.0;
    x.iter().fold(A * x.len() as f64, |sum, &xi| sum + xi * xi - A * (2.0 * PI * xi).cos())
}

#[test]
fn rastrigin_is_the_same() {
    for x in LISTS {
        let oracle = oracle!([], |x: D| {
            let terms = x.iter().map(|xi| xi.powi(2) + (-(*xi * (2.0 * PI)).cos() + 1.0) * 10.0);
            vec![terms.fold(D::constant(0.0), |sum, term| sum + term)]
        });
        check(<rastrigin as Differentiable>::INFO, &[x], rastrigin(x), &oracle);
    }
}

/// The sphere.
#[gradgen(gradient, hessian, hvp)]
pub fn sphere(x: &[f64]) -> f64 {
    x.iter().map(|xi| xi * xi).sum()
}

#[test]
fn sphere_is_the_same() {
    for x in LISTS {
        let oracle = oracle!([], |x: D| vec![x.iter().fold(D::constant(0.0), |sum, xi| sum + xi.powi(2))]);
        check(<sphere as Differentiable>::INFO, &[x], sphere(x), &oracle);
    }
}

/// The function of Styblinski and Tang.
#[gradgen(gradient, hessian, hvp)]
pub fn styblinski_tang(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for &xi in x {
        sum += xi.powi(4) - 16.0 * xi.powi(2) + 5.0 * xi;
    }
    sum / 2.0
}

#[test]
fn styblinski_tang_is_the_same() {
    for x in LISTS {
        let oracle = oracle!([], |x: D| {
            let terms = x.iter().map(|xi| (*xi * (xi.powi(3) - *xi * 16.0 + 5.0)) * 0.5);
            vec![terms.fold(D::constant(0.0), |sum, term| sum + term)]
        });
        check(<styblinski_tang as Differentiable>::INFO, &[x], styblinski_tang(x), &oracle);
    }
}

/// Levy's function, for arrays.
#[gradgen(gradient, hessian, hvp)]
pub fn levy(x: &[f64; 4]) -> f64 {
    let w = x.map(|xi| 1.0 + (xi - 1.0) / 4.0);
    let last = w[w.len() - 1];
    let middle: f64 = w
        .iter()
        .take(w.len() - 1)
        .map(|wi| (wi - 1.0).powi(2) * (1.0 + 10.0 * (PI * wi + 1.0).sin().powi(2)))
        .sum();
    (PI * w[0]).sin().powi(2) + middle + (last - 1.0).powi(2) * (1.0 + (2.0 * PI * last).sin().powi(2))
}

#[test]
fn levy_is_the_same() {
    for x in [[0.73, -1.31, 2.17, 0.43], [1.0, 1.0, 1.0, 1.0], [-3.0, 0.2, 5.1, -0.7]] {
        let oracle = oracle!([], |x: D| {
            let w: Vec<D> = x.iter().map(|xi| *xi / 4.0 + 0.75).collect();
            let square = |t: D| t.sin() * t.sin();
            let mut sum = square(w[0] * PI);
            for (i, wi) in w.iter().enumerate() {
                let factor = if i == 3 { square(*wi * (2.0 * PI)) } else { square(*wi * PI + 1.0) * 10.0 };
                sum += (*wi - 1.0).powi(2) * (factor + 1.0);
            }
            vec![sum]
        });
        check(<levy as Differentiable>::INFO, &[&x], levy(&x), &oracle);
    }
}

//! Calls of functions with lengths that only run time knows.

use gradgen::gradgen;

#[gradgen(gradient(a))]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..a.len() {
        s += a[i] * b[i];
    }
    s
}

#[gradgen(gradient)]
pub fn norm(a: &[f64; 3]) -> f64 {
    dot(a, a).sqrt()
}

#[gradgen(gradient)]
pub fn steps(x: f64, n: usize) -> f64 {
    let mut y = x;
    for _ in 0..n {
        y = y.sin();
    }
    y
}

#[gradgen(jvp(x), gradient(x))]
pub fn twice(x: f64, n: usize) -> f64 {
    steps(steps(x, n), n)
}

// Forward mode works, …
#[gradgen(jvp(x))]
pub fn forward(x: f64, n: usize) -> f64 {
    steps(steps(x, n), n)
}

// … and does for callers.
#[gradgen(gradient(x))]
pub fn further(x: f64, n: usize) -> f64 {
    forward(x, n)
}

fn main() {}

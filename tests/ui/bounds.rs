//! What can only fail when it is run, and what is too long.
use gradgen::gradgen;

#[gradgen(gradient)]
fn index(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0..4 {
        s += x[i];
    }
    s
}

#[gradgen(gradient)]
fn below(x: &[f64; 3]) -> f64 {
    let i = 0;
    x[i - 1]
}

#[gradgen(gradient)]
fn divisor(x: f64) -> f64 {
    let mut s = x;
    for i in 0..3 {
        s += (6 / i) as f64;
    }
    s
}

#[gradgen(gradient)]
fn run_time(x: &[f64; 4], n: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..n {
        s += x[i];
    }
    s
}

#[gradgen(gradient, limit = 1000)]
fn too_long(x: f64) -> f64 {
    let mut s = x;
    for _ in 0..1_000_000_000 {
        s = s.sin();
    }
    s
}

fn main() {
    let _ = index_grad(&[1.0; 3]);
    let _ = below_grad(&[1.0; 3]);
    let _ = divisor_grad(1.0);
    let _ = run_time_grad(&[1.0; 4], 4);
    let _ = too_long_grad(1.0);
}

//! What can only fail when it is run.
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

fn main() {
    let _ = index_grad(&[1.0; 3]);
    let _ = below_grad(&[1.0; 3]);
    let _ = divisor_grad(1.0);
}

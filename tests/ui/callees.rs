//! Callees without a derivative, and one that can refuse the call.
use gradgen::gradgen;

fn plain(x: f64) -> f64 {
    x
}

mod module {
    pub fn plain(x: f64) -> f64 {
        x
    }
}

#[gradgen(gradient)]
fn without_derivative(x: f64) -> f64 {
    plain(x) + module::plain(x)
}

#[gradgen]
fn refusable(x: &[f64; 2], n: usize) -> f64 {
    x[n]
}

#[gradgen(gradient)]
fn refused(x: &[f64; 2]) -> f64 {
    refusable(x, 1)
}

fn main() {
    let _ = without_derivative_grad(1.0);
    let _ = refused_grad(&[1.0, 2.0]);
}

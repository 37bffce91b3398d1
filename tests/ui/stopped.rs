//! `stop_gradient`: functions that are another's, and what it is not of.
use gradgen::gradgen;

mod other {
    use gradgen::gradgen;

    #[gradgen]
    pub fn stop_gradient(x: f64) -> f64 {
        x * x
    }
}

#[gradgen(gradient)]
fn of_another_module(x: f64) -> f64 {
    other::stop_gradient(x)
}

#[gradgen(jvp(x))]
fn of_a_slice(x: &[f64]) -> f64 {
    let y = gradgen::stop_gradient(x);
    y[0]
}

#[gradgen(gradient)]
fn of_a_pair(x: f64) -> f64 {
    let (a, b) = gradgen::stop_gradient((x, x));
    a * b
}

fn main() {}

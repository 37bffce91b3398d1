//! `custom(…)`: functions that are not there, or have no derivative themselves.
use gradgen::gradgen;

fn slope(x: f64) -> f64 {
    x
}

#[gradgen(custom(gradient = missing))]
fn unknown_function(x: f64) -> f64 {
    x
}

#[gradgen(custom(gradient = slope, differentiable))]
fn without_companion(x: f64) -> f64 {
    x
}

fn main() {}

//! Patterns whose values are not known.

use gradgen::gradgen;

#[gradgen(gradient)]
fn values_of_errors(x: f64) -> f64 {
    let y = if x > 0.0 { Ok(x) } else { Err(2.0) };
    match y {
        Ok(v) | Err(v) => v * v,
    }
}

#[gradgen(gradient)]
fn condition_behind_alternatives(x: f64, y: f64) -> f64 {
    match (x, (x > 0.0, y > 0.0, y)) {
        (a, (true, _, b) | (_, true, b)) if b > 1.0 => a * b,
        _ => x,
    }
}

#[gradgen(gradient)]
fn how_many(x: f64) -> f64 {
    let (a, ..) = pair(x);
    a * x
}

#[gradgen(jacobian)]
fn pair(x: f64) -> (f64, f64) {
    (x, x * x)
}

fn main() {}

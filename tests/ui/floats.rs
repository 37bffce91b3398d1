//! Methods of floats that have no derivative, and imports of everything.

use gradgen::gradgen;

#[gradgen(gradient)]
fn methods_of_floats(x: f64, y: f64) -> f64 {
    let a = x.next_up();
    let b = x.to_bits() as f64;
    let c = x.total_cmp(&y) as i32 as f64;
    let d = if x.lt(&y) { x } else { y };
    a + b + c + d
}

#[gradgen(gradient)]
fn imports(x: f64) -> f64 {
    let y = {
        use std::f64::consts::*;
        x * PI
    };
    y
}

fn main() {}

//! A name in a pattern that is a constant's: whether it is, rustc says.
use gradgen::gradgen;

#[allow(non_upper_case_globals)]
const few: i32 = 3;

#[gradgen(gradient)]
fn matched(x: f64, n: i32) -> f64 {
    match n {
        few => x * x,
        many => x * many as f64,
    }
}

fn main() {}

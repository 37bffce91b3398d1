//! What callers outside of Rust keep between calls.
use gradgen::gradgen;

#[gradgen(state(total))]
fn fine(total: &mut f64, x: f64) {
    *total += x;
}

#[gradgen(state(x))]
fn no_reference(total: &mut f64, x: f64) {
    *total += x;
}

#[gradgen(state(total, sum))]
fn unknown(total: &mut f64, x: f64) {
    *total += x;
}

#[gradgen(state(y))]
fn written_first(x: f64, y: &mut f64) {
    *y = 2.0 * x;
}

#[gradgen(state(total, total))]
fn twice(total: &mut f64, x: f64) {
    *total += x;
}

#[gradgen(state())]
fn none(total: &mut f64, x: f64) {
    *total += x;
}

fn main() {}

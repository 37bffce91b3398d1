//! Signatures.
use gradgen::gradgen;

#[gradgen(gradient)]
async fn later(x: f64) -> f64 {
    x
}

#[gradgen(gradient)]
unsafe fn dangerous(x: f64) -> f64 {
    x
}

#[gradgen(gradient)]
fn generic<const N: u8>(x: f64) -> f64
where
    f64: Copy,
{
    x + f64::from(N)
}

#[gradgen(gradient)]
fn slice(x: &[f64]) -> f64 {
    x[0]
}

#[gradgen(gradient)]
fn types(_a: u8, _b: Vec<f64>, _c: (f64, f64), _d: [usize; 2], _e: &str, f: f64) -> f64 {
    f
}

#[gradgen(gradient)]
fn mixed(x: f64, _y: f32) -> f64 {
    x
}

#[gradgen(gradient)]
fn no_output(x: f64) {
    let _ = x;
}

#[gradgen(gradient)]
fn wrong_output(x: f64) -> usize {
    x as usize
}

#[gradgen(gradient)]
fn wrong_outputs(x: f64) -> (f64, bool, Option<f64>) {
    (x, true, None)
}

#[gradgen(gradient)]
fn parameter(x: f64, _n: &mut usize) -> f64 {
    x
}

#[gradgen(gradient)]
fn pattern((a, b): (f64, f64), c @ _: f64) -> f64 {
    a + b + c
}

struct Point {
    x: f64,
}

impl Point {
    #[gradgen(gradient)]
    fn method(&self, y: f64) -> f64 {
        self.x * y
    }
}

#[gradgen(gradient)]
struct NoFunction;

struct Vector<T, const N: usize>([T; N]);

#[gradgen(gradient)]
fn of_another_crate(x: &Vector<f64, 3>) -> f64 {
    x.0[0]
}

fn main() {
    let _ = (Point { x: 1.0 }).method(1.0);
}

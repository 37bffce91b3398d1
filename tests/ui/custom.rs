//! `custom(…)`: what makes no sense, what is missing where it is needed, and wrong signatures.
use gradgen::gradgen;

fn slope(x: f64) -> f64 {
    x
}

fn along(x: &[f64; 2], v: &[f64; 2]) -> f64 {
    x[0] * v[1]
}

fn back(x: &[f64; 2], c: &[f64; 2]) -> [f64; 2] {
    [x[0] * c[1], c[0]]
}

#[gradgen(custom())]
fn nothing(x: f64) -> f64 {
    x
}

#[gradgen(custom(gradient = slope, gradient = slope, derivative = slope))]
fn words(x: f64) -> f64 {
    x
}

#[gradgen(custom(slope))]
fn no_word(x: f64) -> f64 {
    x
}

#[gradgen(custom(gradient = slope, hvp = slope, differentiable))]
fn twice_twice(x: f64) -> f64 {
    x
}

#[gradgen(custom(jvp = slope, hvp = slope))]
fn second_without_first(x: f64) -> f64 {
    x
}

#[gradgen(custom(jvp = slope, differentiable))]
fn nothing_to_differentiate(x: f64) -> f64 {
    x
}

#[gradgen(custom(gradient = slope))]
fn several_outputs(x: f64) -> (f64, f64) {
    (x, x)
}

#[gradgen(custom(gradient = slope), checkpoint = "sqrt")]
fn no_loops(x: f64) -> f64 {
    x
}

#[gradgen(custom(jvp = slope))]
fn slices_and_places(x: &[f64], y: &mut f64) {
    *y = x[0];
}

#[gradgen(custom(jvp = slope))]
fn parameter(n: usize) -> f64 {
    n as f64
}

#[gradgen(gradient, jvp, hessian, custom(jvp = along))]
fn forward_only(x: &[f64; 2]) -> f64 {
    x[0] * x[1]
}

#[gradgen(vjp, jvp, custom(vjp = back))]
fn reverse_only(x: &[f64; 2]) -> [f64; 2] {
    *x
}

#[gradgen(gradient, hvp, custom(gradient = slope))]
fn first_only(x: f64) -> f64 {
    x
}

#[gradgen(custom(gradient = slope))]
fn of_any_type<T: gradgen::Scalar>(x: T) -> T {
    x
}

#[gradgen(custom(gradient = slope))]
fn sometimes(x: f64) -> Option<f64> {
    (x > 0.0).then_some(x)
}

#[derive(gradgen::Gradgen, Clone, Copy)]
struct Point {
    x: f64,
}

#[gradgen(custom(gradient = slope))]
fn of_a_struct(point: Point) -> f64 {
    point.x
}

// Only rustc can see the rest.
mod known {
    use gradgen::gradgen;

    #[gradgen(custom(jvp = super::along))]
    pub fn forward(x: &[f64; 2]) -> f64 {
        x[0] * x[1]
    }

    #[gradgen(custom(vjp = super::back))]
    pub fn reverse(x: &[f64; 2]) -> [f64; 2] {
        *x
    }

    #[gradgen(custom(gradient = super::slope))]
    pub fn first(x: f64) -> f64 {
        x
    }

    #[gradgen]
    pub fn between(x: f64) -> f64 {
        first(x) * x
    }
}

#[gradgen(jvp, gradient)]
fn calls_forward(x: &[f64; 2]) -> f64 {
    known::forward(x)
}

#[gradgen(vjp, jvp)]
fn calls_reverse(x: &[f64; 2]) -> [f64; 2] {
    let y: [f64; 2] = known::reverse(x);
    y
}

#[gradgen(gradient, hessian)]
fn calls_first(x: f64) -> f64 {
    known::between(x)
}

#[gradgen(custom(gradient = along, vjp = slopes))]
fn wrong_signatures(x: f64) -> f64 {
    x
}

fn slopes(x: f64, c: f64) -> (f64, f64) {
    (x, c)
}

fn main() {}

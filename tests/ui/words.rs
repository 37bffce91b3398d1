//! Words of the attribute.
use gradgen::gradgen;

#[gradgen(grad, gradient)]
fn grad(x: f64) -> f64 {
    x
}

#[gradgen(gradient, f, jf, colour = "red", color(x), outputs(a))]
fn several(x: f64) -> f64 {
    x
}

#[gradgen(gradient outputs(a))]
fn comma(x: f64) -> f64 {
    x
}

#[gradgen(gradient, "hessian", jvp)]
fn string(x: f64) -> f64 {
    x
}

#[gradgen(gradient, limit = 10, limit = 20, outputs(a), outputs(b), fallible, fallible, crate = gradgen, crate = gradgen)]
fn twice(x: f64) -> f64 {
    x
}

#[gradgen(gradient, limit = many, hvp)]
fn number(x: f64) -> f64 {
    x
}

#[gradgen(gradient, unused = "deny")]
fn level(x: f64) -> f64 {
    x
}

#[gradgen(gradient, bundle(f, gradient(x), grad(x)), bundle())]
fn bundles(x: f64) -> f64 {
    x
}

#[gradgen(gradient())]
fn nothing(x: f64) -> f64 {
    x
}

#[gradgen(gradient(*, x))]
fn star(x: f64) -> f64 {
    x
}

#[gradgen(gradient, checkpoint = "log")]
fn checkpoints(x: f64) -> f64 {
    x
}

#[gradgen(gradient, checkpoint)]
fn no_checkpoints(x: f64) -> f64 {
    x
}

fn main() {
    let _ = several_grad(1.0);
    let _ = twice_grad(1.0);
    let _ = bundles_grad(1.0);
    let _ = grad_grad(1.0);
    let _ = comma_grad(1.0);
    let _ = string_jvp(1.0, 1.0);
    let _ = number_hvp(1.0, 1.0);
    let _ = level_grad(1.0);
}

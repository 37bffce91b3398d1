//! Requests that the function cannot meet.
use gradgen::gradgen;

#[gradgen(gradient, hessian, hvp, jacobian)]
fn vector(x: &[f64; 2]) -> [f64; 2] {
    *x
}

#[gradgen(gradient(x), bundle(f, grad(x)), vjp(x))]
fn several(x: f64) -> (f64, f64) {
    (x, x)
}

#[gradgen(gradient(y, z), jacobian(k), hessian(x, w, x), hessian(*), jvp(x, x), gradient(x))]
fn inputs(x: f64, w: f64, k: usize) -> f64 {
    x * w * k as f64
}

#[gradgen(gradient, gradient(x), bundle(f, grad), bundle(f(x), grad(x)), bundle(grad(x), grad(x)), jvp(x_y), jvp(x, y))]
fn twice(x: f64, y: f64, x_y: f64) -> f64 {
    x * y * x_y
}

#[gradgen(gradient, jacobian(*))]
fn nothing(k: usize, flag: bool) -> f64 {
    if flag { k as f64 } else { 0.0 }
}

#[gradgen(gradient, outputs(a, b))]
fn one(x: f64) -> f64 {
    x
}

#[gradgen(jacobian, outputs(a, a))]
fn equal(x: f64) -> (f64, f64) {
    (x, x)
}

#[gradgen(gradient, default(x = "one", z = 1.0), rename(w = "x", q = "r", x = "2x"), unused = "error")]
fn options(x: f64, w: f64) -> f64 {
    let _ = w;
    x
}

#[gradgen(gradient, default(x = 1.0))]
fn order(x: f64, w: f64) -> f64 {
    x * w
}

#[gradgen(jvp(y))]
fn only_written(x: &[f64], y: &mut [f64]) {
    for i in 0..x.len() {
        y[i] = x[i];
    }
}

fn main() {
    let _ = vector_jf(&[1.0, 2.0]);
    let _ = several_vjp(1.0, 1.0, 1.0);
    let _ = inputs_grad_x(1.0, 2.0, 3);
    let _ = twice_grad_x(1.0, 2.0, 3.0);
    let _ = one_grad(1.0);
    let _ = equal_jf(1.0);
    let _ = options_grad_x(1.0, 2.0);
    let _ = order_grad_w(1.0, 2.0);
}

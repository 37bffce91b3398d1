//! Several outputs, named outputs, and outputs through `&mut` parameters.

use gradgen::gradgen;

#[gradgen(
    jacobian,
    jacobian(*),
    jvp,
    jvp(*),
    vjp,
    vjp(*),
    bundle(f, jf(x), jvp(x), vjp(x)),
    outputs(cost, state)
)]
pub fn pair(x: &[f64; 3], w: f64) -> (f64, [f64; 2]) {
    (x[0] * w, [x[1] * x[2], w * x[0].sin()])
}

/// Three outputs of three shapes, without names of their own.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn three_shapes(x: &[f64; 2]) -> (f64, [[f64; 2]; 2], [f64; 3]) {
    let outer = [[x[0] * x[0], x[0] * x[1]], [x[1] * x[0], x[1] * x[1]]];
    let trace = outer[0][0] + outer[1][1];
    (trace.sqrt(), outer, [x[0], 1.0, trace])
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(angle), jvp(angle), vjp(angle)), outputs(rotation))]
pub fn rotation(angle: f64) -> [[f64; 2]; 2] {
    let (s, c) = angle.sin_cos();
    [[c, -s], [s, c]]
}

/// The result goes where the caller says; its elements are written one by one.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn written(x: &[f64; 3], y: &mut [f64; 2]) {
    y[0] = x[0] * x[1];
    y[1] = 0.0;
    for i in 0..3 {
        y[1] += x[i] * x[i];
    }
}

/// A result by value beside one through a parameter.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)), outputs(norm))]
pub fn normalised(x: &[f64; 3], unit: &mut [f64; 3]) -> f64 {
    let norm = (x[0] * x[0] + x[1] * x[1] + x[2] * x[2]).sqrt();
    *unit = [x[0] / norm, x[1] / norm, x[2] / norm];
    norm
}

/// Read before it is written: an input and an output.
#[gradgen(jacobian(*), jvp(*), vjp(*))]
pub fn relaxed(state: &mut [f64; 3], rate: f64) {
    for i in 0..3 {
        let target = state[(i + 1) % 3];
        state[i] += rate * (target - state[i]) * state[i];
    }
}

/// A scalar that is added to.
#[gradgen(jacobian, jacobian(*), jvp(*), vjp(*), bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn accumulated(x: &[f64; 2], total: &mut f64) {
    *total += *total * x[0] * x[1].sin();
}

/// What is written under a condition only, or in part, keeps the rest of what was there.
#[gradgen(jacobian(x), jvp(*), vjp(*))]
pub fn partly(x: &[f64; 2], y: &mut [f64; 3]) {
    y[0] = x[0] * x[1];
    if x[0] > 0.0 {
        y[2] = x[1].exp();
    }
}

/// Both branches write everything: what was there does not matter.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn by_either(x: &[f64; 2], y: &mut [f64; 2]) {
    if x[0] > 0.0 {
        y[0] = x[0] * x[0];
        y[1] = x[1] * y[0];
    } else {
        *y = [x[1]; 2];
    }
}

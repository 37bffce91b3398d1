//! Functions of `f32`.

use gradgen::gradgen;

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn ripple(x: &[f32; 2]) -> f32 {
    let r = (1.0 + x[0] * x[0] + x[1] * x[1]).sqrt();
    r.sin() / r + 0.25 * x[0]
}

#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, w),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x))
)]
pub fn neuron(x: &[f32; 3], w: &[f32; 3], steps: usize) -> f32 {
    let mut activation = 0.1_f32;
    for i in 0..3 {
        activation += x[i] * w[i];
    }
    activation.tanh() * steps as f32
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(angles), jvp(angles), vjp(angles)))]
pub fn two_links(angles: [f32; 2]) -> [f32; 2] {
    let (s, c) = angles[0].sin_cos();
    let (s2, c2) = f32::sin_cos(angles[0] + angles[1]);
    [0.5 * c + 0.4 * c2, 0.5 * s + 0.4 * s2]
}

/// Branches, powers and constants.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn drag(x: f32) -> f32 {
    const DENSITY: f32 = 1.225;
    let force = 0.5 * DENSITY * x.powi(2) * std::f32::consts::FRAC_PI_4;
    if x.abs() < 0.5 { x } else { force.copysign(x).mul_add(0.5, x.cbrt()) }
}

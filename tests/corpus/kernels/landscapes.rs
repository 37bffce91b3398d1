//! Functions that optimisers are tried on.

use gradgen::gradgen;

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn rosenbrock(x: &[f64; 5]) -> f64 {
    let mut s = 0.0;
    for i in 0..4 {
        let valley = x[i + 1] - x[i] * x[i];
        s += 100.0 * valley * valley + (1.0 - x[i]) * (1.0 - x[i]);
    }
    s
}

#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, y),
    hessian(y, x),
    hvp,
    hvp(*),
    jvp,
    jvp(*),
    vjp,
    vjp(*),
    bundle(f, grad(x, y), hvp(x, y))
)]
pub fn himmelblau(x: f64, y: f64) -> f64 {
    (x * x + y - 11.0).powi(2) + (x + y * y - 7.0).powi(2)
}

/// A bundle of everything: one tangent is the direction of both products.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x), jvp(x), vjp(x)))]
pub fn rastrigin(x: &[f64; 3]) -> f64 {
    let mut s = 30.0;
    for i in 0..3 {
        s += x[i] * x[i] - 10.0 * (std::f64::consts::TAU * x[i]).cos();
    }
    s
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn ackley(x: &[f64; 2]) -> f64 {
    let radius = (0.5 * (x[0] * x[0] + x[1] * x[1])).sqrt();
    let waves = 0.5 * ((std::f64::consts::TAU * x[0]).cos() + (std::f64::consts::TAU * x[1]).cos());
    -20.0 * (-0.2 * radius).exp() - waves.exp() + std::f64::consts::E + 20.0
}

/// The residuals of an exponential fit.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(p), jvp(p), vjp(p)), outputs(residual))]
pub fn fit_residuals(p: &[f64; 3]) -> [f64; 5] {
    let measured = [2.1, 1.5, 1.1, 0.85, 0.7];
    let mut r = [0.0; 5];
    for i in 0..5 {
        r[i] = p[0] * (-p[1] * 0.5 * i as f64).exp() + p[2] - measured[i];
    }
    r
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(p), hessian(p), hvp(p)))]
pub fn fit_cost(p: &[f64; 3]) -> f64 {
    let r = fit_residuals(p);
    let mut s = 0.0;
    for i in 0..5 {
        s += 0.5 * r[i] * r[i];
    }
    s
}

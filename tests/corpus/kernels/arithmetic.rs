//! Operators on floats, arithmetic on indices, constants and casts.

use gradgen::gradgen;
use std::f64::consts::{self, SQRT_2};

/// Standard gravity.
const GRAVITY: f64 = 9.80665;

/// Constants of another module.
pub mod sizes {
    /// How many masses hang in a row.
    pub const MASSES: usize = 4;

    /// A mass.
    pub const MASS: f64 = 0.35;
}

#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, y),
    hvp,
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x))
)]
pub fn rational(x: f64, y: f64) -> f64 {
    (x * x - 3.0 * y) / (1.0 + x * x + y * y) - -x * y
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn compound(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    s += x[1] * x[0];
    s *= x[2];
    s -= 2.0 * x[0] * x[2];
    s /= 1.0 + x[1] * x[1];
    s *= s;
    s
}

/// The same value by several names and in several places.
#[allow(clippy::eq_op, reason = "the difference is zero, and its derivative too")]
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn shared(x: &[f64; 2]) -> f64 {
    let product = x[0] * x[1];
    let twice = product + product;
    (twice - product) * product.sin() + (x[0] * x[1]).sin() - (product - product)
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn remainders(x: &[f64; 2]) -> f64 {
    let mut angle = 3.0 * x[0];
    angle %= 1.25;
    angle * angle + (x[0] % x[1]) * x[1]
}

/// Negation in every position.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn negations(x: &[f64; 2]) -> f64 {
    -(x[0] - -x[1]) * -x[0] / -(2.0 + x[1] * x[1]) - -(-x[0] * 3.0)
}

/// Neighbours on a ring: remainders of indices.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn ring(x: &[f64; 6]) -> f64 {
    let mut energy = 0.0;
    for i in 0..6 {
        let left = (i + 5) % 6;
        let right = (i + 1) % 6;
        let bend = x[left] - 2.0 * x[i] + x[right];
        energy += bend * bend * bend;
    }
    energy
}

/// Rows of a flat matrix; an index as a number; differences and quotients of indices.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn strided(x: &[f64; 12]) -> [f64; 3] {
    let mut y = [0.0; 3];
    for i in 0..3 {
        for j in 0..4 {
            let weight = (2 * j + 1) as f64 / (i + 1) as f64;
            y[2 - i] += weight * x[4 * i + j] * x[(4 * i + j) / 2];
        }
    }
    y
}

/// Constants by every kind of path.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn hanging_masses(x: &[f64; sizes::MASSES]) -> f64 {
    const STIFFNESS: f64 = 12.5;
    let mut energy = consts::PI * x[0] + SQRT_2 * x[1] * x[1];
    for i in 0..4 {
        let stretch = if i == 0 { x[0] } else { x[i] - x[i - 1] };
        energy += 0.5 * STIFFNESS * stretch * stretch - sizes::MASS * GRAVITY * x[i] * (0.1 * x[i]).cos();
    }
    energy
}

/// Terms that are linear, constant or absent: structural zeros in second order.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, level),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x))
)]
pub fn mostly_zero(x: &[f64; 4], level: f64) -> f64 {
    x[0] * x[1] + 3.0 * x[2] + level.floor()
}

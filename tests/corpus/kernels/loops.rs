//! Loops over literal ranges.

use gradgen::gradgen;

/// Horner's rule: backwards over the coefficients.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(c, x),
    hvp,
    hvp(*),
    jvp,
    jvp(*),
    vjp,
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x))
)]
pub fn horner(c: &[f64; 6], x: f64) -> f64 {
    let mut p = 0.0;
    for k in (0..6).rev() {
        p = p * x + c[k];
    }
    p
}

/// An inclusive range, with the index in the arithmetic.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn exponential_series(x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..=9 {
        term *= x / k as f64;
        sum += term;
    }
    sum
}

/// Nested loops.
#[gradgen(jacobian, jacobian(*), jvp(*), vjp(*), bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn matrix_vector(a: &[[f64; 3]; 2], x: &[f64; 3]) -> [f64; 2] {
    let mut y = [0.0; 2];
    for i in 0..2 {
        for j in 0..3 {
            y[i] += a[i][j] * x[j];
        }
    }
    y
}

/// A triangle of a square range.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn pair_energy(x: &[f64; 4]) -> f64 {
    let mut energy = 0.0;
    for i in 0..4 {
        for j in 0..4 {
            if j > i {
                let distance = x[i] - x[j];
                energy += 1.0 / (1.0 + distance * distance);
            }
        }
    }
    energy
}

/// Newton's iteration for a square root: the carried value meets the input in every step.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(a), hessian(a), hvp(a)))]
pub fn babylonian(a: f64) -> f64 {
    let mut root = 0.5 * (1.0 + a);
    for _ in 0..6 {
        root = 0.5 * (root + a / root);
    }
    root
}

/// A chaotic map, started and steered by inputs.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(start, rate),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(rate), hessian(rate), hvp(rate))
)]
pub fn logistic_map(start: f64, rate: f64) -> f64 {
    let mut x = start;
    for _ in 0..5 {
        x = rate * x * (1.0 - x);
    }
    x
}

/// A full convolution.
#[gradgen(jacobian, jacobian(*), jvp, jvp(*), vjp, vjp(*), bundle(f, jf(a), jvp(a), vjp(a)))]
pub fn convolution(a: &[f64; 4], b: &[f64; 3]) -> [f64; 6] {
    let mut y = [0.0; 6];
    for i in 0..4 {
        for j in 0..3 {
            y[i + j] += a[i] * b[j];
        }
    }
    y
}

/// A loop that carries a scalar and an array, and a loop after it that reads both.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn two_passes(x: &[f64; 5]) -> f64 {
    let mut mean = 0.0;
    let mut shifted = [0.0; 5];
    for i in 0..5 {
        mean += x[i] / 5.0;
        shifted[i] = x[i] * x[i];
    }
    let mut spread = 0.0;
    for i in 0..5 {
        let deviation = x[i] - mean;
        spread += deviation * deviation * shifted[4 - i];
    }
    spread
}

/// Ranges of every form, also those that are run once or never.
#[allow(clippy::reversed_empty_ranges, reason = "a loop that is never run is one of the cases")]
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn ranges(x: &[f64; 4]) -> f64 {
    let mut s = x[0];
    for i in (1..=3).rev() {
        s = s * x[i] + 1.0;
    }
    for i in 2..3 {
        s += x[i] * s;
    }
    for i in 3..3 {
        s *= x[i];
    }
    for _ in 0..=0 {
        s *= s;
    }
    for i in (0..2).rev() {
        for j in 0..=i {
            s += x[j] * x[i];
        }
    }
    s
}

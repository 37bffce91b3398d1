//! Diffusion on a line with fixed ends, by implicit steps: a tridiagonal system each.
//!
//! What is warmer conducts better, so that the systems differ from step to step.

use gradgen::gradgen;

/// One step of length `h`, by elimination and substitution.
#[gradgen]
pub fn step<const N: usize>(u: &[f64; N], conductivity: &[f64; N], h: f64) -> [f64; N] {
    let mut ratio = [0.0; N];
    let mut next = [0.0; N];
    let r = h * conductivity[0] * (1.0 + u[0] * u[0]);
    let pivot = 1.0 + 2.0 * r;
    ratio[0] = r / pivot;
    next[0] = u[0] / pivot;
    for i in 1..N {
        let r = h * conductivity[i] * (1.0 + u[i] * u[i]);
        let pivot = 1.0 + 2.0 * r - r * ratio[i - 1];
        ratio[i] = r / pivot;
        next[i] = (u[i] + r * next[i - 1]) / pivot;
    }
    for i in (0..N - 1).rev() {
        next[i] += ratio[i] * next[i + 1];
    }
    next
}

/// Half the squared distance from `target` after some steps.
#[gradgen(gradient(u0, conductivity), bundle(f, grad(u0, conductivity)))]
pub fn diffusion<const N: usize>(
    u0: &[f64; N],
    conductivity: &[f64; N],
    target: &[f64; N],
    h: f64,
    steps: usize,
) -> f64 {
    let mut u = *u0;
    for _ in 0..steps {
        u = step(&u, conductivity, h);
    }
    let mut misfit = 0.0;
    for i in 0..N {
        let difference = u[i] - target[i];
        misfit += 0.5 * difference * difference;
    }
    misfit
}

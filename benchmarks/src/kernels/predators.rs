//! Predators and prey: two states, Runge and Kutta, all in one function without calls.

use gradgen::gradgen;

/// The squared distance from equilibrium after `S` steps over a unit of time.
#[gradgen(gradient(x0, p), bundle(f, grad(x0, p)))]
pub fn predators<const S: usize>(x0: &[f64; 2], p: &[f64; 4]) -> f64 {
    let h = 1.0 / S as f64;
    let mut prey = x0[0];
    let mut predators = x0[1];
    for _ in 0..S {
        let a1 = prey * (p[0] - p[1] * predators);
        let b1 = predators * (p[2] * prey - p[3]);
        let a = prey + 0.5 * h * a1;
        let b = predators + 0.5 * h * b1;
        let a2 = a * (p[0] - p[1] * b);
        let b2 = b * (p[2] * a - p[3]);
        let a = prey + 0.5 * h * a2;
        let b = predators + 0.5 * h * b2;
        let a3 = a * (p[0] - p[1] * b);
        let b3 = b * (p[2] * a - p[3]);
        let a = prey + h * a3;
        let b = predators + h * b3;
        let a4 = a * (p[0] - p[1] * b);
        let b4 = b * (p[2] * a - p[3]);
        prey += h / 6.0 * (a1 + 2.0 * a2 + 2.0 * a3 + a4);
        predators += h / 6.0 * (b1 + 2.0 * b2 + 2.0 * b3 + b4);
    }
    let off_prey = prey - p[3] / p[2];
    let off_predators = predators - p[0] / p[1];
    off_prey * off_prey + off_predators * off_predators
}

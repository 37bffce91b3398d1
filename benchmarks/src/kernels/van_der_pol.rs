//! Van der Pol's oscillator, by steps of Euler.

use gradgen::gradgen;

/// How many steps are taken.
pub const STEPS: usize = 100;

/// The squared distance from the origin at the end.
#[gradgen(gradient(x0, mu), bundle(f, grad(x0, mu)))]
pub fn van_der_pol(x0: &[f64; 2], mu: f64) -> f64 {
    let h = 0.01;
    let mut x = *x0;
    for _ in 0..STEPS {
        let rate = mu * (1.0 - x[0] * x[0]) * x[1] - x[0];
        x = [x[0] + h * x[1], x[1] + h * rate];
    }
    x[0] * x[0] + x[1] * x[1]
}

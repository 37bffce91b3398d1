//! [`van_der_pol`](crate::kernels::van_der_pol) by hand.

use crate::kernels::van_der_pol::STEPS;

const H: f64 = 0.01;

/// Value and gradient.
pub fn gradient(
    x0: &[f64; 2],
    mu: f64,
    d_x0: &mut [f64; 2],
    d_mu: &mut f64,
    tape: &mut [[f64; 2]; STEPS],
) -> f64 {
    let [mut a, mut b] = *x0;
    for record in tape.iter_mut() {
        *record = [a, b];
        let rate = mu * (1.0 - a * a) * b - a;
        (a, b) = (a + H * b, b + H * rate);
    }
    let value = a * a + b * b;
    let (mut d_a, mut d_b, mut d_m) = (2.0 * a, 2.0 * b, 0.0);
    for [a, b] in tape.iter().rev() {
        // The next cotangents wait for a product and a sum only.
        let width = 1.0 - a * a;
        let (by_a, by_b) = (H * (1.0 + 2.0 * mu * a * b), 1.0 + H * mu * width);
        d_m += width * b * d_b;
        (d_a, d_b) = (d_a - by_a * d_b, by_b * d_b + H * d_a);
    }
    *d_x0 = [d_a, d_b];
    *d_mu = H * d_m;
    value
}

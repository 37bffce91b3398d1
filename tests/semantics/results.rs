//! What a function of the same module returns is known where it is called.

use crate::against_differences;

#[gradgen::module]
mod kernels {
    #![allow(unreachable_pub, reason = "as in a library")]
    use gradgen::gradgen;

    type Pair = [f64; 2];

    /// Too long to be run where it is called.
    #[gradgen]
    pub fn long(x: &[f64; 3]) -> (f64, Pair) {
        let [a, b, c] = *x;
        let mut s = a * b + c;
        s = 0.5 * s * a.sin() + b * c - 0.3 * a * a + 1.5 * b * b * c - 0.1 * c * c * a;
        s = 0.5 * s * b.sin() + c * a - 0.3 * b * b + 1.5 * c * c * a - 0.1 * a * a * b;
        s = 0.5 * s * c.sin() + a * b - 0.3 * c * c + 1.5 * a * a * b - 0.1 * b * b * c;
        s = 0.5 * s * a.cos() + b * c - 0.3 * a * a + 1.5 * b * b * c - 0.1 * c * c * a;
        s = 0.5 * s * b.cos() + c * a - 0.3 * b * b + 1.5 * c * c * a - 0.1 * a * a * b;
        s = 0.5 * s * c.cos() + a * b - 0.3 * c * c + 1.5 * a * a * b - 0.1 * b * b * c;
        (s.tanh(), [s.sin() * a, s.cos() * b])
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn fields(x: &[f64; 3]) -> f64 {
        let both = long(x);
        let sum: f64 = both.1.iter().map(|v| v * v).sum();
        sum * both.0 + long(&[x[1], x[2], x[0]]).1[0]
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn patterns(x: &[f64; 3]) -> f64 {
        let (first, rest) = long(x);
        let (a, [b, c]) = long(&[first, rest[0], rest[1]]);
        a * b + c * rest.len() as f64
    }
}

use kernels::*;

against_differences!(fields, patterns);

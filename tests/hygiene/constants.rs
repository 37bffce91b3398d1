//! Constants of the user's, called what generated code may call something.

#![allow(non_upper_case_globals, reason = "such constants are what is tested")]

use gradgen::gradgen;

use crate::assert_slope;

const t_1: f64 = 0.75;
const t_2: f64 = -1.25;
const v0: f64 = 2.0;
const x_1: f64 = 3.0;
const d_x: f64 = 0.5;
const tangent: f64 = 0.25;
const statements: f64 = 5.0;
const inputs: usize = 1;
const outputs: usize = 2;
const result: f64 = 7.0;

mod consts {
    pub(super) const N: usize = 2;
    pub(super) const W: [f64; 2] = [0.5, 4.0];
    pub(super) const K: i32 = 3;
}

#[gradgen(gradient, hessian, hvp, jvp, vjp)]
fn f(x: &[f64; consts::N]) -> f64 {
    let a = x[0] * t_1 + x[1] * x_1 * tangent;
    let b = (a * v0 + d_x).sin() * (x[0] + t_2).cos() * statements;
    let c = x[0] * inputs as f64 + outputs as f64 * x[1];
    (b * b + result * c).sin() + x[0].powi(consts::K) * consts::W[1] + consts::N as f64 * x[1] * b
}

#[test]
fn constants_with_a_look_of_generated_names() {
    let x = [0.3, -0.2];
    let gradient = f_grad(&x);
    assert_slope(gradient[0], 0.3, |at| f(&[at, -0.2]));
    assert_slope(gradient[1], -0.2, |at| f(&[0.3, at]));
    let hessian = f_hessian(&x);
    assert_slope(hessian[0][1], -0.2, |at| f_grad(&[0.3, at])[0]);
    assert_slope(f_hvp(&x, &[0.0, 1.0])[0], -0.2, |at| f_grad(&[0.3, at])[0]);
    assert_slope(f_jvp(&x, &[1.0, 0.0]), 0.3, |at| f(&[at, -0.2]));
    assert_slope(f_vjp(&x, 1.0)[1], -0.2, |at| f(&[0.3, at]));
}

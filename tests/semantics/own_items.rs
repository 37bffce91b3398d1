//! Constants and imports of blocks, beside others of the same name around them.

use gradgen::gradgen;

use crate::against_differences;

const K: f64 = 3.0;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_blocks(x: &[f64; 3]) -> f64 {
    fn inner(t: f64) -> f64 {
        const K: f64 = 7.0;
        use std::f64::consts::PI;
        (t * PI).sin() * K
    }
    let y = {
        use std::f64::consts::{FRAC_PI_2 as Q, PI};
        const K: f64 = 0.5;
        x[0] * Q + PI * K
    };
    let z = |t: f64| {
        const K: f64 = -1.5;
        t * t * K
    };
    inner(x[1]) * K * y * y + inner(x[2]) + z(x[0])
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn sizes(x: &[f64; 3]) -> f64 {
    fn sized(t: &[f64; 3]) -> f64 {
        const N: usize = 3;
        let mut s = 0.0;
        for i in 0..N {
            s += t[i] * t[i];
        }
        s
    }
    const N: usize = 2;
    let mut s = sized(x);
    for i in 0..N {
        s *= x[i];
    }
    s + sized(x)
}

#[gradgen::module]
mod functions {
    pub(super) const K: f64 = 3.0;
    pub(super) const PI: f64 = 3.0;

    /// As often in this text as the other `K` is in that of the caller.
    fn five(t: f64) -> f64 {
        const K: f64 = 5.0;
        t * K
    }

    fn pi(t: f64) -> f64 {
        use std::f64::consts::PI;
        t * PI
    }

    fn three(t: f64) -> f64 {
        t * t * K
    }

    fn table(t: f64) -> f64 {
        const T: [f64; 3] = [1.0, 2.0, 3.0];
        t * T[0] + t * t * T[2]
    }

    fn other_table(t: f64) -> f64 {
        const T: [f64; 2] = [-1.0, 5.0];
        t * T[0] + t * t * T[1]
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub(super) fn of_the_module(x: &[f64; 3]) -> f64 {
        five(x[0]) * K + x[1] * x[0] * K
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub(super) fn imported(x: &[f64; 3]) -> f64 {
        pi(x[0]) * PI * x[1] + x[1] * PI + pi(x[2])
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub(super) fn own(x: &[f64; 3]) -> f64 {
        const K: f64 = 7.0;
        use std::f64::consts::PI;
        three(x[0]) * K + five(x[1]) * x[2] * PI
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub(super) fn tables(x: &[f64; 3]) -> f64 {
        const T: &[f64] = &[4.0, 0.1];
        table(x[0]) * other_table(x[1]) + T[0] * x[0] * x[2] * T[1]
    }
}

use functions::*;

against_differences!(in_blocks, sizes, of_the_module, imported, own, tables);

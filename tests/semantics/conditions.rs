//! `#[cfg(…)]` on statements, arms and items in a body, and `cfg!(…)`.

use gradgen::gradgen;

use crate::against_differences;

/// What holds in every build of these tests.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn statements(x: &[f64; 3]) -> f64 {
    #[cfg(not(any()))]
    const SCALE: f64 = 2.0;
    #[cfg(any())]
    const SCALE: f64 = nothing();
    let mut s = x[0] * SCALE;
    #[cfg(any())]
    {
        s = s.nothing();
    }
    #[cfg(not(any()))]
    {
        s += x[1] * x[1];
    }
    for i in 0..3 {
        #[cfg(test)]
        if x[i] > 0.0 {
            s *= 1.0 + 0.1 * x[i];
        }
        #[cfg(not(test))]
        let s = 0.0;
    }
    #[cfg(not(test))]
    return 0.0;
    match s > 1.0 {
        #[cfg(any())]
        true => nothing,
        true => s * s * x[2],
        false => {
            #[cfg(not(any()))]
            let t = s.sin();
            t * x[2]
        }
    }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn values(x: &[f64; 3]) -> f64 {
    let weight = if cfg!(test) { x[0] } else { 1.0 };
    let other = if std::cfg!(any()) { x[1].ln() } else { x[1] * x[2] };
    weight * other.sin()
}

#[gradgen::module]
mod kernels {
    const SCALE: f64 = 1.5;

    fn squared(x: f64) -> f64 {
        x * x
    }

    #[gradgen::gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub(super) fn with_helpers(x: &[f64; 3]) -> f64 {
        #[cfg(any())]
        let t = nothing(x);
        #[cfg(not(any()))]
        let t = squared(x[0]) * x[1];
        t * SCALE + squared(t) * x[2]
    }
}

use kernels::*;

against_differences!(statements, values, with_helpers);

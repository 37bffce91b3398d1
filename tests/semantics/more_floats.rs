//! Methods of floats and options that ordinary code has now and then.

use gradgen::gradgen;

use crate::against_differences;

macro_rules! functions {
    ($(fn $name:ident($x:ident) $body:block)*) => {
        $(
            #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
            fn $name($x: &[f64; 3]) -> f64 $body
        )*
        against_differences!($($name),*);
    };
}

functions! {
    fn midpoints(x) {
        f64::midpoint(x[0], x[1]) * x[2].midpoint(x[0]) + (1e308 + x[0] * 1e292).midpoint(1e308) * 1e-308
    }

    fn euclid(x) {
        x[0].rem_euclid(0.7) * x[1]
            + x[1].div_euclid(0.4) * x[2] * x[2]
            + x[2].div_euclid(-0.35) * x[0]
            + x[2].rem_euclid(-0.35) * x[0]
    }

    fn ties(x) {
        let halves = 0.5f64.round_ties_even() + 1.5f64.round_ties_even() + (-2.5f64).round_ties_even();
        x[0].round_ties_even() * x[1] * x[1] + halves * x[2]
    }

    fn kinds(x) {
        let small = 5e-320 * x[0].signum();
        let a = if small.is_subnormal() && !small.is_normal() { x[1] * x[1] } else { 0.0 };
        let zero = 0.0 * x[0];
        a + if x[0].is_normal() && !zero.is_normal() && !zero.is_subnormal() { x[2] * x[0] } else { 1.0 }
    }

    fn copies(x) {
        let pair = (x[0], [x[1], x[2]]);
        let (a, b) = pair.clone();
        a * b.clone()[0] * pair.1[1]
    }

    fn options_together(x) {
        let a = if x[0] > 0.0 { Some(x[0].ln()) } else { None };
        let b = (x[1] > 0.0).then_some(x[1]);
        let c = if x[2] > 0.0 { Some(b) } else { None };
        a.zip(b).map_or(x[2], |(a, b)| a * b)
            + a.xor(b).map_or(1.0, |v| v * v)
            + a.and(b).unwrap_or(2.0)
            + c.flatten().map_or(x[2], |v| v * v * x[2])
    }
}

//! Two variables of one text that come from different macros.
use gradgen::gradgen;

macro_rules! two {
    ($name:ident, $x:ident, $value:expr) => {
        #[gradgen(gradient)]
        fn $name($x: f64) -> f64 {
            let t = 2.0 * $x;
            let u = $value;
            t * u
        }
    };
}

// The caller's `t` is the parameter, not the macro's variable.
two!(understood, t, t + 1.0);
// The caller has no `t`.
two!(unknown, x, t.sin());

macro_rules! two_inputs {
    ($x:ident) => {
        #[gradgen(gradient(x))]
        fn inputs($x: f64, x: f64) -> f64 {
            $x * x * x
        }
    };
}

two_inputs!(x);

fn main() {
    let _ = understood_grad(1.0);
    let _ = unknown_grad(1.0);
}

//! Functions in functions, modules, under other names, of every visibility.

use gradgen::gradgen;

#[gradgen(gradient)]
fn first(x: f64) -> f64 {
    x * x
}

#[gradgen(gradient)]
fn second(x: f64) -> f64 {
    first(x) * x
}

// Private and never called: no warning may come of it.
#[gradgen(gradient, hessian, jvp, vjp, hvp, jacobian, bundle(f, grad(x)))]
#[allow(dead_code, reason = "the user's own function is not called either")]
fn never_called(x: f64) -> f64 {
    x.exp()
}

mod kernels {
    use gradgen::gradgen;

    #[gradgen(gradient)]
    pub(crate) fn open(x: f64) -> f64 {
        closed(x) * x
    }

    #[gradgen]
    fn closed(x: f64) -> f64 {
        x.sin()
    }

    pub(crate) mod inner {
        use gradgen::gradgen;

        #[gradgen(gradient)]
        pub(in crate::scopes) fn deep(x: f64) -> f64 {
            super::parent(x) * brother(x)
        }

        #[gradgen(gradient)]
        pub(super) fn brother(x: f64) -> f64 {
            x + 1.0
        }
    }

    #[gradgen(gradient)]
    fn parent(x: f64) -> f64 {
        inner::brother(x) * 2.0
    }
}

use kernels::inner::{deep, deep_grad};
use kernels::open as renamed;

#[gradgen(gradient)]
fn caller(x: f64) -> f64 {
    renamed(x) + deep(x) + kernels::open(x) + second(x)
}

#[test]
fn calls_between_scopes() {
    let x = 0.75;
    crate::assert_slope(caller_grad(x), x, caller);
    crate::assert_slope(deep_grad(x), x, deep);
    crate::assert_slope(kernels::open_grad(x), x, renamed);
    crate::assert_slope(second_grad(x), x, second);
    crate::assert_slope(first_grad(x), x, first);
}

#[test]
fn functions_in_functions() {
    #[gradgen(gradient)]
    fn local(x: f64) -> f64 {
        x * x * x
    }

    #[gradgen(gradient)]
    fn other(x: f64) -> f64 {
        local(x) + first(x)
    }

    fn block(x: f64) -> f64 {
        #[gradgen(gradient)]
        fn local(x: f64) -> f64 {
            x.cos()
        }
        local_grad(x)
    }

    crate::assert_slope(local_grad(1.5), 1.5, local);
    crate::assert_slope(other_grad(1.5), 1.5, other);
    crate::assert_slope(block(1.5), 1.5, f64::cos);
}

#[test]
fn functions_in_closures_and_constants() {
    let closure = || {
        #[gradgen(gradient)]
        fn squared(x: f64) -> f64 {
            x * x
        }
        squared_grad(3.0) + squared(0.0)
    };
    assert_eq!(closure().to_bits(), 6.0_f64.to_bits());
}

struct Holder;

impl Holder {
    fn slope(&self) -> f64 {
        #[gradgen(gradient)]
        fn squared(x: f64) -> f64 {
            x * x
        }
        let Self = self;
        squared_grad(2.0) + squared(0.0)
    }
}

#[test]
fn functions_in_methods() {
    assert_eq!(Holder.slope().to_bits(), 4.0_f64.to_bits());
}

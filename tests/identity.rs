//! A call means one function, as a value and through its companion. A glob import can bring the
//! companion of another one: that must not pass unseen.

mod kernels {
    use gradgen::gradgen;

    #[gradgen]
    pub(crate) fn squared(x: f64) -> f64 {
        x * x
    }
}

mod shadowed {
    #[allow(unused_imports, reason = "the companion is what is imported")]
    use super::kernels::*;
    use gradgen::gradgen;

    /// Hides the imported function, and not its companion.
    fn squared(x: f64) -> f64 {
        x * x * x
    }

    #[gradgen(gradient)]
    pub(crate) fn caller(x: f64) -> f64 {
        squared(x)
    }
}

mod plain {
    use super::kernels::*;
    use gradgen::gradgen;

    #[gradgen(gradient)]
    pub(crate) fn caller(x: f64) -> f64 {
        squared(x)
    }
}

#[test]
fn the_companion_of_the_function_that_is_meant_is_used() {
    assert_eq!(plain::caller_grad(3.0), 6.0);
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "`squared` is one function as a value and another one as a type")]
fn a_companion_of_another_function_is_noticed_in_debug_builds() {
    let _ = shadowed::caller_grad(shadowed::caller(3.0));
}

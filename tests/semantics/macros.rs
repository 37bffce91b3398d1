//! Assertions and messages stay in the user's function; and attributes of statements.

use gradgen::gradgen;

use crate::against_differences;

/// Stands for the crate of that name.
mod log {
    macro_rules! debug {
        ($($argument:tt)*) => { let _ = ::core::format_args!($($argument)*); };
    }
    pub(crate) use debug;
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn asserted(x: &[f64; 3]) -> f64 {
    assert!(x[0].is_finite(), "x[0] is {}", x[0]);
    debug_assert!(x.len() == 3);
    let mut s = x[0] * x[1];
    assert_ne!(s, 1e300);
    #[allow(unused_mut, reason = "it is what is tested")]
    let mut t = s + x[2];
    #[cfg(debug_assertions)]
    assert!(t < 1e9);
    for i in 0..3 {
        #[cfg(any())]
        println!("{i}: {s}");
        log::debug!("{}", s);
        s += t * x[i];
        assert_eq!(i, i, "at {}", { i });
    }
    std::assert!(s < 1e300);
    s
}

against_differences!(asserted);

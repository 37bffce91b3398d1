//! Special functions, in `f64`. Those of [`libm`] are used where it has them; what is made of `exp` and `ln`
//! takes these from `std` where that is there.
//!
//! Formulas: Abramowitz & Stegun, *Handbook of Mathematical Functions*; NIST *Digital Library of Mathematical
//! Functions* (DLMF).

mod bessel;
mod gamma;
mod logistic;
mod normal;

pub use bessel::{bessel_j, spherical_bessel};
pub use gamma::{digamma, gamma, ln_gamma, polygamma};
pub use logistic::{logistic, softplus};
pub use normal::{erf, erfc, normal_quantile};

macro_rules! elementary {
    ($($name:ident $in_libm:ident;)+) => {
        $(fn $name(x: f64) -> f64 {
            #[cfg(feature = "std")]
            return x.$name();
            #[cfg(not(feature = "std"))]
            return libm::$in_libm(x);
        })+
    };
}

elementary! {
    exp exp;
    ln log;
    ln_1p log1p;
    sqrt sqrt;
    sin sin;
    cos cos;
    tan tan;
    floor floor;
}

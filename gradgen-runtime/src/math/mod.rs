//! Special functions, in `f64`. Those of [`libm`] are used where it has them; what is made of `exp` and `ln`
//! takes these from `std` where that is there.
//!
//! Formulas: Abramowitz & Stegun, *Handbook of Mathematical Functions*; NIST *Digital Library of Mathematical
//! Functions* (DLMF).

mod bessel;
mod beta;
mod gamma;
mod gaussian;
mod logistic;
mod normal;
mod powers;

pub use bessel::{bessel_j, spherical_bessel};
pub use beta::{ln_beta, polygamma_difference};
pub use gamma::{digamma, gamma, ln_gamma, polygamma};
pub use gaussian::gaussian;
pub use logistic::{logistic, logit, softplus};
pub use normal::{erf, erfc, normal_cdf, normal_quantile};
pub use powers::{abs_pow, signed_pow};

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
    exp_m1 expm1;
    ln log;
    ln_1p log1p;
    sqrt sqrt;
    sin sin;
    cos cos;
    tan tan;
    floor floor;
}

fn powf(x: f64, p: f64) -> f64 {
    #[cfg(feature = "std")]
    return x.powf(p);
    #[cfg(not(feature = "std"))]
    return libm::pow(x, p);
}

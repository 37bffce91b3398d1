//! Methods of `f64` and `f32` that neither `core` nor `libm` has, for code without `std`.

/// A scalar type, as far as the functions here need it.
pub trait Real: Copy {
    /// `x` to the power of `n`.
    fn powi(self, n: i32) -> Self;

    /// The logarithm to a base.
    fn log(self, base: Self) -> Self;

    /// The fractional part.
    fn fract(self) -> Self;
}

macro_rules! real {
    ($scalar:ident, $log:ident, $trunc:ident) => {
        impl Real for $scalar {
            /// By repeated squaring, as compilers do it.
            fn powi(self, n: i32) -> Self {
                let (mut base, mut rest, mut power) = (self, n.unsigned_abs(), 1.0);
                loop {
                    if rest & 1 == 1 {
                        power *= base;
                    }
                    rest >>= 1;
                    if rest == 0 {
                        return if n < 0 { 1.0 / power } else { power };
                    }
                    base *= base;
                }
            }

            fn log(self, base: Self) -> Self {
                libm::$log(self) / libm::$log(base)
            }

            fn fract(self) -> Self {
                self - libm::$trunc(self)
            }
        }
    };
}

real!(f64, log, trunc);
real!(f32, logf, truncf);

/// `x` to the power of `n`.
#[inline]
pub fn powi<T: Real>(x: T, n: i32) -> T {
    x.powi(n)
}

/// The logarithm of `x` to a base.
#[inline]
pub fn log<T: Real>(x: T, base: T) -> T {
    x.log(base)
}

/// The fractional part of `x`.
#[inline]
pub fn fract<T: Real>(x: T) -> T {
    x.fract()
}

#[cfg(test)]
mod tests {
    #[test]
    fn powers_have_the_values_of_their_definition() {
        for n in -40..=40_i32 {
            let x = 1.37_f64;
            let expected = (0..n.abs()).fold(1.0, |power, _| power * x);
            let expected = if n < 0 { 1.0 / expected } else { expected };
            let got = super::powi(x, n);
            assert!((got - expected).abs() <= 1e-14 * expected, "{n}: {got} and {expected}");
        }
        assert_eq!(super::powi(0.0_f64, 0), 1.0);
        assert_eq!(super::powi(-2.0_f32, 3), -8.0);
        assert_eq!(super::powi(2.0_f64, i32::MIN), 0.0);
        assert_eq!(super::log(8.0_f64, 2.0), 3.0);
        assert_eq!(super::fract(-2.75_f32), -0.75);
    }
}

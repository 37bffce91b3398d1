//! The number systems in which a program is evaluated: `f64` as Rust computes it, and dual
//! numbers over it.
//!
//! The real part of a dual number is at every step the `f64` that Rust computes, to the bit. So
//! branches, ties and kinks are decided as in the compiled program, and no point near one needs to
//! be left out.

use crate::{Binary, Method};
use num_dual::{Dual64, DualNum, HyperDual64};

/// A number system.
pub trait Arithmetic {
    /// A number.
    type Number: Copy;

    /// A number that depends on nothing.
    fn constant(&mut self, value: f64) -> Self::Number;

    /// The real part.
    fn value(&self, number: Self::Number) -> f64;

    /// `-x`.
    fn negate(&mut self, x: Self::Number) -> Self::Number;

    /// `x + y` and its kind.
    fn binary(&mut self, operator: Binary, x: Self::Number, y: Self::Number) -> Self::Number;

    /// A function of one number or more, other than `sin_cos` and `powi`.
    fn method(&mut self, method: Method, arguments: &[Self::Number]) -> Self::Number;

    /// `x.powi(exponent)`.
    fn power(&mut self, x: Self::Number, exponent: i32) -> Self::Number;
}

/// `f64`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Arithmetic for Plain {
    type Number = f64;

    fn constant(&mut self, value: f64) -> f64 {
        value
    }

    fn value(&self, number: f64) -> f64 {
        number
    }

    fn negate(&mut self, x: f64) -> f64 {
        -x
    }

    fn binary(&mut self, operator: Binary, x: f64, y: f64) -> f64 {
        match operator {
            Binary::Add => x + y,
            Binary::Subtract => x - y,
            Binary::Multiply => x * y,
            Binary::Divide => x / y,
            Binary::Remainder => x % y,
        }
    }

    fn method(&mut self, method: Method, arguments: &[f64]) -> f64 {
        method.apply(arguments)
    }

    fn power(&mut self, x: f64, exponent: i32) -> f64 {
        x.powi(exponent)
    }
}

/// What the oracle needs of a dual number beside its arithmetic.
pub trait Parts: DualNum<Primitive = f64> + Copy {
    /// The real part.
    fn real(&self) -> f64;

    /// The same derivatives at another real part.
    #[must_use]
    fn at(self, real: f64) -> Self;

    /// Every derivative part through `change`.
    #[must_use]
    fn map_parts(self, change: impl FnMut(f64) -> f64) -> Self;
}

impl Parts for Dual64 {
    fn real(&self) -> f64 {
        self.re
    }

    fn at(self, real: f64) -> Self {
        Self { re: real, ..self }
    }

    fn map_parts(self, mut change: impl FnMut(f64) -> f64) -> Self {
        Self { eps: change(self.eps), ..self }
    }
}

impl Parts for HyperDual64 {
    fn real(&self) -> f64 {
        self.re
    }

    fn at(self, real: f64) -> Self {
        Self { re: real, ..self }
    }

    fn map_parts(self, mut change: impl FnMut(f64) -> f64) -> Self {
        Self { eps1: change(self.eps1), eps2: change(self.eps2), eps1eps2: change(self.eps1eps2), ..self }
    }
}

/// Dual numbers.
///
/// With noise, the derivative parts of every result are changed by about `1e-13` of themselves:
/// how far apart two evaluations come out tells how well conditioned a derivative is.
#[derive(Clone, Debug)]
pub struct Dual<D> {
    noise: Option<u64>,
    /// A derivative was not finite or beyond `1e8`, or one was taken where none exists.
    pub unusable: bool,
    number: std::marker::PhantomData<D>,
}

/// Derivatives beyond this are not compared.
const HUGE: f64 = 1e8;

impl<D: Parts> Dual<D> {
    /// Exact rounding, or noise from this seed.
    #[must_use]
    pub const fn new(noise: Option<u64>) -> Self {
        Self { noise, unusable: false, number: std::marker::PhantomData }
    }

    /// A result: derivatives from `dual`, real part `real`.
    fn result(&mut self, dual: D, real: f64) -> D {
        let mut usable = real.abs() < HUGE;
        let noise = &mut self.noise;
        let dual = dual.at(real).map_parts(|part| {
            usable &= part.abs() < HUGE;
            noise.as_mut().map_or(part, |state| {
                *state = crate::seeds::next(*state);
                let centred = (*state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0;
                part * (1.0 + 1e-13 * centred)
            })
        });
        self.unusable |= !usable;
        dual
    }

    fn is_constant(x: D) -> bool {
        let mut constant = true;
        let _ = x.map_parts(|part| {
            constant &= part == 0.0;
            part
        });
        constant
    }

    fn of_one(&mut self, method: Method, x: D) -> D {
        use Method::*;
        match method {
            Sin => x.sin(),
            Cos => x.cos(),
            Tan => x.tan(),
            Asin => x.asin(),
            Acos => x.acos(),
            Atan => x.atan(),
            Sinh => x.sinh(),
            Cosh => x.cosh(),
            Tanh => tanh(x),
            Asinh => x.asinh(),
            Acosh => x.acosh(),
            Atanh => x.atanh(),
            Exp => x.exp(),
            Exp2 => x.exp2(),
            ExpM1 => x.exp_m1(),
            Ln => x.ln(),
            Ln1p => x.ln_1p(),
            Log2 => x.log2(),
            Log10 => x.log10(),
            Sqrt => x.sqrt(),
            Cbrt => x.cbrt(),
            Recip => x.recip(),
            // The derivative at zero is zero.
            Abs if x.real() == 0.0 => D::from(0.0),
            Abs => x * x.real().signum(),
            Signum | Floor | Ceil | Round | Trunc => D::from(0.0),
            Fract => x,
            ToDegrees => x * (180.0 / std::f64::consts::PI),
            ToRadians => x * (std::f64::consts::PI / 180.0),
            _ => unreachable!("{} takes more than one argument", method.name()),
        }
    }

    fn of_two(&mut self, method: Method, x: D, y: D) -> D {
        use Method::*;
        let (a, b) = (x.real(), y.real());
        match method {
            Atan2 => x.atan2(y),
            Log => x.ln() / y.ln(),
            Powf => self.powf(x, y),
            Hypot => (x * x + y * y).sqrt(),
            Copysign => {
                self.unusable |= a == 0.0;
                x * (a.signum() * b.signum())
            }
            // A tie goes to the first argument; NaN loses.
            Max if a >= b || b.is_nan() => x,
            Min if a <= b || b.is_nan() => x,
            Max | Min => y,
            _ => unreachable!("{} does not take two arguments", method.name()),
        }
    }

    fn powf(&mut self, x: D, y: D) -> D {
        if Self::is_constant(y) {
            x.powf(y.real())
        } else if Self::is_constant(x) && x.real() == 0.0 && y.real() > 0.0 {
            D::from(0.0)
        } else {
            (y * x.ln()).exp()
        }
    }

    fn remainder(&mut self, x: D, y: D) -> D {
        let (a, b) = (x.real(), y.real());
        let quotient = a / b;
        // Beside an integer, the quotient rounds to either side.
        let close = (quotient - quotient.round()).abs() < 1e-12 * quotient.abs().max(1.0);
        self.unusable |= close && quotient != 0.0 && !Self::is_constant(y);
        x - y * ((a - a % b) / b).round()
    }
}

/// `1 - 2 / (e^2x + 1)`, whose derivatives keep their digits where the quotient of `sinh` and `cosh`
/// loses them: far from zero.
fn tanh<D: Parts>(x: D) -> D {
    let positive = |x: D| D::from(1.0) - ((x + x).exp() + 1.0).recip() * 2.0;
    if x.real() < 0.0 { -positive(-x) } else { positive(x) }
}

impl<D: Parts> Arithmetic for Dual<D> {
    type Number = D;

    fn constant(&mut self, value: f64) -> D {
        D::from(value)
    }

    fn value(&self, number: D) -> f64 {
        number.real()
    }

    fn negate(&mut self, x: D) -> D {
        self.result(-x, -x.real())
    }

    fn binary(&mut self, operator: Binary, x: D, y: D) -> D {
        let dual = match operator {
            Binary::Add => x + y,
            Binary::Subtract => x - y,
            Binary::Multiply => x * y,
            Binary::Divide => x / y,
            Binary::Remainder => self.remainder(x, y),
        };
        self.result(dual, Plain.binary(operator, x.real(), y.real()))
    }

    fn method(&mut self, method: Method, arguments: &[D]) -> D {
        let reals: Vec<f64> = arguments.iter().map(Parts::real).collect();
        let dual = match *arguments {
            [x] => self.of_one(method, x),
            [x, y] => self.of_two(method, x, y),
            [x, y, z] if method == Method::MulAdd => x * y + z,
            [x, low, high] => {
                self.unusable |= x.real() == low.real() || x.real() == high.real();
                if x.real() < low.real() {
                    low
                } else if x.real() > high.real() {
                    high
                } else {
                    x
                }
            }
            _ => unreachable!("no method takes {} arguments", arguments.len()),
        };
        self.result(dual, method.apply(&reals))
    }

    fn power(&mut self, x: D, exponent: i32) -> D {
        self.result(x.powi(exponent), x.real().powi(exponent))
    }
}

//! What the kernels compute with.

use num_dual::{DualNum, DualNumCopy, DualStruct};

/// A number that carries derivatives, or none.
pub trait Number: DualNumCopy<Primitive = f64> + DualNum<Primitive = f64> {
    /// The value without derivatives.
    fn real(self) -> f64 {
        DualStruct::re(&self)
    }

    /// A number that depends on nothing.
    fn constant(value: f64) -> Self {
        Self::from(value)
    }

    /// The number without its sign.
    fn magnitude(self) -> Self {
        if self.real() < 0.0 { -self } else { self }
    }

    /// The larger of two numbers.
    fn larger(self, other: Self) -> Self {
        if other.real() > self.real() { other } else { self }
    }
}

impl<D: DualNumCopy<Primitive = f64> + DualNum<Primitive = f64>> Number for D {}

//! What the oracles compute with: any of num-dual's numbers, and the functions that it lacks.

use num_dual::{DualNum, DualNumCopy, DualStruct};

/// A number that carries derivatives, or none.
pub(crate) trait Number: DualNumCopy<Primitive = f64> + DualNum<Primitive = f64> {
    /// The value without derivatives.
    fn real(self) -> f64 {
        DualStruct::re(&self)
    }

    fn constant(value: f64) -> Self {
        Self::from(value)
    }

    fn square(self) -> Self {
        self * self
    }

    fn magnitude(self) -> Self {
        if self.real() < 0.0 { -self } else { self }
    }

    fn larger(self, other: Self) -> Self {
        if other.real() > self.real() { other } else { self }
    }

    fn smaller(self, other: Self) -> Self {
        if other.real() < self.real() { other } else { self }
    }

    /// The remainder with the sign of `self`.
    fn remainder(self, other: Self) -> Self {
        self - other * (self.real() / other.real()).trunc()
    }

    /// `atan2`, whatever quadrant: its derivatives do not see the branch.
    fn angle(self, x: Self) -> Self {
        let turn = self.real().atan2(x.real());
        // The angle that is left after turning the point back by the real angle is small.
        let (sin, cos) = turn.sin_cos();
        let (along, across) = (x * cos + self * sin, self * cos - x * sin);
        (across / along).atan() + turn
    }
}

impl<D: DualNumCopy<Primitive = f64> + DualNum<Primitive = f64>> Number for D {}

/// The sum.
pub(crate) fn sum<D: Number>(terms: impl IntoIterator<Item = D>) -> D {
    terms.into_iter().fold(D::from(0.0), |sum, term| sum + term)
}

/// The inner product.
pub(crate) fn dot<D: Number>(a: &[D], b: &[D]) -> D {
    sum(a.iter().zip(b).map(|(a, b)| *a * *b))
}

/// The product of two row-major 3 × 3 matrices.
pub(crate) fn product<D: Number>(a: &[D], b: &[D], n: usize) -> Vec<D> {
    (0..n * n).map(|at| sum((0..n).map(|k| a[at / n * n + k] * b[k * n + at % n]))).collect()
}

//! Operators of structs, and methods that traits give them, in modules that show the blocks.

use crate::against_differences;

#[gradgen::module]
mod kernels {
    #![allow(unreachable_pub, clippy::op_ref, clippy::expl_impl_clone_on_copy, reason = "as in a library")]
    use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub};

    use gradgen::gradgen;

    #[derive(Copy, PartialEq)]
    pub struct Pair {
        a: f64,
        b: f64,
    }

    #[derive(Clone, Copy)]
    pub struct Spin {
        axis: Pair,
        turn: f64,
    }

    /// Not what a derive would do.
    impl Clone for Pair {
        fn clone(&self) -> Self {
            Self { a: self.b, b: self.a.sin() }
        }
    }

    impl Pair {
        const fn new(a: f64, b: f64) -> Self {
            Self { a, b }
        }
    }

    impl Add for Pair {
        type Output = Self;
        fn add(self, other: Self) -> Self::Output {
            Self::new(self.a + other.a * other.b, self.b + other.b)
        }
    }

    impl Sub<&Pair> for Pair {
        type Output = Pair;
        fn sub(self, other: &Pair) -> Pair {
            Pair { a: self.a - other.b, b: self.b - other.a }
        }
    }

    impl Mul<f64> for Pair {
        type Output = Pair;
        fn mul(self, by: f64) -> Pair {
            Pair::new(self.a * by, self.b * by.cos())
        }
    }

    impl Mul<Pair> for f64 {
        type Output = Pair;
        fn mul(self, of: Pair) -> Pair {
            of * self + of
        }
    }

    /// A number from two.
    impl Mul for Pair {
        type Output = f64;
        fn mul(self, other: Self) -> f64 {
            self.a * other.a - self.b * other.b * other.b
        }
    }

    impl<'a> Mul<&'a Spin> for &'a Pair {
        type Output = Spin;
        fn mul(self, of: &'a Spin) -> Spin {
            Spin { axis: *self + of.axis, turn: of.turn * self.a }
        }
    }

    impl Neg for Pair {
        type Output = Pair;
        fn neg(self) -> Self {
            Pair { a: -self.b, b: -self.a * self.a }
        }
    }

    impl AddAssign for Pair {
        fn add_assign(&mut self, other: Self) {
            self.a += other.b;
            self.b *= other.a;
        }
    }

    impl MulAssign<f64> for Pair {
        fn mul_assign(&mut self, by: f64) {
            *self = *self * by;
        }
    }

    pub trait Shape {
        const SIDES: f64;
        fn area(&self) -> f64;
        fn scaled(&self, by: f64) -> Self;
        fn twice(&self) -> f64 {
            self.area() * self.area() + 2.0
        }
        fn thrice(&self) -> f64 {
            self.area() * 3.0
        }
    }

    impl Shape for Pair {
        const SIDES: f64 = 4.0;
        fn area(&self) -> f64 {
            self.a * self.b.exp()
        }
        fn scaled(&self, by: f64) -> Self {
            Self { a: self.a * by, ..*self }
        }
        fn thrice(&self) -> f64 {
            self.area() * self.a
        }
    }

    impl Shape for Spin {
        const SIDES: f64 = 3.0;
        fn area(&self) -> f64 {
            self.axis.area() * self.turn.sin()
        }
        fn scaled(&self, by: f64) -> Self {
            Spin { axis: self.axis.scaled(by), turn: self.turn + by }
        }
    }

    impl From<f64> for Pair {
        fn from(x: f64) -> Self {
            Pair::new(x * x, x.sin())
        }
    }

    impl Default for Spin {
        fn default() -> Self {
            Spin { axis: Pair { a: 0.5, b: 1.5 }, turn: 0.25 }
        }
    }

    fn total(of: &impl Shape) -> f64 {
        of.area() + of.twice()
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn sums(x: &[f64; 3]) -> f64 {
        let (p, q) = (Pair::new(x[0], x[1]), Pair { a: x[2], b: x[0] * x[1] });
        let r = p + q - &p;
        let s = -(2.5 * r) * x[1];
        (p * q) * s.a + (r + s).b + p * -q
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn assigned(x: &[f64; 3]) -> f64 {
        let mut p = Pair::new(x[0], x[1]);
        let mut spins = Spin { axis: p, turn: x[2] };
        for i in 0..3 {
            p += Pair { a: x[i].cos(), b: x[2] };
            p *= 0.5 * x[0];
            spins.axis += p * x[i];
        }
        let around = &p * &spins;
        p.a * p.b + spins.axis * around.axis + around.turn
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub fn by_traits(x: &[f64; 3]) -> f64 {
        let p = Pair::new(x[0], x[1]);
        let spin = Spin { axis: Pair::from(x[1]), turn: x[2] };
        total(&p)
            + spin.scaled(x[0]).twice() * p.thrice()
            + spin.thrice()
            + p.clone().a * p.clone().b
            + Spin::default().scaled(x[1]).area()
    }
}

use kernels::*;

against_differences!(sums, assigned, by_traits);

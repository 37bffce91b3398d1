//! Operators of structs, and methods of traits, of which it is not known what they do.

use gradgen::{Gradgen, gradgen};

#[derive(Gradgen, Clone, Copy)]
struct Seen {
    a: f64,
}

impl std::ops::Add for Seen {
    type Output = Seen;
    fn add(self, other: Seen) -> Seen {
        Seen { a: self.a + other.a }
    }
}

#[gradgen(gradient)]
fn outside(x: f64) -> f64 {
    let s = Seen { a: x };
    (s + s).a
}

#[gradgen::module]
mod kernels {
    use std::ops::{Add, Mul};

    use gradgen::gradgen;

    #[derive(Clone, Copy, PartialEq)]
    pub struct Pair {
        a: f64,
        b: f64,
    }

    impl Add for Pair {
        type Output = Pair;
        fn add(self, other: Pair) -> Pair {
            Pair { a: self.a + other.a, b: self.b + other.b }
        }
    }

    impl Add<&Pair> for Pair {
        type Output = Pair;
        fn add(self, other: &Pair) -> Pair {
            self + *other
        }
    }

    macro_rules! product {
        ($a:ident) => {
            impl Mul<$a> for f64 {
                type Output = $a;
                fn mul(self, of: $a) -> $a {
                    $a { a: self * of.a, b: of.b }
                }
            }
        };
    }
    product!(Pair);


    mod elsewhere {
        impl std::ops::Neg for super::Pair {
            type Output = Self;
            fn neg(self) -> Self {
                self
            }
        }
    }

    mod named {
        pub trait Neg {
            type Output;
            fn neg(self) -> Self::Output;
        }
    }

    impl named::Neg for Pair {
        type Output = Self;
        fn neg(self) -> Self {
            Pair { a: -self.a, b: self.b }
        }
    }

    impl Pair {
        fn size(&self) -> f64 {
            self.a
        }
    }

    trait Sized2 {
        fn size(self) -> f64;
        fn area(&self) -> f64;
    }

    impl Sized2 for Pair {
        fn size(self) -> f64 {
            self.b
        }
        fn area(&self) -> f64 {
            self.a * self.b
        }
    }

    mod hidden {
        impl super::Pair {
            pub(super) fn area(&self) -> f64 {
                self.b
            }
        }
    }

    #[gradgen(gradient)]
    pub fn twice(x: f64) -> f64 {
        let p = Pair { a: x, b: x };
        (p + p).a + (2.0 * p).a
    }

    #[gradgen(gradient)]
    pub fn compared(x: f64) -> f64 {
        let p = Pair { a: x, b: x };
        if p == p { p.size() } else { x }
    }

    #[gradgen(gradient)]
    pub fn another_function(x: f64) -> f64 {
        Pair { a: x, b: x }.area()
    }

    #[gradgen(gradient)]
    pub fn another_trait(x: f64) -> f64 {
        (-Pair { a: x, b: x }).a
    }
}

fn main() {}

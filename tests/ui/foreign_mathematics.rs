//! What looks like a function of `gradgen::math` and is none.
#![allow(unstable_name_collisions)]

use ::gradgen::gradgen as differentiate;

/// A module that hides the crate.
mod gradgen {
    pub mod math {
        use ::gradgen::gradgen;

        #[gradgen]
        pub fn erf(x: f64) -> f64 {
            x
        }
    }
}

#[differentiate(gradient)]
fn of_another_module(x: f64) -> f64 {
    gradgen::math::erf(x)
}

trait Special {
    fn erf(self) -> f64;
    fn gamma(self) -> f64;
}

impl Special for f64 {
    fn erf(self) -> f64 {
        self
    }

    fn gamma(self) -> f64 {
        self
    }
}

#[differentiate(gradient)]
fn method_of_a_trait(x: f64) -> f64 {
    x.erf() + f64::gamma(x)
}

#[differentiate(gradient)]
fn function_of_a_trait(x: f64) -> f64 {
    Special::erf(x)
}

#[differentiate(gradient)]
fn unknown(x: f64) -> f64 {
    ::gradgen::math::errf(x)
}

fn main() {
    let _ = of_another_module_grad(1.0);
    let _ = method_of_a_trait_grad(1.0);
    let _ = function_of_a_trait_grad(1.0);
    let _ = unknown_grad(1.0);
}

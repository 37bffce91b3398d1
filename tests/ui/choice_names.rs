//! Names in patterns of enums that rustc knows to be variants.

use gradgen::{Gradgen, gradgen};

#[allow(non_camel_case_types)]
#[derive(Gradgen, Clone, Copy)]
enum Mode {
    linear,
    quadratic,
}

#[gradgen(gradient(x))]
fn inside(mode: Mode, x: f64) -> f64 {
    use Mode::*;
    match mode {
        linear => x,
        quadratic => x * x,
    }
}

mod other {
    use super::Mode::{self, *};

    #[gradgen::gradgen(gradient(x))]
    fn outside(mode: Mode, x: f64) -> f64 {
        match mode {
            linear => x,
            quadratic => x * x,
        }
    }
}

fn main() {}

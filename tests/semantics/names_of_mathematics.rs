//! The user's own names that `gradgen::math` has too: what a name says where it stands is what is differentiated.
#![allow(unused_qualifications, reason = "what a path says is what is tested")]

use gradgen::gradgen;

use crate::{POINTS, assert_close, difference};

/// A module of the user's, of the same name as ours.
mod math {
    use gradgen::gradgen;

    #[gradgen]
    pub(super) fn erf(x: f64) -> f64 {
        x * x * 3.0
    }

    #[gradgen]
    pub(super) fn dot(a: &[f64; 3], b: &[f64; 3]) -> f64 {
        a[0] * b[0] - a[1] * b[1] + a[2] * b[2] * b[2]
    }
}

#[gradgen]
fn sum(x: &[f64; 3]) -> f64 {
    x[0] - x[1] * x[2]
}

#[gradgen]
fn norm2(x: &[f64; 3]) -> f64 {
    x[0] * x[1] * x[2]
}

#[gradgen(gradient, hessian)]
fn beside(x: &[f64; 3]) -> f64 {
    math::erf(x[0]) * math::dot(x, &[1.0, 2.0, 3.0]) + sum(x) * norm2(x) + self::math::erf(x[1])
}

fn beside_by_hand(x: &[f64; 3]) -> f64 {
    let dot = x[0] - x[1] * 2.0 + x[2] * 3.0 * 3.0;
    x[0] * x[0] * 3.0 * dot + (x[0] - x[1] * x[2]) * (x[0] * x[1] * x[2]) + x[1] * x[1] * 3.0
}

/// Names of the body before names of the file, which has those of a glob import besides.
#[gradgen(gradient, hessian)]
fn inside(x: &[f64; 3]) -> f64 {
    #[allow(unused_imports, reason = "names of the body stand before it")]
    use gradgen::math::*;
    let erf = |x: f64| x.sin() * x;
    fn dot(a: f64, b: f64) -> f64 {
        a * b * b
    }
    let sum = x[0] * x[1];
    let norm2 = dot(erf(x[2]), sum);
    norm2 + sum + dot(sum, x[2])
}

fn inside_by_hand(x: &[f64; 3]) -> f64 {
    let sum = x[0] * x[1];
    x[2].sin() * x[2] * sum * sum + sum + sum * x[2] * x[2]
}

/// A module that is read as a whole: imports, functions of its own, and names of bodies.
#[gradgen::module]
mod kernels {
    use gradgen::gradgen;
    use gradgen::math as special;
    use gradgen::math::{dot, erf, sinc as norm2};

    use super::math;

    fn sum(x: &[f64]) -> f64 {
        x[0] * x[1] - x[2]
    }

    fn logistic(x: f64) -> f64 {
        x * x * x
    }

    #[gradgen(gradient, hessian)]
    pub(super) fn mixed(x: &[f64; 3]) -> f64 {
        let ours = erf(x[0]) + norm2(x[1]) + special::logistic(x[2]) + dot(x, x);
        let own = math::erf(x[0]) * sum(x) + logistic(x[1]);
        ours * own + hidden(x[2])
    }

    fn hidden(x: f64) -> f64 {
        let dot = |a: f64| a * a + 1.0;
        fn erf(x: f64) -> f64 {
            x * 5.0
        }
        erf(x) * dot(x)
    }

    #[gradgen(gradient, hessian)]
    pub(super) fn imported_in_a_block(x: &[f64; 3]) -> f64 {
        use super::math::erf;
        erf(x[0]) * x[1] + dot(x, x)
    }
}

fn mixed_by_hand(x: &[f64; 3]) -> f64 {
    let squares = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    let ours = gradgen::math::erf(x[0]) + x[1].sin() / x[1] + 1.0 / (1.0 + (-x[2]).exp()) + squares;
    let own = x[0] * x[0] * 3.0 * (x[0] * x[1] - x[2]) + x[1] * x[1] * x[1];
    ours * own + x[2] * 5.0 * (x[2] * x[2] + 1.0)
}

fn imported_by_hand(x: &[f64; 3]) -> f64 {
    x[0] * x[0] * 3.0 * x[1] + x[0] * x[0] + x[1] * x[1] + x[2] * x[2]
}

type Point = [f64; 3];

fn check(
    function: fn(&Point) -> f64,
    by_hand: fn(&Point) -> f64,
    gradient: fn(&Point) -> Point,
    hessian: fn(&Point) -> [Point; 3],
) {
    for x in &POINTS {
        assert_close(function(x), by_hand(x));
        for place in 0..3 {
            let along = |step: f64| {
                let mut moved = *x;
                moved[place] += step;
                moved
            };
            assert_close(gradient(x)[place], difference(|step| by_hand(&along(step))));
            for other in 0..3 {
                assert_close(hessian(x)[other][place], difference(|step| gradient(&along(step))[other]));
            }
        }
    }
}

#[test]
fn a_name_means_what_it_says_where_it_stands() {
    use kernels::{imported_in_a_block, imported_in_a_block_grad, imported_in_a_block_hessian};
    use kernels::{mixed, mixed_grad, mixed_hessian};

    check(beside, beside_by_hand, beside_grad, beside_hessian);
    check(inside, inside_by_hand, inside_grad, inside_hessian);
    check(mixed, mixed_by_hand, mixed_grad, mixed_hessian);
    check(imported_in_a_block, imported_by_hand, imported_in_a_block_grad, imported_in_a_block_hessian);
}

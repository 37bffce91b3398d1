//! The meaning of Rust, where it is easily got wrong: every function here is unusual, and its
//! siblings must agree with it to the bit in their values, and with differences in their derivatives.
#![allow(
    dead_code,
    double_negations,
    path_statements,
    unreachable_code,
    unused_assignments,
    unused_labels,
    unused_mut,
    unused_must_use,
    unused_parens,
    unused_variables,
    clippy::all,
    reason = "code that nobody would write is what is tested"
)]

mod arrays;
mod arrays_of_structs;
mod calls;
mod choices;
mod closures;
mod conditions;
mod constants;
mod counters;
mod custom;
mod drained;
mod effects;
mod evaluation;
mod finds;
mod floats;
mod generic;
mod generic_lengths;
mod generic_modules;
mod generic_structs;
mod integer_types;
mod integers;
mod iterators;
mod loops;
mod macros;
mod matches;
mod mathematics;
mod methods;
mod modules;
mod more_floats;
mod names_of_mathematics;
mod nested_jumps;
mod operators;
mod options;
mod outputs;
mod overwritten;
mod own_items;
mod parameters;
mod patterns;
mod results;
mod returns;
mod rows;
mod sets;
mod single;
mod slice_callees;
mod slices;
mod state;
mod stateful;
mod stopped;
mod structs;
mod tables;
mod variables;
mod vectors;

/// Away from all kinks of the functions here.
const POINTS: [[f64; 3]; 6] = [
    [0.71, -1.33, 2.17],
    [-0.43, 0.94, -2.21],
    [1.53, 1.27, 0.31],
    [-1.12, -0.63, -0.27],
    [2.56, 3.57, 1.58],
    [0.112, 0.123, 0.134],
];

/// A function of three numbers with its siblings.
struct Family {
    value: fn(&[f64; 3]) -> f64,
    into: fn(&[f64; 3], &mut f64, &mut [f64]) -> Result<(), gradgen::Error>,
    gradient: fn(&[f64; 3]) -> [f64; 3],
    hessian: fn(&[f64; 3]) -> [[f64; 3]; 3],
    jvp: fn(&[f64; 3], &[f64; 3]) -> f64,
    hvp: fn(&[f64; 3], &[f64; 3]) -> [f64; 3],
    bundle: fn(&[f64; 3]) -> (f64, [f64; 3]),
}

impl Family {
    fn check(&self) {
        POINTS.iter().for_each(|x| self.check_at(x));
    }

    fn check_at(&self, x: &[f64; 3]) {
        let value = (self.value)(x);
        let mut written = 0.0;
        (self.into)(x, &mut written, &mut []).expect("nothing is refused");
        let (bundled, gradient) = (self.bundle)(x);
        assert_same_bits(written, value);
        assert_same_bits(bundled, value);
        for place in 0..3 {
            let along = |step: f64| {
                let mut moved = *x;
                moved[place] += step;
                moved
            };
            let mut direction = [0.0; 3];
            direction[place] = 1.0;
            let slope = difference(|step| (self.value)(&along(step)));
            assert_close(gradient[place], slope);
            assert_close((self.gradient)(x)[place], slope);
            assert_close((self.jvp)(x, &direction), slope);
            for other in 0..3 {
                let slope = difference(|step| (self.gradient)(&along(step))[other]);
                assert_close((self.hessian)(x)[place][other], slope);
                assert_close((self.hvp)(x, &direction)[other], slope);
            }
        }
    }
}

/// The slope of a function at 0.
fn difference(function: impl Fn(f64) -> f64) -> f64 {
    let central = |step: f64| (function(step) - function(-step)) / (2.0 * step);
    (4.0 * central(5e-5) - central(1e-4)) / 3.0
}

#[track_caller]
fn assert_close(derivative: f64, slope: f64) {
    let fits =
        (derivative - slope).abs() <= 1e-6 * (1.0 + slope.abs()) || derivative.is_nan() && slope.is_nan();
    assert!(fits, "the derivative is {slope}, not {derivative}");
}

#[track_caller]
fn assert_same_bits(a: f64, b: f64) {
    assert!(a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(), "{a:?} is not {b:?}");
}

/// One test for each function.
macro_rules! against_differences {
    ($($name:ident),* $(,)?) => {
        #[cfg(test)]
        mod against_differences {
            $(
                #[test]
                fn $name() {
                    pastey::paste! {
                        let family = crate::Family {
                            value: super::$name,
                            into: super::[<$name _into>],
                            gradient: super::[<$name _grad>],
                            hessian: super::[<$name _hessian>],
                            jvp: super::[<$name _jvp>],
                            hvp: super::[<$name _hvp>],
                            bundle: super::[<$name _f_grad>],
                        };
                    }
                    family.check();
                }
            )*
        }
    };
}

/// As [`against_differences`], of functions that could refuse a call, and do not.
macro_rules! refusing_against_differences {
    ($($name:ident),* $(,)?) => {
        #[cfg(test)]
        mod refusing_against_differences {
            $(
                #[test]
                fn $name() {
                    const TAKEN: &str = "the call is not refused";
                    pastey::paste! {
                        let family = crate::Family {
                            value: super::$name,
                            into: super::[<$name _into>],
                            gradient: |x| super::[<$name _grad>](x).expect(TAKEN),
                            hessian: |x| super::[<$name _hessian>](x).expect(TAKEN),
                            jvp: |x, v| super::[<$name _jvp>](x, v).expect(TAKEN),
                            hvp: |x, v| super::[<$name _hvp>](x, v).expect(TAKEN),
                            bundle: |x| super::[<$name _f_grad>](x).expect(TAKEN),
                        };
                    }
                    family.check();
                }
            )*
        }
    };
}

use against_differences;
use refusing_against_differences;

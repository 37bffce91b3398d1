//! Values, first and second derivatives against numbers of 20 digits by mpmath, over wide ranges.
//! `figures.py` says how they were computed.

use gradgen::gradgen;

/// All that is known of a function at a point: value, first derivatives, second ones.
type Jet = [f64; 6];

/// A function of floats, by its siblings.
struct Function {
    name: &'static str,
    arguments: usize,
    wide: fn(&[f64]) -> Jet,
    narrow: fn(&[f32]) -> [f32; 6],
    /// An error is relative to the number, or to this if that is less: where a function is near one of its zeros.
    /// If it is infinite, to the largest number of the order.
    near: [f64; 3],
    /// The relative error that is allowed, in each order.
    tolerance: [f64; 3],
}

impl Function {
    fn all() -> impl Iterator<Item = &'static Self> {
        OF_ONE.iter().chain(OF_TWO)
    }
}

macro_rules! of_one {
    ($($name:ident, $near:expr, $tolerance:expr;)+) => {
        $(mod $name {
            use super::gradgen;

            #[gradgen(gradient, hessian, bundle(f, grad(x), hessian(x)))]
            fn wide(x: f64) -> f64 {
                gradgen::math::$name(x)
            }

            #[gradgen(gradient, hessian, bundle(f, grad(x), hessian(x)))]
            fn narrow(x: f32) -> f32 {
                gradgen::math::$name(x)
            }

            pub(super) fn jet(x: &[f64]) -> super::Jet {
                let x = x[0];
                super::assert_same((wide(x), wide_grad(x), wide_hessian(x)), wide_f_grad_hessian(x));
                [wide(x), wide_grad(x), wide_hessian(x), 0.0, 0.0, 0.0]
            }

            pub(super) fn jet_in_f32(x: &[f32]) -> [f32; 6] {
                let (y, slope, curvature) = narrow_f_grad_hessian(x[0]);
                [y, slope, curvature, 0.0, 0.0, 0.0]
            }
        })+

        const OF_ONE: &[Function] = &[$(Function {
            name: stringify!($name),
            arguments: 1,
            wide: $name::jet,
            narrow: $name::jet_in_f32,
            near: $near,
            tolerance: $tolerance,
        }),+];
    };
}

macro_rules! of_two {
    ($($name:ident, $near:expr, $tolerance:expr;)+) => {
        $(mod $name {
            use super::gradgen;

            #[gradgen(gradient(*), hessian(a), hessian(b), hessian(a, b))]
            fn wide(a: f64, b: f64) -> f64 {
                gradgen::math::$name(a, b)
            }

            #[gradgen(gradient(*), hessian(a), hessian(b), hessian(a, b))]
            fn narrow(a: f32, b: f32) -> f32 {
                gradgen::math::$name(a, b)
            }

            pub(super) fn jet(x: &[f64]) -> super::Jet {
                let (a, b) = (x[0], x[1]);
                let (by_a, by_b) = wide_grad(a, b);
                [wide(a, b), by_a, by_b, wide_hessian_a(a, b), wide_hessian_a_b(a, b), wide_hessian_b(a, b)]
            }

            pub(super) fn jet_in_f32(x: &[f32]) -> [f32; 6] {
                let (a, b) = (x[0], x[1]);
                let (by_a, by_b) = narrow_grad(a, b);
                [narrow(a, b), by_a, by_b, narrow_hessian_a(a, b), narrow_hessian_a_b(a, b), narrow_hessian_b(a, b)]
            }
        })+

        const OF_TWO: &[Function] = &[$(Function {
            name: stringify!($name),
            arguments: 2,
            wide: $name::jet,
            narrow: $name::jet_in_f32,
            near: $near,
            tolerance: $tolerance,
        }),+];
    };
}

/// 14 digits, of numbers however small.
const DIGITS: [f64; 3] = [2e-14; 3];

of_one! {
    erf, [0.0; 3], DIGITS;
    erfc, [0.0; 3], DIGITS;
    gamma, [0.0; 3], DIGITS;
    ln_gamma, [0.0; 3], DIGITS;
    digamma, [0.0; 3], DIGITS;
    trigamma, [0.0; 3], DIGITS;
    // Its second derivative is the difference of numbers of at most 1/4.
    logistic, [0.0, 0.0, 0.1], DIGITS;
    log_logistic, [0.0; 3], DIGITS;
    softplus, [0.0; 3], DIGITS;
    logit, [0.0, 0.0, 1.0], DIGITS;
    sinc, [0.0; 3], DIGITS;
    normal_pdf, [0.0; 3], DIGITS;
    normal_cdf, [0.0; 3], DIGITS;
    // What its value y loses by rounding is y^2 units of its derivatives.
    normal_quantile, [0.0; 3], [2e-14, 4e-13, 8e-13];
    bessel_j0, [0.0; 3], DIGITS;
    bessel_j1, [0.0; 3], DIGITS;
}

of_two! {
    // It is the exponential of numbers of up to 1000, and its mixed derivative a difference of large ones.
    beta, [f64::INFINITY; 3], [5e-13; 3];
    ln_beta, [1.0, 0.0, 0.0], DIGITS;
}

fn assert_same(apart: (f64, f64, f64), bundled: (f64, f64, f64)) {
    let bits = |(a, b, c): (f64, f64, f64)| [a.to_bits(), b.to_bits(), c.to_bits()];
    assert_eq!(bits(apart), bits(bundled));
}

/// The arguments and the numbers of each line of a function.
fn figures(function: &Function) -> Vec<(Vec<f64>, Vec<f64>)> {
    let lines = include_str!("figures.txt").lines().map(|line| line.split(' ').collect::<Vec<_>>());
    let own = lines.filter(|words| words[0] == function.name).map(|words| {
        let mut numbers: Vec<f64> = words[1..].iter().map(|word| word.parse().expect("a number")).collect();
        let values = numbers.split_off(function.arguments);
        (numbers, values)
    });
    own.collect()
}

/// The order of the derivative in a place of a jet.
fn order(function: &Function, place: usize) -> usize {
    match place {
        0 => 0,
        place if place <= function.arguments => 1,
        _ => 2,
    }
}

/// What errors in an order are relative to where the number is less.
fn near(function: &Function, order_of_error: usize, numbers: &[f64]) -> f64 {
    let near = function.near[order_of_error];
    if near.is_finite() {
        return near;
    }
    let of_order = numbers.iter().enumerate().filter(|(place, _)| order(function, *place) == order_of_error);
    of_order.fold(0.0, |most, (_, number)| most.max(number.abs()))
}

/// How far a number is from what it should be, relative to that.
fn error(got: f64, expected: f64, near: f64) -> f64 {
    // Numbers without all their digits have an error of their own.
    let off = (got - expected).abs() - 1e-320;
    match got == expected || off <= 0.0 {
        true => 0.0,
        false if off.is_nan() => f64::INFINITY,
        false => off / expected.abs().max(near).max(f64::MIN_POSITIVE),
    }
}

#[test]
fn numbers_have_their_digits() {
    let mut wrong = String::new();
    for function in Function::all() {
        let figures = figures(function);
        assert!(figures.len() > 10, "figures of {}", function.name);
        for (arguments, expected) in figures {
            let got = (function.wide)(&arguments);
            for (place, &number) in expected.iter().enumerate() {
                let order = order(function, place);
                let near = near(function, order, &expected);
                let error = error(got[place], number, near);
                if error > function.tolerance[order] {
                    wrong += &format!(
                        "{}{arguments:?}, number {place}: {:?}, expected {number:?}, {error:.1e} off\n",
                        function.name, got[place],
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

// In `f32` the special functions are those of `f64`, rounded, and what is made of them has the digits of `f32`.
#[test]
fn the_other_scalar_type_has_its_digits() {
    let mut wrong = String::new();
    for function in Function::all() {
        for (arguments, _) in figures(function) {
            let arguments: Vec<f32> = arguments.into_iter().map(|x| x as f32).collect();
            let widened: Vec<f64> = arguments.iter().map(|x| f64::from(*x)).collect();
            let (got, expected) = ((function.narrow)(&arguments), (function.wide)(&widened));
            for (place, (got, number)) in got.into_iter().zip(expected).enumerate() {
                if number as f32 == got || number.is_nan() && got.is_nan() {
                    continue;
                }
                let near = near(function, order(function, place), &expected).max(1e-37);
                let error = (f64::from(got) - number).abs() / number.abs().max(near);
                // Of derivatives by a value y that is rounded, y^2 units.
                let tolerance = if function.name == "normal_quantile" { 1e-5 } else { 1e-6 };
                if error.is_nan() || error > tolerance {
                    wrong += &format!(
                        "{}{arguments:?}, number {place}: {got:?}, expected {number:?}, {error:.1e} off\n",
                        function.name,
                    );
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

// At the ends of the domains are the limits.
#[test]
#[rustfmt::skip]
fn edges_are_limits() {
    let inf = f64::INFINITY;
    for (name, x, expected) in [
        ("erf", -inf, [-1.0, 0.0, 0.0]), ("erf", inf, [1.0, 0.0, 0.0]),
        ("erfc", -inf, [2.0, 0.0, 0.0]), ("erfc", inf, [0.0, 0.0, 0.0]),
        ("gamma", 0.0, [inf, -inf, inf]), ("gamma", -0.0, [-inf, -inf, -inf]), ("gamma", inf, [inf, inf, inf]),
        ("ln_gamma", 0.0, [inf, -inf, inf]), ("ln_gamma", -0.0, [inf, inf, inf]), ("ln_gamma", inf, [inf, inf, 0.0]),
        ("digamma", 0.0, [-inf, inf, -inf]), ("digamma", -0.0, [inf, inf, inf]), ("digamma", inf, [inf, 0.0, 0.0]),
        ("trigamma", 0.0, [inf, -inf, inf]), ("trigamma", -0.0, [inf, inf, inf]), ("trigamma", inf, [0.0, 0.0, 0.0]),
        ("logistic", -inf, [0.0, 0.0, 0.0]), ("logistic", inf, [1.0, 0.0, 0.0]),
        ("log_logistic", -inf, [-inf, 1.0, 0.0]), ("log_logistic", inf, [0.0, 0.0, 0.0]),
        ("softplus", -inf, [0.0, 0.0, 0.0]), ("softplus", inf, [inf, 1.0, 0.0]),
        ("logit", 0.0, [-inf, inf, -inf]), ("logit", 1.0, [inf, inf, inf]),
        ("sinc", -inf, [0.0, 0.0, 0.0]), ("sinc", -0.0, [1.0, 0.0, -1.0 / 3.0]), ("sinc", inf, [0.0, 0.0, 0.0]),
        ("normal_pdf", -inf, [0.0, 0.0, 0.0]), ("normal_pdf", inf, [0.0, 0.0, 0.0]),
        ("normal_cdf", -inf, [0.0, 0.0, 0.0]), ("normal_cdf", inf, [1.0, 0.0, 0.0]),
        ("normal_quantile", 0.0, [-inf, inf, -inf]), ("normal_quantile", 1.0, [inf, inf, inf]),
        ("bessel_j0", -inf, [0.0, 0.0, 0.0]), ("bessel_j0", inf, [0.0, 0.0, 0.0]),
        ("bessel_j1", -inf, [0.0, 0.0, 0.0]), ("bessel_j1", inf, [0.0, 0.0, 0.0]),
    ] {
        let function = Function::all().find(|function| function.name == name).expect("a function");
        let got = (function.wide)(&[x]);
        assert_eq!(got[..3], expected, "{name}({x})");
        let got = (function.narrow)(&[x as f32]);
        assert_eq!(got[..3], expected.map(|number| number as f32), "{name}({x}) in f32");
    }
    for (name, a, b, expected) in [
        ("ln_beta", 0.0, 2.0, [inf, -inf, 0.0]), ("ln_beta", 2.0, inf, [-inf, -inf, 0.0]),
        ("ln_beta", 3.0, 0.0, [inf, 0.0, -inf]),
    ] {
        let function = Function::all().find(|function| function.name == name).expect("a function");
        assert_eq!((function.wide)(&[a, b])[..3], expected, "{name}({a}, {b})");
    }
}

// Nothing is hidden: NaN comes out of NaN, and of what is outside of a domain.
#[test]
fn outside_is_not_a_number() {
    let nan = f64::NAN;
    for function in Function::all() {
        for place in 0..function.arguments {
            let mut arguments = vec![0.3; function.arguments];
            arguments[place] = nan;
            let numbers = (function.wide)(&arguments);
            let count = if function.arguments == 1 { 3 } else { 6 };
            assert!(
                numbers[..count].iter().all(|number| number.is_nan()),
                "{} of NaN: {numbers:?}",
                function.name
            );
        }
    }
    for (name, arguments) in [
        ("logit", &[-0.1][..]),
        ("logit", &[1.1]),
        ("normal_quantile", &[-0.1]),
        ("normal_quantile", &[1.1]),
        ("gamma", &[-1.0]),
        ("digamma", &[-1.0]),
        ("beta", &[-0.5, 1.0]),
        ("ln_beta", &[1.0, -0.5]),
    ] {
        let function = Function::all().find(|function| function.name == name).expect("a function");
        let numbers = (function.wide)(arguments);
        assert!(numbers[0].is_nan(), "{name}{arguments:?}: {numbers:?}");
    }
}

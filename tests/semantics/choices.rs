//! Enums without data as parameters.

use gradgen::{Differentiable, Error, Gradgen, Value, gradgen};

use crate::{assert_close, assert_same_bits, difference};

#[derive(Gradgen, Clone, Copy, PartialEq, Debug)]
enum Mode {
    Linear,
    Quadratic,
    TwoWay,
}

const MODES: [Mode; 3] = [Mode::Linear, Mode::Quadratic, Mode::TwoWay];

/// Differences of first and second order against the gradient and the Hessian.
fn check<const N: usize>(
    x: [f64; N],
    f: impl Fn(&[f64; N]) -> f64,
    gradient: impl Fn(&[f64; N]) -> [f64; N],
    hessian: impl Fn(&[f64; N]) -> [[f64; N]; N],
) {
    let (first, second) = (gradient(&x), hessian(&x));
    for place in 0..N {
        let along = |h: f64| {
            let mut x = x;
            x[place] += h;
            x
        };
        assert_close(first[place], difference(|h| f(&along(h))));
        for other in 0..N {
            assert_close(second[place][other], difference(|h| gradient(&along(h))[other]));
        }
    }
}

macro_rules! check_all_modes {
    ($($f:ident, $gradient:ident, $hessian:ident $(, $by:tt)?;)*) => {
        $(for mode in MODES {
            check(
                [0.7, -0.4, 1.3],
                |x| $f($($by)? mode, x),
                |x| $gradient($($by)? mode, x),
                |x| $hessian($($by)? mode, x),
            );
        })*
    };
}

#[gradgen(gradient, hessian)]
fn by_value(mode: Mode, x: &[f64; 3]) -> f64 {
    match mode {
        Mode::Linear => 2.0 * x[0] - x[1] * x[2],
        Mode::Quadratic => x[0] * x[1] * x[1] + x[2].sin(),
        Mode::TwoWay => (x[0] * x[2]).exp() + x[1],
    }
}

#[gradgen(gradient, hessian)]
fn with_a_rest(mode: Mode, x: &[f64; 3]) -> f64 {
    let scale = match mode {
        Mode::TwoWay | Mode::Linear => x[0] * x[0],
        _ => x[1].cos(),
    };
    scale * x[2].powi(3)
}

#[gradgen(gradient, hessian)]
fn with_a_name(mode: Mode, x: &[f64; 3]) -> f64 {
    match mode {
        Mode::Quadratic if x[0] > 0.0 => x[0].powi(2) * x[1],
        other if other == Mode::Linear => x[2].powi(2) * x[0],
        other => match other {
            Mode::TwoWay => x[0].sin() * x[1],
            _ => x[2],
        },
    }
}

#[gradgen(gradient, hessian)]
fn by_reference(mode: &Mode, x: &[f64; 3]) -> f64 {
    let mut sum = 0.0;
    for (i, v) in x.iter().enumerate() {
        if *mode == Mode::Linear && i > 0 {
            sum += v * x[0];
        }
        if Mode::TwoWay != *mode {
            sum += v.powi(3);
        }
        if matches!(mode, Mode::Quadratic | Mode::TwoWay) {
            sum *= x[1] + 2.0;
        }
    }
    match *mode {
        Mode::Linear => sum,
        _ => sum.sin(),
    }
}

#[gradgen(gradient, hessian)]
fn with_numbers(mode: Mode, x: &[f64; 3]) -> f64 {
    let power = mode as i32;
    let Mode::Linear = mode else { return x[1] * x[0] * f64::from(power) * (mode as usize as f64) };
    if let Mode::Linear = mode { x[1] * x[2].powi(power + 2) } else { 0.0 }
}

#[gradgen(gradient, hessian)]
fn two_at_once(mode: Mode, x: &[f64; 3]) -> f64 {
    use self::Mode as M;
    match (mode, x[0] > 0.0) {
        (M::Linear, true) => x[0] * x[1],
        (M::Linear | M::Quadratic, _) => x[2] * x[1],
        (M::TwoWay, true) => x[0].powi(3),
        (M::TwoWay, false) => x[2].powi(2),
    }
}

/// A comparison that the user wrote, and that says something else than a pattern.
#[derive(Gradgen, Clone, Copy)]
enum Odd {
    A,
    B,
}

impl PartialEq for Odd {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[gradgen(gradient)]
fn odd(odd: Odd, x: f64) -> f64 {
    let a = if odd == Odd::A { 2.0 * x } else { 3.0 * x };
    match odd {
        Odd::A => a,
        Odd::B => 5.0 * a,
    }
}

#[test]
fn enums_choose_what_is_computed() {
    check_all_modes! {
        by_value, by_value_grad, by_value_hessian;
        with_a_rest, with_a_rest_grad, with_a_rest_hessian;
        with_a_name, with_a_name_grad, with_a_name_hessian;
        by_reference, by_reference_grad, by_reference_hessian, &;
        with_numbers, with_numbers_grad, with_numbers_hessian;
        two_at_once, two_at_once_grad, two_at_once_hessian;
    }
    for mode in MODES {
        let (x, mut y) = ([-0.7, -0.4, 1.3], f64::NAN);
        by_value_into(mode, &x, &mut y, &mut []).unwrap();
        assert_same_bits(y, by_value(mode, &x));
        with_a_name_into(mode, &x, &mut y, &mut []).unwrap();
        assert_same_bits(y, with_a_name(mode, &x));
        two_at_once_into(mode, &x, &mut y, &mut []).unwrap();
        assert_same_bits(y, two_at_once(mode, &x));
    }
}

#[test]
fn what_is_equal_the_users_type_says() {
    assert_eq!([odd_grad(Odd::A, 1.5), odd_grad(Odd::B, 1.5)], [2.0, 10.0]);
    assert_eq!([odd(Odd::A, 1.5), odd(Odd::B, 1.5)], [3.0, 15.0]);
}

#[gradgen::module]
mod kernels {
    #![allow(unreachable_pub, reason = "as in a library")]
    use gradgen::Gradgen;

    /// The numbers are the user's.
    #[derive(Gradgen, Clone, Copy, PartialEq, Debug)]
    pub enum Law {
        Hooke = 3,
        Duffing = -1,
    }

    pub type Spring = Law;

    fn force(law: Spring, x: f64) -> f64 {
        match law {
            Law::Hooke => x,
            Law::Duffing => x + x.powi(3),
        }
    }

    impl Law {
        fn stiffness(&self, k: f64) -> f64 {
            if *self == Self::Hooke { k } else { k * k }
        }
    }

    #[gradgen::gradgen(gradient, hessian, hvp(x))]
    pub fn energy(law: Law, x: &[f64; 2]) -> f64 {
        let k = law.stiffness(x[1]);
        k * force(law, x[0]) * x[0]
    }

    /// One that nothing is asked of.
    #[gradgen::gradgen(gradient)]
    pub fn unasked(_law: Law, x: f64) -> f64 {
        x * x
    }
}

#[test]
fn a_module_runs_functions_of_enums() {
    use kernels::*;
    for law in [Law::Hooke, Law::Duffing] {
        check([0.7, 1.6], |x| energy(law, x), |x| energy_grad(law, x), |x| energy_hessian(law, x));
    }
    assert_same_bits(unasked_grad(Law::Hooke, 1.5), 3.0);
}

#[test]
fn outside_of_rust_a_variant_is_its_number() {
    let info = <kernels::energy as Differentiable>::INFO;
    assert_eq!(info.inputs[0].role, gradgen::Role::Parameter);
    assert_eq!((info.inputs[0].dtype, info.inputs[0].shape.len()), (gradgen::Dtype::I32, 0));
    let x = [0.7, 1.6];
    for (number, law) in [(3, kernels::Law::Hooke), (-1, kernels::Law::Duffing)] {
        let mut gradient = [f64::NAN; 2];
        info.siblings[0]
            .call_f64(&[Value::I32(number), Value::F64(&x)], &mut [&mut gradient], &mut [])
            .unwrap();
        assert_eq!(gradient, kernels::energy_grad(law, &x));
    }
    for number in [0, 2, 255, i32::MIN] {
        let mut gradient = [7.0; 2];
        let refused =
            info.siblings[0].call_f64(&[Value::I32(number), Value::F64(&x)], &mut [&mut gradient], &mut []);
        assert!(matches!(refused, Err(Error::Kind { argument: "law", .. })));
        assert_eq!(gradient, [7.0; 2]);
    }
    let (by_table, mut y) = (<by_reference as Differentiable>::INFO, [0.0]);
    by_table.call_f64(&[Value::I32(2), Value::F64(&[1.0, 2.0, 3.0])], &mut [&mut y], &mut []).unwrap();
    assert_same_bits(y[0], by_reference(&Mode::TwoWay, &[1.0, 2.0, 3.0]));
}

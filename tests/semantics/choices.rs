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
        if *mode == Mode::Linear && i > 0 && *mode != Mode::TwoWay && *mode != Mode::Quadratic {
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

/// A struct with parameters among its fields.
#[derive(Gradgen, Clone, Copy, PartialEq, Debug)]
struct Setup {
    #[structure(parameter)]
    mode: Mode,
    mass: f64,
    #[structure(parameter)]
    power: i32,
    table: [f64; 2],
    #[structure(parameter)]
    is_damped: bool,
}

const SETUP: Setup = Setup { mode: Mode::TwoWay, mass: 1.3, power: 3, table: [0.4, -0.8], is_damped: true };

#[gradgen(gradient(p), hvp(p), gradient(q), bundle(f, grad(p, q)))]
fn potential(p: &Setup, q: f64) -> f64 {
    let table: [f64; 2] = p.table;
    let damping = if p.is_damped { (-table[1] * q).exp() } else { 1.0 };
    let law = match p.mode {
        Mode::Linear => p.mass * q,
        Mode::Quadratic => p.mass * q.powi(2) * table[0],
        _ => p.mass.powi(p.power) * q.sin() * table[0],
    };
    if p.mode == Mode::Quadratic { law * damping * p.mass } else { law * damping }
}

/// The floats of it.
fn floats(p: &Setup) -> [f64; 3] {
    [p.mass, p.table[0], p.table[1]]
}

fn with_floats(p: &Setup, x: [f64; 3]) -> Setup {
    Setup { mass: x[0], table: [x[1], x[2]], ..*p }
}

#[test]
fn a_struct_has_parameters() {
    for mode in MODES {
        for is_damped in [true, false] {
            let (p, q) = (Setup { mode, is_damped, ..SETUP }, 0.9);
            let gradient = potential_grad_p(&p, q);
            assert_eq!((gradient.mode, gradient.power, gradient.is_damped), (Mode::Linear, 0, false));
            let (value, (bundled, by_q)) = potential_f_grad_p_q(&p, q);
            assert_eq!(bundled, gradient);
            assert_same_bits(value, potential(&p, q));
            assert_close(by_q, difference(|h| potential(&p, q + h)));
            for place in 0..3 {
                let along = |h: f64| {
                    let mut x = floats(&p);
                    x[place] += h;
                    with_floats(&p, x)
                };
                assert_close(floats(&gradient)[place], difference(|h| potential(&along(h), q)));
                let mut direction = [0.0; 3];
                direction[place] = 1.0;
                // What the parameters of a direction are does not matter.
                let product = potential_hvp_p(&p, q, &with_floats(&SETUP, direction));
                for other in 0..3 {
                    let slope = difference(|h| floats(&potential_grad_p(&along(h), q))[other]);
                    assert_close(floats(&product)[other], slope);
                }
            }
        }
    }
}

#[test]
fn outside_of_rust_parameters_are_numbers_in_the_list() {
    use gradgen::Structure;
    let mut flat = [0.0; Setup::SIZE];
    SETUP.write(&mut &mut flat[..]).unwrap();
    assert_eq!(flat, [2.0, 1.3, 3.0, 0.4, -0.8, 1.0]);
    assert_eq!(Setup::read(&mut &flat[..]), Some(SETUP));
    let info = <potential as Differentiable>::INFO;
    let mut gradient = [f64::NAN; Setup::SIZE];
    let by_p = &info.siblings[0];
    by_p.call_f64(&[Value::F64(&flat), Value::F64(&[0.9])], &mut [&mut gradient], &mut []).unwrap();
    let direct = potential_grad_p(&SETUP, 0.9);
    assert_eq!(gradient, [0.0, direct.mass, 0.0, direct.table[0], direct.table[1], 0.0]);
    for (place, wrong) in
        [(0, 3.0), (0, -1.0), (0, 0.5), (0, f64::NAN), (2, 1e10), (2, f64::INFINITY), (5, 2.0)]
    {
        let (mut flat, mut gradient) = (flat, [7.0; Setup::SIZE]);
        flat[place] = wrong;
        let refused = by_p.call_f64(&[Value::F64(&flat), Value::F64(&[0.9])], &mut [&mut gradient], &mut []);
        assert!(matches!(refused, Err(Error::Kind { argument: "p", .. })), "{refused:?}");
        assert_eq!(gradient, [7.0; Setup::SIZE]);
    }
}

#[gradgen::module]
mod machine {
    #![allow(unreachable_pub, reason = "as in a library")]
    use gradgen::Gradgen;

    #[derive(Gradgen, Clone, Copy, PartialEq, Debug)]
    pub enum Gear {
        Low,
        High,
    }

    #[derive(Gradgen, Clone, Copy, PartialEq, Debug)]
    pub struct State {
        pub speed: f64,
        #[structure(parameter)]
        pub gear: Gear,
        #[structure(parameter)]
        pub count: u32,
        pub heat: f64,
    }

    impl State {
        fn ratio(&self) -> f64 {
            match self.gear {
                Gear::Low => 2.0 * self.speed,
                Gear::High => 0.5 * self.speed.powi(2) * self.count as f64,
            }
        }
    }

    #[gradgen::gradgen(jvp(s), vjp(s), vjp(*), bundle(f, jvp(s)))]
    pub fn step(s: &State, u: f64) -> State {
        let mut next = *s;
        next.speed += u * s.ratio();
        next.heat = s.heat.sin() * next.speed;
        next
    }
}

#[test]
fn parameters_of_a_result_are_those_of_the_argument() {
    use machine::*;
    for gear in [Gear::Low, Gear::High] {
        let (s, u) = (State { speed: 0.8, gear, count: 3, heat: 0.4 }, 0.3);
        let v = State { speed: 0.5, gear: Gear::High, count: 7, heat: -1.2 };
        let along = |h: f64| State { speed: s.speed + h * v.speed, heat: s.heat + h * v.heat, ..s };
        let (value, tangent) = step_f_jvp_s(&s, u, &v);
        assert_eq!(value, step(&s, u));
        assert_eq!((value.gear, value.count), (gear, 3));
        assert_eq!((tangent.gear, tangent.count), (Gear::Low, 0));
        assert_close(tangent.speed, difference(|h| step(&along(h), u).speed));
        assert_close(tangent.heat, difference(|h| step(&along(h), u).heat));
        let c = State { speed: 0.7, gear: Gear::High, count: 9, heat: 0.2 };
        let by = step_vjp_s(&s, u, &c);
        assert_close(by.speed * v.speed + by.heat * v.heat, c.speed * tangent.speed + c.heat * tangent.heat);
        let mut written = State { speed: f64::NAN, gear: Gear::Low, count: 0, heat: f64::NAN };
        step_into(&s, u, &mut written, &mut []).unwrap();
        assert_eq!(written, step(&s, u));
    }
}

//! Single shooting: plain functions, called in one loop.

use gradgen::{Differentiable, Value, gradgen};
use gradgen_benchmarks::inputs::Numbers;
use gradgen_benchmarks::{dual, kernels};

use crate::check::Subject;
use crate::oracle::oracle;

const START: [f64; 4] = [1.2, 0.5, 0.8, -0.3];
const WEIGHT: f64 = 7.0;

/// The kernel with six steps, through its companion.
#[gradgen(hessian(u), jacobian(u), jvp(u), vjp(u), bundle(f, grad(u), hessian(u), hvp(u)))]
fn six_steps(u: &[f64; 6]) -> f64 {
    kernels::control::control(&START, u, WEIGHT)
}

fn oracle() -> impl crate::oracle::Oracle {
    oracle!([], |u: D| vec![dual::control::control(u, &START, WEIGHT)])
}

fn of<const N: usize>() {
    // Some are too strong.
    let u: [f64; N] = Numbers::new(2).array(-10.0, 10.0);
    let inputs = vec![Value::F64(&START), Value::F64(&u), Value::F64(&[WEIGHT])];
    Subject {
        info: <kernels::control::control<N> as Differentiable>::INFO,
        inputs: inputs.clone(),
        wrt: &["u"],
        values: vec![kernels::control::control(&START, &u, WEIGHT)],
    }
    .check(&oracle());
    let (cost, states) = kernels::control::rollout(&START, &u, WEIGHT);
    Subject {
        info: <kernels::control::rollout<N> as Differentiable>::INFO,
        inputs,
        wrt: &["u"],
        values: [&[cost], states.as_flattened()].concat(),
    }
    .check(&oracle!([], |u: D| {
        let mut y = vec![D::constant(0.0); 1 + 4 * u.len()];
        dual::control::rollout(u, &START, WEIGHT, &mut y);
        y
    }));
}

#[test]
fn costs_and_states_of_a_sequence() {
    of::<0>();
    of::<1>();
    of::<5>();
    of::<20>();
}

#[test]
fn the_cost_as_a_callee() {
    let u: [f64; 6] = Numbers::new(3).array(-10.0, 10.0);
    Subject {
        info: <six_steps as Differentiable>::INFO,
        inputs: vec![Value::F64(&u)],
        wrt: &["u"],
        values: vec![six_steps(&u)],
    }
    .check(&oracle());
}

/// The value forms and the others agree.
#[test]
fn forms_agree() {
    let u: [f64; 20] = Numbers::new(4).array(-10.0, 10.0);
    let v: [f64; 20] = Numbers::new(5).array(-1.0, 1.0);
    let (value, slope, product) = kernels::control::control_f_grad_hvp_u(&START, &u, WEIGHT, &v);
    assert_eq!(value, kernels::control::control(&START, &u, WEIGHT));
    let close =
        |a: [f64; 20], b: [f64; 20]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-10 * (1.0 + b.abs()));
    assert!(close(slope, kernels::control::control_grad_u(&START, &u, WEIGHT)));
    assert!(close(product, kernels::control::control_hvp_u(&START, &u, WEIGHT, &v)));
}

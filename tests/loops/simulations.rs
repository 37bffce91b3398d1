//! Steps in time: carried states, calls in loops.

use gradgen::{Differentiable, Value, gradgen};
use gradgen_benchmarks::dual::{self, Number};
use gradgen_benchmarks::inputs::Numbers;
use gradgen_benchmarks::kernels;

use crate::check::Subject;
use crate::oracle::{Oracle, oracle};

/// The kernel with a few steps and more requests.
#[gradgen(gradient(*), hessian(x0), hessian(x0, p), hvp(*), jvp(*), vjp, bundle(f, grad(x0), hvp(x0)))]
fn pendulums(x0: &[f64; 4], p: &[f64; 3]) -> f64 {
    let mut x = *x0;
    for _ in 0..12 {
        x = kernels::pendulums::rk4_step(&x, p, kernels::pendulums::STEP);
    }
    kernels::pendulums::terminal(&x)
}

const START: [f64; 4] = [0.9, -0.4, 0.3, 1.1];
const CONSTANTS: [f64; 3] = [9.81, 1.7, 0.2];

#[test]
fn runge_kutta_with_a_step_for_each_call() {
    Subject {
        info: <kernels::pendulums::ode as Differentiable>::INFO,
        inputs: vec![Value::F64(&START), Value::F64(&CONSTANTS)],
        wrt: &["x0", "p"],
        values: vec![kernels::pendulums::ode(&START, &CONSTANTS)],
    }
    .check(&oracle!([], |x: D| vec![dual::pendulums::ode(x, kernels::pendulums::STEPS)]));
}

#[test]
fn runge_kutta_with_steps_that_the_caller_says() {
    for steps in [0, 1, 2, 17] {
        Subject {
            info: <kernels::pendulums::ode_steps as Differentiable>::INFO,
            inputs: vec![Value::F64(&START), Value::F64(&CONSTANTS), Value::Usize(steps)],
            wrt: &["x0", "p"],
            values: vec![kernels::pendulums::ode_steps(&START, &CONSTANTS, steps)],
        }
        .check(&oracle!([steps: usize], |x: D| vec![dual::pendulums::ode(x, *steps)]));
    }
}

#[test]
fn runge_kutta_with_steps_in_the_type() {
    let of = |info, value, steps: usize| {
        Subject {
            info,
            inputs: vec![Value::F64(&START), Value::F64(&CONSTANTS)],
            wrt: &["x0", "p"],
            values: vec![value],
        }
        .check(&oracle!([steps: usize], |x: D| vec![dual::pendulums::ode(x, *steps)]));
    };
    use kernels::pendulums::ode_const;
    of(<ode_const<0> as Differentiable>::INFO, ode_const::<0>(&START, &CONSTANTS), 0);
    of(<ode_const<1> as Differentiable>::INFO, ode_const::<1>(&START, &CONSTANTS), 1);
    of(<ode_const<30> as Differentiable>::INFO, ode_const::<30>(&START, &CONSTANTS), 30);
    of(<pendulums as Differentiable>::INFO, pendulums(&START, &CONSTANTS), 12);
}

/// The kernel with nine steps and more requests.
#[gradgen(gradient(*), hvp(p), hvp(*), jvp(*), vjp(x0), hessian(p))]
fn lattice(x0: &[f64; 12], p: &[f64; 3]) -> f64 {
    let mut x = *x0;
    for _ in 0..9 {
        x = kernels::lattice::rk4_step(&x, p, 0.01);
    }
    let mut energy = 0.0;
    for i in 6..12 {
        energy += 0.5 * x[i] * x[i];
    }
    energy
}

#[test]
fn runge_kutta_with_loops_in_the_rates() {
    let x0: [f64; 12] = Numbers::new(1).array(-1.0, 1.0);
    let p = [30.0, 10.0, 0.3];
    let of = |info, value, steps: usize| {
        Subject {
            info,
            inputs: vec![Value::F64(&x0), Value::F64(&p)],
            wrt: &["x0", "p"],
            values: vec![value],
        }
        .check(&oracle!([steps: usize], |x: D| vec![dual::lattice::lattice(x, *steps)]));
    };
    of(<kernels::lattice::lattice<20> as Differentiable>::INFO, kernels::lattice::lattice::<20>(&x0, &p), 20);
    of(<lattice as Differentiable>::INFO, lattice(&x0, &p), 9);
}

#[test]
fn two_states_in_scalars() {
    let (x0, p) = ([1.3, 0.7], [1.1, 0.4, 0.3, 0.9]);
    let of = |info, value, steps: usize| {
        Subject {
            info,
            inputs: vec![Value::F64(&x0), Value::F64(&p)],
            wrt: &["x0", "p"],
            values: vec![value],
        }
        .check(&oracle!([steps: usize], |x: D| vec![dual::predators::predators(x, *steps)]));
    };
    use kernels::predators::predators as kernel;
    of(<kernel<25> as Differentiable>::INFO, kernel::<25>(&x0, &p), 25);
    of(<kernel<1> as Differentiable>::INFO, kernel::<1>(&x0, &p), 1);
}

/// The kernel, as it is, with more requests.
#[gradgen(gradient(*), hessian(x0), hessian(x0, mu), hessian(mu), hvp, hvp(*), jvp(*), vjp(*))]
fn van_der_pol(x0: &[f64; 2], mu: f64) -> f64 {
    kernels::van_der_pol::van_der_pol(x0, mu)
}

#[test]
fn the_oscillator() {
    let x0 = [1.2, -0.6];
    for (info, value) in [
        (
            <kernels::van_der_pol::van_der_pol as Differentiable>::INFO,
            kernels::van_der_pol::van_der_pol(&x0, 1.5),
        ),
        (<van_der_pol as Differentiable>::INFO, van_der_pol(&x0, 1.5)),
    ] {
        Subject {
            info,
            inputs: vec![Value::F64(&x0), Value::F64(&[1.5])],
            wrt: &["x0", "mu"],
            values: vec![value],
        }
        .check(&oracle!([], |x: D| vec![dual::van_der_pol::van_der_pol(x)]));
    }
}

struct Diffusion<const N: usize> {
    u0: [f64; N],
    conductivity: [f64; N],
    target: [f64; N],
    steps: usize,
}

impl<const N: usize> Diffusion<N> {
    const H: f64 = 0.4;

    fn new(steps: usize) -> Self {
        let mut numbers = Numbers::new(9);
        Self {
            u0: numbers.array(-1.0, 1.0),
            conductivity: numbers.array(0.5, 1.5),
            target: numbers.array(-0.5, 0.5),
            steps,
        }
    }

    fn inputs(&self) -> Vec<Value<'_>> {
        [&self.u0[..], &self.conductivity, &self.target, &[Self::H]].map(Value::F64).to_vec()
    }
}

impl<const N: usize> Oracle for Diffusion<N> {
    fn evaluate<D: Number>(&self, x: &[D]) -> Vec<D> {
        vec![dual::diffusion::diffusion(x, &self.target, Self::H, self.steps)]
    }
}

#[test]
fn implicit_steps_with_a_tridiagonal_system_each() {
    fn of<const N: usize>(steps: usize) {
        let case = Diffusion::<N>::new(steps);
        let Diffusion { u0, conductivity, target, .. } = &case;
        Subject {
            info: <kernels::diffusion::diffusion<N> as Differentiable>::INFO,
            inputs: [case.inputs(), vec![Value::Usize(steps)]].concat(),
            wrt: &["u0", "conductivity"],
            values: vec![kernels::diffusion::diffusion(u0, conductivity, target, Diffusion::<N>::H, steps)],
        }
        .check(&case);
    }
    of::<1>(3);
    of::<2>(0);
    of::<2>(4);
    of::<7>(3);
}

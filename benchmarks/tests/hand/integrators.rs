//! Hand-written derivatives of the integrated equations.

use crate::check::{contracted, differences, near, scalar, split};
use gradgen_benchmarks::dual::{self, hessian_times, hyper_duals};
use gradgen_benchmarks::hand::{self, control, control_second};
use gradgen_benchmarks::inputs::Numbers;
use gradgen_benchmarks::kernels;

#[test]
fn pendulums() {
    let x = [0.7, -0.2, -1.1, 0.4, 9.0, 2.0, 0.1];
    let by_hand = |x: &[f64], steps: usize| {
        let (x0, p) = split(x);
        let (mut d_x0, mut d_p) = ([0.0; 4], [0.0; 3]);
        let mut tape = vec![Default::default(); steps];
        let value = hand::pendulums::gradient(&x0, &p, &mut d_x0, &mut d_p, &mut tape);
        (value, [&d_x0[..], &d_p].concat())
    };
    let kernel = |x: &[f64], steps| {
        let (x0, p) = split(x);
        kernels::pendulums::ode_steps(&x0, &p, steps)
    };
    for steps in [0, 1, 7, 100] {
        scalar(&x, |x| kernel(x, steps), |x| dual::pendulums::ode(x, steps), |x| by_hand(x, steps));
    }
    let (x0, p) = split(&x);
    assert_eq!(kernels::pendulums::ode(&x0, &p), kernel(&x, 100));
    assert_eq!(kernels::pendulums::ode_const::<7>(&x0, &p), kernel(&x, 7));
}

#[test]
fn predators() {
    scalar(
        &[1.3, 0.6, 1.1, 0.9, 0.8, 1.2],
        |x| {
            let (x0, p) = split(x);
            kernels::predators::predators::<20>(&x0, &p)
        },
        |x| dual::predators::predators(x, 20),
        |x| {
            let (x0, p) = split(x);
            let (mut d_x0, mut d_p) = ([0.0; 2], [0.0; 4]);
            let value =
                hand::predators::gradient(&x0, &p, &mut d_x0, &mut d_p, &mut [Default::default(); 20]);
            (value, [&d_x0[..], &d_p].concat())
        },
    );
}

#[test]
fn lattice() {
    let mut x = Numbers::new(1).vector(12, -0.8, 0.8);
    x.extend([3.0, 1.5, 0.2]);
    scalar(
        &x,
        |x| {
            let (x0, p) = split(x);
            kernels::lattice::lattice::<15>(&x0, &p)
        },
        |x| dual::lattice::lattice(x, 15),
        |x| {
            let (x0, p) = split(x);
            let (mut d_x0, mut d_p) = ([0.0; 12], [0.0; 3]);
            let value = hand::lattice::gradient(&x0, &p, &mut d_x0, &mut d_p, &mut [Default::default(); 15]);
            (value, [&d_x0[..], &d_p].concat())
        },
    );
}

#[test]
fn van_der_pol() {
    scalar(
        &[1.2, -0.4, 1.5],
        |x| {
            let (x0, [mu]) = split(x);
            kernels::van_der_pol::van_der_pol(&x0, mu)
        },
        dual::van_der_pol::van_der_pol,
        |x| {
            let (x0, [mu]) = split(x);
            let (mut d_x0, mut d_mu) = ([0.0; 2], 0.0);
            let value =
                hand::van_der_pol::gradient(&x0, mu, &mut d_x0, &mut d_mu, &mut [Default::default(); 100]);
            (value, vec![d_x0[0], d_x0[1], d_mu])
        },
    );
}

const START: [f64; 4] = [1.3, 0.5, 1.2, -0.3];
const WEIGHT: f64 = 7.0;

/// Forces of which some are too strong, for a cart that leaves the track.
fn forces() -> [f64; 20] {
    Numbers::new(2).array(-12.0, 12.0)
}

#[test]
fn control_gradient() {
    scalar(
        &forces(),
        |u| kernels::control::control::<20>(&START, u.try_into().unwrap(), WEIGHT),
        |u| dual::control::control(u, &START, WEIGHT),
        |u| {
            let (mut d_u, mut tape) = ([0.0; 20], [control::Record::default(); 20]);
            let value = control::gradient(&START, u.try_into().unwrap(), WEIGHT, &mut d_u, &mut tape);
            (value, d_u.to_vec())
        },
    );
}

#[test]
fn control_reaches_the_penalties() {
    let (_, states) = kernels::control::rollout(&START, &forces(), WEIGHT);
    assert!(states.iter().any(|x| x[0].abs() > kernels::control::TRACK));
    assert!(states.iter().any(|x| x[0].abs() < kernels::control::TRACK));
    assert!(forces().iter().any(|u| u.abs() > kernels::control::FORCE));
}

#[test]
fn control_hvp() {
    let (u, v) = (forces(), Numbers::new(3).array::<20>(-1.0, 1.0));
    let mut product = [0.0; 20];
    let mut tape = [control_second::Record::default(); 20];
    control_second::hvp(&START, &u, WEIGHT, &v, &mut product, &mut tape);
    let mut exact = [0.0; 20];
    let f = |u: &[_]| dual::control::control(u, &START, WEIGHT);
    hessian_times(f, &mut hyper_duals(&u, &v), &mut exact);
    near("hyper-dual", &product, &exact, 1e-11);
    // The direction's part of the gradient changes along each force as the product says.
    let slope = |u: &[f64]| {
        let (mut d_u, mut tape) = ([0.0; 20], [control::Record::default(); 20]);
        control::gradient(&START, u.try_into().unwrap(), WEIGHT, &mut d_u, &mut tape);
        d_u.iter().zip(v).map(|(d, v)| d * v).sum()
    };
    near("differences", &product, &differences(&u, slope), 2e-6);
}

#[test]
fn control_rollout() {
    let cotangent = Numbers::new(4).vector(81, -1.0, 1.0);
    let d_states = crate::check::rows::<20, 4>(&cotangent[1..]);
    let kernel = |u: &[f64]| {
        let (cost, states) = kernels::control::rollout::<20>(&START, u.try_into().unwrap(), WEIGHT);
        [&[cost][..], states.as_flattened()].concat()
    };
    contracted(
        &forces(),
        &cotangent,
        kernel,
        |u, y| dual::control::rollout(u, &START, WEIGHT, y),
        |u| {
            let (mut d_u, mut tape) = ([0.0; 20], [control::Record::default(); 20]);
            let forces = u.try_into().unwrap();
            control::rollout_vjp(&START, forces, WEIGHT, cotangent[0], &d_states, &mut d_u, &mut tape);
            (kernel(u), d_u.to_vec())
        },
    );
}

#[test]
fn diffusion() {
    let mut numbers = Numbers::new(5);
    let (target, x) = (numbers.array::<9>(-1.0, 1.0), numbers.vector(18, 0.2, 1.5));
    for steps in [0, 1, 4] {
        scalar(
            &x,
            |x| {
                let (u0, conductivity) = split::<9, 9>(x);
                kernels::diffusion::diffusion(&u0, &conductivity, &target, 0.3, steps)
            },
            |x| dual::diffusion::diffusion(x, &target, 0.3, steps),
            |x| {
                let (u0, c) = split::<9, 9>(x);
                let (mut d_u0, mut d_c) = ([0.0; 9], [0.0; 9]);
                let mut tape = vec![Default::default(); steps];
                let value = hand::diffusion::gradient(&u0, &c, &target, 0.3, &mut d_u0, &mut d_c, &mut tape);
                (value, [d_u0, d_c].concat())
            },
        );
    }
}

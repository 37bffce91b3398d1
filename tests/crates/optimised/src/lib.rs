//! What `tests/no_panic.rs` has compiled, to search it for panics.

#![allow(clippy::needless_range_loop, reason = "loops over indices are what is compiled")]

use gradgen::{Differentiable, FunctionInfo, gradgen};

pub mod generic;
pub mod iterators;

// Not as a dependency, so that their code is compiled here.
#[path = "../../../../benchmarks/src/kernels/mod.rs"]
pub mod kernels;

use kernels::*;

/// The functions, and through them all of their siblings.
#[inline(never)]
pub fn tables() -> [&'static FunctionInfo; 36] {
    [
        <bundle_adjustment::cross as Differentiable>::INFO,
        <bundle_adjustment::rotate as Differentiable>::INFO,
        <bundle_adjustment::project as Differentiable>::INFO,
        <bundle_adjustment::reprojection as Differentiable>::INFO,
        <cholesky::log_determinant<8> as Differentiable>::INFO,
        <control::control<20> as Differentiable>::INFO,
        <control::rollout<20> as Differentiable>::INFO,
        <diffusion::diffusion<10> as Differentiable>::INFO,
        <diffusion::step<10> as Differentiable>::INFO,
        <gram_schmidt::gram_schmidt<8> as Differentiable>::INFO,
        <k_means::k_means as Differentiable>::INFO,
        <lattice::lattice<50> as Differentiable>::INFO,
        <least_squares::least_squares as Differentiable>::INFO,
        <log_sum_exp::log_sum_exp as Differentiable>::INFO,
        <logistic::logistic as Differentiable>::INFO,
        <lstm::lstm as Differentiable>::INFO,
        <matrix_chain::matrix_chain<5, 8> as Differentiable>::INFO,
        <mixture::mixture as Differentiable>::INFO,
        <pendulums::ode as Differentiable>::INFO,
        <pendulums::ode_steps as Differentiable>::INFO,
        <predators::predators<50> as Differentiable>::INFO,
        <rosenbrock::rosenbrock<100> as Differentiable>::INFO,
        <triangular::triangular<8> as Differentiable>::INFO,
        <van_der_pol::van_der_pol as Differentiable>::INFO,
        <tiled as Differentiable>::INFO,
        <tiled_of_any_length<100> as Differentiable>::INFO,
        <filled as Differentiable>::INFO,
        <generic::chain<f64> as Differentiable>::INFO,
        <generic::chain<f32> as Differentiable>::INFO,
        <generic::swing<f64, 12> as Differentiable>::INFO,
        <generic::swing<f32, 12> as Differentiable>::INFO,
        <iterators::dot as Differentiable>::INFO,
        <iterators::mixed<12> as Differentiable>::INFO,
        <iterators::parts as Differentiable>::INFO,
        <iterators::rows as Differentiable>::INFO,
        <iterators::written as Differentiable>::INFO,
    ]
}

/// In tiles of a known length, whose last one is shorter.
#[gradgen(gradient, hvp, checkpoint = "sqrt")]
pub fn tiled(x: &[f64; 1000]) -> f64 {
    let mut a = 0.5;
    for i in 1..999 {
        a = (a * x[i] + x[i - 1]).sin() + x[i + 1];
    }
    for i in (3..500).rev() {
        a = (a * x[2 * i + 1] + x[i - 3]).sin();
    }
    a
}

/// In tiles of a length that only rustc knows.
#[gradgen(gradient, checkpoint = "sqrt")]
pub fn tiled_of_any_length<const N: usize>(x: &[f64; N]) -> f64 {
    let mut a = [0.5, 0.2];
    for i in 0..N {
        a = [(a[1] * x[i]).sin(), a[0] * x[i]];
    }
    for i in (1..N).rev() {
        a = [(a[1] * x[i]).sin(), a[0] * x[i - 1]];
    }
    a[0] * a[1]
}

/// Neighbours that turns hand on, and an array that is its own tape.
#[gradgen(gradient, hvp)]
pub fn filled(x: &[f64; 100]) -> f64 {
    let mut y = [0.0; 100];
    y[0] = x[0];
    for i in 1..100 {
        y[i] = (y[i - 1] * x[i]).sin();
    }
    let mut sum = 0.0;
    for i in 0..99 {
        sum += y[i] * y[i + 1];
    }
    sum
}

/// Forms that return their results.
#[inline(never)]
pub fn value_forms(u: &[f64; 20], x: &[f64; 12], p: &[f64; 3]) -> ([f64; 20], [f64; 20], [f64; 3]) {
    let slope = control::control_grad_u(&[0.1, 0.2, 0.3, 0.4], u, 2.0);
    let product = control::control_hvp_u(&[0.1, 0.2, 0.3, 0.4], u, 2.0, &slope);
    (slope, product, lattice::lattice_grad_x0_p::<50>(x, p).1)
}

/// What is to be found: an index out of bounds.
#[inline(never)]
pub fn indexes(list: &[f64], place: usize) -> f64 {
    list[place]
}

/// What is to be found: memory from the heap.
#[inline(never)]
pub fn allocates(length: usize) -> Vec<f64> {
    vec![1.0; length]
}

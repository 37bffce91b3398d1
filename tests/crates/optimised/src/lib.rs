//! What `tests/no_panic.rs` has compiled, to search it for panics.

use gradgen::{Differentiable, FunctionInfo};

// Not as a dependency, so that their code is compiled here.
#[path = "../../../../benchmarks/src/kernels/mod.rs"]
pub mod kernels;

use kernels::*;

/// The functions, and through them all of their siblings.
#[inline(never)]
pub fn tables() -> [&'static FunctionInfo; 24] {
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
    ]
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

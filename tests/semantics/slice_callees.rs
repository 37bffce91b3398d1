//! Calls of functions that take slices, with arrays whose lengths Rust knows: for callers the slices are arrays.

use gradgen::gradgen;

use crate::{against_differences, refusing_against_differences};

mod kernels {
    use gradgen::gradgen;

    #[gradgen(gradient(a))]
    pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..a.len() {
            sum += a[i] * b[i];
        }
        sum
    }

    /// Reverse mode keeps what each turn multiplies.
    #[gradgen(gradient)]
    pub(super) fn product(x: &[f64]) -> f64 {
        let mut product = 1.0;
        for x in x {
            product = (product * x).sin() + 0.5;
        }
        product
    }

    /// Memory of the slice's length, and several outputs.
    #[gradgen]
    pub(super) fn smoothed(x: &[f64], weight: f64) -> (f64, [f64; 2]) {
        let mut y = vec![0.0; x.len()];
        let mut last = 0.0;
        for i in 0..x.len() {
            last = weight * last + (1.0 - weight) * x[i];
            y[i] = last * x[i];
        }
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += y[i] * y[i] * (i as f64 + 1.0);
        }
        (sum, [last, y[0]])
    }

    /// Rows, indices and a const generic.
    #[gradgen]
    pub(super) fn chosen<const N: usize>(rows: &[[f64; N]], places: &[usize], by: &[f64; N]) -> f64 {
        let mut sum = 0.0;
        for k in 0..places.len() {
            for j in 0..N {
                sum += rows[places[k]][j] * by[j] * (k as f64 + 0.5);
            }
        }
        sum
    }

    /// Of any float.
    #[gradgen]
    pub(super) fn mean<T: gradgen::Scalar>(x: &[T]) -> T {
        let mut sum = x[0] * x[0];
        for i in 1..x.len() {
            sum += x[i] * x[i - 1];
        }
        sum
    }

    #[gradgen(jvp)]
    pub(super) fn until(x: &[f64]) -> f64 {
        let mut y = x[0];
        while y < x[1] {
            y *= 2.0;
        }
        y
    }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn once(x: &[f64; 3]) -> f64 {
    kernels::dot(x, &[x[1], x[2] * x[2], 2.0, 7.0]) * kernels::product(&[x[0], x[1]]) + kernels::product(x)
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_loops(x: &[f64; 3]) -> f64 {
    let mut state = [x[0], x[1] * 0.5];
    for k in 0..9 {
        let (sum, [last, first]) = kernels::smoothed(&state, 0.3 * x[2].sin());
        state =
            [last + 0.1 * first, (sum * 0.2).cos() + kernels::product(&[state[0], x[2]]) / (k as f64 + 1.0)];
    }
    kernels::dot(&state, &[x[0], 1.0])
}

#[gradgen]
fn between<const N: usize>(x: &[f64; N]) -> f64 {
    kernels::dot(x, x) + kernels::product(x) * kernels::mean(x)
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn through_a_caller(x: &[f64; 3]) -> f64 {
    between(x) * between(&[x[2], x[0] * x[1]]) + kernels::mean(&[x[1]; 4])
}

against_differences!(once, in_loops, through_a_caller);

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)), fallible)]
fn by_indices(x: &[f64; 3]) -> f64 {
    let rows = [[x[0], x[1]], [x[2], x[0] * x[2]], [1.0, x[1]]];
    kernels::chosen(&rows, &[2, 0, 0, 1], &[x[1], x[0]])
}

refusing_against_differences!(by_indices);

#[gradgen(jvp)]
fn forward_mode_alone(x: &[f64; 2]) -> f64 {
    kernels::until(x) * x[1]
}

#[test]
fn forward_mode_through_a_loop_without_a_bound() {
    // 1.5 · 2 · 2 = 6 ≥ 5
    assert_eq!(forward_mode_alone_jvp(&[1.5, 5.0], &[1.0, 0.0]), 20.0);
    assert_eq!(forward_mode_alone_jvp(&[1.5, 5.0], &[0.0, 1.0]), 6.0);
}

/// Memory of a size that a parameter says: the function itself works, whoever cannot call it.
#[gradgen(gradient(x))]
fn with_memory(x: f64, n: usize) -> f64 {
    let mut y = vec![0.0; n];
    for i in 0..n {
        y[i] = x * i as f64;
    }
    let mut sum = 0.0;
    for i in 0..n {
        sum += y[i] * y[i];
    }
    sum
}

#[test]
fn memory_of_a_size_that_a_parameter_says() {
    let mut y = 0.0;
    let mut work = vec![0.0; with_memory_workspace(4)];
    with_memory_into(2.0, 4, &mut y, &mut work).expect("a call");
    assert_eq!(y, with_memory(2.0, 4));
    let error = with_memory_into(2.0, 4, &mut y, &mut work[1..]);
    assert_eq!(error, Err(gradgen::Error::workspace(4, 3)));
}

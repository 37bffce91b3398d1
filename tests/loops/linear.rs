//! Linear algebra: matrices updated in place, triangular bounds.

use gradgen::{Differentiable, Value, gradgen};
use gradgen_benchmarks::dual::{self, Number};
use gradgen_benchmarks::inputs::Numbers;
use gradgen_benchmarks::kernels;

use crate::check::Subject;
use crate::oracle::{Oracle, oracle};

/// A matrix that is safe to factor.
fn matrix<const N: usize>(seed: u64) -> [[f64; N]; N] {
    let mut a: [[f64; N]; N] = Numbers::new(seed).matrix(-1.0, 1.0);
    for i in 0..N {
        a[i][i] += N as f64 + 1.0;
    }
    a
}

/// The kernels at a fixed size, with more requests.
#[gradgen(jacobian, jvp, vjp)]
fn orthogonal(a: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    kernels::gram_schmidt::gram_schmidt(a)
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(a), hvp(a)))]
fn volume(a: &[[f64; 3]; 3]) -> f64 {
    kernels::cholesky::log_determinant(a)
}

#[gradgen(jacobian(l), jacobian(*), jvp(*), jvp(b), vjp(*))]
fn solution(l: &[[f64; 3]; 3], b: &[f64; 3]) -> [f64; 3] {
    kernels::triangular::triangular(l, b)
}

#[gradgen(gradient(*), hessian(x), hessian(a, x), hvp(*), jvp(*), vjp(a))]
fn chain(a: &[[[f64; 2]; 2]; 3], x: &[f64; 2]) -> f64 {
    kernels::matrix_chain::matrix_chain(a, x)
}

#[gradgen(gradient, hessian, hvp, jvp, vjp)]
fn valley(x: &[f64; 12]) -> f64 {
    kernels::rosenbrock::rosenbrock(x)
}

#[test]
fn gram_schmidt() {
    fn of<const N: usize>() {
        let a = matrix::<N>(1);
        Subject {
            info: <kernels::gram_schmidt::gram_schmidt<N> as Differentiable>::INFO,
            inputs: vec![Value::F64(a.as_flattened())],
            wrt: &["a"],
            values: kernels::gram_schmidt::gram_schmidt(&a).as_flattened().to_vec(),
        }
        .check(&oracle());
    }
    fn oracle() -> impl Oracle {
        oracle!([], |a: D| {
            let mut q = a.to_vec();
            dual::gram_schmidt::gram_schmidt(a, &mut q, a.len().isqrt());
            q
        })
    }
    of::<1>();
    of::<2>();
    of::<5>();
    let a = matrix::<3>(2);
    Subject {
        info: <orthogonal as Differentiable>::INFO,
        inputs: vec![Value::F64(a.as_flattened())],
        wrt: &["a"],
        values: orthogonal(&a).as_flattened().to_vec(),
    }
    .check(&oracle());
}

struct LogDeterminant<const N: usize>;

impl<const N: usize> Oracle for LogDeterminant<N> {
    fn evaluate<D: Number>(&self, a: &[D]) -> Vec<D> {
        vec![dual::cholesky::log_determinant::<_, N>(a)]
    }
}

#[test]
fn logarithm_of_a_determinant() {
    fn of<const N: usize>() {
        let a = matrix::<N>(3);
        Subject {
            info: <kernels::cholesky::log_determinant<N> as Differentiable>::INFO,
            inputs: vec![Value::F64(a.as_flattened())],
            wrt: &["a"],
            values: vec![kernels::cholesky::log_determinant(&a)],
        }
        .check(&LogDeterminant::<N>);
    }
    of::<1>();
    of::<2>();
    of::<6>();
    let a = matrix::<3>(4);
    Subject {
        info: <volume as Differentiable>::INFO,
        inputs: vec![Value::F64(a.as_flattened())],
        wrt: &["a"],
        values: vec![volume(&a)],
    }
    .check(&LogDeterminant::<3>);
}

#[test]
fn forward_substitution() {
    fn oracle(n: usize) -> impl Oracle {
        oracle!([n: usize], |x: D| {
            let mut y = vec![D::constant(0.0); *n];
            dual::triangular::triangular(x, &mut y);
            y
        })
    }
    fn of<const N: usize>() {
        let (l, b) = (matrix::<N>(5), Numbers::new(6).array::<N>(-1.0, 1.0));
        Subject {
            info: <kernels::triangular::triangular<N> as Differentiable>::INFO,
            inputs: vec![Value::F64(l.as_flattened()), Value::F64(&b)],
            wrt: &["l", "b"],
            values: kernels::triangular::triangular(&l, &b).to_vec(),
        }
        .check(&oracle(N));
    }
    of::<1>();
    of::<2>();
    of::<6>();
    let (l, b) = (matrix::<3>(7), [0.3, -1.0, 2.0]);
    Subject {
        info: <solution as Differentiable>::INFO,
        inputs: vec![Value::F64(l.as_flattened()), Value::F64(&b)],
        wrt: &["l", "b"],
        values: solution(&l, &b).to_vec(),
    }
    .check(&oracle(3));
}

struct Chain<const N: usize>;

impl<const N: usize> Oracle for Chain<N> {
    fn evaluate<D: Number>(&self, x: &[D]) -> Vec<D> {
        vec![dual::matrix_chain::matrix_chain::<_, N>(x)]
    }
}

#[test]
fn products_of_matrices_and_a_vector() {
    fn of<const L: usize, const N: usize>() {
        let mut numbers = Numbers::new(8);
        let a: [[[f64; N]; N]; L] = std::array::from_fn(|_| numbers.matrix(-1.0, 1.0));
        let x: [f64; N] = numbers.array(-1.0, 1.0);
        Subject {
            info: <kernels::matrix_chain::matrix_chain<L, N> as Differentiable>::INFO,
            inputs: vec![Value::F64(a.as_flattened().as_flattened()), Value::F64(&x)],
            wrt: &["a", "x"],
            values: vec![kernels::matrix_chain::matrix_chain(&a, &x)],
        }
        .check(&Chain::<N>);
    }
    of::<0, 2>();
    of::<1, 1>();
    of::<4, 3>();
    let mut numbers = Numbers::new(9);
    let a: [[[f64; 2]; 2]; 3] = std::array::from_fn(|_| numbers.matrix(-1.0, 1.0));
    let x = [0.4, -0.9];
    Subject {
        info: <chain as Differentiable>::INFO,
        inputs: vec![Value::F64(a.as_flattened().as_flattened()), Value::F64(&x)],
        wrt: &["a", "x"],
        values: vec![chain(&a, &x)],
    }
    .check(&Chain::<2>);
}

#[test]
fn a_chain_of_neighbours() {
    fn of<const N: usize>() {
        let x: [f64; N] = Numbers::new(10).array(-1.5, 1.5);
        Subject {
            info: <kernels::rosenbrock::rosenbrock<N> as Differentiable>::INFO,
            inputs: vec![Value::F64(&x)],
            wrt: &["x"],
            values: vec![kernels::rosenbrock::rosenbrock(&x)],
        }
        .check(&oracle());
    }
    fn oracle() -> impl Oracle {
        oracle!([], |x: D| vec![dual::rosenbrock::rosenbrock(x)])
    }
    of::<1>();
    of::<2>();
    of::<15>();
    let x: [f64; 12] = Numbers::new(11).array(-1.5, 1.5);
    Subject {
        info: <valley as Differentiable>::INFO,
        inputs: vec![Value::F64(&x)],
        wrt: &["x"],
        values: vec![valley(&x)],
    }
    .check(&oracle());
}

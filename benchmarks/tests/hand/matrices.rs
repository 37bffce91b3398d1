//! Hand-written derivatives of linear algebra and of the valley.

use crate::check::{contracted, rows, scalar, split};
use gradgen_benchmarks::inputs::Numbers;
use gradgen_benchmarks::{dual, hand, kernels};

#[test]
fn rosenbrock() {
    fn of<const N: usize>() {
        scalar(
            &Numbers::new(16).vector(N, -1.5, 1.5),
            |x| kernels::rosenbrock::rosenbrock::<N>(x.try_into().unwrap()),
            dual::rosenbrock::rosenbrock,
            |x| {
                let mut out = [f64::NAN; N];
                (hand::rosenbrock::gradient(x.try_into().unwrap(), &mut out), out.to_vec())
            },
        );
    }
    of::<1>();
    of::<2>();
    of::<12>();
}

#[test]
fn gram_schmidt() {
    fn of<const N: usize>() {
        let cotangent = Numbers::new(17).matrix::<N, N>(-1.0, 1.0);
        contracted(
            &Numbers::new(18).vector(N * N, -1.0, 1.0),
            cotangent.as_flattened(),
            |a| kernels::gram_schmidt::gram_schmidt::<N>(&rows(a)).as_flattened().to_vec(),
            |a, q| dual::gram_schmidt::gram_schmidt(a, q, N),
            |a| {
                let [mut q, mut d_a, mut overlaps, mut scratch] = [[[f64::NAN; N]; N]; 4];
                hand::gram_schmidt::vjp(&rows(a), &cotangent, &mut q, &mut d_a, &mut overlaps, &mut scratch);
                (q.as_flattened().to_vec(), d_a.as_flattened().to_vec())
            },
        );
    }
    of::<1>();
    of::<5>();
}

#[test]
fn matrix_chain() {
    const L: usize = 3;
    const N: usize = 4;
    let parts = |x: &[f64]| -> ([[[f64; N]; N]; L], [f64; N]) {
        let (a, x) = split::<{ L * N * N }, N>(x);
        (std::array::from_fn(|l| rows(&a[l * N * N..(l + 1) * N * N])), x)
    };
    scalar(
        &Numbers::new(19).vector(L * N * N + N, -1.0, 1.0),
        |x| {
            let (a, x) = parts(x);
            kernels::matrix_chain::matrix_chain(&a, &x)
        },
        dual::matrix_chain::matrix_chain::<_, N>,
        |x| {
            let (a, x) = parts(x);
            let (mut d_a, mut d_x, mut tape) = ([[[f64::NAN; N]; N]; L], [f64::NAN; N], [[f64::NAN; N]; L]);
            let value = hand::matrix_chain::gradient(&a, &x, &mut d_a, &mut d_x, &mut tape);
            (value, [d_a.as_flattened().as_flattened(), &d_x].concat())
        },
    );
}

#[test]
fn triangular() {
    const N: usize = 6;
    let cotangent = Numbers::new(20).array::<N>(-1.0, 1.0);
    let parts = |x: &[f64]| {
        let (l, b) = split::<{ N * N }, N>(x);
        (rows::<N, N>(&l), b)
    };
    contracted(
        &Numbers::new(21).vector(N * N + N, 0.5, 1.5),
        &cotangent,
        |x| {
            let (l, b) = parts(x);
            kernels::triangular::triangular(&l, &b).to_vec()
        },
        dual::triangular::triangular,
        |x| {
            let (l, b) = parts(x);
            let (mut x, mut d_l, mut d_b) = ([f64::NAN; N], [[f64::NAN; N]; N], [f64::NAN; N]);
            hand::triangular::vjp(&l, &b, &cotangent, &mut x, &mut d_l, &mut d_b);
            (x.to_vec(), [d_l.as_flattened(), &d_b].concat())
        },
    );
}

#[test]
fn log_determinant() {
    const N: usize = 5;
    let mut a = Numbers::new(22).matrix::<N, N>(-1.0, 1.0);
    for (i, row) in a.iter_mut().enumerate() {
        row[i] += 5.0;
    }
    scalar(
        a.as_flattened(),
        |a| kernels::cholesky::log_determinant::<N>(&rows(a)),
        dual::cholesky::log_determinant::<_, N>,
        |a| {
            let (mut d_a, mut l) = ([[f64::NAN; N]; N], [[f64::NAN; N]; N]);
            let value = hand::cholesky::gradient(&rows(a), &mut d_a, &mut l);
            (value, d_a.as_flattened().to_vec())
        },
    );
}

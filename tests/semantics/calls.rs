//! Calls: arguments of every kind, results taken apart, callees with parameters.

use gradgen::gradgen;

use crate::against_differences;

#[gradgen]
fn mixed(a: f64, b: &f64, c: &[f64; 2], d: [[f64; 2]; 2]) -> f64 {
    a * b + c[0] * c[1] + d[0][1] * d[1][0]
}

#[gradgen]
fn parameters(k: usize, n: i32, flag: bool, r: &usize, x: f64) -> f64 {
    if flag { x * (k as f64) } else { x.powi(n) * (*r as f64) }
}

#[gradgen]
fn several(x: f64, y: [f64; 2]) -> (f64, [f64; 2], [[f64; 1]; 2]) {
    (x * y[0], [x, y[1]], [[x * x], [y[0]]])
}

#[gradgen]
fn nothing_to_differentiate(k: usize) -> f64 {
    k as f64 * 0.5
}

#[gradgen]
fn long(x: &[f64; 40]) -> [f64; 40] {
    let mut y = *x;
    y[3] = x[4] * x[39];
    y
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn temporaries(x: &[f64; 3]) -> f64 {
    let a = mixed(x[0] * 2.0, &(x[1] + 1.0), &[x[2], 2.0 * x[0]], [[x[1]; 2]; 2]);
    mixed(a, &x[0], &[1.0, a], [[a, x[2]], [0.0, -1.0]]) + mixed(1.0, &2.0, &[0.0; 2], [[0.0; 2]; 2])
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn parameters_of_all_kinds(x: &[f64; 3]) -> f64 {
    let k = 3;
    let a = parameters(k, 2, x[0] > 0.0, &k, x[1]) + parameters(2, -1, true, &3, x[2]);
    a * parameters(k + 1, -2, !(x[0] > 1.0), &(k * 2), x[0]) + x[0] * nothing_to_differentiate(4)
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn taken_apart(x: &[f64; 3]) -> f64 {
    let (a, [b, c], d) = several(x[0], [x[1], x[2]]);
    let (_, e, _) = several(b, [c, d[0][0]]);
    let (mut g, h, [[i], j]) = several(a, e);
    g += i;
    let (mut p, mut q, mut r) = (0.0, [0.0; 2], [[0.0; 1]; 2]);
    (p, q, r) = several(g, h);
    let (s, t, _) = if x[0] > 0.0 { several(p, q) } else { (x[1], [r[0][0], 2.0], [[1.0], [0.0]]) };
    s * t[0] + j[0] + q[1] * r[1][0]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn long_arrays(x: &[f64; 3]) -> f64 {
    let mut a = [0.5; 40];
    a[4] = x[0];
    a[39] = x[1];
    let b = long(&a);
    a[3] = b[3] * x[2];
    let c = long(&long(&a));
    a[4] = c[3];
    b[3] * c[3] + a[3] * a[4] + c[39]
}

// The array is passed before it is written to.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn effects_in_arguments(x: &[f64; 3]) -> f64 {
    let mut a = [x[0], x[1]];
    let mut s = x[2];
    let y = mixed(
        s,
        &{
            s *= 2.0;
            s
        },
        &[a[0], a[1]],
        [a, {
            a[0] = s * s;
            a
        }],
    );
    y * s + a[0]
}

against_differences!(
    temporaries,
    parameters_of_all_kinds,
    taken_apart,
    long_arrays,
    effects_in_arguments,
    with_lengths
);

/// What it checks has no part in what it yields.
#[gradgen(fallible)]
fn checked(x: &[f64; 3], i: usize) -> f64 {
    let _ = x[i];
    x[0] * x[0]
}

#[gradgen(gradient(x), jvp(x), hvp(x), fallible)]
fn through_checked(x: &[f64; 3], i: usize) -> f64 {
    checked(x, i) * x[1]
}

#[test]
fn a_derivative_refuses_what_a_callee_refuses() {
    let (x, v) = ([1.0, 2.0, 3.0], [1.0; 3]);
    assert_eq!(through_checked_grad(&x, 2), Ok([4.0, 1.0, 0.0]));
    let error = gradgen::Error::index("x", 3, 7);
    assert_eq!(through_checked_grad(&x, 7), Err(error));
    assert_eq!(through_checked_jvp(&x, 7, &v), Err(error));
    assert_eq!(through_checked_hvp(&x, 7, &v), Err(error));
}

/// The length is said where it is called.
#[gradgen]
fn iterated<const K: usize>(x: f64) -> f64 {
    let mut y = x;
    for _ in 0..K {
        y = (0.3 * y * x).sin() + 0.5;
    }
    y
}

const SEVEN: usize = 7;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn with_lengths(x: &[f64; 3]) -> f64 {
    iterated::<12>(x[0]) * iterated::<SEVEN>(x[1]) + through_length::<9>(x[2]) * iterated::<0>(x[0])
}

#[gradgen]
fn through_length<const N: usize>(x: f64) -> f64 {
    iterated::<N>(x) * iterated::<2>(x)
}

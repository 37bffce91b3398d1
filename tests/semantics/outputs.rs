//! Outputs: through `&mut` parameters that are read first, partly written, never written; arrays of
//! one element and of none; one value returned twice.

use gradgen::gradgen;

use crate::{assert_close, assert_same_bits, difference};

#[gradgen(jacobian, jvp(*), vjp(*), bundle(f, jf(*)))]
fn in_and_out(x: &[f64; 2], s: &mut [f64; 3], t: &mut f64, u: &mut [[f64; 2]; 2]) -> f64 {
    let old = s[1];
    s[0] = x[0] * old;
    if x[0] > 0.0 {
        s[1] = x[1] * *t;
    }
    *t += s[0] * s[2];
    u[1] = [x[0], x[1] * old];
    u[0][1] *= 2.0;
    *t * s[1] + u[0][0]
}

type State = ([f64; 2], [f64; 3], f64, [[f64; 2]; 2]);

/// All outputs, weighted.
fn weighted(&(x, mut s, mut t, mut u): &State) -> f64 {
    let y = in_and_out(&x, &mut s, &mut t, &mut u);
    0.3 * y - s[0] + 0.5 * s[1] + 2.0 * s[2] - 0.7 * t + 0.11 * u[0][0] + 0.13 * u[0][1] - 0.17 * u[1][0]
        + 0.19 * u[1][1]
}

#[test]
fn outputs_that_are_inputs() {
    for x in [[0.7, 1.3], [-0.4, 2.0]] {
        let state: State = (x, [0.3, -0.6, 1.7], 0.9, [[1.0, 2.0], [3.0, 4.0]]);
        let (_, s, t, u) = state;
        let (mut s_out, mut t_out, mut u_out) = (s, t, u);
        let y = in_and_out(&x, &mut s_out, &mut t_out, &mut u_out);
        let (outputs, _) = in_and_out_f_jf(&x, &s, &t, &u);
        assert_same_bits(outputs.0, y);
        assert_eq!(outputs, (y, s_out, t_out, u_out));
        let vjp =
            in_and_out_vjp(&x, &s, &t, &u, 0.3, &[-1.0, 0.5, 2.0], -0.7, &[[0.11, 0.13], [-0.17, 0.19]]);
        let slope = |change: fn(&mut State, f64)| {
            difference(|step| {
                let mut moved = state;
                change(&mut moved, step);
                weighted(&moved)
            })
        };
        assert_close(vjp.0[0], slope(|state, step| state.0[0] += step));
        assert_close(vjp.0[1], slope(|state, step| state.0[1] += step));
        assert_close(vjp.1[0], slope(|state, step| state.1[0] += step));
        assert_close(vjp.1[1], slope(|state, step| state.1[1] += step));
        assert_close(vjp.1[2], slope(|state, step| state.1[2] += step));
        assert_close(vjp.2, slope(|state, step| state.2 += step));
        assert_close(vjp.3[0][0], slope(|state, step| state.3[0][0] += step));
        assert_close(vjp.3[0][1], slope(|state, step| state.3[0][1] += step));
        assert_close(vjp.3[1][0], slope(|state, step| state.3[1][0] += step));
        assert_close(vjp.3[1][1], slope(|state, step| state.3[1][1] += step));
    }
}

#[gradgen(jacobian)]
fn only_written(x: f64, s: &mut [f64; 2], t: &mut f64) {
    s[0] = x;
    s[1] = x * x;
    *t = x.sin();
    *t *= 2.0;
}

#[gradgen(jacobian)]
fn partly_written(x: f64, s: &mut [f64; 4]) {
    for i in 0..2 {
        s[i * 2] = x * (i as f64 + 1.0);
    }
}

#[gradgen(vjp(*))]
fn perhaps_written(x: f64, s: &mut f64) {
    if x > 0.0 {
        *s = x * x;
    }
}

#[gradgen(jacobian)]
fn never_written(x: f64, s: &mut f64) -> f64 {
    x * 2.0
}

#[test]
fn written_or_not() {
    assert_eq!(only_written_jf(3.0), ([1.0, 6.0], 2.0 * 3.0_f64.cos()));
    assert_eq!(partly_written_jf_x(3.0, &[1.0; 4]), [1.0, 0.0, 2.0, 0.0]);
    let kept = [[0.0; 4], [0.0, 1.0, 0.0, 0.0], [0.0; 4], [0.0, 0.0, 0.0, 1.0]];
    assert_eq!(partly_written_jf_s(3.0, &[1.0; 4]), kept);
    assert_eq!(perhaps_written_vjp(-1.0, &2.0, 1.0), (0.0, 1.0));
    assert_eq!(perhaps_written_vjp(3.0, &2.0, 1.0), (6.0, 0.0));
    assert_eq!(never_written_jf_x(1.0, &2.0), (2.0, 0.0));
    assert_eq!(never_written_jf_s(1.0, &2.0), (0.0, 1.0));
}

#[gradgen(gradient)]
fn empty(x: &[f64; 0], y: f64) -> f64 {
    let z: [f64; 0] = [];
    let mut s = y;
    for i in 0..0 {
        s += x[i] + z[i];
    }
    s
}

#[gradgen(jacobian, hessian)]
fn of_one_element(x: &[f64; 1]) -> f64 {
    let [a] = *x;
    let [b] = [a * a];
    b
}

#[gradgen(jacobian)]
fn tuple_of_one(x: &[f64; 1]) -> (f64,) {
    (x[0] * 2.0,)
}

#[gradgen(jacobian, jvp, vjp)]
fn nested(x: f64) -> ([[f64; 2]; 1], f64, [f64; 0]) {
    ([[x, x * x]], x.sin(), [])
}

#[gradgen(jacobian, vjp, jvp)]
fn same_twice(x: &[f64; 3]) -> ([f64; 3], [f64; 3], f64) {
    (*x, *x, x[0])
}

#[gradgen(gradient(*), jacobian(*))]
fn constant(x: f64, y: &[f64; 3], z: [[f64; 2]; 2], k: usize) -> f64 {
    let _ = (x, y, z, k);
    3.5
}

#[test]
fn shapes() {
    assert_eq!((empty_grad_x(&[], 1.0), empty_grad_y(&[], 1.0)), ([], 1.0));
    assert_eq!((of_one_element_jf(&[2.0]), of_one_element_hessian(&[2.0])), ([4.0], [[2.0]]));
    assert_eq!(tuple_of_one_jf(&[2.0]), [2.0]);
    assert_eq!(nested_jf(1.0), ([[1.0, 2.0]], 1.0_f64.cos(), []));
    assert_eq!(nested_vjp(1.0, &[[1.0, 2.0]], 0.0, &[]), 5.0);
    assert_eq!(same_twice_vjp(&[1.0, 2.0, 3.0], &[1.0; 3], &[2.0; 3], 5.0), [8.0, 3.0, 3.0]);
    assert_eq!(constant_grad(1.0, &[1.0; 3], [[1.0; 2]; 2], 1), (0.0, [0.0; 3], [[0.0; 2]; 2]));
    assert_eq!(constant_jf(1.0, &[1.0; 3], [[1.0; 2]; 2], 1), (0.0, [0.0; 3], [[0.0; 2]; 2]));
}

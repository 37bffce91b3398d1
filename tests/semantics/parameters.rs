//! Integer, boolean and single-precision parameters; indices that follow from the arguments.

use gradgen::gradgen;

use crate::{assert_close, assert_same_bits, difference};

#[gradgen(gradient)]
fn indexed(x: &[f64; 4], n: usize, k: i32) -> f64 {
    let mut a = *x;
    let j = (k + 1) as usize;
    a[n] = x[j] * x[j];
    a[j] += a[n] * 2.0;
    let mut m = [[0.0; 4]; 2];
    m[n % 2] = a;
    m[1][n] *= a[0];
    let mut long = [1.0; 50];
    long[n + 3] = x[0];
    long[j] = long[n + 3] * x[1];
    long[10] += long[j];
    m[0][j] + m[1][n] * a[2] + x[n / 2] + long[10] + long[n + 3] + long[j]
}

#[test]
fn indices_that_follow_from_the_arguments() {
    let x = [0.51, 1.52, -2.53, 0.74];
    for n in 0..4 {
        for k in -1..3 {
            let mut value = 0.0;
            indexed_into(&x, n, k, &mut value, &mut []).unwrap();
            assert_same_bits(value, indexed(&x, n, k));
            for place in 0..4 {
                let slope = difference(|step| {
                    let mut moved = x;
                    moved[place] += step;
                    indexed(&moved, n, k)
                });
                assert_close(indexed_grad(&x, n, k).unwrap()[place], slope);
            }
        }
    }
    assert!(indexed_grad(&x, 4, 0).is_err());
    assert!(indexed_grad(&x, 0, 3).is_err());
    assert!(indexed_grad(&x, 0, -2).is_err());
    assert!(indexed_grad(&x, usize::MAX, 0).is_err());
}

// Arrays of literals, of which nothing but their use says the type.
#[gradgen(gradient)]
fn tables(x: f64, k: usize) -> f64 {
    let a: [f64; 2] = [1.0, 2.0];
    let i = [0, 1];
    let j = [1, 0, 2][k] + 1;
    let flags = [true, false];
    let huge = (1e300 * 1e300_f64).min(x);
    let b = a[k].min(x) * [3.0_f64, 4.0][k].max(x) * a[i[k] * 2 / 2];
    b + j as f64 * x
        + [x, 1.0][k].sin()
        + [[1.0, x], [2.0, 3.0]][k][k].abs()
        + if flags[k] { x * huge } else { 0.0 }
}

#[test]
fn tables_of_literals() {
    for k in 0..2 {
        for x in [0.7, -0.3, 1.6, 5.0] {
            let mut value = 0.0;
            tables_into(x, k, &mut value, &mut []).unwrap();
            assert_same_bits(value, tables(x, k));
            assert_close(tables_grad(x, k).unwrap(), difference(|step| tables(x + step, k)));
        }
    }
}

#[gradgen(gradient)]
fn comparisons(x: f64, k: usize, n: i32, b: bool, c: bool) -> f64 {
    let q = b < c || b >= c && k <= 3 && n > -3 && (x > 0.0) == b && (x < 1.0) != (k == 2);
    if q {
        x * x
    } else if b & (k > 2) | c ^ b {
        x
    } else {
        1.0
    }
}

#[gradgen(gradient)]
fn arithmetic(x: f64, k: usize, n: i32) -> f64 {
    let a = -n;
    let b = n.abs().min(3).max(-2);
    let c = k.max(2).min(9) * 2 - 1;
    let d = (3 - n) * -2 + (5 - k as i32);
    let e = 100 / (n * n + 1) % 7;
    let mut f = 1;
    f -= n;
    f *= -1;
    f %= 5;
    x.powi(n) * x + x.powi(n - 1) * x.powi(-n) + (a + b + d + e + f) as f64 * x * x + c as f64
}

#[test]
fn parameters() {
    for x in [0.7, -0.3, 1.6] {
        for (k, n, b, c) in [(2, -4, true, false), (3, 5, false, true), (0, 0, true, true)] {
            let mut value = 0.0;
            comparisons_into(x, k, n, b, c, &mut value, &mut []).unwrap();
            assert_same_bits(value, comparisons(x, k, n, b, c));
            assert_close(
                comparisons_grad(x, k, n, b, c),
                difference(|step| comparisons(x + step, k, n, b, c)),
            );
            arithmetic_into(x, k, n, &mut value, &mut []).unwrap();
            assert_same_bits(value, arithmetic(x, k, n));
            assert_close(arithmetic_grad(x, k, n).unwrap(), difference(|step| arithmetic(x + step, k, n)));
        }
    }
}

// A divisor is checked only where it is used.
#[gradgen(gradient)]
fn guarded(x: f64, n: i32, i: usize) -> f64 {
    let a = [x, x * x];
    if n != 0 && i < 2 { x * (6 / n) as f64 * a[i] } else { x }
}

#[test]
fn checks_stay_in_their_branch() {
    assert_eq!(guarded_grad(2.0, 0, 5), Ok(1.0));
    assert_eq!(guarded_grad(2.0, 3, 1), Ok(24.0));
    assert_eq!(guarded_grad(2.0, 3, 2), Ok(1.0));
}

const TENTH: f32 = 0.1;

#[gradgen(gradient, hessian, hvp)]
fn single(x: &[f32; 3]) -> f32 {
    let a = 0.1 * x[0] + TENTH * x[1] + 16777217.0 * x[2] + 1.00000017881393432617187499 * x[0];
    let b = a.sin() + 1e-46 + 3.4028235e38 * 1e-38 + 16777217 as f32 + 0.1f32;
    let k = 16777219;
    let c =
        b * k as f32 + x[0].powi(3) + x[1].exp().ln_1p() + x[2].atan2(0.3) + std::f32::consts::PI + 1.0 / 3.0;
    c % 7.0 + (1.0 + 1e-8) + x[0].log(3.0) + x[1].to_degrees() + x[2].hypot(1.1) + x[0].log10() + x[1].fract()
}

#[test]
fn single_precision_is_rounded_once() {
    for x in [[0.3, 0.7, -1.1], [1.9, -2.3, 0.01], [5.5, 0.123_456_79, 3.3]] {
        let mut value = 0.0;
        single_into(&x, &mut value, &mut []).unwrap();
        assert_eq!(value.to_bits(), single(&x).to_bits());
    }
}

#[gradgen(gradient)]
fn by_value(mut x: f64, mut a: [f64; 2], mut k: usize, (mut w): f64) -> f64 {
    x *= 2.0;
    a[0] += x;
    k += 1;
    w = -w;
    a = [a[1], a[0]];
    x * a[1] * w + k as f64
}

#[test]
fn parameters_that_are_changed() {
    let mut value = 0.0;
    by_value_into(1.5, [2.0, 3.0], 4, 0.5, &mut value, &mut []).unwrap();
    assert_same_bits(value, by_value(1.5, [2.0, 3.0], 4, 0.5));
    assert_close(
        by_value_grad_x(1.5, [2.0, 3.0], 4, 0.5),
        difference(|step| by_value(1.5 + step, [2.0, 3.0], 4, 0.5)),
    );
}

//! Arrays as values: copied, nested, longer than what is taken apart.

use gradgen::gradgen;

use crate::against_differences;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn big_arrays(x: &[f64; 3]) -> f64 {
    let mut row = [0.5; 40];
    row[3] = x[0];
    row[39] = x[1];
    let m = [row, row];
    row[3] = row[3] * row[39];
    for i in 1..40 {
        row[i] = row[i] + row[i - 1] * 0.5;
    }
    let mut q = m;
    q[1] = row;
    q[1][3] = x[2];
    let c = q[1];
    q[1][39] *= 2.0;
    m[0][3] * m[1][39] + row[39] * c[39] * q[1][3] + q[1][39] + q[0][3]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn sel_array(x: &[f64; 3]) -> f64 {
    let mut a = *x;
    if x[0] > x[1] {
        a = [x[2], x[1], x[0]];
        a[1] *= a[0];
    } else {
        a[2] = a[0] * a[1];
    }
    let b = if a[0] > 0.0 { a } else { [a[1], a[2] * 2.0, a[0]] };
    let [p, q, r] = b;
    let mut v = [[p, q], [q, r]];
    v[1][0] += v[0][0];
    v[0] = v[1];
    v[0][0] * v[0][1] * r + v[1][1]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn nested_arr(x: &[f64; 3]) -> f64 {
    let mut m = [[0.0; 3]; 2];
    let r = m;
    m[0] = *x;
    m[1][2] = x[0];
    let row = m[0];
    m[0][1] += row[2];
    m = [m[1], m[0]];
    for i in 0..2 {
        for j in 0..3 {
            m[i][j] += m[1 - i][2 - j] * 0.5;
        }
    }
    [m[0][0], m[1][1]] = [m[1][1], m[0][0]];
    (m[0][2], m[1][2]) = (m[1][2], m[0][2]);
    m[0][0] * m[1][1] + m[0][2] * m[1][2] * m[0][1] + r[0][0]
}

against_differences!(big_arrays, sel_array, nested_arr);

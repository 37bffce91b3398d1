//! Arrays, nested arrays, their rows, and patterns that take them apart.

use gradgen::gradgen;

/// Literals and repetition.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn literals(x: &[f64; 2]) -> f64 {
    let powers = [1.0, x[0], x[0] * x[0]];
    let weights = [x[1]; 3];
    let table = [[powers[1], 2.0], [weights[0], powers[2]]];
    table[0][0] * table[1][0] + table[1][1] * table[0][1] * weights[2] + powers[0]
}

/// A parameter that is taken apart in the signature.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn apart(x: &[f64; 3]) -> f64 {
    let [a, b, c] = *x;
    let [sum, product] = [a + b + c, a * b * c];
    let (square, [first, _]) = (sum * sum, [product, sum]);
    square * first
}

/// Nested input, nested output.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(a), jvp(a), vjp(a)))]
pub fn transposed_square(a: &[[f64; 3]; 2]) -> [[f64; 2]; 3] {
    let mut t = [[0.0; 2]; 3];
    for i in 0..2 {
        for j in 0..3 {
            t[j][i] = a[i][j] * a[i][j];
        }
    }
    t
}

/// Whole rows are read, copied and replaced.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(a), jvp(a), vjp(a)))]
pub fn rotated_rows(a: &[[f64; 2]; 3]) -> [[f64; 2]; 3] {
    let mut b = *a;
    let first = b[0];
    for i in 0..2 {
        b[i] = b[i + 1];
    }
    b[2] = [first[0] * a[1][1], first[1]];
    b
}

#[gradgen(
    jacobian,
    jacobian(*),
    jvp(*),
    vjp(*),
    bundle(f, jf(a), jvp(a), vjp(a))
)]
pub fn matrix_product(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let mut c = [[0.0; 2]; 2];
    for i in 0..2 {
        for j in 0..2 {
            for k in 0..2 {
                c[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    c
}

/// Three levels, contracted to a number.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(t), hessian(t), hvp(t)))]
pub fn contracted(t: &[[[f64; 2]; 2]; 2]) -> f64 {
    let mut s = 0.0;
    for i in 0..2 {
        for j in 0..2 {
            for k in 0..2 {
                s += t[i][j][k] * t[j][k][i] * (1 + i) as f64;
            }
        }
    }
    s
}

/// A nested array by value beside a scalar, contracted as a quadratic form.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(m, scale),
    hvp,
    hvp(*),
    jvp,
    jvp(*),
    vjp,
    vjp(*),
    bundle(f, grad(m), hessian(m), hvp(m))
)]
pub fn scaled_form(m: [[f64; 2]; 2], scale: f64) -> f64 {
    let v = [scale, 1.0 - scale];
    let mut s = 0.0;
    for i in 0..2 {
        for j in 0..2 {
            s += v[i] * m[i][j] * m[j][i] * v[j];
        }
    }
    s
}

/// Parameters that are taken apart where they stand; their names are put together.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(a_b, c_d),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(c_d), hessian(c_d), hvp(c_d))
)]
pub fn by_pattern([a, mut b]: [f64; 2], &[c, d]: &[f64; 2]) -> f64 {
    b *= a;
    (b + c) * d.sin() * b
}

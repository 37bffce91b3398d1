//! Constants of the body, and tables of them.

use gradgen::gradgen;

use crate::against_differences;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn coefficients(x: &[f64; 3]) -> f64 {
    const C: [f64; 5] = [0.5, -1.25, 0.75, 0.125, 2.0];
    const LAST: usize = C.len() - 1;
    let mut s = C[LAST];
    for c in C {
        s = s * x[0] * 0.3 + c;
    }
    for (i, &c) in C.iter().enumerate().skip(1) {
        s += c * (x[1] * i as f64).sin();
    }
    let t = C[1..4].iter().rev().fold(0.25, |s, c| s * x[2] + c);
    s * t + C[2] * C.len() as f64
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn slices(x: &[f64; 3]) -> f64 {
    const D: &[f64] = &[1.5, -0.5, 0.25];
    static E: [[f64; 2]; 3] = [[1.0, 2.0], [3.0, -4.0], [0.5, 0.25]];
    let mut s = 0.0;
    for (d, v) in D.iter().zip(x) {
        s += d * v * v;
    }
    for i in 0..D.len() {
        for j in 0..2 {
            s += E[i][j] * x[i].cos() * x[j];
        }
    }
    s * D[1] + D.iter().sum::<f64>() * x[2]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn rows(x: &[f64; 3]) -> f64 {
    const TERMS: [(f64, i32); 4] = [(1.0, 2), (-0.5, 3), (0.25, 1), (2.0, 0)];
    const POINTS: &[(usize, f64, bool)] = &[(0, 1.5, true), (2, 0.5, false), (1, -1.0, true)];
    let mut s = 0.0;
    for (c, p) in TERMS {
        s += c * x[0].powi(p);
    }
    for &(c, p) in TERMS.iter().rev() {
        s += c * x[1].powi(p) * 0.1;
    }
    for &(i, w, squared) in POINTS {
        s += if squared { w * x[i] * x[i] } else { w * x[i] };
    }
    s += TERMS.iter().skip(1).fold(TERMS[0].0, |s, t| s + t.0 * x[2].powi(t.1));
    s * TERMS[1].0
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_blocks(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    for i in 0..3 {
        const WEIGHTS: [f64; 3] = [0.5, 0.25, 0.125];
        const SHIFT: f64 = 0.5;
        s += WEIGHTS[i] * (x[i] + SHIFT) * s;
    }
    fn tail(v: f64) -> f64 {
        const SCALE: f64 = 2.0;
        const TAIL: [f64; 2] = [0.5, 1.5];
        TAIL[0] * v * SCALE + TAIL[1]
    }
    if x[1] > 0.0 {
        const LIMIT: f64 = 0.75;
        if s > LIMIT {
            return tail(s) * x[2];
        }
    }
    tail(s * x[1])
}

against_differences!(coefficients, slices, in_blocks);
crate::refusing_against_differences!(rows);

//! Iterators and parts of arrays.

use gradgen::gradgen;

/// Slices of two lengths.
#[gradgen(gradient(*), hvp(x))]
pub fn dot(x: &[f64], w: &[f64]) -> f64 {
    x.iter().zip(w).map(|(a, b)| a * a * b).sum()
}

/// An array and a slice.
#[gradgen(gradient(*), hvp(x))]
pub fn mixed<const N: usize>(x: &[f64; N], w: &[f64]) -> f64 {
    x.iter().rev().zip(w.iter().skip(1)).filter(|(a, _)| **a > 0.0).map(|(a, b)| (a * b).sin()).sum()
}

/// Neighbours, and parts that do not overlap.
#[gradgen(gradient, hvp)]
pub fn parts(x: &[f64]) -> f64 {
    let near: f64 = x.windows(3).map(|w| w.iter().product::<f64>()).sum();
    let apart: f64 = x.chunks_exact(4).enumerate().map(|(i, c)| c[0] * c[3].cos() * i as f64).sum();
    let rest: f64 = x.chunks(2).map(|c| c.iter().sum::<f64>().tanh()).sum();
    near * apart + rest
}

/// Rows of a flat table.
#[gradgen(gradient(x, table))]
pub fn rows(x: &[f64], table: &[f64]) -> f64 {
    let n = x.len();
    let mut s = 0.0;
    for i in 0..n {
        let row = &table[i * n..(i + 1) * n];
        s += row.iter().zip(x).map(|(a, b)| a * b * x[i]).sum::<f64>();
    }
    s
}

/// Parts that are written to, and an array of the items.
#[gradgen(gradient, hvp)]
pub fn written(x: &[f64; 40]) -> f64 {
    let mut y = *x;
    for v in y[1..].iter_mut() {
        *v *= x[0];
    }
    for c in y.chunks_exact_mut(2) {
        c[1] *= c[0];
    }
    let squares: Vec<f64> = y.iter().map(|v| v * v).collect();
    squares.iter().take_while(|v| **v < 9.0).enumerate().map(|(i, v)| v * i as f64).sum()
}

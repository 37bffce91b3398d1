//! Tapes: in tiles, of what turns hand on, and of what is filled.

use gradgen::gradgen;

/// In tiles of a known length, whose last one is shorter.
#[gradgen(gradient, hvp, checkpoint = "sqrt")]
pub fn tiled(x: &[f64; 1000]) -> f64 {
    let mut a = 0.5;
    for i in 1..999 {
        a = (a * x[i] + x[i - 1]).sin() + x[i + 1];
    }
    for i in (3..500).rev() {
        a = (a * x[2 * i + 1] + x[i - 3]).sin();
    }
    a
}

/// In tiles of a length that only rustc knows.
#[gradgen(gradient, checkpoint = "sqrt")]
pub fn tiled_of_any_length<const N: usize>(x: &[f64; N]) -> f64 {
    let mut a = [0.5, 0.2];
    for i in 0..N {
        a = [(a[1] * x[i]).sin(), a[0] * x[i]];
    }
    for i in (1..N).rev() {
        a = [(a[1] * x[i]).sin(), a[0] * x[i - 1]];
    }
    a[0] * a[1]
}

/// Neighbours that turns hand on, and an array that is its own tape.
#[gradgen(gradient, hvp)]
pub fn filled(x: &[f64; 100]) -> f64 {
    let mut y = [0.0; 100];
    y[0] = x[0];
    for i in 1..100 {
        y[i] = (y[i - 1] * x[i]).sin();
    }
    let mut sum = 0.0;
    for i in 0..99 {
        sum += y[i] * y[i + 1];
    }
    sum
}

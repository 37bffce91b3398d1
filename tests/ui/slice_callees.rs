//! Calls of functions that take slices, or need memory, where that can't be.
use gradgen::gradgen;

#[gradgen]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..a.len() {
        sum += a[i] * b[i];
    }
    sum
}

#[gradgen(gradient)]
fn of_any_length(x: &[f64]) -> f64 {
    dot(x, x)
}

#[gradgen]
fn needs_twice_the_memory(x: &[f64]) -> f64 {
    let mut y = vec![0.0; 2 * x.len()];
    for i in 0..x.len() {
        y[2 * i] = x[i];
    }
    y[0]
}

#[gradgen(gradient)]
fn gives_no_memory(x: &[f64; 2]) -> f64 {
    needs_twice_the_memory(x)
}

#[gradgen]
fn memory_of_any_size(x: f64, n: usize) -> f64 {
    let mut y = vec![0.0; n];
    for i in 0..n {
        y[i] = x;
    }
    let mut sum = 0.0;
    for i in 0..n {
        sum += y[i];
    }
    sum
}

#[gradgen(jvp(x))]
fn nor_any(x: f64, n: usize) -> f64 {
    memory_of_any_size(x, n)
}

fn main() {}

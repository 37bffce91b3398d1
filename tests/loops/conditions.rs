//! What is checked before a call: it is refused where the function would panic, and nowhere else.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use gradgen::gradgen;

/// Triangles in rows of one slice: below the diagonal, …
#[gradgen(gradient(w))]
fn below(w: &[f64], d: usize, k: usize) -> f64 {
    let mut s = 0.0;
    for j in 0..k {
        for a in 0..d {
            for b in 0..a {
                s += w[j * d * d + a * d + b] * w[b];
            }
        }
    }
    s
}

/// … above it, …
#[gradgen(gradient(w))]
fn above(w: &[f64], d: usize, k: usize) -> f64 {
    let mut s = 0.0;
    for j in 0..k {
        for a in 0..d {
            for b in a + 1..d {
                s += w[j * d * d + a * d + b] * w[b - a];
            }
        }
    }
    s
}

/// … and three deep, backwards, to the end and with it.
#[gradgen(gradient(w))]
fn deep(w: &[f64], d: usize, k: usize) -> f64 {
    let mut s = 0.0;
    for a in (0..d).rev() {
        for b in 0..=a {
            for c in b..a {
                s += w[a + c] * w[k + b];
            }
        }
        for b in (a..k).rev() {
            s += w[b];
        }
    }
    s
}

/// Loops that end where others begin.
#[gradgen(gradient(w))]
fn bands(w: &[f64], d: usize, k: usize) -> f64 {
    let mut s = 0.0;
    for a in 1..d {
        for b in a - 1..k {
            s += w[2 * b + 1];
            for c in 1..b {
                s += w[a * b + c];
            }
        }
    }
    s
}

/// What only some turns read.
#[gradgen(gradient(w))]
fn some(w: &[f64], d: usize, k: usize) -> f64 {
    let mut s = 0.0;
    for a in 0..d {
        if a < k {
            s += w[2 * a] * w[a];
        }
        for b in 0..k {
            if b != a {
                s += w[3 + b];
            } else {
                s += w[a];
            }
        }
    }
    s
}

thread_local! {
    /// Whether a panic is no news.
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

type Into = fn(&[f64], usize, usize, &mut f64, &mut [f64]) -> Result<(), gradgen::Error>;
type Gradient = fn(&[f64], usize, usize, &mut [f64], &mut [f64]) -> Result<(), gradgen::Error>;

fn check(name: &str, function: fn(&[f64], usize, usize) -> f64, into: Into, gradient: Gradient) {
    let mut refused = 0;
    for d in 0..4 {
        for k in 0..4 {
            for length in 0..30 {
                let w = vec![1.0; length];
                EXPECTED.set(true);
                let panics = catch_unwind(AssertUnwindSafe(|| function(&w, d, k))).is_err();
                EXPECTED.set(false);
                let (mut y, mut slope, mut work) = (7.0, vec![7.0; length], vec![0.0; 1000]);
                let answer = into(&w, d, k, &mut y, &mut work);
                let refuses = answer.is_err();
                assert_eq!(
                    refuses, panics,
                    "{answer:?} of {name} with d = {d}, k = {k} and {length} elements"
                );
                let refuses = gradient(&w, d, k, &mut slope, &mut work).is_err();
                assert_eq!(
                    refuses, panics,
                    "the gradient of {name} with d = {d}, k = {k}, {length} elements"
                );
                if refuses {
                    refused += 1;
                    assert!(y == 7.0 && slope.iter().all(|&slope| slope == 7.0), "{name} writes and refuses");
                }
            }
        }
    }
    assert!(refused > 20, "{name} refuses {refused} calls only");
}

#[test]
fn a_call_is_refused_where_the_function_panics() {
    let others = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |message| {
        if !EXPECTED.get() {
            others(message);
        }
    }));
    check("below", below, below_into, below_grad_into);
    check("above", above, above_into, above_grad_into);
    check("deep", deep, deep_into, deep_grad_into);
    check("bands", bands, bands_into, bands_grad_into);
    check("some", some, some_into, some_grad_into);
}

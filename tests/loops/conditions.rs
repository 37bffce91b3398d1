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

/// What is replaced only where there is a place, in rows that may not be there.
#[gradgen(gradient(w))]
fn guarded(w: &[f64], d: usize, k: usize) -> f64 {
    let mut a = [0.3; 12];
    for j in 0..d * 5 {
        if j > 2 && j < 15 {
            a[j - 3] = a[j - 3] * a[j - 3] * w[0];
        }
    }
    let mut b = vec![0.5; k];
    for j in 0..d * 5 {
        if j < k {
            b[j] = b[j] * b[j] * w[0];
        }
        if j >= k {
            break;
        }
        b[j] *= w[0];
    }
    let mut s = a[0] + a[11];
    for j in 0..k {
        s += b[j];
    }
    s
}

/// Rows that end with the array, a triangle, memory that is handed on, and two arrays in turn.
#[gradgen(gradient(w))]
fn memory(w: &[f64], d: usize, k: usize) -> f64 {
    let mut a = vec![0.0; d * d];
    for i in 0..d {
        for j in 0..d {
            a[i * d + j] = w[i * d + j];
        }
    }
    for i in 0..d {
        for j in i + 1..d {
            a[i * d + j] = a[i * d + j] * a[i * d + j];
        }
    }
    let mut rows = vec![0.5; d * (k + 2) + k];
    for i in 0..d + 1 {
        for j in 0..k {
            rows[i * (k + 2) + j] = (rows[i * (k + 2) + j] + w[j]).sin();
        }
    }
    let mut g = vec![0.0; k];
    let mut h = vec![0.25; k];
    for i in 0..d {
        for j in 0..k {
            g[j] = w[i] * h[j];
        }
        (g, h) = (h, g);
    }
    let mut s = 0.0;
    for i in 0..d * d {
        s += a[i];
    }
    for i in 0..d * (k + 2) + k {
        s += rows[i];
    }
    for j in 0..k {
        s += g[j] * h[j];
    }
    s
}

/// What the outer loop's turn uses only if the inner one has turns.
#[gradgen(gradient(w))]
fn inner(w: &[f64], d: usize, k: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..d {
        for j in 0..k {
            s += w[i] * w[j + 1] * w[i + 2];
        }
    }
    s
}

/// What the data decides about, behind a recurrence from the end.
#[gradgen(gradient(w))]
fn decided(w: &[f64], d: usize, k: usize) -> f64 {
    let mut y = vec![0.3; w.len()];
    for i in (1..w.len()).rev() {
        y[i - 1] = (y[i] + y[i - 1] * w[i]).sin();
    }
    let mut s = 0.0;
    for i in 0..w.len() {
        if y[i] > 0.3 {
            s += w[5 * d + k] * y[i];
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
            for length in 0..20 {
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
    assert!(refused > 5, "{name} refuses {refused} calls only");
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
    check("guarded", guarded, guarded_into, guarded_grad_into);
    check("memory", memory, memory_into, memory_grad_into);
    check("inner", inner, inner_into, inner_grad_into);
    check("decided", decided, decided_into, decided_grad_into);
    check("some", some, some_into, some_grad_into);
}

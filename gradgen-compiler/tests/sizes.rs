//! How much is emitted does not depend on how often a loop runs or how long an array is.

use gradgen_compiler::{Target, expand};
use proc_macro2::{TokenStream, TokenTree};

const REQUESTS: &str = "gradient, hvp, jvp, vjp, bundle(f, grad(x)), bundle(f, grad(x), hvp(x))";

/// With blocks of the input's size squared.
const BLOCKS: &str = "gradient, jacobian, hessian, bundle(f, grad(x), hessian(x))";

/// Numbers for which all results and tapes are small enough for the stack, and such for which none is: that
/// decides whether there is a value form.
const SMALL: [&str; 2] = ["10", "400"];
const LARGE: [&str; 2] = ["10_000", "1_000_000"];

fn count(tokens: TokenStream) -> usize {
    let inside = |token| match token {
        TokenTree::Group(group) => 2 + count(group.stream()),
        _ => 1,
    };
    tokens.into_iter().map(inside).sum()
}

/// How many tokens become of a function in which `N` stands for this number.
fn size(source: &str, requests: &str, number: &str) -> usize {
    let expansion =
        expand(requests.parse().unwrap(), source.replace('N', number).parse().unwrap(), Target::default());
    let errors = expansion.to_string().contains("compile_error");
    assert!(!errors, "{source} with {number}: {expansion}");
    count(expansion)
}

fn same(source: &str, requests: &str, numbers: [&str; 2]) {
    let [few, many] = numbers.map(|number| size(source, requests, number));
    assert_eq!(few, many, "tokens with {numbers:?}, of {source}");
}

const STEPS: [&str; 5] = [
    "fn f(x: &[f64; 2], p: f64) -> f64 {
        let mut y = *x;
        for _ in 0..N {
            y = [y[0] + 0.01 * y[1], y[1] - 0.01 * p * y[0].sin()];
        }
        y[0] * y[1]
    }",
    "fn f(x: f64) -> f64 {
        let mut y = x;
        for i in 0..N {
            for j in 0..i {
                y += 0.1 * (y + j as f64).sin();
            }
        }
        y
    }",
    "fn f(x: &[f64; 2]) -> f64 {
        let mut y = *x;
        let mut cost = 0.0;
        for _ in 0..N {
            y = step(&y, x[1]);
            cost += if y[0] > 0.0 { y[0] * y[1] } else { y[1].exp() };
        }
        cost
    }",
    "fn f(x: f64, w: &[f64; 3]) -> f64 {
        let mut a = [x; 3];
        for _ in (0..N).rev() {
            for i in 1..3 {
                a[i] = a[i] * a[i - 1] + w[i];
            }
            a[0] = a[2].tanh();
        }
        a[1]
    }",
    // What is kept of the inner loops does not depend on how often the outer one runs.
    "fn f(x: &[f64; 100]) -> f64 {
        let mut s = 1.0;
        for _ in 0..N {
            let mut k = [0.0; 20];
            for j in 0..20 {
                k[j] = (s * x[j + 3]).exp().sin();
            }
            for j in 1..20 {
                k[j] += k[j - 1] * x[j];
                s = (s + k[j] * k[j]).sin() + x[7];
            }
        }
        s
    }",
];

const LENGTHS: [&str; 4] = [
    "fn f(x: &[f64; N]) -> f64 {
        let mut s = 0.0;
        for i in 1..N {
            s += (x[i] - x[i - 1]).powi(2);
        }
        s
    }",
    "fn f(x: &[f64; N]) -> f64 {
        let mut y = *x;
        for i in 1..N {
            y[i] += y[i - 1] * x[i];
        }
        y[N - 1]
    }",
    "fn f(x: &[f64; N]) -> f64 {
        let mut kept = [0.0; N];
        for i in 0..N {
            if x[i] > 0.0 {
                kept[i] = x[i] * x[i];
            }
        }
        let mut s = 0.0;
        for i in 0..N {
            for j in 0..i {
                s += kept[i] * kept[j].sin();
            }
        }
        s
    }",
    "fn f(x: &[f64; N]) -> f64 {
        let (mut old, mut new) = (*x, [0.0; N]);
        for _ in 0..30 {
            for i in 1..N - 1 {
                new[i] = old[i] + 0.1 * (old[i - 1] - 2.0 * old[i] + old[i + 1]);
            }
            (old, new) = (new, old);
        }
        old[N / 2]
    }",
];

#[test]
fn more_trips_are_no_more_code() {
    for source in STEPS {
        for requests in [REQUESTS, BLOCKS] {
            same(source, requests, SMALL);
            same(source, requests, LARGE);
        }
    }
}

#[test]
fn longer_arrays_are_no_more_code() {
    for source in LENGTHS {
        // Arrays of up to 32 elements may be written out.
        same(source, REQUESTS, ["40", "400"]);
        same(source, BLOCKS, ["40", "60"]);
        same(source, REQUESTS, LARGE);
        same(source, BLOCKS, LARGE);
    }
}

/// Short loops are written out, which the other tests would see.
#[test]
fn a_loop_that_is_written_out_is_seen() {
    assert!(size(STEPS[0], REQUESTS, "3") < size(STEPS[0], REQUESTS, "6"));
}

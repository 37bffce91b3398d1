//! What is not understood of jumps, patterns, options and what stands inside of bodies.
use gradgen::gradgen;

const LIMIT: i32 = 3;

#[derive(Clone, Copy, PartialEq)]
struct Bad(f64);

#[gradgen(gradient)]
fn patterns(x: &[f64; 3], n: i32) -> f64 {
    let a = match n {
        LIMIT => x[0],
        _ => x[1],
    };
    let b = match (n, n + 1) {
        (0, k) | (k, 0) => x[0] * k as f64,
        _ => x[1],
    };
    let c = match Some(x[2]) {
        Some(y) if let 1 = n => y,
        _ => 0.0,
    };
    a * b * c
}

#[gradgen(gradient)]
fn errors(x: f64) -> Result<f64, Bad> {
    if x < 0.0 {
        return Err(Bad(x));
    }
    let y = x * x;
    if y > 9.0 {
        return Err(Bad(y));
    }
    Ok(x)
}

#[gradgen(gradient)]
fn some(x: f64) -> Option<f64> {
    Some(x)
}

#[gradgen(gradient)]
fn calls(x: f64) -> Option<f64> {
    let y = some(x)?;
    Some(y)
}

#[gradgen(gradient)]
fn methods(x: f64) -> f64 {
    let a = Some(x);
    let b = a.xor(None).unwrap_or(x);
    b * x
}

#[gradgen(gradient)]
fn assertions(x: f64) -> f64 {
    let mut n = 0;
    assert!(
        {
            n += 1;
            n
        } > 0
    );
    println!("{:?}", std::mem::replace(&mut n, 2));
    assert_eq!({ n = 2; n }, n);
    x * n as f64
}

macro_rules! twice {
    ($x:expr) => {
        2.0 * $x
    };
}

#[gradgen(gradient)]
fn macros(x: f64) -> f64 {
    twice!(x)
}

#[gradgen(gradient)]
fn conditions(x: f64) -> f64 {
    let mut s = x;
    #[cfg(debug_assertions)]
    let t = s;
    #[cfg(not(debug_assertions))]
    let t = s;
    #[cfg_attr(any(), inline)]
    let u = t;
    s *= u;
    s
}

#[gradgen(gradient)]
fn constants(x: f64) -> f64 {
    const SCALE: f64 = 2.0;
    let y = {
        const SCALE: f64 = 3.0;
        SCALE * x
    };
    SCALE * y
}

#[gradgen(gradient)]
fn power(x: f64, n: usize) -> f64 {
    if n == 0 {
        return 1.0;
    }
    x * power(x, n - 1)
}

#[gradgen(gradient)]
fn never(x: f64) -> Option<f64> {
    let _ = x;
    None
}

#[gradgen(custom(jvp = moves))]
fn given(x: f64) -> Option<f64> {
    Some(x)
}

fn moves(_: f64, v: f64) -> f64 {
    v
}

fn main() {}

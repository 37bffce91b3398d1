//! Statements, patterns and assignments.
use gradgen::gradgen;

#[gradgen(gradient, hessian(x), bundle(f, grad(x)))]
fn statements(x: &[f64; 2]) -> f64 {
    const HALF: f64 = 0.5;
    let late: f64;
    late = 1.0;
    println!("{}", x[0]);
    let Some(y) = Some(1.0) else { return 0.0 };
    assert!(x[0] > 0.0);
    x[0] * HALF + late + y
}

#[gradgen(gradient)]
fn patterns(x: &[f64; 3]) -> f64 {
    let [first, ..] = *x;
    let whole @ _ = first;
    let ref borrowed = whole;
    let (a, .., b) = (1.0, 2.0, 3.0);
    let (.., c) = (a, b);
    a + c + *borrowed
}

static mut TOTAL: f64 = 0.0;

#[gradgen(jacobian)]
fn writes(x: f64, y: &mut f64) -> f64 {
    unsafe {
        TOTAL = x;
    }
    let alias = y;
    *alias = 1.0;
    let mut local = x;
    let reference = &mut local;
    *reference += 1.0;
    local
}

#[gradgen(gradient)]
fn returns(x: f64) -> f64 {
    if x > 0.0 {
        return x;
    }
    x * 2.0
}

#[gradgen(gradient)]
fn attributes(#[cfg(any())] w: f64, x: f64) -> f64 {
    let mut s = x;
    #[cfg(any())]
    {
        s = 2.0;
    }
    s += 1.0;
    let t = [#[cfg(any())] 1.0, s];
    t[0]
}

#[gradgen(gradient)]
#[gradgen(hessian)]
fn two_attributes(x: f64) -> f64 {
    x
}

#[gradgen(gradient)]
#[test]
fn foreign() -> f64 {
    1.0
}

fn main() {
    let _ = statements_grad(&[1.0, 2.0]);
    let _ = statements_hessian(&[1.0, 2.0]);
    let _ = statements_f_grad(&[1.0, 2.0]);
    let _ = patterns_grad(&[1.0, 2.0, 3.0]);
    let _ = writes_jf(1.0);
    let _ = returns_grad(1.0);
    let _ = two_attributes_grad(1.0);
}

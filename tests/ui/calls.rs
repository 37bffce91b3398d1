//! Calls that are not understood.
use gradgen::gradgen;

fn generic<T>(x: T) -> T {
    x
}

#[gradgen(gradient)]
fn recursive(x: f64) -> f64 {
    if x > 1.0 { recursive(x * 0.5) } else { x }
}

#[gradgen(gradient)]
fn paths(x: f64, n: usize) -> f64 {
    let a = f32::sin(1.0);
    let c = <f64>::sin(x);
    let d = <f64 as Into<f64>>::into(x);
    let e = usize::max(n, 1);
    let f = std::cmp::max(n, 1);
    let g = i32::from(x > 0.0);
    let h = f64::from_bits(1);
    let i = Some(x);
    let _j = generic::<bool>(true);
    let k = (generic)(x);
    let l = std::hint::black_box(x);
    let m = f64::sqrt;
    f64::from(a) + c + d + (e + f) as f64 + f64::from(g) + h + i.unwrap() + k + l + m(x)
}

#[gradgen]
fn pair(x: f64) -> (f64, f64) {
    (x, x)
}

#[gradgen(gradient)]
fn not_taken_apart(x: f64) -> f64 {
    let p = pair(x);
    p.0 + p.1
}

fn main() {
    let _ = recursive_grad(1.0);
    let _ = paths_grad(1.0, 1);
    let _ = not_taken_apart_grad(1.0);
}

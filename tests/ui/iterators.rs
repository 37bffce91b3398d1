//! Iterators and closures that are not understood.

use gradgen::gradgen;

#[gradgen(gradient)]
fn adaptors(x: &[f64]) -> f64 {
    let mut count = 0.0;
    let a: f64 = x.iter().map(|v| { count += 1.0; v * count }).zip(x).map(|(a, b)| a * b).sum();
    let b: f64 = x.iter().filter(|v| **v > 0.0).zip(x).map(|(a, b)| a * b).sum();
    let c: f64 = x.iter().filter(|v| **v > 0.0).step_by(2).sum();
    let d: f64 = x.iter().cycle().take(3).sum();
    let e: f64 = x.iter().take_while(|v| **v > 0.0).sum();
    let f: f64 = x.chunks(0).map(|c| c[0]).sum();
    let g = x.iter().step_by(x.len()).count() as f64;
    a + b + c + d + e + f + g + count
}

#[gradgen(gradient)]
fn consumers(x: &[f64]) -> f64 {
    let positive: Vec<f64> = x.iter().copied().filter(|v| *v > 0.0).collect();
    let pairs: Vec<(f64, f64)> = x.iter().map(|v| (*v, *v)).collect();
    let list = x.iter().copied().collect::<std::collections::VecDeque<f64>>();
    let longest = (0..x.len()).max();
    let sum: f64 = x.iter().map(|v| (*v, 1.0)).map(|(a, b)| a * b).unzip_all();
    positive[0] + pairs[0].0 + list[0] + longest.unwrap() as f64 + sum
}

trait UnzipAll {
    fn unzip_all(self) -> f64;
}

impl<I: Iterator<Item = f64>> UnzipAll for I {
    fn unzip_all(self) -> f64 {
        0.0
    }
}

#[gradgen(gradient)]
fn loops(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for v in x.iter().chain(x) {
        if *v > 1.0 {
            break;
        }
        s += v;
    }
    s
}

#[gradgen(gradient)]
fn closures(x: f64) -> f64 {
    fn factorial(n: usize) -> f64 {
        if n == 0 { 1.0 } else { n as f64 * factorial(n - 1) }
    }
    fn generic<T: Copy>(a: T) -> T {
        a
    }
    let square = |a: f64, _: f64| a * a;
    let (mut n, mut list) = (x, [x; 2]);
    let mut next = move |by: f64| {
        n += by;
        list[0] = n;
        n
    };
    let two = |a: f64, b: f64| a * b;
    factorial(3) + generic(x) + square(x, x) + next(x) + n + [two; 2].len() as f64
}

#[gradgen(gradient)]
fn stateful(x: &[f64]) -> f64 {
    let a: f64 = x.iter().cycle().take(3).sum();
    let b: Vec<f64> = x.iter().map_while(|v| (*v > 0.0).then_some(*v)).collect();
    let c: f64 = x.iter().scan(0.0, |s, v| { *s += v; Some(*s) }).zip(x).map(|(s, v)| s * v).sum();
    let d = x.iter().max_by(|a, b| b.abs().to_bits().cmp(&a.to_bits())).unwrap();
    let e = x.iter().max_by(|_, _| std::cmp::Ordering::Less).unwrap();
    a + b[0] + c + d + e
}

fn main() {}

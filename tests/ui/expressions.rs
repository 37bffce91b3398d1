//! Expressions: valid Rust that is not understood.
use gradgen::gradgen;

struct Pair {
    a: f64,
}

trait More {
    fn sinn(self) -> f64;
    fn square(self) -> f64;
    fn sin_of(self) -> f64;
}

impl More for f64 {
    fn sinn(self) -> f64 {
        self
    }
    fn square(self) -> f64 {
        self
    }
    fn sin_of(self) -> f64 {
        self
    }
}

const TABLE: [f64; 3] = [1.0, 2.0, 3.0];
const PAIR: (f64, f64) = (1.0, 2.0);

#[gradgen(gradient, jvp, vjp, hvp)]
fn everything(x: &[f64; 3], n: usize, k: i32) -> f64 {
    let square = |y: f64| y * y;
    let a = match n {
        0 => 1.0,
        _ => 2.0,
    };
    let b = (Pair { a: 1.0 }).a;
    let c = x.iter().sum::<f64>();
    let d = x[0..2][0];
    let e = n << 2;
    let f = n & 1;
    let g = !n;
    let h = loop {
        break 1.0;
    };
    let i = 'label: { break 'label 1.0 };
    let j = if let Some(y) = Some(1.0) { y } else { 0.0 };
    let l = unsafe { 1.0_f64.to_int_unchecked::<i32>() };
    let m = "text".len();
    let o = k as u8;
    let p = x[0] as f32;
    let q = 1u8;
    let r = <f64>::MAX;
    let s = b'a';
    square(a) + b + c + d + (e + f + g + m) as f64 + h + i + j + f64::from(l) + r + f64::from(o + q + s) + f64::from(p)
}

#[gradgen(gradient)]
fn methods(x: f64, n: usize, flag: bool) -> f64 {
    let a = x.sinn();
    let b = x.square() + x.sin_of();
    let c = x.to_bits();
    let d = n.pow(2);
    let e = "1".parse::<f64>().unwrap();
    let f = [x, x].map(f64::sin);
    let g = flag.then_some(1.0).unwrap();
    let h = x.total_cmp(&1.0).is_lt();
    a + b + c as f64 + d as f64 + e + f[0] + g + if h { 1.0 } else { 2.0 }
}

#[gradgen(gradient)]
fn types(x: &[f64; 2]) -> f64 {
    let b = PAIR.0;
    let c = *x == [1.0, 2.0];
    let d = if c { 1.0 } else { 2.0 };
    let e = [1, 2][0];
    b + d + f64::from(e) + x[0]
}

#[gradgen(gradient)]
fn length(x: f64, n: usize) -> f64 {
    x * TABLE[n]
}

#[gradgen(gradient)]
fn effects(x: &[f64; 2]) -> f64 {
    let mut a = [x[0], x[1]];
    let y = a[{
        a[0] = 5.0;
        0
    }];
    let mut i = 0;
    a[{
        i += 1;
        i
    }] += &(i as f64);
    a[0] * y
}

fn main() {
    let _ = everything_grad(&[1.0; 3], 1, 2);
    let _ = everything_jvp(&[1.0; 3], 1, 2, &[1.0; 3]);
    let _ = everything_vjp(&[1.0; 3], 1, 2, 1.0);
    let _ = everything_hvp(&[1.0; 3], 1, 2, &[1.0; 3]);
    let _ = methods_grad(1.0, 1, true);
    let _ = types_grad(&[1.0, 2.0]);
    let _ = length_grad(1.0, 1);
    let _ = effects_grad(&[1.0, 2.0]);
}

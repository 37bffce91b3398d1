//! Functions over any float.
use gradgen::gradgen;
use num_traits::float::FloatCore;
use num_traits::{Float, FromPrimitive, NumCast, Zero};

/// A bundle of bounds, which could have methods of its own.
trait Number: Float {}

impl<T: Float> Number for T {}

/// Methods for every float.
trait Extension {
    fn exp(self) -> Self;
    fn golden() -> Self;
}

impl<T: FloatCore> Extension for T {
    fn exp(self) -> Self {
        self
    }

    fn golden() -> Self {
        T::one()
    }
}

#[gradgen(gradient)]
fn two<T: Float, U: Float>(x: T, y: U) -> T {
    x * T::from(y).unwrap()
}

#[gradgen(gradient)]
fn leaves<T: Float + Into<f64>>(x: T) -> T {
    T::from(x.into()).unwrap()
}

#[gradgen(gradient)]
fn bundled<T: Number>(x: T) -> T
where
    T: num_traits::AsPrimitive<f64>,
{
    x.sin()
}

#[gradgen(gradient)]
fn anonymous(x: impl Float) -> f64 {
    x.to_f64().unwrap()
}

#[gradgen(gradient)]
fn mixed<T: Float>(x: T, y: f64) -> T {
    x * T::from(y).unwrap()
}

#[gradgen(gradient)]
fn unused<T: Float>(x: f64) -> f64 {
    let _ = T::one();
    x
}

#[gradgen(gradient)]
fn clause(x: f64) -> f64
where
    f64: Float,
{
    x
}

#[gradgen(gradient)]
fn object<T: Float>(x: T, f: &dyn Fn(T) -> T) -> T {
    f(x)
}

#[gradgen(gradient)]
fn literals<T: Float>(x: T) -> T {
    let half = 0.5;
    let third: f64 = T::from(3).unwrap().recip().to_f64().unwrap();
    x * T::from(half).unwrap() + T::from(third).unwrap()
}

#[gradgen(gradient)]
fn options<T: Float + FromPrimitive>(x: T, n: usize) -> T {
    let a = T::from(2.0);
    let b = T::from_usize(n);
    let c = x.to_usize();
    let d: Option<T> = NumCast::from(1);
    let e = T::from(n as f32).unwrap();
    x * a.unwrap() * b.unwrap() * d.unwrap() * e * T::from(c.unwrap()).unwrap()
}

#[gradgen(gradient)]
fn run_time<T: Float>(x: T, n: usize) -> T {
    let width = 1.0 / n as f64;
    x * T::from(width).unwrap()
}

#[gradgen(gradient)]
fn bits<T: Float>(x: T) -> T {
    let (mantissa, _, _) = x.integer_decode();
    T::from(mantissa).unwrap()
}

#[gradgen(gradient)]
fn extended<T: FloatCore>(x: T) -> T {
    x.exp() + T::exp(x) * T::golden()
}

#[gradgen(gradient)]
fn plain(x: f64) -> f64 {
    let y: f64 = x + f64::zero();
    y.is_zero();
    y
}

#[gradgen(gradient)]
fn lifetime<'a, T: Float>(x: &'a T) -> T
where
    &'a T: std::ops::Mul<&'a T, Output = T>,
{
    x * x
}

#[gradgen]
fn callee<T: Float>(x: T) -> T {
    x
}

#[gradgen(gradient)]
fn caller(x: f64) -> f64 {
    x + callee::<f32>(1.0) as f64
}

fn main() {
    literals_grad(1.0_f32);
    let _: Result<f64, gradgen::Error> = extended_grad_into(1.0, &mut 0.0, &mut []).map(|()| 1.0);
}

//! Functions over any float.

use gradgen::gradgen;
use num_traits::{Float, FloatConst};

/// With a tape as long as the input.
#[gradgen(gradient, hvp)]
pub fn chain<T: Float>(x: &[T], y: &[T]) -> T {
    let mut state = T::one();
    for i in 0..x.len().min(y.len()) {
        state = (state * x[i] + y[i] * T::from(0.1).unwrap()).tanh();
    }
    state
}

/// Beside a const generic.
#[gradgen(gradient, hvp)]
pub fn swing<T: Float + FloatConst, const N: usize>(x: &[T; N]) -> T {
    let mut y = *x;
    for i in 1..N {
        y[i] = y[i] + (y[i - 1] * T::PI()).sin() / T::from(i).unwrap();
    }
    y.iter().fold(T::zero(), |sum, &y| sum + y * y)
}

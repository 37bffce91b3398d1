//! Traits that are called like those of `num_traits`.
use gradgen::gradgen;

/// What this computes, nobody knows.
trait Float: Copy + std::ops::Mul<Output = Self> {
    fn exp(self) -> Self;
}

impl Float for f64 {
    fn exp(self) -> Self {
        self
    }
}

#[gradgen(gradient)]
fn own<T: Float>(x: T) -> T {
    x.exp()
}

#[gradgen(gradient)]
fn by_path(x: f64) -> f64 {
    Float::exp(x)
}

fn main() {
    own_grad(1.0);
    by_path_grad(1.0);
}

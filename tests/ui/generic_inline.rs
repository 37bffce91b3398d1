//! Generic functions that are run where they are called: what their methods mean, their bounds say.

/// What this computes, nobody knows.
trait Odd: Copy {
    fn exp(self) -> Self;
}

impl Odd for f64 {
    fn exp(self) -> Self {
        self
    }
}

#[gradgen::module]
mod kernels {
    use super::Odd;
    use gradgen::gradgen;
    use num_traits::Float;

    fn odd<T: Odd>(x: T) -> T {
        x.exp()
    }

    fn bare<T: Copy + Odd>(x: T) -> T {
        T::exp(x)
    }

    fn two<T: Float, U: Float>(x: T, y: U) -> T {
        x.exp() * T::from(y).unwrap()
    }

    #[gradgen(gradient)]
    pub fn calls(x: f64) -> f64 {
        fn unbound<T: std::ops::Add<Output = T> + Copy + Odd>(x: T) -> T {
            x + x.exp()
        }
        odd(x) + bare(x) + two(x, 1.0) + unbound(x)
    }
}

fn main() {
    kernels::calls_grad(1.0);
}

//! Modules that see generic functions, and run them where they are called.

#[gradgen::module]
mod modules {

    use gradgen::gradgen;
    use num_traits::{Float, FloatConst, Num};

    const SHARE: f64 = 0.3;
    const TABLE: [f64; 4] = [0.1, -1.7, 2.3, 0.7];
    const PAIRS: [[f64; 2]; 2] = [[0.1, 0.2], [1.1, -0.3]];

    /// A bundle of bounds.
    pub(super) trait Number: Float + Constants {}

    pub(super) trait Constants: FloatConst {}

    impl<T: FloatConst> Constants for T {}

    impl<T: Float + Constants> Number for T {}

    fn bump<T: Number>(x: T, y: T) -> T {
        let third = T::from(1.0 / 3.0).unwrap();
        (x * third).sin() * T::from(SHARE).unwrap() + y.powi(2) / T::PI()
    }

    fn norm<T, const N: usize>(x: &[T; N]) -> T
    where
        T: Float,
    {
        x.iter().fold(T::zero(), |sum, &v| sum + v * v).sqrt()
    }

    fn product<T: Num + Copy, F: Fn(T) -> T>(x: T, y: T, f: F) -> T {
        f(x) * f(y) + <T>::one()
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub(super) fn in_f64(x: &[f64; 3]) -> f64 {
        bump(x[0], x[1]) * norm(x)
            + product(x[1], x[2], |v| v * 0.1)
            + <f64>::sin(x[0])
            + <f64 as Float>::exp(x[1])
            + Float::cos(x[2])
            + <f64>::EPSILON
            + f64::from(2)
            + <f64 as FloatConst>::PI()
            + x.iter().map(|v| v * v).map(<f64>::sqrt).fold(0.0, f64::max)
    }

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    pub(super) fn of_any<T: Number>(x: &[T; 3]) -> T {
        bump(x[0], x[1]) * norm(x)
            + product(x[1], x[2], |v| v * T::from(0.1).unwrap())
            + polynomial(x[0]) * lit(0.3)
    }

    fn lit<F: Float>(number: f64) -> F {
        F::from(number).unwrap()
    }

    /// With tables of numbers.
    fn polynomial<T: Float>(x: T) -> T {
        let mut sum = T::zero();
        for i in 0..TABLE.len() {
            sum = sum * x + T::from(TABLE[i]).unwrap();
        }
        for coefficient in TABLE.iter().rev() {
            sum = sum * x + T::from(*coefficient).unwrap();
        }
        sum + PAIRS.iter().fold(T::zero(), |s, pair| s + T::from(pair[0]).unwrap() * x * lit(pair[1]))
    }

    #[gradgen(gradient(x))]
    pub(super) fn in_f32(x: &[f32; 3]) -> f32 {
        bump(x[0], x[1]) * norm(x) + product(x[1], x[2], |v: f32| v * 0.1) + polynomial(x[0]) * 0.3
    }

    mod differences {
        use super::*;
        crate::against_differences!(in_f64);
    }

    mod floats {
        use super::*;
        crate::generic::in_both_types!(of_any);
    }

    #[test]
    fn a_generic_function_is_run_in_f32() {
        let x = [0.7_f32, -0.4, 1.3];
        assert_eq!(in_f32(&x).to_bits(), of_any(&x).to_bits());
        let mut value = 0.0;
        in_f32_into(&x, &mut value, &mut []).expect("nothing is refused");
        assert_eq!(value.to_bits(), in_f32(&x).to_bits());
        assert_eq!(in_f32_grad(&x), of_any_grad(&x));
    }
}

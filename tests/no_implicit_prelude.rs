//! Generated code where nothing is in scope.
#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings)]

mod kernels {
    #[::gradgen::gradgen(gradient, hessian, jvp, vjp, hvp, bundle(f, grad(*)), default(flag = true))]
    fn scalar(x: &[f64; 2], w: f64, k: usize, n: i32, flag: bool) -> f64 {
        let mut s = if flag { x[0].sin() } else { x[1].powi(n) };
        for i in 0..3 {
            s += x[k] * w * i as f64;
        }
        s.max(w) + vector(x, [w, 2.0]).abs()
    }

    #[::gradgen::gradgen]
    fn vector(x: &[f64; 2], y: [f64; 2]) -> f64 {
        x[0] * y[1] + x[1] * y[0]
    }

    #[::gradgen::gradgen(jacobian, jvp, vjp)]
    fn several(x: f32, state: &mut [f32; 2]) -> (f32, [[f32; 1]; 2]) {
        state[0] += x;
        state[1] = x.exp();
        (x.tanh(), [[x], [state[0]]])
    }

    #[::gradgen::gradgen(gradient, hessian, jvp, vjp, hvp, bundle(f, grad(*)))]
    fn generic<T: ::num_traits::Float, const N: usize>(x: &[T; N], w: T, k: usize) -> T {
        let mut s = T::zero();
        for i in 0..N {
            s = s * x[k].sin() + w * generic_part(x[i]) + T::one();
        }
        s.powi(3)
    }

    #[::gradgen::gradgen(gradient)]
    fn generic_part<T: ::num_traits::Float>(x: T) -> T {
        x.exp() + ::num_traits::Float::abs(x)
    }

    #[test]
    fn generic_derivatives() {
        let gradient = generic_grad_x(&[1.0_f32, 2.0], 3.0, 1);
        ::std::assert!(::core::result::Result::is_ok(&gradient));
        ::std::assert!(::core::result::Result::is_err(&generic_grad_w(&[1.0, 2.0], 3.0, 2)));
        ::std::assert_eq!(generic_part_grad(0.5), 0.5_f64.exp() + 1.0);
    }

    #[test]
    fn derivatives() {
        let gradient = scalar_grad_x(&[1.0, 2.0], 3.0, 1, 2, true);
        ::std::assert!(::core::result::Result::is_ok(&gradient));
        ::std::assert!(::core::result::Result::is_err(&scalar_grad_x(&[1.0, 2.0], 3.0, 2, 2, true)));
        ::std::assert_eq!(several_jf_x(2.0, &[1.0, 1.0]).1, [[1.0], [1.0]]);
        ::std::assert_eq!(several(0.0, &mut [1.0, 1.0]).0, scalar(&[0.0, 0.0], 0.0, 0, 0, true) as f32);
    }
}

//! The functions of `gradgen::math`: by any import and by their path, against differences and against numbers
//! of 30 digits by mpmath 1.3.

use gradgen::gradgen;

/// Through a companion, through an import.
mod importing {
    use gradgen::gradgen;
    use gradgen::math::{self, erf, normal_cdf as below};

    #[gradgen(gradient, hessian)]
    pub(super) fn imported(x: &[f64; 2]) -> f64 {
        erf(x[0] * x[1]) + below(x[0]) * math::sinc(x[1])
    }
}

use importing::{imported, imported_grad, imported_hessian};

/// In place.
#[gradgen(gradient, hessian)]
fn by_path(x: &[f64; 2]) -> f64 {
    gradgen::math::erf(x[0] * x[1]) + gradgen::math::normal_cdf(x[0]) * ::gradgen::math::sinc(x[1])
}

#[gradgen(gradient, hessian)]
fn in_f32(x: &[f32; 2]) -> f32 {
    gradgen::math::erf(x[0] * x[1]) + gradgen::math::normal_cdf(x[0]) * gradgen::math::sinc(x[1])
}

#[gradgen::module]
mod kernels {
    use gradgen::gradgen;
    use gradgen::math::{erf, normal_cdf as below, sinc};

    #[gradgen(gradient, hessian)]
    pub(super) fn in_module(x: &[f64; 2]) -> f64 {
        erf(x[0] * x[1]) + below(x[0]) * sinc(x[1])
    }
}

#[test]
fn every_import_gives_the_same() {
    let x = [0.7, -0.4];
    assert_eq!(imported(&x), by_path(&x));
    assert_eq!(imported_grad(&x), by_path_grad(&x));
    assert_eq!(imported_hessian(&x), by_path_hessian(&x));
    assert_eq!(kernels::in_module_grad(&x), by_path_grad(&x));
    assert_eq!(kernels::in_module_hessian(&x), by_path_hessian(&x));
    for (wide, narrow) in by_path_grad(&x).iter().zip(in_f32_grad(&[0.7, -0.4])) {
        assert!((wide - f64::from(narrow)).abs() < 1e-6);
    }
}

//! Functions of another crate, gradgen under other names, a macro of another crate.

use gradgen as renamed;
use hygiene_strict::kernels::{elementary, squared, squared_grad};

use crate::assert_slope;

mod facade {
    pub(super) mod inner {
        pub(crate) use gradgen as derivatives;
    }
}

#[renamed::gradgen(gradient, crate = renamed)]
fn by_another_name(x: f64) -> f64 {
    x.sin() * x
}

#[facade::inner::derivatives::gradgen(gradient, crate = crate::crates::facade::inner::derivatives)]
fn by_a_path(x: f64) -> f64 {
    x.cos() * x
}

#[hygiene_strict::derivatives::gradgen(gradient, hessian, crate = ::hygiene_strict::derivatives)]
fn through_another_crate(x: f64) -> f64 {
    elementary(x, 0.5) * squared(x) + hygiene_strict::kernels::caller(x)
}

hygiene_strict::differentiable! {
    #[allow(dead_code, reason = "tested")]
    pub(crate) fn cubed(x) = x * x * x + if x > 0.0 { x } else { 0.0 }
}

#[test]
fn other_crates() {
    let x = 0.625;
    assert_slope(by_another_name_grad(x), x, by_another_name);
    assert_slope(by_a_path_grad(x), x, by_a_path);
    assert_slope(through_another_crate_grad(x), x, through_another_crate);
    assert_slope(through_another_crate_hessian(x), x, through_another_crate_grad);
    assert_slope(squared_grad(x), x, squared);
    assert_slope(cubed_grad(x), x, cubed);
}

#[test]
fn derivatives_of_ones_own() {
    use hygiene_strict::kernels::{
        of_squares_grad, of_squares_hessian, sum_of_squares_check, sum_of_squares_hessian_x,
    };
    sum_of_squares_check(&[1.0, 2.0, -0.5], 0.75, 1).expect("what is given is right");
    assert_eq!(sum_of_squares_hessian_x(&[1.0, 2.0], 2.0, 1), [[4.0, 0.0], [0.0, 4.0]]);
    // x³ y + x y³
    assert_eq!(of_squares_grad(&[1.0, 2.0]), [14.0, 13.0]);
    assert_eq!(of_squares_hessian(&[1.0, 2.0]), [[12.0, 15.0], [15.0, 12.0]]);
}

//! `stop_gradient`: the value as it is, and no derivative, at first and second order, whatever it is
//! imported as.

use gradgen::{gradgen, stop_gradient, stop_gradient as held};

use crate::{POINTS, assert_close, assert_same_bits};

/// What stays where it is: derivatives are those of the function by its first argument.
#[gradgen(gradient(x), hessian(x), hvp(x), jvp(x), vjp(x), bundle(f, grad(x)))]
fn apart(x: &[f64; 3], fixed: &[f64; 3]) -> f64 {
    let mut sum = x[0] * fixed[1].exp() + x[1] * x[1] * fixed[0];
    for i in 0..8 {
        sum = sum * 0.5 + (x[2] * fixed[2]).sin() * x[i % 3] * fixed[(i + 1) % 3];
    }
    sum
}

macro_rules! stopped {
    ($name:ident, |$x:ident| $body:block) => {
        #[gradgen::gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x)))]
        pub(super) fn $name($x: &[f64; 3]) -> f64 $body
    };
}

mod without_an_import {
    stopped!(by_path, |x| {
        let fixed = gradgen::stop_gradient(*x);
        let mut sum = x[0] * fixed[1].exp() + x[1] * x[1] * fixed[0];
        for i in 0..8 {
            sum = sum * 0.5 + (x[2] * fixed[2]).sin() * x[i % 3] * fixed[(i + 1) % 3];
        }
        sum
    });
}

use without_an_import::{
    by_path, by_path_f_grad, by_path_grad, by_path_hessian, by_path_hvp, by_path_jvp, by_path_vjp,
};

stopped!(by_name, |x| {
    let mut sum = x[0] * stop_gradient(x[1].exp()) + x[1] * x[1] * stop_gradient(x[0]);
    let fixed = stop_gradient(x);
    for i in 0..8 {
        sum = sum * 0.5 + (x[2] * fixed[2]).sin() * x[i % 3] * stop_gradient(x[(i + 1) % 3]);
    }
    sum
});

stopped!(by_another_name, |x| {
    let mut sum = x[0] * held(x[1]).exp() + x[1] * x[1] * held(x[0]);
    let fixed: [f64; 3] = held(*x);
    for i in 0..8 {
        sum = sum * 0.5 + (x[2] * fixed[2]).sin() * x[i % 3] * held(x[(i + 1) % 3]);
    }
    sum
});

#[gradgen]
fn callee(x: f64, y: f64) -> f64 {
    x * stop_gradient(y)
}

stopped!(by_a_callee, |x| {
    let mut sum = callee(x[0], x[1].exp()) + callee(x[1] * x[1], x[0]);
    let mut fixed = [0.0; 3];
    for i in 0..3 {
        fixed[i] = callee(1.0, x[i]);
    }
    for i in 0..8 {
        sum = sum * 0.5 + callee((x[2] * fixed[2]).sin() * x[i % 3], x[(i + 1) % 3]);
    }
    sum
});

stopped!(written_to, |x| {
    let mut fixed = stop_gradient([x[0], x[1], 0.0]);
    fixed[2] = stop_gradient(x[2]);
    let mut sum = x[0] * fixed[1].exp() + x[1] * x[1] * fixed[0];
    for i in 0..8 {
        let weight = if i > 2 {
            fixed[(i + 1) % 3]
        } else {
            stop_gradient(if i == 0 { x[1] } else { x[(i + 1) % 3] })
        };
        sum = sum * 0.5 + (x[2] * fixed[2]).sin() * x[i % 3] * weight;
    }
    sum
});

macro_rules! alike {
    ($($name:ident),*) => {
        $(
            #[test]
            fn $name() {
                pastey::paste! {
                    for x in POINTS {
                        let v = [0.3, -0.7, 1.1];
                        let close = |a: [f64; 3], b: [f64; 3]| a.iter().zip(b).for_each(|(a, b)| assert_close(*a, b));
                        assert_same_bits(super::$name(&x), super::apart(&x, &x));
                        close(super::[<$name _grad>](&x), super::apart_grad_x(&x, &x));
                        close(super::[<$name _vjp>](&x, 1.0), super::apart_grad_x(&x, &x));
                        close(super::[<$name _f_grad>](&x).1, super::apart_grad_x(&x, &x));
                        assert_close(super::[<$name _jvp>](&x, &v), super::apart_jvp_x(&x, &x, &v));
                        close(super::[<$name _hvp>](&x, &v), super::apart_hvp_x(&x, &x, &v));
                        let rows = super::[<$name _hessian>](&x).into_iter().zip(super::apart_hessian_x(&x, &x));
                        rows.for_each(|(a, b)| close(a, b));
                    }
                }
            }
        )*
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    alike!(by_path, by_name, by_another_name, by_a_callee, written_to);
}

/// The derivative of the callee by what stands still there is zero.
#[gradgen(gradient, hessian)]
fn nothing(x: &[f64; 2]) -> f64 {
    let mut y = stop_gradient(x[0]) * 2.0;
    for _ in 0..4 {
        y = stop_gradient(y.sin() + x[1]);
    }
    y
}

/// Where the function has no derivative, there is none to see.
#[gradgen(gradient, hessian)]
fn at_a_pole(x: f64) -> f64 {
    x + stop_gradient(x).sqrt() + stop_gradient(x.sqrt())
}

#[gradgen(gradient(x), jvp(x))]
fn of_slices(x: &[f32], y: &[f32]) -> f32 {
    let mut sum = 0.0;
    for i in 0..x.len() {
        sum += stop_gradient(x[i]) * x[i] * y[i];
    }
    sum
}

/// Another function of that name that is its own, in sight: it is the one that is called.
#[gradgen(gradient)]
fn one_of_its_own(x: f64) -> f64 {
    let stop_gradient = |x: f64| x * x;
    stop_gradient(x)
}

#[gradgen(gradient)]
fn an_integer(x: f64, k: usize) -> f64 {
    x * stop_gradient(k) as f64
}

#[test]
fn there_is_no_derivative() {
    assert_eq!((nothing_grad(&[1.0, 2.0]), nothing_hessian(&[1.0, 2.0])), ([0.0; 2], [[0.0; 2]; 2]));
    assert_eq!((at_a_pole_grad(0.0), at_a_pole_hessian(0.0)), (1.0, 0.0));
    let mut gradient = [0.0; 2];
    of_slices_grad_x_into(&[3.0, 4.0], &[1.0, 2.0], &mut gradient, &mut []).expect("a call");
    assert_eq!(gradient, [3.0, 8.0]);
    assert_eq!(one_of_its_own_grad(3.0), 6.0);
    assert_eq!(an_integer_grad(3.0, 4), 4.0);
}

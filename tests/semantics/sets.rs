//! Functions of vectors and distances to sets, of `gradgen::math`: by their path, imported, and on slices.
#![allow(unused_qualifications, reason = "what a path says is what is tested")]

use gradgen::math::{dot, half_squared_distance_to_simplex, log_sum_exp, quad_form, softmax};
use gradgen::{gradgen, math};

use crate::{against_differences, assert_close, assert_same_bits, difference};

macro_rules! functions {
    ($($(#[$attribute:meta])* fn $name:ident($x:ident) $body:block)*) => {
        $(
            $(#[$attribute])*
            #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
            fn $name($x: &[f64; 3]) -> f64 $body
        )*
        against_differences!($($name),*);
    };
}

functions! {
    fn by_path(x) {
        let w = [0.3, -0.7, 1.1];
        gradgen::math::dot(x, &w) * gradgen::math::norm2(x) + gradgen::math::mean(x) * gradgen::math::product(x)
            + gradgen::math::norm1(x) * gradgen::math::norm_inf(x) + gradgen::math::norm_p(x, 3.0)
            + gradgen::math::sum(&x[1..]) * gradgen::math::max(x) * gradgen::math::min(x)
    }

    fn imported(x) {
        let a = [[1.0, 0.2, -0.3], [0.5, 2.0, 0.1], [0.0, -0.4, 1.5]];
        let y = softmax(x);
        quad_form(x, &a) * y[0] + dot(x, &y) + log_sum_exp(x) * y[2]
    }

    fn in_place(x) {
        let a = [[1.0, 0.2, -0.3], [0.5, 2.0, 0.1]];
        let y: [f64; 3] = gradgen::math::log_softmax(x);
        let z: [f64; 2] = gradgen::math::mat_vec(&a, x);
        let c: [f64; 3] = gradgen::math::cross(x, &y);
        gradgen::math::bilinear_form(&z, &a, x) + c[0] * c[1] + gradgen::math::log_sum_exp(&y) * z[1]
    }

    fn distances(x) {
        gradgen::math::half_squared_distance_to_ball(x, 0.5)
            + gradgen::math::half_squared_distance_to_infinity_ball(x, 0.6)
            + gradgen::math::half_squared_distance_to_box(x, &[-0.5, f64::NEG_INFINITY, 0.0], &[0.5, 1.0, f64::INFINITY])
            + gradgen::math::half_squared_distance_to_halfspace(x, &[1.0, -2.0, 0.5], 0.3)
            + gradgen::math::half_squared_distance_to_second_order_cone(&x[..2], x[2])
            + half_squared_distance_to_simplex(x)
    }
}

/// The gradient of half a squared distance is the point less its projection.
#[gradgen(gradient)]
fn to_simplex(x: &[f64; 4]) -> f64 {
    math::half_squared_distance_to_simplex(x)
}

#[test]
fn gradients_are_what_a_projection_takes_away() {
    for x in [[0.9, -0.4, 0.7, 0.2], [0.25; 4], [3.0, 0.0, -1.0, 2.9], [-5.0, -6.0, -7.0, -4.0]] {
        let nearest = math::projection_to_simplex(&x);
        assert_close(nearest.iter().sum(), 1.0);
        assert!(nearest.iter().all(|v| *v >= 0.0));
        // No point of the simplex is nearer: a condition of first order at its corners.
        let away: Vec<f64> = x.iter().zip(nearest).map(|(a, b)| a - b).collect();
        let own: f64 = away.iter().zip(nearest).map(|(a, b)| a * b).sum();
        assert!(away.iter().all(|corner| *corner <= own + 1e-12), "{x:?}");
        for (slope, away) in to_simplex_grad(&x).into_iter().zip(away) {
            assert_close(slope, away);
        }
    }
}

#[gradgen(gradient(x), hvp(x))]
fn of_slices(x: &[f64], w: &[f64]) -> f64 {
    gradgen::math::log_sum_exp(x) * gradgen::math::dot(x, w) + gradgen::math::norm2_squared(&x[1..])
}

#[test]
fn slices_are_understood_by_path() {
    let (x, w) = ([0.3, -1.2, 0.8, 700.0], [0.5, 0.25, -1.0, 1e-3]);
    let gradient_at = |x: &[f64]| {
        let mut gradient = [f64::NAN; 4];
        of_slices_grad_x_into(x, &w, &mut gradient, &mut vec![0.0; of_slices_grad_x_workspace(4, 4)])
            .unwrap();
        gradient
    };
    let mut value = 0.0;
    of_slices_into(&x, &w, &mut value, &mut vec![0.0; of_slices_workspace(4, 4)]).unwrap();
    assert_same_bits(value, of_slices(&x, &w));
    for place in 0..4 {
        let along = |h: f64| {
            let mut x = x;
            x[place] += h;
            x
        };
        assert_close(gradient_at(&x)[place], difference(|h| of_slices(&along(h), &w)));
        let mut direction = [0.0; 4];
        direction[place] = 1.0;
        let mut product = [f64::NAN; 4];
        let mut work = vec![0.0; of_slices_hvp_x_workspace(4, 4)];
        of_slices_hvp_x_into(&x, &w, &direction, &mut product, &mut work).unwrap();
        for other in 0..4 {
            assert_close(product[other], difference(|h| gradient_at(&along(h))[other]));
        }
    }
}

#[gradgen(gradient)]
fn in_f32(x: &[f32; 3]) -> f32 {
    log_sum_exp(x) * gradgen::math::norm2(x) + gradgen::math::half_squared_distance_to_ball(x, 0.5)
}

#[test]
fn the_other_scalar_type_has_them_too() {
    let x = [0.3_f32, -1.2, 0.8];
    let gradient = in_f32_grad(&x);
    for place in 0..3 {
        let slope = difference(|h| {
            let mut y = x.map(f64::from);
            y[place] += h;
            let norm = y.iter().map(|v| v * v).sum::<f64>().sqrt();
            y.iter().map(|v| v.exp()).sum::<f64>().ln() * norm + 0.5 * (norm - 0.5) * (norm - 0.5)
        });
        assert!((f64::from(gradient[place]) - slope).abs() < 1e-5);
    }
}

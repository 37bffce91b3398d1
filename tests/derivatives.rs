//! Every kernel of the corpus: value, all derivatives in all forms, metadata.
//!
//! `cargo test --test derivatives rosenbrock` runs one of them.
#![allow(unreachable_pub, reason = "kernels are written as in a library")]

#[macro_use]
mod corpus;

use corpus::points::Points;

mod elementary {
    use super::*;

    kernel! {
        scalar elementary::trigonometric(x) -> (y),
        Points::within(-1.3, 1.3).and(&[0.0, 0.0, 0.0])
    }
    kernel! { vector elementary::trigonometric_paths(x) -> (y), Points::within(-1.3, 1.3) }
    kernel! { scalar elementary::sine_and_cosine(x) -> (y), Points::within(-3.0, 3.0).and(&[0.0]) }
    kernel! {
        scalar elementary::inverse_trigonometric(x) -> (y),
        Points::within(-0.9, 0.9).and(&[0.1, -0.1, 3.0, 2.0, -1.0]).and(&[0.2, 0.3, -2.0, -1.0, -0.5])
    }
    kernel! {
        vector elementary::inverse_trigonometric_paths(x) -> (y),
        Points::within(-0.9, 0.9).and(&[0.0, 0.0, 0.0, 1.0, 0.0]).and(&[0.5, -0.5, 9.0, 0.5, -2.0])
    }
    kernel! { scalar elementary::hyperbolic(x) -> (y), Points::within(-1.5, 1.5).and(&[0.0, 0.0, 0.0]) }
    kernel! { vector elementary::hyperbolic_paths(x) -> (y), Points::within(-0.9, 0.9) }
    kernel! {
        scalar elementary::inverse_hyperbolic(x) -> (y),
        Points::in_box(&[(-2.0, 2.0), (1.2, 3.0), (-0.9, 0.9)])
    }
    kernel! { scalar elementary::exponentials(x) -> (y), Points::within(-1.5, 1.5).and(&[0.0, 0.0, 0.0]) }
    kernel! { vector elementary::exponential_paths(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { scalar elementary::logarithms(x) -> (y), Points::within(1.5, 4.0) }
    kernel! { vector elementary::logarithm_paths(x) -> (y), Points::within(0.2, 4.0) }
    kernel! {
        scalar elementary::roots(x) -> (y),
        Points::in_box(&[(0.3, 3.0), (-3.0, -0.3), (0.4, 2.0), (-2.0, 2.0)]).and(&[1.0, 1.0, -1.0, 0.0])
    }
    kernel! {
        vector elementary::root_paths(x) -> (y),
        Points::within(0.3, 2.0).and(&[4.0, -8.0, -0.5, 0.0, -1.0])
    }
    kernel! {
        scalar elementary::powers(x) -> (y),
        Points::in_box(&[(-1.5, 1.5), (0.5, 2.0), (-2.0, 2.0)]).and(&[0.0, 1.0, 0.0])
    }
    kernel! { vector elementary::power_paths(x) -> (y), Points::within(0.3, 2.0).and(&[0.0, 1.0, 0.0]) }
    kernel! { scalar elementary::roundings(x) -> (y), Points::within(-3.0, 3.0) }
    kernel! { vector elementary::rounding_paths(x) -> (y), Points::within(-3.0, 3.0) }
    kernel! { scalar elementary::signs(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { vector elementary::sign_paths(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { scalar elementary::extremes(x) -> (y), Points::within(-1.6, 1.6) }
    kernel! { vector elementary::extreme_paths(x) -> (y), Points::within(-1.0, 1.0) }
    kernel! { scalar elementary::fused_and_degrees(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { vector elementary::fused_and_degrees_paths(x) -> (y), Points::within(-2.0, 2.0) }
}

mod arithmetic {
    use super::*;

    kernel! {
        [grad_x grad_y grad hessian_x hessian_y hessian_x_y hvp_x hvp_y hvp jvp vjp f_grad_hessian_hvp_x]
        arithmetic::rational(x, y) -> (y_), Points::within(-2.0, 2.0).and(&[0.0, 0.0])
    }
    kernel! { scalar arithmetic::compound(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { scalar arithmetic::shared(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { scalar arithmetic::remainders(x) -> (y), Points::in_box(&[(-3.0, 3.0), (0.6, 2.0)]) }
    kernel! { scalar arithmetic::negations(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { scalar arithmetic::ring(x) -> (y), Points::within(-1.0, 1.0) }
    kernel! { vector arithmetic::strided(x) -> (y), Points::within(-1.0, 1.0) }
    kernel! { scalar arithmetic::hanging_masses(x) -> (y), Points::within(-1.0, 1.0) }
    kernel! {
        [grad_x grad_level grad hessian_x hessian_level hessian_x_level hvp jvp vjp f_grad_hessian_hvp_x]
        arithmetic::mostly_zero(x, level) -> (y), Points::within(-1.0, 1.0)
    }
}

mod branches {
    use super::*;

    kernel! {
        scalar branches::piecewise(x) -> (y),
        Points::within(-2.0, 2.0).and(&[-1.5]).and(&[0.0]).and(&[1.0])
    }
    kernel! {
        [
            grad_residual grad_delta grad hessian_residual hessian_delta hessian_residual_delta
            hvp_residual hvp_delta hvp jvp vjp f_grad_hessian_hvp_residual
        ]
        branches::huber(residual, delta) -> (y),
        Points::in_box(&[(-2.0, 2.0), (0.5, 1.5)]).and(&[0.2, 1.0]).and(&[-3.0, 1.0]).and(&[3.0, 1.0])
    }
    kernel! {
        scalar branches::quadrants(x) -> (y),
        Points::within(-1.0, 1.0)
            .and(&[0.3, 0.4])
            .and(&[1.3, 0.4])
            .and(&[-1.3, -0.4])
            .and(&[-0.3, 0.2])
            .and(&[-0.3, 0.7])
            .and(&[0.3, -0.7])
    }
    kernel! {
        scalar branches::adjusted(x) -> (y),
        Points::within(-2.0, 2.0).and(&[1.0, 1.0, 0.5]).and(&[1.0, -1.0, 0.5])
    }
    kernel! {
        scalar branches::ordered(x) -> (y),
        Points::within(-2.0, 2.0).and(&[1.0, 2.0]).and(&[2.0, 1.0])
    }
    kernel! {
        vector branches::reflected(x) -> (y),
        Points::within(-2.0, 2.0).and(&[1.0, 2.0, 3.0]).and(&[2.0, 1.0, -3.0])
    }
    kernel! {
        scalar branches::compared(x) -> (y),
        Points::within(-2.0, 2.0).and(&[0.75, 0.1]).and(&[-0.5, 1.0])
    }
    kernel! { scalar branches::blocks(x) -> (y), Points::within(-1.0, 1.0) }
    kernel! { scalar branches::rectified(x) -> (y), Points::within(-1.0, 1.0) }
    kernel! { vector branches::soft_clamp(x) -> (y), Points::within(-3.0, 3.0) }
}

mod lengths {
    use super::*;

    kernel! { scalar lengths::repeated(x) -> (y), Points::within(-1.5, 1.5) }
    kernel! {
        [
            grad_x grad_scale grad hessian_x hessian_scale hessian_x_scale hvp_x hvp_scale hvp
            jvp_x jvp_scale jvp vjp_x vjp_scale vjp f_grad_hessian_hvp_x
        ]
        lengths::passed_on(x, scale) -> (y), Points::within(-1.0, 1.0)
    }
    kernel! {
        scalar lengths::chosen(x) -> (y),
        Points::within(-1.0, 1.0)
            .and(&[0.5, 0.4, 0.3])
            .and(&[0.5, 0.3, 0.4])
            .and(&[-0.5, 0.4, 0.3])
            .and(&[-0.5, 0.3, 0.4])
    }
    kernel! { scalar lengths::by_rows(m) -> (y), Points::within(-1.0, 1.0) }
    kernel! {
        [jf_x jf_w jf jvp_x jvp_w jvp vjp_x vjp_w vjp f_jf_jvp_vjp_x]
        lengths::filled(x, w) -> (wide, same, nothing), Points::within(-1.0, 1.0)
    }
}

mod loops {
    use super::*;

    kernel! {
        [
            grad_c grad_x grad hessian_c hessian_x hessian_c_x hvp_c hvp_x hvp
            jvp_c jvp_x jvp vjp_c vjp_x vjp f_grad_hessian_hvp_x
        ]
        loops::horner(c, x) -> (y), Points::within(-1.2, 1.2).and(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0])
    }
    kernel! { scalar loops::exponential_series(x) -> (y), Points::within(-2.0, 2.0).and(&[0.0]) }
    kernel! {
        [jf_a jf_x jf jvp vjp f_jf_jvp_vjp_x]
        loops::matrix_vector(a, x) -> (y), Points::within(-2.0, 2.0)
    }
    kernel! { scalar loops::pair_energy(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { scalar loops::babylonian(a) -> (y), Points::within(0.5, 5.0) }
    kernel! {
        [
            grad_start grad_rate grad hessian_start hessian_rate hessian_start_rate hvp jvp vjp
            f_grad_hessian_hvp_rate
        ]
        loops::logistic_map(start, rate) -> (y), Points::in_box(&[(0.1, 0.9), (0.5, 2.5)])
    }
    kernel! {
        [jf_a jf_b jf jvp_a jvp_b jvp vjp_a vjp_b vjp f_jf_jvp_vjp_a]
        loops::convolution(a, b) -> (y), Points::within(-2.0, 2.0)
    }
    kernel! { scalar loops::two_passes(x) -> (y), Points::within(-1.5, 1.5) }
    kernel! { scalar loops::ranges(x) -> (y), Points::within(-1.2, 1.2) }
}

mod mutation {
    use super::*;

    kernel! { scalar mutation::shadowed(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { scalar mutation::fibonacci(x) -> (y), Points::within(-1.0, 1.0) }
    kernel! { vector mutation::running_product(x) -> (y), Points::within(-1.5, 1.5) }
    kernel! { vector mutation::sorted(x) -> (y), Points::within(-2.0, 2.0).and(&[4.0, 3.0, 2.0, 1.0]) }
    kernel! {
        [grad_x grad_w grad hessian_x hessian_w hessian_x_w hvp jvp vjp f_grad_hessian_hvp_x]
        mutation::consumed(x, w) -> (y), Points::within(-0.8, 0.8)
    }
    kernel! { scalar mutation::overwritten(x) -> (y), Points::within(-1.5, 1.5) }
    kernel! { scalar mutation::copies(x) -> (y), Points::within(-1.5, 1.5) }
    kernel! { vector mutation::exchanged(x) -> (y), Points::within(-1.5, 1.5) }
}

mod arrays {
    use super::*;

    kernel! { scalar arrays::literals(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { scalar arrays::apart(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { vector arrays::transposed_square(a) -> (y), Points::within(-2.0, 2.0) }
    kernel! { vector arrays::rotated_rows(a) -> (y), Points::within(-2.0, 2.0) }
    kernel! {
        [jf_a jf_b jf jvp vjp f_jf_jvp_vjp_a]
        arrays::matrix_product(a, b) -> (y), Points::within(-2.0, 2.0)
    }
    kernel! { scalar arrays::contracted(t) -> (y), Points::within(-2.0, 2.0) }
    kernel! {
        [
            grad_m grad_scale grad hessian_m hessian_scale hessian_m_scale hvp_m hvp_scale hvp
            jvp_m jvp_scale jvp vjp_m vjp_scale vjp f_grad_hessian_hvp_m
        ]
        arrays::scaled_form(m, scale) -> (y), Points::within(-2.0, 2.0)
    }
    kernel! {
        [
            grad_a_b grad_c_d grad hessian_a_b hessian_c_d hessian_a_b_c_d hvp jvp vjp
            f_grad_hessian_hvp_c_d
        ]
        arrays::by_pattern(a_b, c_d) -> (y), Points::within(-1.5, 1.5)
    }
}

mod outputs {
    use super::*;
    use corpus::kernels::outputs;

    kernel! {
        [jf_x jf_w jf jvp_x jvp_w jvp vjp_x vjp_w vjp f_jf_jvp_vjp_x]
        outputs::pair(x, w) -> (cost, state), Points::within(-2.0, 2.0)
    }
    kernel! { vector outputs::three_shapes(x) -> (y0, y1, y2), Points::within(0.2, 2.0) }
    kernel! { vector outputs::rotation(angle) -> (rotation), Points::within(-3.0, 3.0) }
    kernel! {
        vector outputs::written(x) -> (y), Points::within(-2.0, 2.0),
        via |x: &[f64; 3]| {
            let mut y = [f64::NAN; 2];
            outputs::written(x, &mut y);
            y
        }
    }
    kernel! {
        vector outputs::normalised(x) -> (norm, unit), Points::within(0.2, 2.0),
        via |x: &[f64; 3]| {
            let mut unit = [f64::NAN; 3];
            let norm = outputs::normalised(x, &mut unit);
            (norm, unit)
        }
    }
    kernel! {
        [jf jvp vjp]
        outputs::relaxed(state, rate) -> (state_out), Points::within(-2.0, 2.0),
        via |state: &[f64; 3], rate: f64| {
            let mut state = *state;
            outputs::relaxed(&mut state, rate);
            state
        }
    }
    kernel! {
        [jf_x jf_total jf jvp vjp f_jf_jvp_vjp_x]
        outputs::accumulated(x, total) -> (total_out), Points::within(-2.0, 2.0),
        via |x: &[f64; 2], total: &f64| {
            let mut total = *total;
            outputs::accumulated(x, &mut total);
            total
        }
    }
    kernel! {
        [jf_x jvp vjp]
        outputs::partly(x, y) -> (y_out), Points::within(-1.0, 1.0),
        via |x: &[f64; 2], y: &[f64; 3]| {
            let mut y = *y;
            outputs::partly(x, &mut y);
            y
        }
    }
    kernel! {
        vector outputs::by_either(x) -> (y), Points::within(-1.0, 1.0),
        via |x: &[f64; 2]| {
            let mut y = [f64::NAN; 2];
            outputs::by_either(x, &mut y);
            y
        }
    }
}

mod calls {
    use super::*;

    kernel! {
        [
            grad_x grad_w grad hessian_x hessian_w hessian_x_w hvp_x hvp_w hvp
            jvp_x jvp_w jvp vjp_x vjp_w vjp f_grad_hessian_hvp_x
        ]
        calls::through(x, w) -> (y), Points::within(-1.5, 1.5)
    }
    kernel! { scalar calls::deeper(x) -> (y), Points::within(-1.2, 1.2) }
    kernel! {
        scalar calls::in_polar(x, degrees) -> (y),
        Points::within(0.3, 1.5).and(&[-1.0, 0.5]).and(&[-1.0, -0.5]).with_parameters(&[&[0], &[1]])
    }
    kernel! { scalar calls::across_modules(x) -> (y), Points::within(-1.2, 1.2) }
    kernel! { vector calls::iterated(x) -> (y), Points::within(-1.0, 1.0) }
    kernel! {
        scalar calls::called_sometimes(x) -> (y),
        Points::within(-1.0, 1.0).and(&[1.0, 0.0]).and(&[0.0, 1.0])
    }
}

mod parameters {
    use super::*;

    kernel! {
        [grad_x grad_w grad hessian_x hessian_w hessian_x_w hvp jvp vjp f_grad_hessian_hvp_x]
        parameters::weighted(x, w, power) -> (cost),
        Points::in_box(&[(-1.0, 2.0), (0.5, 1.5), (-2.0, 2.0)])
            .with_parameters(&[&[0], &[1], &[2], &[3], &[-2]])
    }
    kernel! {
        scalar parameters::casts(x, n, count) -> (y),
        Points::within(0.5, 2.0).with_parameters(&[&[0, 0], &[-1, 1], &[4, 6], &[5, 7]])
    }
    kernel! {
        scalar parameters::partial_sum(x, count) -> (y),
        Points::within(-2.0, 2.0).with_parameters(&[&[0], &[1], &[3], &[4], &[9]])
    }
    kernel! {
        vector parameters::switched(x, mirrored, clipped) -> (y),
        Points::within(-1.0, 1.0).and(&[1.5, 1.5]).with_parameters(&[&[0, 0], &[0, 1], &[1, 0], &[1, 1]])
    }
    kernel! {
        scalar parameters::picked(x, at) -> (y),
        Points::within(-2.0, 2.0).with_parameters(&[&[0], &[1], &[2], &[3]])
    }
    kernel! {
        scalar parameters::shares(x, parts) -> (y),
        Points::within(-1.0, 1.0).with_parameters(&[&[1], &[4], &[5], &[13]])
    }
}

mod single {
    use super::*;

    kernel! {
        [grad hessian hvp jvp vjp f_grad_hessian_hvp] f32 single::ripple(x) -> (y),
        Points::within(-1.5, 1.5)
    }
    kernel! {
        [grad_x grad_w grad hessian_x hessian_w hessian_x_w hvp jvp vjp f_grad_hessian_hvp_x]
        f32 single::neuron(x, w, steps) -> (y), Points::within(-0.7, 0.7).with_parameters(&[&[1], &[2]])
    }
    kernel! { [jf jvp vjp f_jf_jvp_vjp] f32 single::two_links(angles) -> (y), Points::within(-1.5, 1.5) }
    kernel! {
        [grad hessian hvp jvp vjp f_grad_hessian_hvp]
        f32 single::drag(x) -> (y), Points::within(-2.0, 2.0).and(&[0.25]).and(&[-1.0])
    }
}

mod mechanics {
    use super::*;

    kernel! {
        [jf_x jf_torque jf jvp_x jvp_torque jvp vjp_x vjp_torque vjp f_jf_jvp_vjp_x]
        mechanics::pendulum_step(x, torque) -> (next), Points::within(-2.0, 2.0)
    }
    kernel! {
        [jf_x jf_damping jf jvp_x jvp_damping jvp vjp_x vjp_damping vjp f_jf_jvp_vjp_x]
        mechanics::runge_kutta_step(x, damping) -> (y), Points::within(-1.5, 1.5)
    }
    kernel! {
        [
            grad_x grad_damping grad hessian_x hessian_damping hessian_x_damping hvp_x hvp_damping hvp
            jvp vjp f_grad_hessian_hvp_x
        ]
        mechanics::oscillation(x, damping) -> (y), Points::within(-1.5, 1.5)
    }
    kernel! {
        [jf_attitude jf_rotors jf jvp vjp f_jf_jvp_vjp_attitude]
        mechanics::quadrotor(attitude, rotors, drag) -> (y),
        Points::within(-1.0, 1.0).with_parameters(&[&[0], &[1]])
    }
    kernel! { vector mechanics::link_transform(q) -> (transform), Points::within(-2.0, 2.0) }
    kernel! {
        [
            grad_mean grad_eccentricity grad hessian_mean hessian_eccentricity
            hessian_mean_eccentricity hvp_mean hvp_eccentricity hvp jvp vjp f_grad_hessian_hvp_mean
        ]
        mechanics::kepler(mean, eccentricity) -> (y), Points::in_box(&[(-2.5, 2.5), (0.05, 0.5)])
    }
    kernel! {
        [grad_at grad_mass grad hessian_at hessian_mass hessian_at_mass hvp jvp vjp f_grad_hessian_hvp_at]
        mechanics::three_bodies(at, mass) -> (y),
        Points::within(0.2, 1.0).and(&[0.0, 0.0, 1.0, 0.5, -1.0, 0.25, 1.0, 2.0, 3.0])
    }
}

mod statistics {
    use super::*;

    kernel! {
        [
            grad_w grad_bias grad hessian_w hessian_bias hessian_w_bias hvp_w hvp_bias hvp jvp vjp
            f_grad_hessian_hvp_w
        ]
        statistics::logistic_loss(w, bias) -> (loss), Points::within(-2.0, 2.0)
    }
    kernel! { vector statistics::softmax(z) -> (probability), Points::within(-2.0, 2.0) }
    kernel! {
        [
            grad_mean grad_spread grad_weight grad hessian_mean hessian_spread hessian_weight
            hessian_mean_spread hvp jvp vjp f_grad_hessian_hvp_mean
        ]
        statistics::mixture(mean, spread, weight) -> (y),
        Points::in_box(&[(-1.5, -0.5), (0.5, 1.5), (0.6, 1.2), (0.6, 1.2), (0.2, 0.8)])
    }
    kernel! {
        [
            grad_spot grad_strike grad_years grad_rate grad_volatility grad hessian_spot
            hessian_spot_volatility hvp jvp vjp f_grad_hessian_hvp_spot
        ]
        statistics::call_option(spot, strike, years, rate, volatility) -> (price),
        Points::in_box(&[(0.8, 1.2), (0.8, 1.2), (0.5, 2.0), (0.0, 0.1), (0.2, 0.6)])
    }
    kernel! {
        [
            grad_weights grad_bias grad_x grad hessian_weights hessian_bias hessian_x
            hessian_weights_bias hvp_weights hvp_bias hvp_x hvp jvp vjp f_grad_hessian_hvp_weights
        ]
        statistics::dense_layer(weights, bias, x) -> (y), Points::within(-1.0, 1.0)
    }
}

mod geometry {
    use super::*;

    kernel! {
        [jf_a jf_b jf jvp_a jvp_b jvp vjp_a vjp_b vjp f_jf_jvp_vjp_a]
        geometry::cross_product(a, b) -> (y), Points::within(-2.0, 2.0)
    }
    kernel! {
        [grad_a grad_b grad hessian_a hessian_b hessian_a_b hvp_a hvp_b hvp jvp vjp f_grad_hessian_hvp_a]
        geometry::angle_between(a, b) -> (y),
        Points::in_box(&[(0.8, 1.2), (-0.5, 0.5), (-0.5, 0.5), (-0.5, 0.5), (0.8, 1.2), (-0.5, 0.5)])
    }
    kernel! {
        [jf_q jf_point jf jvp vjp f_jf_jvp_vjp_q]
        geometry::turned(q, point) -> (y), Points::in_box(&[(0.5, 1.0), (-1.0, 1.0)])
    }
    kernel! {
        [jf_camera jf_point jf_found jf jvp vjp f_jf_jvp_vjp_camera]
        geometry::reprojection(camera, point, found) -> (residual), Points::within(-1.0, 1.0)
    }
    kernel! { scalar geometry::determinant(m) -> (y), Points::within(-1.5, 1.5) }
    kernel! {
        vector geometry::inverse(m) -> (y),
        Points::in_box(&[
            (1.0, 2.0), (-0.4, 0.4), (-0.4, 0.4), (-0.4, 0.4), (1.0, 2.0), (-0.4, 0.4), (-0.4, 0.4),
            (-0.4, 0.4), (1.0, 2.0),
        ])
    }
    kernel! {
        scalar geometry::log_determinant(a) -> (y),
        Points::in_box(&[
            (1.0, 2.0), (-0.4, 0.4), (-0.4, 0.4), (-0.4, 0.4), (1.0, 2.0), (-0.4, 0.4), (-0.4, 0.4),
            (-0.4, 0.4), (1.0, 2.0),
        ])
    }
    kernel! {
        [grad_from grad_to grad hessian_from hessian_to hessian_from_to hvp jvp vjp f_grad_hessian_hvp_from]
        geometry::great_circle(from, to) -> (y),
        Points::in_box(&[(35.0, 60.0), (-10.0, 30.0), (-40.0, 20.0), (60.0, 120.0)])
    }
}

mod landscapes {
    use super::*;

    kernel! { scalar landscapes::rosenbrock(x) -> (y), Points::within(-1.0, 1.0).and(&[1.0; 5]) }
    kernel! {
        [
            grad_x grad_y grad hessian_x hessian_y hessian_x_y hessian_y_x hvp_x hvp_y hvp
            jvp_x jvp_y jvp vjp_x vjp_y vjp f_grad_hvp_x_y
        ]
        landscapes::himmelblau(x, y) -> (y_), Points::within(-4.0, 4.0).and(&[3.0, 2.0])
    }
    kernel! {
        [grad hessian hvp jvp vjp f_grad_hessian_hvp_jvp_vjp]
        landscapes::rastrigin(x) -> (y), Points::within(-2.0, 2.0).and(&[0.0; 3])
    }
    kernel! { scalar landscapes::ackley(x) -> (y), Points::within(-2.0, 2.0) }
    kernel! { vector landscapes::fit_residuals(p) -> (residual), Points::within(0.2, 2.0) }
    kernel! { scalar landscapes::fit_cost(p) -> (y), Points::within(0.2, 2.0) }
}

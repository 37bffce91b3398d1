//! Derivatives that are given: what follows from them, in siblings and in callers, at first and second
//! order.

use gradgen::gradgen;

use crate::against_differences;

/// What the macro could not read.
mod given {
    use std::collections::BTreeMap;

    use gradgen::gradgen;

    /// By gradient and Hessian–vector product.
    #[gradgen(gradient(*), hessian, hvp(*), jvp(*), vjp(*), bundle(f, grad(*)), custom(gradient = slopes, hvp = curvature))]
    pub(super) fn energy(x: &[f64; 2], w: f64, k: usize) -> f64 {
        let terms: BTreeMap<usize, f64> = x.iter().map(|x| (x.sin() * w).exp()).enumerate().collect();
        match k {
            0 => terms[&0],
            _ => terms.values().sum::<f64>() * k as f64,
        }
    }

    fn weights(k: usize) -> [f64; 2] {
        if k == 0 { [1.0, 0.0] } else { [k as f64; 2] }
    }

    fn slopes(x: &[f64; 2], w: f64, k: usize) -> ([f64; 2], f64) {
        let mut by_x = [0.0; 2];
        let mut by_w = 0.0;
        for (i, c) in weights(k).into_iter().enumerate() {
            let value = c * (x[i].sin() * w).exp();
            by_x[i] = value * x[i].cos() * w;
            by_w += value * x[i].sin();
        }
        (by_x, by_w)
    }

    fn curvature(x: &[f64; 2], w: f64, k: usize, v: &[f64; 2], v_w: f64) -> ([f64; 2], f64) {
        let mut by_x = [0.0; 2];
        let mut by_w = 0.0;
        for (i, c) in weights(k).into_iter().enumerate() {
            let (s, cos) = x[i].sin_cos();
            let value = c * (s * w).exp();
            let mixed = value * cos * (1.0 + s * w);
            by_x[i] = value * ((cos * w) * (cos * w) - s * w) * v[i] + mixed * v_w;
            by_w += mixed * v[i] + value * s * s * v_w;
        }
        (by_x, by_w)
    }

    /// By a function that is differentiated once more.
    #[gradgen(gradient, hessian, custom(gradient = slope_of_gudermann, differentiable))]
    pub(super) fn gudermann(x: f64) -> f64 {
        [x].iter().map(|x| x.sinh().atan()).last().unwrap_or(f64::NAN)
    }

    #[gradgen]
    fn slope_of_gudermann(x: f64) -> f64 {
        1.0 / x.cosh()
    }

    /// Several outputs and inputs, by cotangents.
    #[gradgen(jacobian, vjp(*), custom(jvp = along, vjp = back, differentiable))]
    pub(super) fn polar(p: [f64; 2], scale: &f64, turns: i32) -> (f64, [f64; 2]) {
        let angle = p[1].atan2(p[0]) * f64::from(turns);
        (p[0].hypot(p[1]) * scale, [angle.cos(), angle.sin()].map(|c| c * *scale))
    }

    fn along(p: [f64; 2], scale: &f64, turns: i32, v: &[f64; 2], v_scale: f64) -> (f64, [f64; 2]) {
        let n = f64::from(turns);
        let (r, angle) = (p[0].hypot(p[1]), p[1].atan2(p[0]) * n);
        let v_angle = n * (p[0] * v[1] - p[1] * v[0]) / (r * r);
        let v_r = (p[0] * v[0] + p[1] * v[1]) / r;
        let (s, c) = angle.sin_cos();
        (v_r * scale + r * v_scale, [-s * v_angle * scale + c * v_scale, c * v_angle * scale + s * v_scale])
    }

    #[gradgen]
    fn back(p: [f64; 2], scale: &f64, turns: i32, c_r: f64, c: &[f64; 2]) -> ([f64; 2], f64) {
        let n = turns as f64;
        let r = p[0].hypot(p[1]);
        let angle = p[1].atan2(p[0]) * n;
        let c_angle = (c[1] * angle.cos() - c[0] * angle.sin()) * *scale;
        let (by_r, by_angle) = (c_r * *scale / r, c_angle * n / (r * r));
        (
            [by_r * p[0] - by_angle * p[1], by_r * p[1] + by_angle * p[0]],
            c_r * r + c[0] * angle.cos() + c[1] * angle.sin(),
        )
    }

    /// By a Jacobian, with a nested result, of any length.
    #[gradgen(jacobian, custom(jacobian = slopes_of_powers, differentiable))]
    pub(super) fn powers<const N: usize>(x: &[f64; N], b: f64) -> [[f64; 2]; N] {
        x.map(|x| [x * x * b, x * b * b])
    }

    #[gradgen]
    fn slopes_of_powers<const N: usize>(x: &[f64; N], b: f64) -> ([[[f64; N]; 2]; N], [[f64; 2]; N]) {
        let mut by_x = [[[0.0; N]; 2]; N];
        let mut by_b = [[0.0; 2]; N];
        for i in 0..N {
            by_x[i][0][i] = 2.0 * x[i] * b;
            by_x[i][1][i] = b * b;
            by_b[i] = [x[i] * x[i], 2.0 * x[i] * b];
        }
        (by_x, by_b)
    }

    /// By cotangents alone, with a second derivative.
    #[gradgen(gradient, hvp, jvp, custom(vjp = back_of_norm, hvp = curvature_of_norm))]
    pub(super) fn norm(x: &[f64; 3]) -> f64 {
        x.iter().fold(0.0, |a: f64, x| a.hypot(*x))
    }

    fn back_of_norm(x: &[f64; 3], c: f64) -> [f64; 3] {
        x.map(|element| c * element / norm(x))
    }

    fn curvature_of_norm(x: &[f64; 3], v: &[f64; 3]) -> [f64; 3] {
        let r = norm(x);
        let along: f64 = x.iter().zip(v).map(|(x, v)| x * v).sum();
        std::array::from_fn(|i| v[i] / r - x[i] * along / (r * r * r))
    }
}

use given::energy as renamed;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_straight_lines(x: &[f64; 3]) -> f64 {
    let a = renamed(&[x[0], x[1] * x[2]], x[2], 3);
    let b = given::energy(&[a * 0.1, x[1]], 0.5, 0);
    a * b + given::gudermann(x[1] * b) + given::norm(&[x[0], a, b]) * given::norm(x)
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn through_several_outputs(x: &[f64; 3]) -> f64 {
    let (r, q) = given::polar([x[0], x[1]], &x[2], 2);
    let (s, _): (f64, [f64; 2]) = given::polar([r, q[0]], &(x[2] * q[1]), -1);
    let t: [[f64; 2]; 3] = given::powers(&[q[0], s, x[1]], r);
    t[0][0] * t[1][1] + t[2][0] * s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_loops(x: &[f64; 3]) -> f64 {
    let mut state = [x[0], x[1]];
    let mut sum = 0.0;
    for k in 0..12 {
        let slope = given::energy(&state, x[2] * 0.3, k % 3);
        if slope > 1.0 {
            state = [state[1] + 0.1 * given::gudermann(slope), state[0] * 0.9];
        } else {
            state[0] += 0.05 * slope;
        }
        sum += given::norm(&[state[0], state[1], slope]);
    }
    sum
}

#[gradgen]
fn between<const N: usize>(x: &[f64; N], b: f64) -> f64 {
    let table: [[f64; 2]; N] = given::powers(x, b);
    let mut sum = 0.0;
    for i in 0..N {
        sum += table[i][0] * table[N - 1 - i][1];
    }
    sum
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn through_a_caller(x: &[f64; 3]) -> f64 {
    between(x, x[1]) * between(&[x[2], x[0]], given::gudermann(x[0]))
}

against_differences!(in_straight_lines, through_several_outputs, in_loops, through_a_caller);

#[test]
fn what_is_given_is_right() {
    for x in crate::POINTS {
        for k in 0..3 {
            given::energy_check(&[x[0], x[1]], x[2], k).expect("the derivatives of the energy");
        }
        given::gudermann_check(x[0]).expect("the slope");
        given::polar_check([x[0], x[1]], &x[2], 3).expect("the derivatives of polar coordinates");
        given::powers_check(&x, 0.7).expect("the Jacobian");
        given::norm_check(&x).expect("the derivatives of the norm");
    }
}

/// Siblings of a function whose derivatives are given, against each other and against what is given.
#[test]
fn siblings_follow_from_what_is_given() {
    let (x, w, k) = ([0.4, -1.1], 0.8, 2);
    let (by_x, by_w) = given::energy_grad(&x, w, k);
    assert_eq!(given::energy_f_grad(&x, w, k), (given::energy(&x, w, k), (by_x, by_w)));
    let (v, v_w) = ([0.3, -0.2], 1.5);
    crate::assert_close(given::energy_jvp(&x, w, k, &v, v_w), by_x[0] * v[0] + by_x[1] * v[1] + by_w * v_w);
    let (twice_x, twice_w) = given::energy_vjp(&x, w, k, 2.0);
    assert_eq!((twice_x, twice_w), ([2.0 * by_x[0], 2.0 * by_x[1]], 2.0 * by_w));
    let (along_x, along_w) = given::energy_hvp(&x, w, k, &v, v_w);
    let moved = |step: f64| given::energy_grad(&[x[0] + step * v[0], x[1] + step * v[1]], w + step * v_w, k);
    for place in 0..2 {
        crate::assert_close(along_x[place], crate::difference(|step| moved(step).0[place]));
        let row = given::energy_hessian_x(&x, w, k)[place];
        let by_other = |step: f64| given::energy_grad(&[x[0], x[1] + step], w, k).0[place];
        crate::assert_close(row[1], crate::difference(by_other));
    }
    crate::assert_close(along_w, crate::difference(|step| moved(step).1));
}

#[test]
fn jacobians_follow_from_what_is_given() {
    let (p, scale) = ([0.6, -1.3], 1.7);
    let (by_radius, by_point) = given::polar_jf_p(p, &scale, 2);
    for place in 0..2 {
        let moved = |step: f64| {
            let mut p = p;
            p[place] += step;
            given::polar(p, &scale, 2)
        };
        crate::assert_close(by_radius[place], crate::difference(|step| moved(step).0));
        for row in 0..2 {
            crate::assert_close(by_point[row][place], crate::difference(|step| moved(step).1[row]));
        }
    }
    let rows: [[[f64; 3]; 2]; 3] = given::powers_jf_x(&[1.0, 2.0, 3.0], 0.5);
    assert_eq!(
        rows,
        [
            [[1.0, 0.0, 0.0], [0.25, 0.0, 0.0]],
            [[0.0, 2.0, 0.0], [0.0, 0.25, 0.0]],
            [[0.0, 0.0, 3.0], [0.0, 0.0, 0.25]]
        ]
    );
}

/// Forward mode alone.
#[gradgen(jvp, jacobian, custom(jvp = along_rotation))]
fn rotation(a: f32) -> [f32; 4] {
    let (s, c) = a.sin_cos();
    [c, -s, s, c]
}

fn along_rotation(a: f32, v: f32) -> [f32; 4] {
    let (s, c) = a.sin_cos();
    [-s, -c, c, -s].map(|element| element * v)
}

#[gradgen(jvp)]
fn turned(a: f32, x: &[f32; 2]) -> [f32; 2] {
    let r: [f32; 4] = rotation(a * a);
    [r[0] * x[0] + r[1] * x[1], r[2] * x[0] + r[3] * x[1]]
}

#[test]
fn forward_mode_alone() {
    assert_eq!(rotation_jf(0.0), [0.0, -1.0, 1.0, 0.0]);
    assert_eq!(turned_jvp_a(0.0, &[1.0, 2.0], 1.0), [0.0, 0.0]);
    assert_eq!(turned_jvp_x(0.0, &[1.0, 2.0], &[3.0, 4.0]), [3.0, 4.0]);
    rotation_check(0.3).expect("the tangent");
}

/// Reverse mode alone: a Jacobian is made of rows.
#[gradgen(vjp, jacobian, custom(vjp = back_of_products))]
fn products(x: &[f64; 2]) -> ([f64; 2],) {
    ([x[0] * x[1], x[0] * x[0]],)
}

fn back_of_products(x: &[f64; 2], c: &[f64; 2]) -> [f64; 2] {
    [c[0] * x[1] + 2.0 * c[1] * x[0], c[0] * x[0]]
}

#[gradgen(gradient)]
fn of_products(x: &[f64; 2]) -> f64 {
    let (p,) = products(x);
    p[0] * p[1]
}

#[test]
fn reverse_mode_alone() {
    assert_eq!(products_jf(&[2.0, 3.0]), [[3.0, 2.0], [4.0, 0.0]]);
    // x³ y
    assert_eq!(of_products_grad(&[2.0, 3.0]), [36.0, 8.0]);
    products_check(&[2.0, 3.0]).expect("the cotangent");
}

/// A function that may be refused can be one's own as well.
#[gradgen(gradient, fallible, custom(gradient = slope_of_cube, differentiable))]
fn cube(x: f64) -> f64 {
    x.powi(3)
}

#[gradgen(fallible)]
fn slope_of_cube(x: f64) -> f64 {
    let table = [1.0, 2.0, 3.0];
    let index = [2, 0];
    table[index[0]] * x * x
}

#[gradgen(gradient, hessian, fallible)]
fn of_cube(x: f64) -> f64 {
    cube(x) * x
}

#[test]
fn one_that_may_be_refused() {
    assert_eq!(cube_grad(2.0), Ok(12.0));
    assert_eq!(of_cube_grad(2.0), Ok(32.0));
    assert_eq!(of_cube_hessian(2.0), Ok(48.0));
}

mod wrong {
    use gradgen::gradgen;

    /// Each element but one is right.
    #[gradgen(custom(jvp = along, vjp = back, gradient = slopes, jacobian = slopes, hvp = curvature))]
    pub(super) fn f(x: &[f64; 2], b: f64) -> f64 {
        x[0] * x[0] * x[1] + b
    }

    fn along(x: &[f64; 2], _: f64, v: &[f64; 2], v_b: f64) -> f64 {
        2.0 * x[0] * x[1] * v[0] + x[0] * x[0] * v[1] + v_b
    }

    fn back(x: &[f64; 2], b: f64, c: f64) -> ([f64; 2], f64) {
        let (by_x, by_b) = slopes(x, b);
        ([by_x[0] * c, by_x[1] * c], by_b * c)
    }

    fn slopes(x: &[f64; 2], _: f64) -> ([f64; 2], f64) {
        ([2.0 * x[0] * x[1], x[0] * x[0]], 1.0)
    }

    fn curvature(x: &[f64; 2], _: f64, v: &[f64; 2], _: f64) -> ([f64; 2], f64) {
        ([2.0 * x[1] * v[0] + 2.0 * x[0] * v[1], 3.0 * x[0] * v[0]], 0.0)
    }

    #[gradgen(custom(gradient = slope))]
    pub(super) fn almost(x: &[f64; 2]) -> f64 {
        x[0].sin() * x[1]
    }

    /// Wrong by a hundred thousandth.
    fn slope(x: &[f64; 2]) -> [f64; 2] {
        [x[0].cos() * x[1], x[0].sin() * 1.00001]
    }

    #[gradgen(custom(jvp = along_average))]
    pub(super) fn average(x: &[f32; 3]) -> (f32, f32) {
        (x.iter().sum::<f32>() / 3.0, x[2])
    }

    /// Right along each axis, and not linear.
    fn along_average(_: &[f32; 3], v: &[f32; 3]) -> (f32, f32) {
        (v.iter().map(|v| v.abs()).sum::<f32>() / 3.0, v[2])
    }

    #[gradgen(custom(gradient = slope_at_jump))]
    pub(super) fn jump(x: f64) -> f64 {
        if x < 1.0 { 0.0 } else { 1.0 }
    }

    fn slope_at_jump(_: f64) -> f64 {
        0.0
    }

    #[gradgen(custom(gradient = not_a_number))]
    pub(super) fn line(x: f64) -> f64 {
        x
    }

    fn not_a_number(_: f64) -> f64 {
        f64::NAN
    }
}

#[test]
fn a_wrong_derivative_is_found() {
    let found = wrong::f_check(&[3.0, 2.0], 1.0).expect_err("the Hessian is wrong");
    assert_eq!((found.function, found.given), ("f", "curvature"));
    assert_eq!((found.of, found.by), (gradgen::Place::Element("x", 1), gradgen::Place::Element("x", 0)));
    assert!(found.got == 9.0 && (found.expected - 6.0).abs() < 1e-6, "{found}");

    let found = wrong::almost_check(&[0.5, 0.7]).expect_err("an element is wrong by a little");
    assert_eq!((found.of, found.by), (gradgen::Place::Scalar("y"), gradgen::Place::Element("x", 1)));
    let text = found.to_string();
    assert!(
        text.starts_with("the derivative that `slope` gives is wrong: d y / d x[1] of `almost` is 0.47942"),
        "{text}"
    );

    let found = wrong::average_check(&[1.0, 2.0, 3.0]).expect_err("a tangent that is not linear");
    assert_eq!((found.of, found.by), (gradgen::Place::Scalar("y0"), gradgen::Place::Mixed));

    wrong::jump_check(1.0).expect_err("a jump");
    wrong::jump_check(2.5).expect("away from the jump");
    wrong::line_check(2.0).expect_err("no number");
}

#[test]
fn the_table_is_like_others() {
    use gradgen::{Differentiable, Role, Value};
    let info = <given::energy as Differentiable>::INFO;
    let roles: Vec<_> = info.inputs.iter().map(|input| input.role).collect();
    assert_eq!(roles, [Role::Input, Role::Input, Role::Parameter]);
    let names: Vec<_> = info.siblings.iter().map(|sibling| sibling.name).collect();
    assert_eq!(names[..3], ["energy_grad", "energy_hessian_x", "energy_hessian_w"]);
    let inputs = [Value::F64(&[0.4, -1.1]), Value::F64(&[0.8]), Value::Usize(2)];
    let (mut by_x, mut by_w) = ([0.0; 2], [0.0; 1]);
    info.siblings[0].call_f64(&inputs, &mut [&mut by_x, &mut by_w], &mut []).expect("a call");
    assert_eq!((by_x, by_w[0]), given::energy_grad(&[0.4, -1.1], 0.8, 2));
}

/// In a module of which everything is seen.
#[gradgen::module]
mod seen {
    pub(super) const WEIGHT: f64 = 0.5;

    #[gradgen(gradient, hessian, custom(gradient = slope, differentiable))]
    pub(super) fn short(x: f64) -> f64 {
        // What it computes is not what its derivative says, so that one sees which is used.
        x
    }

    #[gradgen]
    fn slope(x: f64) -> f64 {
        WEIGHT * x * x
    }

    #[gradgen(gradient, hessian)]
    pub(super) fn caller(x: f64) -> f64 {
        short(x) + x
    }
}

#[test]
fn what_is_given_counts_in_a_module_too() {
    assert_eq!((seen::short_grad(3.0), seen::short_hessian(3.0)), (4.5, 3.0));
    assert_eq!((seen::caller_grad(3.0), seen::caller_hessian(3.0)), (5.5, 3.0));
}

//! Inputs, outputs and variables that are called what generated code, the standard library or the
//! language calls something.

use gradgen::gradgen;

use crate::assert_slope;

#[gradgen(gradient, gradient(*), hessian(work), jvp(*), vjp(*), hvp(work), bundle(f, grad(work, y), jvp(v0)))]
fn taken(work: &[f64; 2], y: f64, v0: f64, out: f64, t: f64) -> f64 {
    work[0] * work[1].sin() * y + v0 * out * t + work[0]
}

#[test]
fn inputs_called_like_arguments() {
    let (work, y, v0, out, t) = ([0.5, 1.5], 2.0, -0.5, 0.25, 3.0);
    assert_slope(taken_grad_work(&work, y, v0, out, t)[1], 1.5, |w| taken(&[0.5, w], y, v0, out, t));
    assert_slope(taken_grad_y(&work, y, v0, out, t), y, |y| taken(&work, y, v0, out, t));
    let all = taken_grad(&work, y, v0, out, t);
    assert_slope(all.4, t, |t| taken(&work, y, v0, out, t));
    let mut y_ = 0.0;
    taken_into(&work, y, v0, out, t, &mut y_, &mut []).unwrap();
    assert_eq!(y_.to_bits(), taken(&work, y, v0, out, t).to_bits());
    let (value, _, tangent) = taken_f_grad_jvp_work_y_v0(&work, y, v0, out, t, 1.0);
    assert_eq!(value.to_bits(), y_.to_bits());
    assert_slope(tangent, v0, |v0| taken(&work, y, v0, out, t));
    let names = |info: &gradgen::FunctionInfo| {
        info.inputs.iter().chain(info.outputs).map(|argument| argument.name).collect::<Vec<_>>()
    };
    for info in std::iter::once(<taken as gradgen::Differentiable>::INFO)
        .chain(<taken as gradgen::Differentiable>::INFO.siblings)
    {
        let mut names = names(info);
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
    }
}

#[gradgen(gradient, jvp, vjp, hvp, outputs(v_x))]
fn added(x: f64, v_x: f64, cotangent_y: f64, gradient_y: f64, hvp_v_x: f64) -> f64 {
    x * x * v_x + cotangent_y * x + gradient_y * gradient_y * x + hvp_v_x * v_x
}

#[test]
fn inputs_called_like_added_ones() {
    let f = |x: f64| added(x, 2.0, 3.0, 0.5, 0.25);
    assert_slope(added_grad_x(1.5, 2.0, 3.0, 0.5, 0.25), 1.5, f);
    assert_slope(added_jvp_x(1.5, 2.0, 3.0, 0.5, 0.25, 1.0), 1.5, f);
    assert_slope(added_vjp_x(1.5, 2.0, 3.0, 0.5, 0.25, 1.0), 1.5, f);
    assert_slope(added_hvp_x(1.5, 2.0, 3.0, 0.5, 0.25, 1.0), 1.5, |x| added_grad_x(x, 2.0, 3.0, 0.5, 0.25));
}

#[gradgen(gradient, hessian(core, std), vjp(*))]
fn crates(core: f64, std: f64, alloc: f64, gradgen: f64) -> f64 {
    let libm = core * std;
    let result = libm * alloc + gradgen.sin() * libm;
    result * result
}

#[test]
fn variables_called_like_crates() {
    let f = |core: f64| crates(core, 0.5, -1.5, 0.75);
    assert_slope(crates_grad_core(1.25, 0.5, -1.5, 0.75), 1.25, f);
    assert_slope(crates_hessian_core_std(1.25, 0.5, -1.5, 0.75), 0.5, |std| {
        crates_grad_core(1.25, std, -1.5, 0.75)
    });
}

#[gradgen(gradient, hessian(r#type), vjp(r#in), bundle(f, grad(r#type)), outputs(r#fn))]
fn r#match(r#type: &[f64; 2], r#in: f64) -> f64 {
    let r#let = r#type[0] * r#in;
    r#let * r#type[1] + r#let.sin()
}

#[test]
fn raw_identifiers() {
    let x = [0.5, -0.25];
    assert_slope(match_grad_type(&x, 2.0)[0], 0.5, |x| r#match(&[x, -0.25], 2.0));
    assert_slope(match_grad_in(&x, 2.0), 2.0, |y| r#match(&x, y));
    assert_slope(match_hessian_type(&x, 2.0)[0][0], 0.5, |x| match_grad_type(&[x, -0.25], 2.0)[0]);
    assert_slope(match_vjp_in(&x, 2.0, 1.0), 2.0, |y| r#match(&x, y));
    assert_eq!(match_f_grad_type(&x, 2.0).0.to_bits(), r#match(&x, 2.0).to_bits());
    let mut value = 0.0;
    match_into(&x, 2.0, &mut value, &mut []).unwrap();
    assert_eq!(value.to_bits(), r#match(&x, 2.0).to_bits());
    let info = <r#match as gradgen::Differentiable>::INFO;
    assert_eq!(info.name, "match");
    assert_eq!(info.inputs[0].name, "type");
    assert_eq!(info.outputs[0].name, "fn");
}

// Variables that are called what others become in the generated code: `a_2` is also the second
// `a`, `t_1` a value without a name, `s_0` the first element of `s`, `v_x` a tangent of `x`.
#[gradgen(gradient, hessian, jvp, hvp, vjp)]
fn numbered(x: &[f64; 3]) -> f64 {
    let t_2 = (x[0] * x[1]).sin();
    let a = x[0].sin() * x[1];
    let a_2 = x[1].cos() * x[2] * a;
    let v_x = [a_2 * a, t_2];
    let c_y = v_x[0] * t_2;
    let a = a.sin() * a * a_2 + c_y;
    let s = [[a.sin(), a_2.cos()], [x[2].exp(), v_x[1] * c_y]];
    let s_0 = x[0] * a;
    let s_0_1 = s_0 * s[0][1];
    let s_0 = s_0 * s_0 + s[0][1] * s_0_1;
    let t_1 = s_0 * s_0_1 + s[0][1] * s[1][0];
    (t_1 * t_2 + s_0 * a_2).sin() * a + t_1 * t_1 * v_x[0] + s[1][1]
}

#[test]
fn variables_called_like_others_with_a_number() {
    let x = [0.7, -1.3, 0.4];
    let along = |place: usize| move |value: f64| (numbered_at(x, place, value), value);
    for place in 0..3 {
        let mut direction = [0.0; 3];
        direction[place] = 1.0;
        let value = |at: f64| numbered(&along(place)(at).0);
        assert_slope(numbered_grad(&x)[place], x[place], value);
        assert_slope(numbered_jvp(&x, &direction), x[place], value);
        assert_slope(numbered_vjp(&x, 1.0)[place], x[place], value);
        for other in 0..3 {
            let slope = |at: f64| numbered_grad(&along(place)(at).0)[other];
            assert_slope(numbered_hessian(&x)[place][other], x[place], slope);
            assert_slope(numbered_hvp(&x, &direction)[other], x[place], slope);
        }
    }
}

fn numbered_at(mut x: [f64; 3], place: usize, value: f64) -> [f64; 3] {
    x[place] = value;
    x
}

#[gradgen(gradient(*))]
fn patterns([a, b]: &[f64; 2], _: f64, a_b: f64, unused_1: f64) -> f64 {
    a * b * a_b + unused_1
}

#[test]
fn parameters_without_a_name_of_their_own() {
    let ([a, b], nothing, c, d) = patterns_grad(&[2.0, 3.0], 1.0, 5.0, 7.0);
    assert_eq!((a, b, nothing, c, d), (15.0, 10.0, 0.0, 6.0, 1.0));
}

/// Derivatives of its own, and inputs with the names of everything that is beside it.
#[gradgen(gradient(*), hvp(*), custom(gradient = slope, hvp = own))]
fn own_names(slope: f64, own_names: &[f64; 1], function: f64, f: usize, a_0: f64) -> f64 {
    slope * own_names[0] * function * a_0 * f as f64
}

fn slope(a: f64, b: &[f64; 1], c: f64, n: usize, d: f64) -> (f64, [f64; 1], f64, f64) {
    let n = n as f64;
    (b[0] * c * d * n, [a * c * d * n], a * b[0] * d * n, a * b[0] * c * n)
}

#[allow(clippy::too_many_arguments, reason = "as many as follow from the function")]
fn own(
    a: f64,
    b: &[f64; 1],
    c: f64,
    n: usize,
    d: f64,
    v: f64,
    v_b: &[f64; 1],
    v_c: f64,
    v_d: f64,
) -> (f64, [f64; 1], f64, f64) {
    let (n, b, v_b) = (n as f64, b[0], v_b[0]);
    (
        n * (v_b * c * d + b * v_c * d + b * c * v_d),
        [n * (v * c * d + a * v_c * d + a * c * v_d)],
        n * (v * b * d + a * v_b * d + a * b * v_d),
        n * (v * b * c + a * v_b * c + a * b * v_c),
    )
}

#[test]
fn derivatives_of_ones_own() {
    own_names_check(2.0, &[3.0], 5.0, 2, 7.0).expect("what is given is right");
    assert_eq!(own_names_grad(2.0, &[3.0], 5.0, 2, 7.0), (210.0, [140.0], 84.0, 60.0));
    assert_eq!(own_names_hvp(2.0, &[3.0], 5.0, 2, 7.0, 0.0, &[1.0], 0.0, 0.0), (70.0, [0.0], 28.0, 20.0));
}

//! Shadowing, scopes, references, and variables called like others in the generated code.

use gradgen::gradgen;

use crate::{against_differences, refusing_against_differences};

#[allow(non_upper_case_globals, reason = "called like a variable of generated code")]
const t_1: f64 = 7.0;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn names_t1(x: &[f64; 3]) -> f64 {
    let p = x[0].sin() * x[1].cos() * x[2].exp() * (x[0] * x[1] * x[2]).sin();
    let t_2 = (x[0] + x[1]).sin();
    let q = (x[0] * x[0]).sin() * (x[1] + 2.0).cos() * (x[0] - x[1] * x[2]).tan();
    let t_3 = t_2 * t_2;
    let t_4 = t_3 * p * p + q * q;
    t_2 * t_3 * t_4 + p * q * t_1
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn names_shadow(x: &[f64; 3]) -> f64 {
    let a = x[0].sin() * x[1];
    let a_2 = x[1].cos() * x[2] * a;
    let a_3 = a_2 * a;
    let a = a.sin() * a * a_2;
    let b = a * a + a_2 * a_3;
    let a = a.cos() * a + a_2 * b * b;
    a * a_2 * a_3 + a * b * b + a_2 * a_3
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn names_elements(x: &[f64; 3]) -> f64 {
    let s = [[x[0].sin(), x[1].sin(), x[2].sin()], [x[0].cos(), x[1].cos(), x[2].cos()]];
    let s_0 = x[0] * x[1];
    let s_0_2 = x[2] * x[1] * s_0;
    let s_0 = s_0 * s_0 + s[0][2] * s_0_2;
    s_0 * s_0_2 * s[0][2] * s[0][2] * s[1][0] * s[1][0] + s_0 * s_0 + s_0_2 * s_0_2
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn names_vx(x: &[f64; 3]) -> f64 {
    let v_x = [x[0] * x[1], x[1] * x[2], x[0].sin()];
    let c_y = v_x[0] * v_x[1];
    let v_x_0 = c_y * c_y;
    c_y * v_x_0 + v_x[2] * c_y * v_x[0]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn for_shadow(x: &[f64; 3]) -> f64 {
    let i = 2;
    let mut s = x[i];
    for i in 0..i {
        let s2 = s;
        for mut i in i..2 {
            i += 1;
            s += x[i] * s2 * 0.1;
            let i = 0;
            s += x[i] * 0.01;
        }
        s -= x[i];
    }
    s * x[i]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn shadow_param(x: &[f64; 3]) -> f64 {
    let y = x[0];
    let x = [x[1], x[2], y];
    let y = &x;
    let x = y[0] * y[1];
    x * y[2] * x
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn block_scopes(x: &[f64; 3]) -> f64 {
    let a = x[0];
    let b = {
        let a = a * x[1];
        let c = {
            let a = a + x[2];
            a * a
        };
        a + c
    };
    let a = { a * b };
    let c = {
        let mut a = a;
        a += 1.0;
        {
            let a = 3.0;
            let _ = a;
        }
        a
    };
    a * b * c
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn raw(x: &[f64; 3]) -> f64 {
    let r#type = x[0];
    let r#match = r#type * x[1];
    let core = x[2];
    let std = core * r#match;
    let f = std;
    let gradgen = f * f;
    gradgen + core * std
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn refs(x: &[f64; 3]) -> f64 {
    let r = &x[0];
    let rr = &&x[1];
    let y = x;
    let z = &x;
    let t = (&x[2], 3.0);
    let w = *r * **rr + y[0] * z[1] + *t.0 * t.1;
    let q = &w;
    let q = &(*q * 2.0);
    r * q + q * q
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn cmp_refs(x: &[f64; 3]) -> f64 {
    let a = &x[0];
    let b = &x[1];
    let m = if a < b { a } else { b };
    let q = if *a == *b || a != b { 1.0 } else { 2.0 };
    m * x[2] * q + a * b + -a
}

/// A variable that gets its value where a loop is left, beside an integer that counts the turns.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn assigned_at_the_end(x: &[f64; 3]) -> f64 {
    let mut y = x[1];
    let last;
    let mut turn = 0;
    #[gradgen::bound(9)]
    loop {
        let s = y.sin();
        y = s * x[0] + 0.1;
        turn += 1;
        if turn >= 5 {
            last = s;
            break;
        }
    }
    last * y + x[2]
}

#[gradgen(jvp)]
fn without_a_bound(x: f64) -> f64 {
    let mut y = x;
    let last;
    let mut turn = 0;
    loop {
        y = y.sin() * 1.5;
        turn += 1;
        if turn > 4 {
            last = y * turn as f64;
            break;
        }
    }
    last
}

#[test]
fn a_loop_without_a_bound_gives_a_variable_its_value() {
    let expected = (without_a_bound(0.7 + 1e-6) - without_a_bound(0.7 - 1e-6)) / 2e-6;
    assert!((without_a_bound_jvp(0.7, 1.0) - expected).abs() < 1e-8);
}

against_differences!(
    names_t1,
    names_shadow,
    names_elements,
    names_vx,
    for_shadow,
    shadow_param,
    block_scopes,
    raw,
    refs,
    cmp_refs
);
refusing_against_differences!(assigned_at_the_end);

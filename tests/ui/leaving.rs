//! Expressions that assign, and of which a part may leave what is around them: what is assigned before would be lost.

use gradgen::gradgen;

#[gradgen(jvp)]
fn blocks(mut x: f64) -> f64 {
    for _ in 0..2 {
        x += ({
            x *= 0.5;
            x
        }) + ({
            if x > 1.0 {
                continue;
            }
            x
        });
    }
    x
}

#[gradgen(jvp)]
fn closures(mut x: f64) -> f64 {
    let mut add = |a: f64| {
        x += a;
        x
    };
    let y = add(2.0) * if add(1.0) > 3.0 { return 3.0 } else { 1.0 };
    y
}

#[gradgen(jvp)]
fn questions(x: f64) -> Option<f64> {
    let mut n = 0.0;
    let mut positive = |v: f64| {
        n += v;
        if v > 0.0 { Some(v * n) } else { None }
    };
    let product = positive(x)? * positive(x + 1.0)?;
    Some(product * x)
}

fn main() {}

//! Loops that are not understood.
use gradgen::gradgen;

#[gradgen(gradient)]
fn heads(x: &[f64; 4], k: usize) -> f64 {
    let mut s = 0.0;
    for value in x {
        s += value;
    }
    for value in x.iter() {
        s += value;
    }
    for i in 0.. {
        s += x[i];
    }
    for i in 0u8..4 {
        s += f64::from(i);
    }
    for i in (0..4).step_by(0) {
        s += x[i];
    }
    for i in (0..4).step_by(k) {
        s += x[i];
    }
    for i in (0..4).step_by(2).rev().step_by(2) {
        s += x[i];
    }
    for (i, _) in (0..4).zip(0..4) {
        s += x[i];
    }
    while let Some(y) = Some(s) {
        s = y;
    }
    s
}

#[gradgen(gradient)]
fn jumps(x: &[f64; 4]) -> f64 {
    let mut s = loop {
        break x[0];
    };
    for i in 0..4 {
        s += x[i] * (1.0 + if s > 1.0 { break } else { 2.0 });
        let _t: f64 = { break };
    }
    s
}

#[gradgen(gradient)]
fn endless(x: &[f64; 4]) -> f64 {
    let mut _s = x[0];
    loop {
        _s += 1.0;
    }
}

#[gradgen(gradient)]
fn conditions(x: &[f64; 4]) -> f64 {
    let mut s = x[0];
    while s as usize > 1 && x.iter().sum::<f64>() < 3.0 {
        s = -x[1];
    }
    s
}

#[gradgen(gradient)]
fn bounds(x: &[f64; 4], n: usize) -> f64 {
    let mut s = x[0];
    #[gradgen::bound]
    while s < 1.0 {
        s += x[1];
    }
    #[gradgen::bound()]
    while s < 1.0 {
        s += x[1];
    }
    #[gradgen::bound(0)]
    while s < 1.0 {
        s += x[1];
    }
    #[gradgen::bound(-3)]
    while s < 1.0 {
        s += x[1];
    }
    #[gradgen::bound(3.0)]
    while s < 1.0 {
        s += x[1];
    }
    #[gradgen::bound(3, 4)]
    while s < 1.0 {
        s += x[1];
    }
    #[gradgen::bound(3)]
    #[gradgen::bound(4)]
    while s < 1.0 {
        s += x[1];
    }
    #[gradgen::bound(3)]
    for i in 0..4 {
        s += x[i];
    }
    #[gradgen::bound(3)]
    if s > 0.0 {
        s += x[1];
    }
    #[gradgen::bound(s as usize)]
    while s < 1.0 {
        s += x[1];
    }
    let _k = n / 2;
    #[gradgen::bound(_k)]
    while s < 1.0 {
        s += x[1];
    }
    s
}

// Forward mode would understand it.
#[gradgen(gradient)]
fn unbounded(x: &[f64; 4]) -> f64 {
    let mut s = x[0];
    while s < 1.0 {
        s += x[1];
    }
    s
}

#[gradgen(gradient)]
fn counted(x: &[f64; 4], k: i32) -> f64 {
    let mut s = x[0];
    for i in 0..k {
        s += x[1] * i as f64;
    }
    s
}

fn main() {
    let _ = heads_grad(&[1.0; 4], 1);
    let _ = jumps_grad(&[1.0; 4]);
    let _ = endless_grad(&[1.0; 4]);
    let _ = conditions_grad(&[1.0; 4]);
    let _ = bounds_grad(&[1.0; 4], 1);
    let _ = unbounded_grad(&[1.0; 4]);
    let _ = counted_grad(&[1.0; 4], 1);
}

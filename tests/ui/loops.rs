//! Loops that are not understood.
use gradgen::gradgen;

#[gradgen(gradient)]
fn loops(x: &[f64; 4]) -> f64 {
    let mut s = 0.0;
    while s < 1.0 {
        s += x[0];
    }
    for value in x {
        s += value;
    }
    for value in x.iter() {
        s += value;
    }
    for i in (0..4).step_by(2) {
        s += x[i];
    }
    for i in 0.. {
        s += x[i];
    }
    'outer: for i in 0..4 {
        for j in 0..4 {
            if i == j {
                continue 'outer;
            }
            s += x[j];
        }
    }
    for i in 0..4 {
        if x[i] > 1.0 {
            break;
        }
    }
    for i in 0u8..4 {
        s += f64::from(i);
    }
    s
}

fn main() {
    let _ = loops_grad(&[1.0; 4]);
}

//! Branches that yield what is no value.

use gradgen::gradgen;

#[gradgen(gradient)]
fn functions(x: f64) -> f64 {
    let f = if x > 0.0 { f64::sin } else { f64::cos };
    f(x)
}

#[gradgen(gradient)]
fn references(x: f64) -> f64 {
    let (mut a, mut b) = (x, 2.0);
    let c = if x > 0.0 { &mut a } else { &mut b };
    *c += 1.0;
    a * b
}

#[gradgen(gradient)]
fn iterators(x: &[f64; 4]) -> f64 {
    let places = if x[0] > 0.0 { (0..4).step_by(2) } else { (1..4).step_by(1) };
    places.map(|i| x[i]).sum()
}

#[gradgen(gradient)]
fn lengths(x: &[f64; 4]) -> f64 {
    let y = [x[0] * x[1], x[2]];
    let part = if x[0] > 0.0 { &x[1..3] } else { &y };
    part[0] * part[1]
}

#[gradgen(gradient)]
fn two_items_at_a_time(x: &[f64; 4]) -> f64 {
    let mut items = x.iter();
    let mut s = 0.0;
    while let Some(a) = items.next() {
        s += a * items.next().unwrap();
    }
    s + items.by_ref().take(1).sum::<f64>()
}

fn main() {}

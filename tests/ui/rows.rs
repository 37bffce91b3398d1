//! Arrays of structs and tuples that are not understood.

use gradgen::gradgen;

#[gradgen(gradient)]
fn options(x: &[f64; 3]) -> f64 {
    let found = [Some(x[0]), None];
    found[0].unwrap_or(1.0)
}

#[gradgen(gradient)]
fn closures(x: &[f64; 3]) -> f64 {
    let functions = [(1.0, |a: f64| a * 2.0), (2.0, |a: f64| a)];
    functions[0].0 * x[0]
}

#[gradgen(jacobian)]
fn result(x: &[f64; 2]) -> [(f64, f64); 2] {
    [(x[0], x[1]), (x[1], x[0])]
}

#[gradgen(gradient)]
fn slice(pairs: &[(f64, f64)]) -> f64 {
    pairs.iter().map(|p| p.0 * p.1).sum()
}

#[derive(gradgen::Gradgen)]
struct Body {
    position: [f64; 2],
}

#[gradgen(gradient)]
fn fields(bodies: &[Body; 2]) -> f64 {
    bodies[0].position[1] * bodies[1].position[0]
}

#[gradgen(gradient)]
fn typed(x: &[f64; 3]) -> f64 {
    let pairs: [(usize, f64); 2] = [(x[0], x[1]), (x[1], x[2])];
    let more = [(x[0], 1.0), (x[1], 2)];
    pairs[0].1 + more[0].0
}

#[gradgen(gradient)]
fn local_types(x: &[f64; 3]) -> f64 {
    struct Pair<T> {
        a: T,
    }
    let p = Pair { a: x[0] };
    p.a
}

fn main() {}

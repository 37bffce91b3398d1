//! Structs that are not understood, and derivatives that they do not have.

use gradgen::{Gradgen, gradgen};

#[derive(Gradgen, Clone, Copy)]
struct Params {
    mass: f64,
    table: [f64; 3],
}

impl Params {
    fn total(&self) -> f64 {
        self.mass + self.table[0]
    }
}

struct Unknown {
    a: f64,
}

#[gradgen(hessian(p))]
fn hessian(p: &Params, q: f64) -> f64 {
    p.mass * q
}

#[gradgen(jacobian(p))]
fn jacobian(p: &Params) -> [f64; 2] {
    [p.mass, 1.0]
}

#[gradgen(gradient(p))]
fn unread(p: &Params, q: f64) -> f64 {
    let _ = p;
    q
}

#[gradgen(gradient)]
fn fields(p: &Params, i: usize) -> f64 {
    let mut own = *p;
    own.mass = 2.0;
    let a = p.total();
    let b = p.table[i];
    let c = other(p);
    let Params { mass, .. } = Params { mass: a, ..*p };
    mass + b + c + p.mass.x + p.table.y
}

fn other(p: &Params) -> f64 {
    p.mass
}

#[gradgen(gradient)]
fn whole(p: Params) -> Params {
    p
}

#[gradgen(gradient)]
fn underived(p: &Unknown) -> f64 {
    p.a * p.a
}

#[derive(Gradgen)]
struct Mixed {
    a: f64,
    n: usize,
    list: Vec<f64>,
    name: &'static str,
}

#[derive(Gradgen)]
struct Borrowed<'a> {
    a: &'a f64,
}

#[derive(Gradgen, Clone, Copy)]
struct Generic<T> {
    a: T,
}

#[gradgen(gradient)]
fn two_scalars(p: &Generic<f32>) -> f64 {
    f64::from(p.a)
}

#[gradgen(gradient)]
fn no_scalar(p: &Generic<u8>, x: f64) -> f64 {
    x * f64::from(p.a)
}

#[derive(Gradgen)]
struct Empty;

fn main() {}

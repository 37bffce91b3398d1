//! Enums as parameters, where they are not understood.

use gradgen::{Gradgen, gradgen};

#[derive(Gradgen, Clone, Copy, PartialEq)]
enum Mode {
    Linear,
    Quadratic,
}

use Mode::{Linear, Quadratic};

#[gradgen(gradient)]
fn imported(mode: Mode, x: f64) -> f64 {
    match mode {
        Linear => x,
        Quadratic => x * x,
    }
}

#[gradgen(gradient(mode))]
fn by_the_enum(mode: Mode, x: f64) -> f64 {
    if mode == Mode::Linear { x } else { x * x }
}

#[gradgen(gradient)]
fn variables(mode: Mode, x: f64) -> f64 {
    let mut own = mode;
    if x > 0.0 {
        own = Mode::Linear;
    }
    if own == Mode::Linear { x } else { x * x }
}

#[gradgen(gradient)]
fn two(a: Mode, b: &Mode, x: f64) -> f64 {
    if a == *b { x } else { x * x }
}

#[gradgen(gradient)]
fn chosen(x: f64) -> f64 {
    let mode = if x > 1.0 { Mode::Linear } else { Mode::Quadratic };
    match mode {
        Mode::Linear => x,
        _ => x * x,
    }
}

#[gradgen(gradient)]
fn passed_on(mode: Mode, x: f64) -> f64 {
    by_the_enum(mode, x)
}

#[derive(Clone, Copy, PartialEq)]
enum Underived {
    A,
    B,
}

#[gradgen(gradient)]
fn underived(mode: Underived, x: f64) -> f64 {
    if mode == Underived::A { x } else { x * x }
}

#[derive(Gradgen)]
enum Shape {
    Circle(f64),
    Square { side: f64 },
    Point,
}

#[gradgen(gradient)]
fn data(shape: &Shape, x: f64) -> f64 {
    match shape {
        Shape::Circle(r) => r * x,
        Shape::Square { side } => side * x,
        Shape::Point => 0.0,
    }
}

#[derive(Gradgen)]
enum Never {}

#[derive(Gradgen)]
enum Generic<T> {
    A,
    B(T),
}

#[gradgen::module]
mod kernels {
    #[derive(gradgen::Gradgen, Clone, Copy)]
    pub enum Law {
        Hooke,
        Duffing,
    }

    #[gradgen::gradgen(gradient)]
    pub fn result(x: f64) -> Law {
        if x > 0.0 { Law::Hooke } else { Law::Duffing }
    }

    #[gradgen::gradgen(gradient)]
    pub fn value(law: Law, x: f64) -> f64 {
        let laws = [law, Law::Hooke];
        if let Law::Hooke = laws[0] { x } else { x * x }
    }

    #[gradgen::gradgen(gradient(law))]
    pub fn by_the_law(law: Law, x: f64) -> f64 {
        if let Law::Hooke = law { x } else { x * x }
    }
}

fn main() {}

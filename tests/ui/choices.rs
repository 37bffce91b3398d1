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

#[derive(Gradgen)]
struct Setup {
    mass: f64,
    count: u32,
    is_damped: bool,
    #[structure(parameter)]
    length: usize,
    #[structure(parametre)]
    list: f64,
    #[structure(parameter)]
    rows: [u8; 3],
}

#[derive(Gradgen)]
struct Parameters {
    #[structure(parameter)]
    count: u32,
}

#[derive(Gradgen, Clone, Copy)]
struct Float {
    mass: f64,
    #[structure(parameter)]
    other: f64,
}

#[derive(Gradgen)]
enum Large {
    A = 3_000_000_000,
}

#[derive(Clone, Copy)]
struct Sized {
    mass: f64,
    length: usize,
}

#[gradgen(gradient(x))]
fn sizes(p: &Sized, x: &[f64; 3]) -> f64 {
    x[p.length]
}

#[gradgen::module]
mod machine {
    use gradgen::Gradgen;

    #[derive(Gradgen, Clone, Copy)]
    pub struct State {
        pub speed: f64,
        #[structure(parameter)]
        pub count: u32,
    }

    #[gradgen::gradgen(jvp(s))]
    pub fn counted(s: &State) -> State {
        State { speed: 2.0 * s.speed, count: s.count + 1 }
    }
}

fn main() {}

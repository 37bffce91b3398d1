//! Structs that are written to, where that is not understood.

use gradgen::{Gradgen, gradgen};

#[derive(Gradgen, Clone, Copy)]
struct Part {
    size: f64,
}

#[derive(Gradgen, Clone, Copy)]
struct State {
    speed: f64,
    table: [f64; 3],
    part: Part,
    #[structure(parameter)]
    count: u32,
}

impl State {
    fn advance(&mut self) {
        self.speed += 1.0;
    }
}

#[gradgen(jvp)]
fn whole(state: &mut State, u: f64) {
    state.speed = u;
    state.advance();
}

#[gradgen(jvp)]
fn replaced(state: &mut State, u: f64) {
    *state = State { speed: u, ..*state };
}

#[gradgen(jvp)]
fn parts(state: &mut State, u: f64) {
    let part = state.part;
    state.part.size = u;
}

#[gradgen(jvp)]
fn counted(state: &mut State, u: f64) {
    state.count += 1;
    state.speed = u;
}

#[gradgen(jvp)]
fn lengths(state: &mut State, u: f64) {
    state.table[0] = u;
}

#[gradgen(gradient)]
fn gradient(state: &mut State, u: f64) {
    state.speed = u;
}

#[gradgen(jacobian)]
fn jacobian(state: &mut State, u: f64) {
    state.speed = u;
}

#[gradgen::module]
mod kernels {
    use gradgen::Gradgen;

    #[derive(Gradgen, Clone, Copy)]
    pub enum Gear {
        Low,
        High,
    }

    #[gradgen::gradgen(gradient(x))]
    pub fn shift(gear: &mut Gear, x: f64) -> f64 {
        *gear = Gear::High;
        x
    }
}

#[derive(Gradgen)]
struct NotClone {
    speed: f64,
    other: f64,
}

#[gradgen(jvp(state))]
fn without_clone(state: &mut NotClone, u: f64) {
    state.speed *= u;
}

fn main() {}

//! Structs that a function writes to.

use gradgen::{Differentiable, Gradgen, Structure, Value, gradgen};

use crate::{assert_close, assert_same_bits, difference};

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct Part {
    size: f64,
    rest: f64,
}

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct State {
    untouched: f64,
    position: [f64; 3],
    speed: f64,
    #[structure(parameter)]
    gear: Gear,
    part: Part,
    read_only: f64,
    written_only: f64,
}

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
enum Gear {
    Low,
    High,
}

const STATE: State = State {
    untouched: 0.3,
    position: [0.7, -1.2, 0.4],
    speed: 0.8,
    gear: Gear::High,
    part: Part { size: 1.6, rest: -0.2 },
    read_only: 0.9,
    written_only: 2.5,
};

fn flat<T: Structure<Scalar = f64>>(value: &T) -> Vec<f64> {
    let mut flat = vec![0.0; T::SIZE];
    value.write(&mut &mut flat[..]).unwrap();
    flat
}

fn from<T: Structure<Scalar = f64>>(flat: &[f64]) -> T {
    T::read(&mut &flat[..]).unwrap()
}

/// The position of what one does not differentiate by.
const GEAR: usize = 5;

type Step = fn(&mut State, f64);
type Siblings = (
    fn(&State, f64, &State) -> State,
    fn(&State, f64, f64) -> State,
    fn(&State, f64, &State) -> State,
    fn(&State, f64, &State) -> (State, f64),
    fn(&State, f64, &mut State, &mut [f64]) -> Result<(), gradgen::Error>,
);

/// Forward mode against differences, reverse mode against forward mode.
fn check(step: Step, (by_state, by_u, vjp, both, into): Siblings) {
    let u = 0.6;
    for gear in [Gear::Low, Gear::High] {
        let state = State { gear, ..STATE };
        let after = |state: &State, u: f64| {
            let mut state = *state;
            step(&mut state, u);
            state
        };
        let mut written = State::ZERO;
        into(&state, u, &mut written, &mut []).unwrap();
        for (ours, own) in flat(&written).into_iter().zip(flat(&after(&state, u))) {
            assert_same_bits(ours, own);
        }
        let x = flat(&state);
        let columns: Vec<Vec<f64>> = (0..State::SIZE)
            .map(|place| {
                let mut v = vec![0.0; State::SIZE];
                if place != GEAR {
                    v[place] = 1.0;
                }
                let tangent = flat(&by_state(&state, u, &from(&v)));
                for other in (0..State::SIZE).filter(|&other| other != GEAR) {
                    let slope = difference(|h| {
                        let moved: Vec<_> = x.iter().zip(&v).map(|(x, v)| x + h * v).collect();
                        flat(&after(&from(&moved), u))[other]
                    });
                    assert_close(tangent[other], slope);
                }
                tangent
            })
            .collect();
        let column = flat(&by_u(&state, u, 1.0));
        for other in (0..State::SIZE).filter(|&other| other != GEAR) {
            assert_close(column[other], difference(|h| flat(&after(&state, u + h))[other]));
            let mut c = vec![0.0; State::SIZE];
            c[other] = 1.0;
            let row = flat(&vjp(&state, u, &from(&c)));
            let (again, by_u) = both(&state, u, &from(&c));
            for place in (0..State::SIZE).filter(|&place| place != GEAR) {
                assert_close(row[place], columns[place][other]);
                assert_close(flat(&again)[place], columns[place][other]);
            }
            assert_close(by_u, column[other]);
        }
    }
}

macro_rules! check {
    ($($name:ident)*) => {
        pastey::paste! {
            $(
                check(
                    $name,
                    ([<$name _jvp_state>], [<$name _jvp_u>], [<$name _vjp_state>], [<$name _vjp>], [<$name _into>]),
                );
            )*
        }
    };
}

#[gradgen(jvp(state), jvp(u), vjp(state), vjp(*))]
fn step(state: &mut State, u: f64) {
    let position: [f64; 3] = state.position;
    state.speed += u * state.read_only.sin();
    state.position[0] += state.speed * position[1];
    state.written_only = u * u * state.position[0];
    if state.gear == Gear::High {
        state.part.size *= u;
    }
}

#[gradgen(jvp(state), jvp(u), vjp(state), vjp(*))]
fn with_loops(state: &mut State, u: f64) {
    let _: [f64; 3] = state.position;
    for i in 0..3 {
        if state.speed > u {
            state.speed = state.speed.sin() * state.position[i];
        } else if let Gear::Low = state.gear {
            state.position[i] *= state.speed;
        }
        for x in state.position.iter_mut() {
            *x += state.speed * u;
        }
        state.written_only = state.speed;
    }
    let speed = &mut state.speed;
    *speed *= u;
}

/// Nothing is mentioned but the one output.
#[gradgen(jvp(state), jvp(u), vjp(state), vjp(*))]
fn with_little(state: &mut State, u: f64) {
    state.part.rest = u.sin();
}

#[gradgen(vjp(state), jvp(state), bundle(f, jvp(state, u)), vjp(*))]
fn with_a_result(u: f64, state: &mut Part, x: &mut [f64; 2]) -> f64 {
    x[0] *= state.size;
    state.size += u * x[1];
    state.size * x[0] * state.size
}

#[test]
fn what_is_not_mentioned_stays() {
    check!(step with_loops with_little);
}

#[test]
fn results_stand_before_what_is_written() {
    let (u, part, x) = (0.4, Part { size: 1.3, rest: -0.6 }, [0.8, -0.5]);
    let run = |u: f64, part: Part, x: [f64; 2]| {
        let (mut part, mut x) = (part, x);
        let y = with_a_result(u, &mut part, &mut x);
        [y, part.size, part.rest, x[0], x[1]]
    };
    let along = |h: f64| run(u + 0.7 * h, Part { size: part.size + 0.2 * h, rest: part.rest - 1.1 * h }, x);
    let v = Part { size: 0.2, rest: -1.1 };
    let ((y, after, x_after), (dy, d_part, dx)) = with_a_result_f_jvp_state_u(u, &part, &x, &v, 0.7);
    let value = run(u, part, x);
    assert_eq!([y, after.size, after.rest, x_after[0], x_after[1]], value);
    for (place, tangent) in [dy, d_part.size, d_part.rest, dx[0], dx[1]].into_iter().enumerate() {
        assert_close(tangent, difference(|h| along(h)[place]));
    }
    let (c_y, c_part, c_x) = (0.3, Part { size: -0.9, rest: 0.5 }, [1.2, 0.1]);
    let dot =
        |r: [f64; 5]| c_y * r[0] + c_part.size * r[1] + c_part.rest * r[2] + c_x[0] * r[3] + c_x[1] * r[4];
    let (by_u, by_part, by_x) = with_a_result_vjp(u, &part, &x, c_y, &c_part, &c_x);
    assert_eq!(by_part, with_a_result_vjp_state(u, &part, &x, c_y, &c_part, &c_x));
    assert_close(by_u, difference(|h| dot(run(u + h, part, x))));
    assert_close(by_part.size, difference(|h| dot(run(u, Part { size: part.size + h, ..part }, x))));
    assert_close(by_part.rest, difference(|h| dot(run(u, Part { rest: part.rest + h, ..part }, x))));
    assert_close(by_x[1], difference(|h| dot(run(u, part, [x[0], x[1] + h]))));
}

#[test]
fn outside_of_rust_a_state_goes_in_and_out() {
    let info = <step as Differentiable>::INFO;
    assert_eq!([info.inputs[0].name, info.outputs[0].name], ["state", "state_out"]);
    let mut out = [f64::NAN; State::SIZE];
    info.call_f64(&[Value::F64(&flat(&STATE)), Value::F64(&[0.6])], &mut [&mut out], &mut []).unwrap();
    let mut after = STATE;
    step(&mut after, 0.6);
    assert_eq!(out.to_vec(), flat(&after));
}

#[gradgen]
impl Part {
    /// A method that writes to what it is called on.
    #[gradgen(jvp(self), vjp(*))]
    fn grow(&mut self, by: f64) {
        self.size += by * self.size.sin();
    }
}

#[test]
fn methods_write_to_self() {
    let (part, by) = (Part { size: 0.7, rest: 0.2 }, 0.4);
    let after = |size: f64, by: f64| {
        let mut part = Part { size, ..part };
        part.grow(by);
        part.size
    };
    let tangent = part.grow_jvp_self(by, &Part { size: 1.0, rest: 3.0 });
    assert_close(tangent.size, difference(|h| after(part.size + h, by)));
    assert_eq!(tangent.rest, 3.0);
    let (by_self, by_by) = part.grow_vjp(by, &Part { size: 2.0, rest: 0.5 });
    assert_close(by_self.size, 2.0 * tangent.size);
    assert_eq!(by_self.rest, 0.5);
    assert_close(by_by, 2.0 * difference(|h| after(part.size, by + h)));
}

#[gradgen::module]
mod rocket {
    #![allow(unreachable_pub, reason = "as in a library")]
    use gradgen::Gradgen;

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub struct Tank(pub f64, pub [f64; 2]);

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub struct Rocket {
        pub height: f64,
        pub tank: Tank,
        #[structure(parameter)]
        pub stage: u8,
        pub speed: f64,
    }

    impl Rocket {
        fn burn(&mut self, u: f64) {
            self.tank.0 -= 0.1 * u;
            self.speed += u / self.tank.0;
        }
    }

    /// With methods, copies, branches and loops.
    #[gradgen::gradgen(jvp(rocket), jvp(u), vjp(*))]
    pub fn fly(rocket: &mut Rocket, u: &[f64; 3]) {
        let mut before = *rocket;
        for &u in u {
            rocket.burn(u);
            if rocket.stage == 2 {
                before.speed *= 0.5;
                rocket.tank.1[0] += before.speed * u;
            }
        }
        rocket.height += rocket.speed + before.speed;
    }

    /// An array of structs, and a loop that is not written out.
    #[gradgen::gradgen(jvp(tanks), vjp(tanks))]
    pub fn drain(tanks: &mut [Tank; 40], u: f64) {
        for i in 1..40 {
            tanks[i].0 += u * tanks[i - 1].0.sin();
            tanks[i].1[1] *= tanks[i].0;
        }
    }

    /// One that is not read.
    #[gradgen::gradgen(jvp(u), vjp(u))]
    pub fn fill(tank: &mut Tank, u: f64) {
        *tank = Tank(u.sin(), [u, u * u]);
    }
}

#[test]
fn a_module_sees_what_is_written_to() {
    use rocket::*;
    for stage in [1, 2] {
        let rocket = Rocket { height: 0.5, tank: Tank(3.1, [0.4, 0.7]), stage, speed: 1.2 };
        let (u, x) = ([0.3, 0.9, -0.4], flat(&rocket));
        let after = |x: &[f64], u: [f64; 3]| {
            let mut rocket: Rocket = from(x);
            fly(&mut rocket, &u);
            flat(&rocket)
        };
        let c = [0.3, -0.8, 1.1, 0.6, 0.0, 0.9];
        let (by_rocket, by_u) = fly_vjp(&rocket, &u, &from(&c));
        let dot = |r: Vec<f64>| r.iter().zip(c).map(|(r, c)| r * c).sum::<f64>();
        for place in [0, 1, 2, 3, 5] {
            let along = |h: f64| {
                let mut x = x.clone();
                x[place] += h;
                after(&x, u)
            };
            assert_close(flat(&by_rocket)[place], difference(|h| dot(along(h))));
            let mut v = [0.0; 6];
            v[place] = 1.0;
            let tangent = flat(&fly_jvp_rocket(&rocket, &u, &from(&v)));
            for other in [0, 1, 2, 3, 5] {
                assert_close(tangent[other], difference(|h| along(h)[other]));
            }
        }
        for place in 0..3 {
            let along = |h: f64| {
                let mut u = u;
                u[place] += h;
                after(&x, u)
            };
            assert_close(by_u[place], difference(|h| dot(along(h))));
        }
        let mut written = Rocket::ZERO;
        fly_into(&rocket, &u, &mut written, &mut []).unwrap();
        assert_eq!(flat(&written), after(&x, u));
        assert_eq!(written.stage, stage);
    }
    let tanks: [Tank; 40] = std::array::from_fn(|i| Tank(0.1 * i as f64, [0.3, 1.0 - 0.02 * i as f64]));
    let mut v = [Tank::ZERO; 40];
    v[3].0 = 1.0;
    v[7].1[1] = 2.0;
    let tangent = drain_jvp_tanks(&tanks, 0.7, &v);
    let after = |h: f64| {
        let mut tanks = tanks;
        tanks[3].0 += h;
        tanks[7].1[1] += 2.0 * h;
        drain(&mut tanks, 0.7);
        tanks
    };
    for place in 0..40 {
        assert_close(tangent[place].0, difference(|h| after(h)[place].0));
        assert_close(tangent[place].1[1], difference(|h| after(h)[place].1[1]));
    }
    let mut c = [Tank::ZERO; 40];
    (c[9].0, c[8].1[1], c[2].1[0]) = (0.4, -1.3, 5.0);
    let by = drain_vjp_tanks(&tanks, 0.7, &c);
    assert_close(by[3].0 + 2.0 * by[7].1[1], 0.4 * tangent[9].0 - 1.3 * tangent[8].1[1]);
    assert_close(by[2].1[0], 5.0);
    let mut written = Tank::ZERO;
    fill_into(0.4, &mut written, &mut []).unwrap();
    assert_eq!(written, Tank(0.4_f64.sin(), [0.4, 0.4 * 0.4]));
    let tangent: Tank = fill_jvp(0.4, 1.0);
    assert_close(tangent.0, 0.4_f64.cos());
    assert_close(tangent.1[1], 0.8);
    assert_close(fill_vjp(0.4, &Tank(2.0, [0.0, 3.0])), 2.0 * 0.4_f64.cos() + 3.0 * 0.8);
}

//! Structs and tuples as parameters, results, and in between.

use gradgen::{Differentiable, Gradgen, Structure, Value, gradgen};

use crate::{against_differences, assert_close, assert_same_bits, difference};

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct Link {
    length: f64,
    inertia: [[f64; 2]; 2],
}

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct Params {
    mass: f64,
    unused: [f64; 4],
    link: Link,
    r#type: f64,
}

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct State {
    position: [f64; 2],
    speed: f64,
}

const PARAMS: Params = Params {
    mass: 1.3,
    unused: [5.0; 4],
    link: Link { length: 0.7, inertia: [[1.0, 0.2], [0.3, 2.0]] },
    r#type: -0.4,
};

#[gradgen(gradient(p), gradient(*), hvp(p), hvp(p, q), jvp(p), vjp(p, q), bundle(f, grad(p, q), hvp(q)))]
fn energy(p: &Params, q: f64) -> f64 {
    let Params { mass, link, .. } = *p;
    let inertia: [[f64; 2]; 2] = link.inertia;
    let trace = inertia[0][0] + inertia[1][1] * inertia[0][1];
    mass * q.sin() * link.length.powi(2) + trace * (q * p.r#type).cos() * mass
}

/// All scalars of a struct, one of them moved.
fn moved(p: &Params, place: usize, step: f64) -> Params {
    let mut flat = [0.0; Params::SIZE];
    p.write(&mut &mut flat[..]).unwrap();
    flat[place] += step;
    Params::read(&mut &flat[..]).unwrap()
}

fn flat(p: &Params) -> [f64; Params::SIZE] {
    let mut flat = [0.0; Params::SIZE];
    p.write(&mut &mut flat[..]).unwrap();
    flat
}

#[test]
fn derivatives_by_a_struct_are_structs() {
    let (p, q) = (PARAMS, 0.8);
    let gradient: Params = energy_grad_p(&p, q);
    let (both, by_q) = energy_grad(&p, q);
    assert_eq!(gradient, both);
    assert_close(by_q, difference(|step| energy(&p, q + step)));
    for place in 0..Params::SIZE {
        let slope = difference(|step| energy(&moved(&p, place, step), q));
        assert_close(flat(&gradient)[place], slope);
        let direction = moved(&Params::ZERO, place, 1.0);
        assert_close(energy_jvp_p(&p, q, &direction), slope);
        let product: Params = energy_hvp_p(&p, q, &direction);
        let (mixed, by_q) = energy_hvp_p_q(&p, q, &direction, 0.0);
        assert_eq!(product, mixed);
        assert_close(by_q, difference(|step| energy_grad(&moved(&p, place, step), q).1));
        for other in 0..Params::SIZE {
            let slope = difference(|step| flat(&energy_grad_p(&moved(&p, place, step), q))[other]);
            assert_close(flat(&product)[other], slope);
        }
    }
    let (by_p, by_q) = energy_vjp_p_q(&p, q, 2.0);
    assert_close(by_p.link.length, 2.0 * gradient.link.length);
    assert_eq!(by_p.unused, [0.0; 4]);
    let (value, (a, b), product) = energy_f_grad_hvp_p_q(&p, q, 1.0);
    assert_same_bits(value, energy(&p, q));
    assert_eq!((a, b), energy_grad(&p, q));
    assert_close(2.0 * b, by_q);
    assert_close(product, difference(|step| energy_grad(&p, q + step).1));
}

#[test]
fn the_caller_owns_structs_too() {
    let (p, q) = (PARAMS, 0.8);
    let mut gradient = Params::ZERO;
    let mut work = vec![0.0; energy_grad_p_workspace()];
    energy_grad_p_into(&p, q, &mut gradient, &mut work).unwrap();
    assert_eq!(gradient, energy_grad_p(&p, q));
    let mut value = 0.0;
    energy_into(&p, q, &mut value, &mut []).unwrap();
    assert_same_bits(value, energy(&p, q));
}

#[test]
fn outside_of_rust_a_struct_is_a_list() {
    let info = <energy as Differentiable>::INFO;
    assert_eq!(info.inputs[0].name, "p");
    assert_eq!(info.inputs[0].shape, [gradgen::Dim::Fixed(Params::SIZE)]);
    let gradient = info.siblings.iter().find(|sibling| sibling.name == "energy_grad_p").unwrap();
    let gradgen::Call::F64(call) = gradient.call else { panic!("a function of f64") };
    let (input, mut output) = (flat(&PARAMS), [f64::NAN; Params::SIZE]);
    call(&[Value::F64(&input), Value::F64(&[0.8])], &mut [&mut output], &mut []).unwrap();
    assert_eq!(output, flat(&energy_grad_p(&PARAMS, 0.8)));
    let mut short = [7.0; Params::SIZE - 1];
    assert!(call(&[Value::F64(&input), Value::F64(&[0.8])], &mut [&mut short], &mut []).is_err());
    assert_eq!(short, [7.0; Params::SIZE - 1]);
    assert!(call(&[Value::F64(&input[1..]), Value::F64(&[0.8])], &mut [&mut output], &mut []).is_err());
}

#[gradgen(jvp(s), vjp(s), jvp(s, u), vjp(s, u))]
fn step(s: &State, u: [f64; 2]) -> State {
    let position: [f64; 2] = s.position;
    let speed = s.speed + 0.1 * u[0] - 0.05 * s.speed * s.speed;
    State { speed, position: [position[0] + speed * u[1].cos(), position[1] + s.speed * u[1].sin()] }
}

#[test]
fn results_can_be_structs() {
    let (s, u) = (State { position: [0.3, -0.2], speed: 1.4 }, [0.5, 0.9]);
    let v = State { position: [0.4, 1.1], speed: -0.6 };
    let along = |t: f64| State {
        position: [s.position[0] + t * v.position[0], s.position[1] + t * v.position[1]],
        speed: s.speed + t * v.speed,
    };
    let tangent: State = step_jvp_s(&s, u, &v);
    assert_close(tangent.speed, difference(|t| step(&along(t), u).speed));
    assert_close(tangent.position[0], difference(|t| step(&along(t), u).position[0]));
    assert_close(tangent.position[1], difference(|t| step(&along(t), u).position[1]));
    let c = State { position: [0.7, -0.8], speed: 0.25 };
    let by: State = step_vjp_s(&s, u, &c);
    let dot = |a: &State, b: &State| {
        a.position[0] * b.position[0] + a.position[1] * b.position[1] + a.speed * b.speed
    };
    assert_close(dot(&by, &v), dot(&c, &tangent));
    let (by_s, by_u) = step_vjp_s_u(&s, u, &c);
    assert_eq!(by_s, by);
    assert_close(by_u[0], difference(|t| dot(&c, &step(&s, [u[0] + t, u[1]]))));
}

#[gradgen(gradient, hvp, gradient(*))]
fn pairs((a, b): (f64, f64), p: &(f64, [f64; 3])) -> f64 {
    let (scale, [x, y, z]) = *p;
    a * scale * x.sin() + b * y * (z * a).exp() * p.1[0]
}

#[test]
fn tuples_are_parameters() {
    let (t, p) = ((0.4, 1.2), (0.9, [0.3, -0.5, 0.7]));
    let by_t: (f64, f64) = pairs_grad_a_b(t, &p);
    assert_close(by_t.0, difference(|h| pairs((t.0 + h, t.1), &p)));
    assert_close(by_t.1, difference(|h| pairs((t.0, t.1 + h), &p)));
    let by_p: (f64, [f64; 3]) = pairs_grad_p(t, &p);
    assert_close(by_p.0, difference(|h| pairs(t, &(p.0 + h, p.1))));
    assert_close(by_p.1[2], difference(|h| pairs(t, &(p.0, [p.1[0], p.1[1], p.1[2] + h]))));
    let product = pairs_hvp_p(t, &p, &(0.0, [1.0, 0.0, 0.0]));
    assert_close(product.0, difference(|h| pairs_grad_p(t, &(p.0, [p.1[0] + h, p.1[1], p.1[2]])).0));
    assert_close(product.1[2], difference(|h| pairs_grad_p(t, &(p.0, [p.1[0] + h, p.1[1], p.1[2]])).1[2]));
}

/// A struct with a slice beside it.
#[gradgen(gradient(p), gradient(x), hvp(p))]
fn beside_a_slice(p: &State, x: &[f64]) -> f64 {
    x.iter().enumerate().map(|(i, v)| (v * p.speed).sin() * i as f64).sum::<f64>() * p.speed
}

#[test]
fn structs_stand_beside_slices() {
    let (p, x) = (State { position: [0.0; 2], speed: 0.6 }, [0.3, 0.8, -1.2, 0.4]);
    let at = |speed: f64| beside_a_slice(&State { speed, ..p }, &x);
    let mut gradient = State { position: [9.0; 2], speed: 9.0 };
    let mut work = vec![0.0; beside_a_slice_grad_p_workspace(x.len())];
    beside_a_slice_grad_p_into(&p, &x, &mut gradient, &mut work).unwrap();
    assert_eq!(gradient.position, [0.0; 2]);
    assert_close(gradient.speed, difference(|h| at(p.speed + h)));
    let mut product = State::ZERO;
    let mut work = vec![0.0; beside_a_slice_hvp_p_workspace(x.len())];
    let v = State { position: [0.0; 2], speed: 1.0 };
    beside_a_slice_hvp_p_into(&p, &x, &v, &mut product, &mut work).unwrap();
    let gradient_at = |speed: f64| {
        let mut gradient = State::ZERO;
        let mut work = vec![0.0; beside_a_slice_grad_p_workspace(x.len())];
        beside_a_slice_grad_p_into(&State { speed, ..p }, &x, &mut gradient, &mut work).unwrap();
        gradient.speed
    };
    assert_close(product.speed, difference(|h| gradient_at(p.speed + h)));
}

/// Structs that only the body has.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn local_structs(x: &[f64; 3]) -> f64 {
    let mut a = State { position: [x[0], x[1]], speed: x[2] };
    let b = State { speed: x[0] * x[1], ..a };
    a.position[1] *= b.speed;
    a.speed += 1.0;
    let mut pair = (a.speed, [x[0], 2.0]);
    pair.0 *= x[1];
    pair.1[1] += pair.0;
    for i in 0..3 {
        a.speed = a.speed * 0.5 + x[i] * pair.1[1];
        a.position[i % 2] += a.speed;
    }
    let State { position: [p, q], speed } = a;
    let twice = |s: &State| s.speed * 2.0 + s.position[0];
    p * q + speed * b.position[0] + twice(&b) * pair.0
}

#[gradgen::module]
mod kernels {
    #![allow(unreachable_pub, reason = "as in a library")]
    use gradgen::Gradgen;

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub struct Point(pub f64, pub f64);

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub struct Body {
        pub at: Point,
        pub table: [f64; 3],
        pub mass: f64,
    }

    impl Point {
        fn dot(&self, other: &Self) -> f64 {
            self.0 * other.0 + self.1 * other.1
        }

        fn norm(self) -> f64 {
            self.dot(&self).sqrt()
        }

        fn new(x: f64, y: f64) -> Self {
            Self(x, y)
        }

        fn scale(&mut self, by: f64) {
            self.0 *= by;
            self.1 *= by;
        }
    }

    impl Body {
        fn moved(&self, by: f64) -> Body {
            let mut body = *self;
            body.at.scale(by);
            body.mass += by;
            Body { table: [by; 3], ..body }
        }
    }

    #[gradgen::gradgen(gradient, hvp)]
    pub fn potential(b: &Body) -> f64 {
        let mut sum = 0.0;
        for (i, t) in b.table.iter().enumerate() {
            sum += t * b.at.0.powi(2) * i as f64;
        }
        let moved = b.moved(b.mass);
        sum + b.mass / b.at.norm() + moved.at.dot(&Point::new(b.at.1, 2.0)) * moved.table[1] + moved.mass
    }

    #[gradgen::gradgen(vjp, jvp)]
    pub fn reflected(p: &Point) -> Body {
        let at = Point(-p.0 * p.1, p.1);
        Body { at, table: [p.0; 3], mass: at.norm() }
    }
}

#[test]
fn a_module_sees_what_structs_are() {
    use kernels::*;
    let b = Body { at: Point(0.6, -1.1), table: [0.2, 0.9, -0.4], mass: 1.7 };
    let flat = |b: &Body| [b.at.0, b.at.1, b.table[0], b.table[1], b.table[2], b.mass];
    let body = |x: [f64; 6]| Body { at: Point(x[0], x[1]), table: [x[2], x[3], x[4]], mass: x[5] };
    let x = flat(&b);
    let gradient = flat(&potential_grad(&b));
    for place in 0..6 {
        let along = |h: f64| {
            let mut x = x;
            x[place] += h;
            body(x)
        };
        assert_close(gradient[place], difference(|h| potential(&along(h))));
        let mut direction = [0.0; 6];
        direction[place] = 1.0;
        let product = flat(&potential_hvp(&b, &body(direction)));
        for other in 0..6 {
            assert_close(product[other], difference(|h| flat(&potential_grad(&along(h)))[other]));
        }
    }
    let p = Point(0.7, 0.4);
    let tangent = flat(&reflected_jvp(&p, &Point(1.0, 0.0)));
    for (place, value) in tangent.into_iter().enumerate() {
        assert_close(value, difference(|h| flat(&reflected(&Point(p.0 + h, p.1)))[place]));
    }
    let by = reflected_vjp(&p, &body([0.0, 0.0, 0.0, 0.0, 0.0, 1.0]));
    assert_close(by.0, tangent[5]);
}

against_differences!(local_structs);

//! Arrays of structs and tuples as parameters and results: derivatives by them are such arrays.

use gradgen::{Gradgen, Structure, gradgen};

use crate::{assert_close, difference};

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct Body {
    mass: f64,
    position: [f64; 2],
    unused: f64,
}

/// The struct's definition is not seen here.
#[gradgen(gradient, hvp, jvp(bodies), vjp(bodies))]
fn energy(bodies: &[Body; 3], g: f64) -> f64 {
    let mut energy = 0.0;
    for i in 0..3 {
        for j in 0..i {
            let (p, q): ([f64; 2], [f64; 2]) = (bodies[i].position, bodies[j].position);
            let squared = (p[0] - q[0]).powi(2) + (p[1] - q[1]).powi(2);
            energy -= g * bodies[i].mass * bodies[j].mass / squared.sqrt();
        }
    }
    energy
}

#[gradgen(gradient, hvp, jvp(bodies), vjp(bodies))]
fn in_turn(bodies: &[Body; 4], g: f64) -> f64 {
    let moment = |body: &Body| {
        let (mass, position): (f64, [f64; 2]) = (body.mass, body.position);
        mass * position[0] * position[1].sin()
    };
    let mut sum = g;
    for (i, body) in bodies.iter().enumerate() {
        let last = &bodies[3 - i];
        sum += moment(body) * sum * last.mass;
    }
    sum
}

#[gradgen(gradient, hvp, jvp(pairs), vjp(pairs))]
fn tuples(pairs: &[(f64, [f64; 2]); 3], g: f64) -> f64 {
    let mut s = g;
    for (weight, point) in pairs {
        s += weight * point[0].sin() * point[1] * s;
    }
    let mut changed = *pairs;
    changed[1].0 *= s;
    let [first, _] = [pairs[2], pairs[0]];
    changed.iter().map(|pair| pair.0).product::<f64>() * s + first.1[0]
}

#[gradgen(gradient, hvp, jvp(pairs), vjp(pairs))]
fn generic<const N: usize>(pairs: [(f64, f64); N], g: f64) -> f64 {
    let mut s = g;
    for (weight, angle) in pairs {
        s += weight * angle.sin() * s;
    }
    s
}

#[gradgen::module]
mod kernels {
    use super::*;

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub(super) struct Node {
        pub(super) load: f64,
        pub(super) at: [f64; 2],
    }

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub(super) struct Frame {
        pub(super) nodes: [[Node; 2]; 2],
        pub(super) scale: f64,
    }

    #[gradgen(gradient, hvp, jvp(node), vjp(node))]
    pub(super) fn written_in_a_loop(node: &Node, rate: f64) -> f64 {
        let mut node = *node;
        for _ in 0..20 {
            node.load += 0.1 * rate * node.load;
            node.at[1] *= rate;
        }
        let either = if rate > 0.0 { node } else { Node { at: [1.0; 2], load: rate } };
        node.load * node.at[1] + either.at[0] * node.load
    }

    #[gradgen(gradient, hvp, jvp(frame), vjp(frame))]
    pub(super) fn nested(frame: &Frame, g: f64) -> f64 {
        let mut changed = *frame;
        changed.nodes[1][0].load += changed.nodes[0][1].at[0] * g;
        let row = changed.nodes[1];
        row[0].load * row[1].at[1] * changed.scale + frame.nodes[0][0].load * total(&frame.nodes[0])
    }

    fn total(nodes: &[Node]) -> f64 {
        nodes.iter().map(|node| node.load * node.at[0]).sum()
    }

    #[gradgen(jvp(nodes), vjp(nodes))]
    pub(super) fn step(nodes: &[Node; 3], g: f64) -> [Node; 3] {
        let mut next = *nodes;
        for i in 0..3 {
            next[i].load += g * nodes[(i + 1) % 3].at[0];
            next[i].at[1] = next[i].load * next[i].load;
        }
        next
    }

    #[gradgen(jvp, vjp)]
    pub(super) fn built(x: &[f64; 2]) -> ([Node; 2], f64) {
        let nodes = [Node { load: x[0] * x[1], at: *x }, Node { load: x[0].sin(), at: [x[1]; 2] }];
        (nodes, nodes[0].load)
    }
}

fn flat<T: Structure<Scalar = f64>>(value: &T) -> Vec<f64> {
    let mut flat = vec![0.0; T::SIZE];
    value.write(&mut &mut flat[..]).expect("as many scalars as it has");
    flat
}

fn whole<T: Structure<Scalar = f64>>(flat: &[f64]) -> T {
    T::read(&mut &flat[..]).expect("as many scalars as it has")
}

/// All scalars of a point, away from each other.
fn point(count: usize) -> Vec<f64> {
    (0..count).map(|i| 0.3 + ((i * 7) % 5) as f64 * 0.37 - (i % 3) as f64 * 0.61).collect()
}

fn with<T: Structure<Scalar = f64>>(x: &[f64], place: usize, step: f64) -> T {
    let mut x = x.to_vec();
    x[place] += step;
    whole(&x)
}

fn unit<T: Structure<Scalar = f64>>(place: usize) -> T {
    with(&vec![0.0; T::SIZE], place, 1.0)
}

/// A scalar function of an array of structs, and what is generated of it.
struct Family<T> {
    value: fn(&T) -> f64,
    gradient: fn(&T) -> T,
    hvp: fn(&T, &T) -> T,
    jvp: fn(&T, &T) -> f64,
    vjp: fn(&T, f64) -> T,
}

impl<T: Structure<Scalar = f64>> Family<T> {
    fn check(&self) {
        let x = point(T::SIZE);
        let gradient = flat(&(self.gradient)(&whole(&x)));
        let pulled = flat(&(self.vjp)(&whole(&x), 2.0));
        for place in 0..T::SIZE {
            assert_close(gradient[place], difference(|h| (self.value)(&with(&x, place, h))));
            assert_close((self.jvp)(&whole(&x), &unit(place)), gradient[place]);
            assert_close(pulled[place], 2.0 * gradient[place]);
            let product = flat(&(self.hvp)(&whole(&x), &unit(place)));
            for (other, value) in product.into_iter().enumerate() {
                let along = |h: f64| flat(&(self.gradient)(&with(&x, place, h)))[other];
                assert_close(value, difference(along));
            }
        }
    }
}

#[test]
fn of_structs() {
    Family {
        value: |b| energy(b, 0.7),
        gradient: |b| energy_grad_bodies(b, 0.7),
        hvp: |b, v| energy_hvp_bodies(b, 0.7, v),
        jvp: |b, v| energy_jvp_bodies(b, 0.7, v),
        vjp: |b, c| energy_vjp_bodies(b, 0.7, c),
    }
    .check();
    Family {
        value: |b| in_turn(b, 0.7),
        gradient: |b| in_turn_grad_bodies(b, 0.7),
        hvp: |b, v| in_turn_hvp_bodies(b, 0.7, v),
        jvp: |b, v| in_turn_jvp_bodies(b, 0.7, v),
        vjp: |b, c| in_turn_vjp_bodies(b, 0.7, c),
    }
    .check();
}

#[test]
fn of_tuples() {
    Family {
        value: |b| tuples(b, 0.7),
        gradient: |b| tuples_grad_pairs(b, 0.7),
        hvp: |b, v| tuples_hvp_pairs(b, 0.7, v),
        jvp: |b, v| tuples_jvp_pairs(b, 0.7, v),
        vjp: |b, c| tuples_vjp_pairs(b, 0.7, c),
    }
    .check();
    Family::<[(f64, f64); 5]> {
        value: |b| generic(*b, 0.7),
        gradient: |b| generic_grad_pairs(*b, 0.7),
        hvp: |b, v| generic_hvp_pairs(*b, 0.7, v),
        jvp: |b, v| generic_jvp_pairs(*b, 0.7, v),
        vjp: |b, c| generic_vjp_pairs(*b, 0.7, c),
    }
    .check();
}

#[test]
fn in_modules() {
    use kernels::*;
    Family {
        value: |b| written_in_a_loop(b, 0.7),
        gradient: |b| written_in_a_loop_grad_node(b, 0.7),
        hvp: |b, v| written_in_a_loop_hvp_node(b, 0.7, v),
        jvp: |b, v| written_in_a_loop_jvp_node(b, 0.7, v),
        vjp: |b, c| written_in_a_loop_vjp_node(b, 0.7, c),
    }
    .check();
    Family {
        value: |b| nested(b, 0.7),
        gradient: |b| nested_grad_frame(b, 0.7),
        hvp: |b, v| nested_hvp_frame(b, 0.7, v),
        jvp: |b, v| nested_jvp_frame(b, 0.7, v),
        vjp: |b, c| nested_vjp_frame(b, 0.7, c),
    }
    .check();
}

#[test]
fn as_results() {
    use kernels::*;
    type Nodes = [Node; 3];
    let x = point(Nodes::SIZE);
    let mut into: Nodes = unit(0);
    step_into(&whole(&x), 0.7, &mut into, &mut []).expect("nothing refuses it");
    assert_eq!(into, step(&whole(&x), 0.7));
    for place in 0..Nodes::SIZE {
        let tangent = flat(&step_jvp_nodes(&whole(&x), 0.7, &unit(place)));
        for (other, value) in tangent.into_iter().enumerate() {
            let along = |h: f64| flat(&step(&with::<Nodes>(&x, place, h), 0.7))[other];
            assert_close(value, difference(along));
            let pulled = flat(&step_vjp_nodes(&whole(&x), 0.7, &unit(other)));
            assert_close(pulled[place], value);
        }
    }
    let (nodes, load) = built_jvp(&[0.5, 0.7], &[1.0, 0.0]);
    let cos = 0.5_f64.cos();
    let expected = [Node { load: 0.7, at: [1.0, 0.0] }, Node { load: cos, at: [0.0; 2] }];
    assert_eq!((nodes, load), (expected, 0.7));
}

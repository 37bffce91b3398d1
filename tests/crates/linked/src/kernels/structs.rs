//! Structs and tuples as arguments and results.

use gradgen::{Gradgen, gradgen};

/// A part of a machine.
#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// In metres.
    pub length: f64,
    /// About its end.
    pub inertia: [[f64; 2]; 2],
}

/// A machine.
#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
pub struct Arm {
    /// In kilograms.
    pub mass: f64,
    /// Its part.
    pub link: Link,
}

/// By structs and by a scalar.
#[gradgen(gradient(arm), gradient(*), hvp(arm, q), jvp(arm), vjp(arm, q), bundle(f, grad(arm, q), hvp(q)))]
pub fn energy(arm: &Arm, q: f64) -> f64 {
    let inertia: [[f64; 2]; 2] = arm.link.inertia;
    let mut sum = 0.0;
    for i in 0..3 {
        sum += (q * arm.link.length * i as f64).sin() * inertia[i % 2][1] * arm.mass;
    }
    sum
}

/// A struct as the result.
#[gradgen(jvp(*), vjp(*))]
pub fn stretched(link: &Link, by: f64) -> Link {
    let [[a, b], [c, d]] = link.inertia;
    Link { length: link.length * by, inertia: [[a * by, b.sin()], [c * d, d * by * by]] }
}

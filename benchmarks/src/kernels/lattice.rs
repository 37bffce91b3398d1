//! Six masses in a row between walls, with springs that harden: twelve states, loops in the dynamics.

use gradgen::gradgen;

/// Places, then speeds; stiffness, hardening and friction.
#[gradgen]
pub fn dynamics(x: &[f64; 12], p: &[f64; 3]) -> [f64; 12] {
    // The walls do not move.
    let mut place = [0.0; 8];
    for i in 0..6 {
        place[i + 1] = x[i];
    }
    let mut force = [0.0; 7];
    for i in 0..7 {
        let stretch = place[i + 1] - place[i];
        force[i] = p[0] * stretch + p[1] * stretch * stretch * stretch;
    }
    let mut rate = [0.0; 12];
    for i in 0..6 {
        rate[i] = x[6 + i];
        rate[6 + i] = force[i + 1] - force[i] - p[2] * x[6 + i];
    }
    rate
}

/// One step of length `h`.
#[gradgen]
pub fn rk4_step(x: &[f64; 12], p: &[f64; 3], h: f64) -> [f64; 12] {
    let mut at = [0.0; 12];
    let k1: [f64; 12] = dynamics(x, p);
    for i in 0..12 {
        at[i] = x[i] + 0.5 * h * k1[i];
    }
    let k2: [f64; 12] = dynamics(&at, p);
    for i in 0..12 {
        at[i] = x[i] + 0.5 * h * k2[i];
    }
    let k3: [f64; 12] = dynamics(&at, p);
    for i in 0..12 {
        at[i] = x[i] + h * k3[i];
    }
    let k4: [f64; 12] = dynamics(&at, p);
    let mut next = [0.0; 12];
    for i in 0..12 {
        next[i] = x[i] + h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
    }
    next
}

/// The kinetic energy after `S` steps of length 0.01.
#[gradgen(gradient(x0, p), bundle(f, grad(x0, p)))]
pub fn lattice<const S: usize>(x0: &[f64; 12], p: &[f64; 3]) -> f64 {
    let mut x = *x0;
    for _ in 0..S {
        x = rk4_step(&x, p, 0.01);
    }
    let mut energy = 0.0;
    for i in 6..12 {
        energy += 0.5 * x[i] * x[i];
    }
    energy
}

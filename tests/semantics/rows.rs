//! Arrays of structs and tuples: built, read, written to, gone through, taken apart, carried by loops.

use gradgen::{Gradgen, gradgen};

use crate::{against_differences, refusing_against_differences};

#[derive(Gradgen, Clone, Copy)]
struct Body {
    mass: f64,
    position: [f64; 2],
    velocity: [f64; 2],
}

/// The order of a literal's fields is not that of the struct.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn fields_in_any_order(x: &[f64; 3]) -> f64 {
    let mut p = Body { mass: x[0], position: [x[1], 0.0], velocity: [1.0; 2] };
    let before = p.mass;
    p = Body { position: [x[2], x[0]], velocity: [x[1]; 2], mass: x[0] * x[1] };
    let q = if x[0] > x[1] { Body { velocity: [x[2], 1.0], ..p } } else { p };
    before * p.mass * p.position[0] * q.velocity[0] + p.position[1]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn tuples(x: &[f64; 3]) -> f64 {
    let pairs: [(f64, f64); 3] = [(x[0], 1.0), (x[1], x[2]), (2.0, x[0])];
    let sum: f64 = pairs.iter().map(|&(a, b)| a * b).sum();
    sum * pairs.iter().fold(1.0, |product, pair| product * (pair.0 + pair.1)) + pairs[1].0
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn gravity(x: &[f64; 3]) -> f64 {
    let mut bodies = [
        Body { mass: 1.0 + x[0] * x[0], position: [x[0], x[1]], velocity: [0.0, x[2]] },
        Body { mass: 2.0, position: [x[1], 3.0], velocity: [x[2], 0.1] },
        Body { velocity: [0.0; 2], position: [-4.0, x[2]], mass: 0.5 },
    ];
    for _ in 0..4 {
        let mut pull = [[0.0; 2]; 3];
        for i in 0..bodies.len() {
            for j in 0..bodies.len() {
                if i == j {
                    continue;
                }
                let mut way = [0.0; 2];
                for k in 0..2 {
                    way[k] = bodies[j].position[k] - bodies[i].position[k];
                }
                let squared = way[0] * way[0] + way[1] * way[1] + 0.1;
                for k in 0..2 {
                    pull[i][k] += bodies[j].mass * way[k] / (squared * squared.sqrt());
                }
            }
        }
        for (body, pull) in bodies.iter_mut().zip(pull.iter()) {
            for k in 0..2 {
                body.velocity[k] += 0.05 * pull[k];
                body.position[k] += 0.05 * body.velocity[k];
            }
        }
    }
    bodies.iter().map(|b| 0.5 * b.mass * b.velocity[0] * b.velocity[1] + b.position[0] * b.position[1]).sum()
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn written(x: &[f64; 3]) -> f64 {
    let mut q = [(0.0, 1.0); 4];
    for (i, e) in q.iter_mut().enumerate() {
        *e = (x[i % 3] * i as f64, x[(i + 1) % 3]);
    }
    q.swap(0, 2);
    q[1].0 *= q[2].1;
    let (a, b) = q[3];
    q[0] = (a * b, q[0].0);
    let r = &mut q[2];
    r.1 += a;
    r.0 = r.1 * b;
    let best = if q[0].0 > q[1].0 { q[0] } else { q[1] };
    let mut more = [(x[0], 0.0); 4];
    more.fill((x[1], best.1));
    let filled = more[3].0 * more[0].1;
    more.copy_from_slice(&q);
    best.0 * best.1 + q[2].0 * q[3].1 + q.len() as f64 + filled * more[2].1
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn collected(x: &[f64; 3]) -> f64 {
    let v: Vec<(f64, [f64; 2])> = x.iter().enumerate().map(|(i, &a)| (a * a, [a, i as f64])).collect();
    let w = v.iter().map(|(s, t)| s * t[0] + t[1]).fold(0.0, |a, b| a + b * b);
    let [(p, _), _, (q, r)] = [v[0], v[1], v[2]];
    let m = [x[0], x[1]].map(|a| (a, a.sin()));
    let n: [(f64, usize); 3] = std::array::from_fn(|i| (x[i] * x[0], 2 - i));
    w + p * q * r[0] + m[0].0 * m[1].1 + n[0].0 * n[n[0].1].0
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn polygon(x: &[f64; 3]) -> f64 {
    fn area(corners: &[(f64, f64)]) -> f64 {
        let mut s = 0.0;
        for i in 0..corners.len() {
            let (x0, y0) = corners[i];
            let (x1, y1) = corners[(i + 1) % corners.len()];
            s += x0 * y1 - x1 * y0;
        }
        0.5 * s
    }
    let corners = [(x[0], x[1]), (x[1] + 3.0, x[2]), (4.0, 4.0 + x[0]), (x[2] * x[0], 3.0)];
    let side = |w: &[(f64, f64)]| ((w[0].0 - w[1].0).powi(2) + (w[0].1 - w[1].1).powi(2)).sqrt();
    let length: f64 = corners.windows(2).map(side).sum();
    area(&corners) * area(&corners[1..]) + length
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn nested(x: &[f64; 3]) -> f64 {
    let grid = [[(x[0], 1.0), (x[1], x[2])], [(x[2], x[0]), (0.5, x[1])]];
    let mut s = 0.0;
    for row in &grid {
        for (a, b) in row {
            s += a * b * b;
        }
    }
    let mut other = grid;
    other[0][1].1 *= s;
    other[1] = [(s, s), other[0][1]];
    s + other[1][1].1 * other[0][0].0 + other[1][0].0.sin()
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn local_struct(x: &[f64; 3]) -> f64 {
    struct Segment {
        slope: f64,
        offset: f64,
    }
    struct Spline {
        segments: [Segment; 2],
        scale: f64,
    }
    let mut spline = Spline {
        scale: x[1],
        segments: [Segment { slope: x[0], offset: x[1] }, Segment { offset: x[2], slope: 1.0 }],
    };
    spline.segments[1].slope += spline.scale * spline.segments[0].offset;
    let mut t = 0.0;
    for Segment { slope, offset } in &spline.segments {
        t += slope * offset;
    }
    for s in spline.segments.iter().rev() {
        t = t * s.slope + s.offset;
    }
    match spline.segments.first() {
        Some(s) if s.slope > 0.5 => t * s.offset,
        _ => t,
    }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn tables(x: &[f64; 3]) -> f64 {
    const NODES: [(f64, f64); 3] = [(-0.774, 0.555), (0.0, 0.888), (0.774, 0.555)];
    let f = |t: f64| (x[0] * t + x[1]).exp() * x[2];
    let mut s = 0.0;
    for &(t, w) in NODES.iter() {
        s += w * f(t);
    }
    for (t, w) in NODES {
        s += w * t * f(t * 0.5);
    }
    s + NODES[1].1 * NODES.iter().map(|n| n.0 * x[0]).sum::<f64>() + NODES.len() as f64
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn turned(x: &[f64; 3]) -> f64 {
    let mut v: Vec<f64> = x.iter().chain(&[x[0] * x[1], 2.0]).copied().collect();
    v.rotate_right(2);
    v[1..].iter_mut().rev().for_each(|a| *a = a.sin());
    let mut w: Vec<(f64, f64)> =
        v.iter().map(|a| (*a, a * a)).chain(x.iter().map(|b| (b * 2.0, 1.0))).collect();
    w.reverse();
    w.rotate_left(3);
    let mut bodies = [Body { mass: 1.0, position: [x[0], x[1]], velocity: [0.0; 2] }; 2];
    bodies[1].position.reverse();
    bodies.reverse();
    v.iter().zip(&w).map(|(a, b)| a * b.0 * b.1).sum::<f64>() + w[7].0 * bodies[0].position[0]
}

/// Which row is taken depends on the values, and may be none of them.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn looked_up(x: &[f64; 3]) -> f64 {
    let knots = [(0.0, x[0]), (1.0, x[1]), (2.0, x[2] * x[0])];
    let at = x[0].abs();
    let place = at as usize;
    if place + 1 >= knots.len() {
        return knots[2].1 * at;
    }
    let ((a, ya), (b, yb)) = (knots[place], knots[place + 1]);
    ya + (at - a) / (b - a) * (yb - ya)
}

against_differences!(
    fields_in_any_order,
    tuples,
    gravity,
    written,
    collected,
    polygon,
    nested,
    local_struct,
    tables,
    turned
);
refusing_against_differences!(looked_up);

//! Methods and functions of types, in blocks with the attribute.
#![allow(unreachable_pub, reason = "as in a library")]

use gradgen::{Gradgen, Structure, gradgen};

use crate::{assert_close, assert_same_bits, difference};

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
pub struct Pendulum {
    mass: f64,
    length: f64,
    damping: [f64; 2],
}

const PENDULUM: Pendulum = Pendulum { mass: 1.2, length: 0.8, damping: [0.3, -0.1] };

#[gradgen]
impl Pendulum {
    /// Of the Earth.
    const GRAVITY: f64 = 9.81;

    fn inertia(&self) -> f64 {
        self.mass * self.length * self.length
    }

    fn potential(&self, q: f64) -> f64 {
        self.mass * Self::GRAVITY * self.length * (1.0 - q.cos())
    }

    /// Energy of a state.
    #[gradgen(gradient(q), gradient(self), gradient(self, v), hessian(q), hvp(self, q), bundle(f, grad(q)))]
    pub fn energy(&self, q: f64, v: f64) -> f64 {
        0.5 * self.inertia() * v * v + self.potential(q)
    }

    /// Acceleration.
    #[gradgen(jacobian(x), vjp(self, x), jvp(x))]
    fn rates(&self, x: &[f64; 2], gain: f64) -> [f64; 2] {
        let [q, v] = *x;
        let damping: [f64; 2] = self.damping;
        let drag: f64 = damping.iter().map(|d| d * v).sum();
        [v, (-drag * gain - Pendulum::GRAVITY * self.mass * q.sin()) / self.inertia()]
    }

    #[gradgen(jvp(self))]
    fn longer(self, by: f64) -> Self {
        let mass: f64 = self.mass;
        Self { mass, length: self.length * by * Self::squared(by), damping: [by; 2] }
    }

    /// Neither takes nor gives a struct.
    #[gradgen(gradient, hessian)]
    fn squared(x: f64) -> f64 {
        x * x * Self::GRAVITY
    }

    #[gradgen(gradient(self), gradient(x))]
    fn of_slice(&self, x: &[f64]) -> f64 {
        x.iter().map(|v| (v * self.length).sin()).sum::<f64>() * self.inertia()
    }
}

#[test]
fn siblings_of_methods_are_methods() {
    let (p, q, v) = (PENDULUM, 0.7, 1.3);
    assert_close(p.energy_grad_q(q, v), difference(|h| p.energy(q + h, v)));
    assert_close(p.energy_hessian_q(q, v), difference(|h| p.energy_grad_q(q + h, v)));
    let by_self: Pendulum = p.energy_grad_self(q, v);
    assert_close(by_self.length, difference(|h| Pendulum { length: p.length + h, ..p }.energy(q, v)));
    assert_eq!(by_self.damping, [0.0; 2]);
    let (both, by_v) = p.energy_grad_self_v(q, v);
    assert_eq!(both, by_self);
    assert_close(by_v, difference(|h| p.energy(q, v + h)));
    let direction = Pendulum { length: 1.0, ..Pendulum::ZERO };
    let (product, by_q) = p.energy_hvp_self_q(q, v, &direction, 0.0);
    let moved = |h: f64| Pendulum { length: p.length + h, ..p };
    assert_close(product.mass, difference(|h| moved(h).energy_grad_self(q, v).mass));
    assert_close(by_q, difference(|h| moved(h).energy_grad_q(q, v)));
    let (value, slope) = p.energy_f_grad_q(q, v);
    assert_same_bits(value, p.energy(q, v));
    assert_same_bits(slope, p.energy_grad_q(q, v));
    let mut written = 0.0;
    p.energy_into(q, v, &mut written, &mut []).unwrap();
    assert_same_bits(written, value);
    let mut slope = 0.0;
    p.energy_grad_q_into(q, v, &mut slope, &mut vec![0.0; Pendulum::energy_grad_q_workspace()]).unwrap();
    assert_same_bits(slope, p.energy_grad_q(q, v));
}

#[test]
fn methods_yield_arrays_and_structs() {
    let (p, x) = (PENDULUM, [0.4, -0.9]);
    let jacobian = p.rates_jf_x(&x, 2.0);
    for place in 0..2 {
        let along = |h: f64| {
            let mut x = x;
            x[place] += h;
            p.rates(&x, 2.0)
        };
        for (row, line) in jacobian.iter().enumerate() {
            assert_close(line[place], difference(|h| along(h)[row]));
        }
    }
    let (by_self, by_x) = p.rates_vjp_self_x(&x, 2.0, &[0.0, 1.0]);
    assert_close(by_x[1], jacobian[1][1]);
    assert_close(
        by_self.damping[1],
        difference(|h| Pendulum { damping: [0.3, -0.1 + h], ..p }.rates(&x, 2.0)[1]),
    );
    let tangent: Pendulum = p.longer_jvp_self(1.5, &Pendulum { length: 1.0, ..Pendulum::ZERO });
    assert_close(tangent.length, difference(|h| Pendulum { length: p.length + h, ..p }.longer(1.5).length));
    assert_close(Pendulum::squared_grad(1.5), 3.0 * 9.81);
    assert_close(Pendulum::squared_hessian(1.5), 2.0 * 9.81);
    let (x, mut gradient) = ([0.3, 0.9, -0.5], [0.0; 3]);
    p.of_slice_grad_x_into(&x, &mut gradient, &mut vec![0.0; Pendulum::of_slice_grad_x_workspace(3)])
        .unwrap();
    for place in 0..3 {
        let slope = difference(|h| {
            let mut x = x;
            x[place] += h;
            p.of_slice(&x)
        });
        assert_close(gradient[place], slope);
    }
}

#[gradgen::module]
mod kernels {
    #![allow(unreachable_pub, reason = "as in a library")]
    use gradgen::{Gradgen, gradgen};

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub struct Disk {
        pub center: [f64; 2],
        pub radius: f64,
    }

    #[gradgen]
    impl Disk {
        #[gradgen(gradient(self), hvp(self))]
        pub fn distance(&self, to: &[f64; 2]) -> f64 {
            let near = self.grown(0.5);
            (norm(&[to[0] - near.center[0], to[1] - near.center[1]]) - near.radius).powi(2)
        }

        fn grown(&self, by: f64) -> Self {
            Self { radius: self.radius * by, ..*self }
        }
    }

    fn norm(v: &[f64; 2]) -> f64 {
        v.iter().map(|v| v * v).sum::<f64>().sqrt()
    }
}

#[test]
fn methods_in_a_module_see_it() {
    use kernels::Disk;
    let (disk, to) = (Disk { center: [0.3, -0.2], radius: 1.1 }, [2.0, 1.5]);
    let gradient = disk.distance_grad_self(&to);
    let at = |h: f64| Disk { center: [0.3 + h, -0.2], ..disk };
    assert_close(gradient.center[0], difference(|h| at(h).distance(&to)));
    let along = Disk { center: [1.0, 0.0], radius: 0.0 };
    let product = disk.distance_hvp_self(&to, &along);
    assert_close(product.radius, difference(|h| at(h).distance_grad_self(&to).radius));
    assert_close(product.center[1], difference(|h| at(h).distance_grad_self(&to).center[1]));
}

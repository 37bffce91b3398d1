//! Structs with parameters.

use gradgen::{Gradgen, Structure, Value, gradgen};
use num_traits::Float;

use crate::{assert_close, difference};

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct Params<const N: usize> {
    weights: [f64; N],
    offset: f64,
}

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct Point<T> {
    x: T,
    y: T,
}

#[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
struct Path<T, const N: usize> {
    at: [T; N],
    start: Point<T>,
    #[structure(parameter)]
    is_closed: bool,
}

/// For one length, …
#[gradgen(gradient, hvp)]
fn three(p: &Params<3>) -> f64 {
    let weights: [f64; 3] = p.weights;
    weights[0] * weights[1].sin() * p.offset + weights[2].powi(2)
}

/// … and for every one.
#[gradgen(gradient(p), hvp(p), gradient(*))]
fn any<const N: usize>(p: &Params<N>, x: &[f64; N]) -> f64 {
    let weights: [f64; N] = p.weights;
    let mut sum = p.offset;
    for i in 0..N {
        sum = (sum * weights[i]).sin() + x[i];
    }
    sum * p.offset
}

#[gradgen(gradient(p), hvp(p), jvp(p))]
fn of_floats<T: Float>(p: &Point<T>, by: T) -> T {
    p.x * (p.y * by).sin() + p.y.powi(3)
}

#[gradgen(jvp(p), vjp(p))]
fn moved(p: &Point<f32>, by: f32) -> Point<f32> {
    Point { x: p.x * p.y + by, y: p.y * p.y }
}

fn flat<S: Structure<Scalar = f64>>(value: &S) -> Vec<f64> {
    let mut flat = vec![0.0; S::SIZE];
    value.write(&mut &mut flat[..]).unwrap();
    flat
}

fn from<S: Structure<Scalar = f64>>(flat: &[f64]) -> S {
    S::read(&mut &flat[..]).unwrap()
}

/// Differences of first and second order, by one struct.
fn check<S: Structure<Scalar = f64>>(
    at: &S,
    f: impl Fn(&S) -> f64,
    gradient: impl Fn(&S) -> S,
    hvp: impl Fn(&S, &S) -> S,
) {
    let x = flat(at);
    let first = flat(&gradient(at));
    for place in 0..S::SIZE {
        let along = |h: f64| {
            let mut x = x.clone();
            x[place] += h;
            from::<S>(&x)
        };
        assert_close(first[place], difference(|h| f(&along(h))));
        let mut v = vec![0.0; S::SIZE];
        v[place] = 1.0;
        let product = flat(&hvp(at, &from(&v)));
        for other in 0..S::SIZE {
            assert_close(product[other], difference(|h| flat(&gradient(&along(h)))[other]));
        }
    }
}

#[test]
fn lengths_are_parameters_of_structs() {
    check(&Params { weights: [0.4, 0.9, -1.2], offset: 0.7 }, three, three_grad, three_hvp);
    let (p, x) = (Params { weights: [0.4, 0.9, -1.2, 0.8, 1.1], offset: 0.7 }, [0.3, -0.2, 0.5, 0.1, 0.9]);
    check(&p, |p| any(p, &x), |p| any_grad_p(p, &x), |p, v| any_hvp_p(p, &x, v));
    let (by_p, by_x) = any_grad(&p, &x);
    assert_eq!(by_p, any_grad_p(&p, &x));
    assert_close(by_x[1], difference(|h| any(&p, &[x[0], x[1] + h, x[2], x[3], x[4]])));
    assert_eq!(<any<5> as gradgen::Differentiable>::INFO.inputs[0].shape, [gradgen::Dim::Fixed(6)]);
}

#[test]
fn the_scalar_type_is_a_parameter_of_structs() {
    let p = Point { x: 0.7, y: -0.4 };
    check(&p, |p| of_floats(p, 1.3), |p| of_floats_grad_p(p, 1.3), |p, v| of_floats_hvp_p(p, 1.3, v));
    let single = of_floats_grad_p(&Point { x: 0.7_f32, y: -0.4 }, 1.3);
    assert!((f64::from(single.x) - of_floats_grad_p(&p, 1.3).x).abs() < 1e-6);
    let mut tangent = [0.0_f32];
    let info = &<of_floats<f32> as gradgen::Differentiable>::INFO.siblings[2];
    let inputs = [Value::F32(&[0.7, -0.4]), Value::F32(&[1.3]), Value::F32(&[1.0, 0.0])];
    info.call_f32(&inputs, &mut [&mut tangent], &mut []).unwrap();
    assert_eq!(tangent[0], single.x);
    let by = moved_vjp_p(&Point { x: 0.5, y: 2.0 }, 0.1, &Point { x: 1.0, y: 3.0 });
    assert_eq!(by, Point { x: 2.0, y: 0.5 + 12.0 });
}

#[gradgen::module]
mod kernels {
    #![allow(unreachable_pub, reason = "as in a library")]
    use gradgen::Gradgen;

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub struct Layer<const M: usize, const N: usize> {
        pub weights: [[f64; N]; M],
        pub bias: [f64; M],
    }

    #[derive(Gradgen, Clone, Copy, Debug, PartialEq)]
    pub struct Net {
        pub first: Layer<3, 2>,
        pub second: Layer<1, 3>,
    }

    fn tanh<const N: usize>(x: [f64; N]) -> [f64; N] {
        x.map(|x| x.tanh())
    }

    #[gradgen::gradgen(gradient(net), hvp(net))]
    pub fn output(net: &Net, x: &[f64; 2]) -> f64 {
        let mut hidden = net.first.bias;
        for (h, row) in hidden.iter_mut().zip(&net.first.weights) {
            for (w, x) in row.iter().zip(x) {
                *h += w * x;
            }
        }
        let hidden = tanh(hidden);
        let mut y = net.second.bias[0];
        for i in 0..3 {
            y += net.second.weights[0][i] * hidden[i];
        }
        y
    }

    /// A step that leaves the new layer in the place of the old one.
    #[gradgen::gradgen(jvp(layer), vjp(layer))]
    pub fn decay<const N: usize>(layer: &mut Layer<2, N>, by: f64) {
        for row in layer.weights.iter_mut() {
            for w in row.iter_mut() {
                *w *= by * *w;
            }
        }
    }
}

#[test]
fn a_module_sees_generic_structs() {
    use kernels::*;
    let net = Net {
        first: Layer { weights: [[0.3, -0.5], [0.8, 0.1], [-0.2, 0.6]], bias: [0.1, 0.0, -0.3] },
        second: Layer { weights: [[0.7, -0.9, 0.4]], bias: [0.2] },
    };
    let x = [0.6, -1.1];
    check(&net, |net| output(net, &x), |net| output_grad_net(net, &x), |net, v| output_hvp_net(net, &x, v));
    let layer = Layer { weights: [[0.3, -0.5], [0.8, 0.1]], bias: [0.1, 0.2] };
    let v = Layer { weights: [[1.0, 0.0], [0.0, 2.0]], bias: [0.5, 0.0] };
    let tangent = decay_jvp_layer(&layer, 0.7, &v);
    assert_close(tangent.weights[0][0], 2.0 * 0.7 * 0.3);
    assert_close(tangent.weights[1][1], 2.0 * 0.7 * 0.1 * 2.0);
    assert_eq!(tangent.bias, v.bias);
    assert_eq!(decay_vjp_layer(&layer, 0.7, &v).weights, tangent.weights);
}

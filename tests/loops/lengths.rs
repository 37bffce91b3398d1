//! Lengths at the edges: none, one, and lengths that do not fit together.

use gradgen::{Differentiable, Error, Value, gradgen};
use gradgen_benchmarks::kernels;

use crate::check::{Subject, is_untouched, untouched};
use crate::oracle::oracle;

/// A product that is written over and over, and a sum.
#[gradgen(gradient(*), hvp(*), jvp(*), vjp(*), hessian(a), bundle(f, grad(a, x)))]
fn products(a: f64, x: &[f64]) -> f64 {
    let mut product = a;
    let mut sum = 0.0;
    for i in 0..x.len() {
        product *= x[i].sin();
        sum += product * product;
    }
    sum + product
}

#[test]
fn slices_of_any_length() {
    for length in [0, 1, 2, 9] {
        let x: Vec<f64> = (0..length).map(|i| 0.7 + 0.1 * i as f64).collect();
        Subject {
            info: <products as Differentiable>::INFO,
            inputs: vec![Value::F64(&[1.3]), Value::F64(&x)],
            wrt: &["a", "x"],
            values: vec![products(1.3, &x)],
        }
        .check(&oracle!([], |x: D| {
            let (mut product, mut sum) = (x[0], D::constant(0.0));
            for x in &x[1..] {
                product *= x.sin();
                sum += product * product;
            }
            vec![sum + product]
        }));
    }
}

/// An output as long as an input, and an input that is overwritten.
#[gradgen(jvp(*), vjp(*), jacobian(x))]
fn smoothed(x: &[f64], y: &mut [f64]) {
    for i in 0..x.len() {
        y[i] += 0.5 * x[i] * y[i];
    }
    for i in 1..y.len() {
        y[i] += 0.25 * y[i - 1] * y[i - 1];
    }
}

#[test]
fn slices_that_are_written() {
    for length in [0, 1, 2, 5] {
        let x: Vec<f64> = (0..length).map(|i| 0.3 - 0.2 * i as f64).collect();
        let before: Vec<f64> = (0..length).map(|i| 1.0 + 0.1 * i as f64).collect();
        let mut y = before.clone();
        smoothed(&x, &mut y);
        Subject {
            info: <smoothed as Differentiable>::INFO,
            inputs: vec![Value::F64(&x), Value::F64(&before)],
            wrt: &["x", "y"],
            values: y,
        }
        .check(&oracle!([length: usize], |x: D| {
            let mut y = x[*length..].to_vec();
            for i in 0..*length {
                y[i] = y[i] + x[i] * y[i] * 0.5;
            }
            for i in 1..*length {
                y[i] = y[i] + y[i - 1] * y[i - 1] * 0.25;
            }
            y
        }));
    }
}

/// An output that is only written: it is as long as what goes with it, and no input.
#[gradgen(jvp(*), vjp(*), jacobian(x))]
fn cascade(x: &[f64], y: &mut [f64], w: f64) {
    for i in 0..x.len() {
        y[i] = x[i] * w;
    }
    for i in 1..x.len() {
        y[i] += (y[i - 1] * x[i]).sin();
    }
}

#[test]
fn slices_that_are_only_written() {
    for length in [0, 1, 2, 5] {
        let x: Vec<f64> = (0..length).map(|i| 0.3 - 0.2 * i as f64).collect();
        let mut y = vec![f64::NAN; length];
        cascade(&x, &mut y, 1.3);
        let info = <cascade as Differentiable>::INFO;
        assert_eq!(info.inputs.iter().map(|input| input.name).collect::<Vec<_>>(), ["x", "w"]);
        Subject { info, inputs: vec![Value::F64(&x), Value::F64(&[1.3])], wrt: &["x", "w"], values: y }
            .check(&oracle!([length: usize], |x: D| {
                let mut y: Vec<D> = x[..*length].iter().map(|&at| at * x[*length]).collect();
                for i in 1..*length {
                    let before = y[i - 1];
                    y[i] += (before * x[i]).sin();
                }
                y
            }));
    }
    let mut long = [0.0; 3];
    let error = cascade_into(&[1.0, 2.0], 1.0, &mut long, &mut []);
    assert_eq!(error, Err(Error::length("y", 2, 3)));
    assert_eq!(long, [0.0; 3]);
}

/// Two arrays that change places in a loop, which reads and writes them where it stands.
#[gradgen(gradient(u), hvp(u), jvp(u), vjp(u))]
fn exchanged(u: &[f64]) -> f64 {
    let mut a = vec![1.0; u.len()];
    let mut b = vec![0.5; u.len()];
    for i in 0..u.len() {
        a[i] = u[i] * u[i];
        b[i] = u[i].sin();
    }
    let mut s = 0.0;
    for i in 0..u.len() {
        s += a[i] * b[i] + s * a[i];
        for j in 0..u.len() {
            b[j] = b[j] * a[j] + s;
        }
        (a, b) = (b, a);
        if i % 2 == 1 {
            a[i] = s * b[i];
        }
    }
    s
}

#[test]
fn arrays_that_change_places() {
    for length in [0, 1, 4] {
        let u: Vec<f64> = (0..length).map(|i| 0.6 - 0.3 * i as f64).collect();
        Subject {
            info: <exchanged as Differentiable>::INFO,
            inputs: vec![Value::F64(&u)],
            wrt: &["u"],
            values: vec![exchanged(&u)],
        }
        .check(&oracle!([], |u: D| {
            let mut a: Vec<_> = u.iter().map(|&u| u * u).collect();
            let mut b: Vec<_> = u.iter().map(|u| u.sin()).collect();
            let mut s = D::constant(0.0);
            for i in 0..u.len() {
                s = s + a[i] * b[i] + s * a[i];
                for j in 0..u.len() {
                    b[j] = b[j] * a[j] + s;
                }
                (a, b) = (b, a);
                if i % 2 == 1 {
                    a[i] = s * b[i];
                }
            }
            vec![s]
        }));
    }
}

/// Values gathered and scattered.
#[gradgen(gradient(*), hvp(*), jvp(*), vjp(*))]
fn gathered(x: &[f64], at: &[usize], w: &[f64; 4]) -> f64 {
    let mut bins = *w;
    for i in 0..at.len() {
        bins[at[i]] += x[i] * w[at[i]];
    }
    let mut sum = 0.0;
    for i in 0..4 {
        sum += bins[i] * bins[i] * bins[i];
    }
    sum
}

const WEIGHTS: [f64; 4] = [0.5, -1.0, 0.25, 2.0];

#[test]
fn indices_in_a_slice() {
    for (x, at) in [(&[][..], &[][..]), (&[0.7], &[3]), (&[0.7, -0.2, 0.9, 1.5, 0.1], &[0, 2, 2, 0, 1])] {
        let at: Vec<usize> = at.to_vec();
        Subject {
            info: <gathered as Differentiable>::INFO,
            inputs: vec![Value::F64(x), Value::Indices(&at), Value::F64(&WEIGHTS)],
            wrt: &["x", "w"],
            values: vec![gathered(x, &at, &WEIGHTS)],
        }
        .check(&oracle!([at: Vec<usize>], |x: D| {
            let (x, w) = x.split_at(at.len());
            let mut bins = w.to_vec();
            for (x, at) in x.iter().zip(at) {
                bins[*at] += *x * w[*at];
            }
            vec![bins.iter().fold(D::constant(0.0), |sum, bin| sum + *bin * *bin * *bin)]
        }));
    }
}

/// Whether a sibling refuses these inputs with an error and writes nothing.
fn refuses(name: &str, inputs: &[Value<'_>], sizes: &[usize], error: Error) {
    let tables =
        [<gathered as Differentiable>::INFO, <kernels::least_squares::least_squares as Differentiable>::INFO];
    let mut all = tables.iter().flat_map(|table| table.siblings);
    let table = all.find(|table| table.name == name).expect("a sibling of this name");
    let mut lists: Vec<Vec<f64>> = sizes.iter().map(|size| untouched(*size)).collect();
    let mut outputs: Vec<&mut [f64]> = lists.iter_mut().map(Vec::as_mut_slice).collect();
    assert_eq!(table.call_f64(inputs, &mut outputs, &mut untouched(200)), Err(error), "{name}");
    assert!(lists.iter().all(|list| is_untouched(list)), "{name} writes before it refuses");
}

#[test]
fn an_index_outside_is_an_error() {
    let inputs = [Value::F64(&[0.7, 0.1]), Value::Indices(&[1, 4]), Value::F64(&WEIGHTS)];
    let outside = Error::Index { array: "w", length: 4, index: 4 };
    refuses("gathered_grad", &inputs, &[2, 4], outside);
    let directions = [Value::F64(&[1.0, 1.0]), Value::F64(&WEIGHTS)];
    refuses("gathered_hvp", &[&inputs[..], &directions].concat(), &[2, 4], outside);
}

#[test]
fn sizes_that_slices_do_not_have_are_an_error() {
    let (a, b, x) = ([1.0; 6], [1.0; 3], [1.0; 2]);
    let inputs =
        |a, b, x, n, d| [Value::F64(a), Value::F64(b), Value::F64(x), Value::Usize(n), Value::Usize(d)];
    let name = "least_squares_grad_x";
    refuses(name, &inputs(&a[1..], &b, &x, 3, 2), &[2], Error::Length { argument: "a", expected: 6, got: 5 });
    refuses(name, &inputs(&a, &b[1..], &x, 3, 2), &[2], Error::Length { argument: "b", expected: 3, got: 2 });
    refuses(name, &inputs(&a, &b, &x[1..], 3, 2), &[1], Error::Length { argument: "x", expected: 2, got: 1 });
    refuses(
        name,
        &inputs(&a, &b, &x, usize::MAX, 2),
        &[2],
        Error::Length { argument: "b", expected: usize::MAX, got: 3 },
    );
}

/// Needs at least two elements, which only the type tells.
#[gradgen(gradient)]
fn steps<const N: usize>(x: &[f64; N]) -> f64 {
    let mut sum = 0.0;
    for i in 0..N - 1 {
        sum += (x[i + 1] - x[i]) * (x[i + 1] - x[i]);
    }
    sum
}

#[test]
fn lengths_in_types() {
    assert_eq!(steps_grad(&[1.0]), [0.0]);
    assert_eq!((steps(&[1.0, 3.0]), steps_grad(&[1.0, 3.0])), (4.0, [-4.0, 4.0]));
    use kernels::cholesky::log_determinant_grad;
    assert_eq!(log_determinant_grad(&[[0.0; 0]; 0]), [[0.0; 0]; 0]);
    assert_eq!(log_determinant_grad(&[[4.0]]), [[0.25]]);
}

/// Memory of a difference, where that is there, beside other memory.
#[gradgen(gradient, hvp)]
fn differences(x: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    if n > 1 {
        let mut a = vec![0.0; n - 1];
        for i in 0..n - 1 {
            a[i] = x[i].sin();
        }
        for i in 1..n - 1 {
            a[i] *= a[i - 1];
        }
        for i in 0..n - 1 {
            s += a[i] * a[i];
        }
    }
    s
}

#[test]
fn memory_of_a_difference() {
    let x = [0.7, 0.9, 1.1];
    for n in 0..5 {
        Subject {
            info: <differences as Differentiable>::INFO,
            inputs: vec![Value::F64(&x), Value::Usize(n)],
            wrt: &["x"],
            values: vec![differences(&x, n)],
        }
        .check(&oracle!([n: usize], |x: D| {
            let mut s = D::constant(0.0);
            let mut a = D::constant(1.0);
            for &x in &x[..n.saturating_sub(1)] {
                a = x.sin() * a;
                s += a * a;
            }
            vec![s]
        }));
    }
}

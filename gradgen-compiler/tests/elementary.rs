//! Every row of the table of elementary functions: value, first and second derivatives in both
//! modes, against differences of the standard library's own values.

use gradgen_compiler::differentiate::{Kind, Part, derive};
use gradgen_compiler::interpret::{Nothing, Value, interpret};
use gradgen_compiler::ir::{Elementary, Graph, Int, Scalar, Type};

/// The function as a graph: reals are inputs, and so are integers.
fn graph_of(function: Elementary) -> Graph {
    let mut graph = Graph::new(Scalar::F64);
    let types = function.row().partials.iter().map(|partial| match partial {
        Some(_) => Type::Real,
        None => Type::Int(Int::I32),
    });
    let inputs: Vec<_> = types.map(|ty| graph.input(ty)).collect();
    let result = graph.elementary(function, &inputs);
    graph.set_results(vec![result]);
    graph
}

fn inputs(function: Elementary, point: &[f64]) -> Vec<Value> {
    let partials = function.row().partials.iter();
    #[expect(clippy::cast_possible_truncation, reason = "an exponent")]
    let value = |(x, real): (&f64, bool)| if real { Value::Real(*x) } else { Value::Int(*x as i128) };
    point.iter().zip(partials.map(Option::is_some)).map(value).collect()
}

fn run(graph: &Graph, inputs: &[Value]) -> Vec<f64> {
    let results = interpret(graph, inputs, &Nothing).expect("nothing can fail here");
    let number = |value| if let Value::Real(real) = value { real } else { panic!("{value:?} is no number") };
    results.into_iter().map(number).collect()
}

/// The derivative of `f` at 0 by central differences of sixth order (Fornberg's weights).
fn difference(f: impl Fn(f64) -> f64, scale: f64) -> f64 {
    let h = 2e-3 * scale;
    let pair = |k: f64| f(k * h) - f(-k * h);
    (pair(1.0) * 0.75 - pair(2.0) * 0.15 + pair(3.0) / 60.0) / h
}

fn assert_close(what: &str, got: f64, expected: f64, tolerance: f64) {
    assert!(
        (got - expected).abs() <= tolerance * (1.0 + expected.abs()),
        "{what}: got {got}, expected {expected}"
    );
}

fn reals(function: Elementary) -> Vec<usize> {
    let partials = function.row().partials.iter().enumerate();
    partials.filter(|(_, partial)| partial.is_some()).map(|(place, _)| place).collect()
}

/// How far one may go from a point in all directions: the domains' edges are not far.
fn room(function: Elementary, point: &[f64]) -> f64 {
    let edge = match function.row().name {
        "asin" | "acos" | "atanh" => 1.0 - point[0].abs(),
        "acosh" => point[0] - 1.0,
        "ln" | "log" | "log2" | "log10" | "sqrt" | "powf" | "cbrt" => point[0].abs(),
        "ln_1p" => 1.0 + point[0],
        "gamma" | "ln_gamma" | "digamma" | "polygamma" => {
            if point[0] > 0.0 {
                0.5 * point[0]
            } else {
                0.3
            }
        }
        "normal_quantile" => 0.1,
        _ => 1.0,
    };
    edge.min(1.0)
}

#[test]
fn values_are_those_of_the_standard_library() {
    for function in Elementary::all() {
        for point in function.row().points {
            let got = run(&graph_of(function), &inputs(function, point))[0];
            assert_eq!(got.to_bits(), (function.row().f64)(point).to_bits(), "{}", function.row().name);
        }
    }
}

#[test]
fn first_derivatives_agree_with_differences_in_both_modes() {
    for function in Elementary::all() {
        let (row, graph, wrt) = (function.row(), graph_of(function), reals(function));
        let gradient = derive(&graph, &[Part { kind: Kind::Gradient, wrt: wrt.clone() }]);
        for point in row.points {
            let given = inputs(function, point);
            let got = run(&gradient.graph, &given);
            for (&place, got) in wrt.iter().zip(got) {
                let moved = |t: f64| {
                    let mut moved = point.to_vec();
                    moved[place] += t;
                    (row.f64)(&moved)
                };
                let what = format!("{} by argument {place} at {point:?}", row.name);
                assert_close(&what, got, difference(moved, room(function, point)), 1e-8);
                let forward = derive(&graph, &[Part { kind: Kind::Jvp, wrt: vec![place] }]);
                let seeded = [given.clone(), vec![Value::Real(1.0)]].concat();
                assert_close(&format!("forward {what}"), run(&forward.graph, &seeded)[0], got, 1e-15);
            }
        }
    }
}

#[test]
fn second_derivatives_agree_with_differences_of_the_first() {
    for function in Elementary::all() {
        let (row, graph) = (function.row(), graph_of(function));
        for (a, b) in
            reals(function).into_iter().flat_map(|a| reals(function).into_iter().map(move |b| (a, b)))
        {
            let wrt = if a == b { vec![a] } else { vec![a, b] };
            let hessian = derive(&graph, &[Part { kind: Kind::Hessian, wrt }]);
            let gradient = derive(&graph, &[Part { kind: Kind::Gradient, wrt: vec![b] }]);
            for point in row.points {
                let moved = |t: f64| {
                    let mut moved = point.to_vec();
                    moved[a] += t;
                    run(&gradient.graph, &inputs(function, &moved))[0]
                };
                let got = run(&hessian.graph, &inputs(function, point))[0];
                let what = format!("{} by arguments {a} and {b} at {point:?}", row.name);
                assert_close(&what, got, difference(moved, room(function, point)), 1e-7);
            }
        }
    }
}

#[test]
fn names_differ_and_every_row_is_found_by_its_name() {
    for function in Elementary::all() {
        assert_eq!(Elementary::in_library(function.row().name), Some(function));
        let as_method = function.is_method().then_some(function);
        assert_eq!(Elementary::named(function.row().name), as_method);
        assert!(!function.row().points.is_empty(), "{} has no points", function.row().name);
    }
}

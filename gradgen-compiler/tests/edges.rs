//! Elementary functions and operators where floats end: zeros of both signs, subnormals, the largest, infinities,
//! NaN, the edges of domains, ties. `docs/edges.md` is what they yield, and `cargo xtask docs` writes it anew.

use std::fmt::Write as _;

use expect_test::expect_file;
use gradgen_compiler::differentiate::{Kind, Part, derive};
use gradgen_compiler::interpret::{Nothing, Value, interpret};
use gradgen_compiler::ir::elementary::Core;
use gradgen_compiler::ir::{Elementary, Graph, Int, Scalar, Type, Value as Node};

const HEAD: &str = include_str!("edges/head.md");

/// What is shown: elementary functions by their rows, and operators.
struct Function {
    name: String,
    /// Whether each argument is a float, or else an integer.
    reals: Vec<bool>,
    build: Box<Build>,
}

/// Makes a node of arguments.
type Build = dyn Fn(&mut Graph, &[Node]) -> Node;

fn functions() -> Vec<Function> {
    let elementary = Elementary::all().map(|function| Function {
        name: function.row().name.to_owned(),
        reals: function.row().partials.iter().map(Option::is_some).collect(),
        build: Box::new(move |graph, x| graph.elementary(function, x)),
    });
    type Operator = fn(&mut Graph, &[Node]) -> Node;
    let operators: [(&str, Operator); 5] = [
        ("a + b", |graph, x| graph.add(x[0], x[1])),
        ("a - b", |graph, x| graph.sub(x[0], x[1])),
        ("a * b", |graph, x| graph.mul(x[0], x[1])),
        ("a / b", |graph, x| graph.div(x[0], x[1])),
        ("a % b", |graph, x| graph.rem(x[0], x[1])),
    ];
    let operators = operators.map(|(name, build)| Function {
        name: name.to_owned(),
        reals: vec![true, true],
        build: Box::new(build),
    });
    elementary.chain(operators).collect()
}

/// A function with the graphs of its derivatives.
struct Derived {
    graphs: Vec<Graph>,
    reals: Vec<bool>,
}

impl Derived {
    fn new(function: &Function, scalar: Scalar) -> Self {
        let mut graph = Graph::new(scalar);
        let ty = |real: &bool| if *real { Type::Real } else { Type::Int(Int::I32) };
        let inputs: Vec<_> = function.reals.iter().map(|real| graph.input(ty(real))).collect();
        let result = (function.build)(&mut graph, &inputs);
        graph.set_results(vec![result]);
        let wrt: Vec<_> = (0..inputs.len()).filter(|place| function.reals[*place]).collect();
        let part = |kind, wrt: Vec<usize>| derive(&graph, &[Part { kind, wrt }]).graph;
        let first = part(Kind::Gradient, wrt.clone());
        let pairs = wrt.iter().enumerate().flat_map(|(at, &a)| wrt[at..].iter().map(move |&b| (a, b)));
        let second: Vec<_> =
            pairs.map(|(a, b)| part(Kind::Hessian, if a == b { vec![a] } else { vec![a, b] })).collect();
        let graphs = [vec![graph, first], second].concat();
        Self { graphs, reals: function.reals.clone() }
    }

    /// The value, the first derivatives, and the second ones in the order of a matrix's upper triangle.
    fn at(&self, point: &[f64]) -> Vec<f64> {
        #[expect(clippy::cast_possible_truncation, reason = "an order")]
        let value = |(x, real): (&f64, &bool)| if *real { Value::Real(*x) } else { Value::Int(*x as i128) };
        let inputs: Vec<_> = point.iter().zip(&self.reals).map(value).collect();
        let results =
            self.graphs.iter().flat_map(|graph| interpret(graph, &inputs, &Nothing).expect("no index"));
        results.map(|result| if let Value::Real(real) = result { real } else { f64::NAN }).collect()
    }
}

/// Where a function is looked at, in numbers of which each is a float of both types but the ends.
fn points(reals: &[bool], scalar: Scalar) -> Vec<Vec<f64>> {
    let (tiny, largest) = match scalar {
        Scalar::F32 => (f64::from(f32::from_bits(1)), f64::from(f32::MAX)),
        _ => (f64::from_bits(1), f64::MAX),
    };
    let inf = f64::INFINITY;
    let single = [-inf, -largest, -1.0, -tiny, -0.0, 0.0, tiny, 0.5, 1.0, 2.0, largest, inf, f64::NAN];
    let several = [-1.0, -0.0, 0.0, 2.0, inf, f64::NAN];
    let many = reals.iter().filter(|real| **real).count();
    let mut points = vec![vec![]];
    for real in reals {
        let list: &[f64] = match (real, many) {
            (false, _) => &[-1.0, 0.0, 1.0, 2.0],
            (true, 1) if reals.len() > 1 => &several,
            (true, 1) => &single,
            (true, 2) => &several,
            (true, _) => &[-1.0, 0.0, inf],
        };
        points =
            points.iter().flat_map(|point| list.iter().map(move |x| [&point[..], &[*x]].concat())).collect();
    }
    points
}

/// Five digits, which are the same on every machine.
fn text(x: f64) -> String {
    let named =
        [(f64::MAX, "MAX"), (-f64::MAX, "-MAX"), (f64::from_bits(1), "tiny"), (-f64::from_bits(1), "-tiny")];
    match named.iter().find(|(value, _)| *value == x) {
        Some((_, name)) => (*name).to_owned(),
        None if x.is_nan() => "NaN".to_owned(),
        None if x == x.trunc() && x.abs() < 1e4 || x.is_infinite() => x.to_string(),
        None if (1e-3..1e4).contains(&x.abs()) => format!("{x:.5}"),
        None => format!("{x:.3e}"),
    }
}

#[test]
fn the_page_says_what_they_yield() {
    let mut page = HEAD.to_owned();
    let say = "a string takes everything";
    for function in functions() {
        let derived = Derived::new(&function, Scalar::F64);
        let arguments: Vec<_> = if function.reals.len() == 1 { vec!["x"] } else { vec!["a", "b", "c"] };
        let arguments = &arguments[..function.reals.len()];
        let by: Vec<_> =
            arguments.iter().zip(&function.reals).filter(|(_, real)| **real).map(|(name, _)| *name).collect();
        let first = by.iter().map(|name| format!("by {name}"));
        let second =
            by.iter().enumerate().flat_map(|(at, a)| by[at..].iter().map(move |b| format!("by {a}{b}")));
        let head: Vec<_> = arguments
            .iter()
            .map(|name| (*name).to_owned())
            .chain(["value".to_owned()])
            .chain(first)
            .chain(second)
            .collect();
        writeln!(
            page,
            "\n## `{}`\n\n| {} |\n|{}",
            function.name,
            head.join(" | "),
            "---|".repeat(head.len())
        )
        .expect(say);
        for point in points(&function.reals, Scalar::F64) {
            // What is NaN in and NaN out is said once, in the head.
            let results = derived.at(&point);
            if point.iter().any(|x| x.is_nan()) && results[0].is_nan() {
                continue;
            }
            let cells: Vec<_> = point.iter().chain(&results).map(|x| text(*x)).collect();
            writeln!(page, "| {} |", cells.join(" | ")).expect(say);
        }
    }
    expect_file!["../../docs/edges.md"].assert_eq(&page);
}

/// What a number is, but for its digits.
fn kind(x: f64) -> (bool, std::num::FpCategory, bool) {
    let category = if x.is_subnormal() { std::num::FpCategory::Normal } else { x.classify() };
    (x.is_nan(), category, !x.is_nan() && x.is_sign_negative())
}

#[test]
fn single_precision_has_the_same_signs_zeros_and_infinities() {
    for function in functions() {
        let [double, single] = [Scalar::F64, Scalar::F32].map(|scalar| Derived::new(&function, scalar));
        for point in points(&function.reals, Scalar::F64) {
            // The ends are others.
            if point.iter().any(|x| x.is_subnormal() || x.abs() == f64::MAX) {
                continue;
            }
            let kinds = |derived: &Derived| derived.at(&point).into_iter().map(kind).collect::<Vec<_>>();
            assert_eq!(kinds(&double), kinds(&single), "{} at {point:?}", function.name);
        }
    }
}

/// The value of a function without `std`, by the name in its row.
fn without_std(name: &str, x: &[f64]) -> Option<f64> {
    macro_rules! table {
        ($($one:ident)* ; $($two:ident)*) => {
            match name {
                $(stringify!($one) => Some(libm::$one(x[0])),)*
                $(stringify!($two) => Some(libm::$two(x[0], x[1])),)*
                "fma" => Some(libm::fma(x[0], x[1], x[2])),
                _ => None,
            }
        };
    }
    table!(sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 expm1 log log1p log2 log10 sqrt cbrt
        floor ceil round rint trunc; atan2 pow hypot)
}

#[test]
fn libm_yields_what_the_standard_library_does() {
    let mut count = 0;
    for function in Elementary::all() {
        let row = function.row();
        let Core::Libm(name) = row.core else { continue };
        let reals: Vec<_> = row.partials.iter().map(Option::is_some).collect();
        for point in points(&reals, Scalar::F64) {
            let (found, right) = (without_std(name, &point).expect(name), (row.f64)(&point));
            // The largest is beyond what the standard library squares in `acosh` and `asinh`.
            if point[0].abs() == f64::MAX && row.name.ends_with("cosh") | row.name.ends_with("sinh") {
                continue;
            }
            assert_eq!(kind(found), kind(right), "{name} at {point:?}: {found} and {right}");
            assert!(
                (found - right).abs() <= 1e-15 * right.abs() || !right.is_finite() || right.abs() < 1e-300,
                "{name} at {point:?}: {found} and {right}"
            );
        }
        count += 1;
    }
    assert!(count > 25, "{count} functions");
}

#[test]
fn second_derivatives_near_zero_have_their_own_digits() {
    for (name, x, right) in
        [("tanh", 1e-9, -2e-9), ("asinh", 1e-9, -1e-9), ("atan", 1e-9, -2e-9), ("sin", 1e-9, -1e-9)]
    {
        let function = functions().into_iter().find(|function| function.name == name).expect("a row");
        let found = Derived::new(&function, Scalar::F64).at(&[x])[2];
        assert!((found / right - 1.0_f64).abs() < 1e-14, "{name}: {found}");
    }
}

#[test]
fn the_slope_of_asinh_does_not_overflow() {
    let function = functions().into_iter().find(|function| function.name == "asinh").expect("a row");
    let found = Derived::new(&function, Scalar::F64).at(&[1e200])[1];
    assert!((found / 1e-200 - 1.0).abs() < 1e-14, "{found}");
    let found = Derived::new(&function, Scalar::F32).at(&[1e25])[1];
    assert!((found / 1e-25 - 1.0).abs() < 1e-6, "{found}");
}

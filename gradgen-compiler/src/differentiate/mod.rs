//! Differentiation: graph in, the same graph with derivatives added out.
//!
//! Both modes append to the graph that they differentiate. What a derivative has in common with
//! the function, or with another derivative in the same graph, is then one node by construction;
//! and second derivatives are the first-order machinery applied twice.

mod blocks;
mod branches;
mod costs;
mod derivative;
mod forward;
mod kept;
mod loops;
mod reverse;
mod split;
mod tape;
mod tapes;
mod turns;

use std::cell::RefCell;

pub use derivative::{Derived, Kind, Part, Product, Sweeps, derive, derive_by, products};
pub use forward::tangents;
pub use loops::irreversible;
pub use reverse::adjoints;
pub use split::{Halves, split};

use crate::ir::{Elementary, Expression, Graph, Op, Value};

/// `factor` times `partial`, a partial derivative. Zeros and ones in it are structure and not
/// computed; a choice between partials is a choice between products.
fn scale(graph: &mut Graph, factor: Value, partial: Value) -> Option<Value> {
    if let Some(number) = graph.as_real(partial) {
        return match number {
            0.0 => None,
            _ => Some(graph.mul(partial, factor)),
        };
    }
    let node = graph.node(partial).clone();
    match (&node.op, &node.args[..]) {
        (Op::Select, &[condition, a, b]) if graph.as_real(a).or(graph.as_real(b)).is_some() => {
            let (a, b) = (scale(graph, factor, a), scale(graph, factor, b));
            select(graph, condition, a, b)
        }
        (Op::Div, &[one, divisor]) if graph.as_real(one) == Some(1.0) => Some(graph.div(factor, divisor)),
        (Op::Neg, &[x]) => scale(graph, factor, x).map(|product| graph.neg(product)),
        _ => Some(graph.mul(factor, partial)),
    }
}

/// `if condition { a } else { b }`, where nothing stands for zero.
fn select(graph: &mut Graph, condition: Value, a: Option<Value>, b: Option<Value>) -> Option<Value> {
    let zero = graph.zeros_like(a.or(b)?);
    Some(graph.select(condition, a.unwrap_or(zero), b.unwrap_or(zero)))
}

/// `a + b`, where nothing stands for zero.
fn plus(graph: &mut Graph, a: Option<Value>, b: Option<Value>) -> Option<Value> {
    match (a, b) {
        (Some(a), Some(b)) => Some(graph.sum(a, b)),
        (a, b) => a.or(b),
    }
}

/// The partial derivative of an elementary function by one of its arguments; none for an integer.
fn partial(
    graph: &mut Graph,
    function: Elementary,
    args: &[Value],
    result: Value,
    place: usize,
) -> Option<Value> {
    let formula = function.row().partials[place]?;
    let cell = RefCell::new(graph);
    let arguments: Vec<_> = args.iter().map(|&value| Expression::new(&cell, value)).collect();
    Some(formula(&arguments, Expression::new(&cell, result)).value())
}

/// The partial derivative of `a % b = a - trunc(a / b) b` by `b`: minus the quotient. It is taken
/// from the remainder, since `a / b` may round up to the next integer.
fn remainder_partial(graph: &mut Graph, args: &[Value], result: Value) -> Value {
    let difference = graph.sub(args[0], result);
    let quotient = graph.div(difference, args[1]);
    let quotient = graph.elementary(Elementary::ROUND, &[quotient]);
    graph.neg(quotient)
}

/// Whether a value is the literal zero, or zeros throughout: as a derivative that is structure.
fn is_zero(graph: &Graph, value: Value) -> bool {
    graph.as_real(value) == Some(0.0) || matches!(graph.node(value).op, Op::Zeros(_) | Op::ZerosLike)
}

//! How long something takes and how much room it needs, about: what decides between keeping a value and
//! computing it again.

use crate::ir::{Graph, Op, Polynomial, RegionId, Type, Value};

/// How many scalars a value of a type has, about: what only run time knows is taken for some tens.
pub(super) fn scalars(ty: &Type) -> f64 {
    match ty {
        Type::Array(element, length) => scalars(element) * size(&length.size().unwrap_or_default()),
        _ => 1.0,
    }
}

/// Loops of so many turns are written out.
const FEW: i128 = 6;

/// A size, about.
pub(super) fn size(of: &Polynomial) -> f64 {
    const SOME: f64 = 64.0;
    // What is decided here must not depend on how long a literal length is.
    if of.constant().is_some_and(|length| length > FEW) {
        return SOME;
    }
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    let terms = of.terms().map(|(product, coefficient)| coefficient as f64 * SOME.powi(product.len() as i32));
    terms.sum::<f64>().max(1.0)
}

/// So many multiplications take as long as to keep a scalar and to read it again.
pub(super) const WORTH: f64 = 8.0;

/// How long a region takes, about, in multiplications.
fn cost(graph: &Graph, region: RegionId) -> f64 {
    let costs = graph.region(region).nodes.iter().map(|&value| {
        let node = graph.node(value);
        match node.op {
            Op::Elementary(function) if !function.is_cheap() => 16.0,
            Op::Call(_) => 32.0,
            Op::Div if node.ty == Type::Real => 5.0,
            Op::Add | Op::Sub | Op::Mul | Op::Elementary(_) if node.ty == Type::Real => 1.0,
            Op::If => node.regions.iter().map(|&inner| cost(graph, inner)).fold(0.0, f64::max),
            Op::For(_) => loop_cost(graph, value),
            _ => 0.0,
        }
    });
    costs.sum()
}

/// How long a loop takes.
pub(super) fn loop_cost(graph: &Graph, owner: Value) -> f64 {
    let node = graph.node(owner);
    let turns = graph.bound(node.args[1]).map_or(1.0, |turns| size(&turns));
    turns * cost(graph, node.regions[0])
}

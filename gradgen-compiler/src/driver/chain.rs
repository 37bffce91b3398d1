//! The graphs of the functions that callers call.

use super::finish::{finish, gather};
use crate::differentiate::{Halves, adjoints, irreversible, split, tangents};
use crate::frontend::Signature;
use crate::ir::{Graph, Value};
use crate::model::{Chain, Reverse};
use crate::passes::with_tapes;

/// The functions that callers' chain rules call.
pub(super) fn chain(primal: &Graph, tiled: &Graph, signature: &Signature) -> Chain {
    let inputs: Vec<Value> = primal.inputs().to_vec();
    let outputs: Vec<Value> = primal.results().to_vec();
    let wrt: Vec<Value> = signature.differentiable().map(|place| inputs[place]).collect();
    let new_inputs = |graph: &mut Graph, like: &[Value]| -> Vec<Value> {
        like.iter().map(|&value| graph.input(primal.ty(value))).collect()
    };
    let full = |graph: &mut Graph, found: Vec<Option<Value>>, like: &[Value]| -> Vec<Value> {
        found
            .into_iter()
            .zip(like)
            .map(|(value, &like)| value.unwrap_or_else(|| graph.zeros_like(like)))
            .collect()
    };
    let pairs = |a: &[Value], b: &[Value]| -> Vec<(Value, Value)> {
        a.iter().copied().zip(b.iter().copied()).collect()
    };

    let mut jvp = primal.clone();
    let moves = new_inputs(&mut jvp, &wrt);
    let found = tangents(&mut jvp, &pairs(&wrt, &moves), &outputs);
    let results = full(&mut jvp, found, &outputs);
    jvp.set_results(results);

    let jvp = finish(&jvp);
    if irreversible(primal).is_some() {
        return Chain { jvp, reverse: None };
    }
    Chain { jvp, reverse: Some(halves(tiled, signature)) }
}

/// Reverse mode for callers.
fn halves(primal: &Graph, signature: &Signature) -> Reverse {
    let mut both = with_tapes(primal);
    let outputs: Vec<Value> = both.results().to_vec();
    let wrt: Vec<Value> = signature.differentiable().map(|place| both.inputs()[place]).collect();
    let cotangents: Vec<Value> = outputs.iter().map(|&value| both.input(both.ty(value))).collect();
    let seeds: Vec<_> = outputs.iter().copied().zip(cotangents).collect();
    let found = adjoints(&mut both, &seeds, &wrt);
    let mut results = filled(&mut both, found, &wrt);
    results.extend(&outputs);
    both.set_results(results);
    // What a generic function stores would have a length that callers can't say.
    let Halves { forward, reverse, stored } =
        split(&gather(&both), outputs.len(), outputs.len(), signature.generics.is_empty());
    let own: Vec<_> = signature.differentiable().collect();
    let count = signature.inputs.len();
    let added: Vec<_> = (count..reverse.inputs().len()).collect();
    Reverse {
        forward_jvp: finish(&moved(&forward, &own)),
        reverse_jvp: finish(&moved(&reverse, &[own, added].concat())),
        forward: finish(&forward),
        reverse: finish(&reverse),
        stored,
    }
}

/// The tangents of a graph's results, from tangents of some of its inputs that follow the inputs.
fn moved(graph: &Graph, by: &[usize]) -> Graph {
    let mut graph = graph.clone();
    let results = graph.results().to_vec();
    let seeds: Vec<_> = by
        .iter()
        .map(|&place| {
            let value = graph.inputs()[place];
            (value, graph.input(graph.ty(value)))
        })
        .collect();
    let found = tangents(&mut graph, &seeds, &results);
    let results = filled(&mut graph, found, &results);
    graph.set_results(results);
    graph
}

/// With zeros where there is nothing.
fn filled(graph: &mut Graph, found: Vec<Option<Value>>, like: &[Value]) -> Vec<Value> {
    found
        .into_iter()
        .zip(like)
        .map(|(value, &like)| value.unwrap_or_else(|| graph.zeros_like(like)))
        .collect()
}

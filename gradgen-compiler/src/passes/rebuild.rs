//! Whole functions rebuilt: normalised, with tapes, or a part of one.

use super::copy::{Copier, Marks, Refusal, Source};
use super::live::{live, needed_without};
use super::overwritten::overwritten;
use crate::ir::{BODY, Graph, Value};

/// The same function in a new graph, without dead nodes, copied as `prepare` says.
pub(super) fn rebuilt(from: &Graph, prepare: impl FnOnce(&mut Copier<'_>)) -> Result<Graph, Refusal> {
    let mut to = Graph::like(from);
    let marks = live(from, from.results(), BODY);
    let mut copier = Copier::new(&mut to, Source::Other(from), Marks::Some(&marks));
    prepare(&mut copier);
    let results = copier.function()?;
    to.set_results(results);
    Ok(to)
}

/// As [`rebuilt`], where nothing can be refused that was not before.
pub(super) fn changed(from: &Graph, prepare: impl FnOnce(&mut Copier<'_>)) -> Graph {
    rebuilt(from, prepare).expect("a copy of what was accepted is accepted")
}

/// The same function, rebuilt: without dead nodes, with short loops written out if `unroll`, in at
/// most `limit` nodes.
///
/// # Errors
/// What can only fail when it is run, and too many nodes.
pub fn normalise(from: &Graph, unroll: bool, limit: usize) -> Result<Graph, Refusal> {
    rebuilt(from, |copier| {
        copier.unroll = unroll;
        copier.untaped = true;
        copier.limit = limit;
    })
}

/// The same function, rebuilt, in which an array that is written before it is read starts from nothing:
/// whatever it held.
#[must_use]
pub fn forget_overwritten(from: &Graph) -> Graph {
    changed(from, |copier| copier.overwritten = overwritten(from))
}

/// The same function with calls that have tapes, for reverse mode.
#[must_use]
pub fn with_tapes(from: &Graph) -> Graph {
    changed(from, |copier| copier.taped = true)
}

/// The function that yields some values of another, from some of its inputs, then from what is given,
/// then from other inputs. What can refuse a call belongs to the function that is given nothing.
#[must_use]
pub fn extract(from: &Graph, inputs: &[Value], given: &[Value], late: &[Value], results: &[Value]) -> Graph {
    let mut to = Graph::like(from);
    let first = given.is_empty() && late.is_empty();
    let marks = if first { live(from, results, BODY) } else { needed_without(from, results, given) };
    let mut copier = Copier::new(&mut to, Source::Other(from), Marks::Some(&marks));
    for &value in inputs.iter().chain(given).chain(late) {
        let ty = copier.from().ty(value);
        let copy = copier.to.input(ty);
        copier.map(value, copy);
    }
    copier.nodes_of(BODY).expect("a copy of what was accepted is accepted");
    let results = results.iter().map(|&result| copier.value(result)).collect();
    to.set_results(results);
    to
}

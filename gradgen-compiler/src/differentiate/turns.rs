//! One turn of the loop that is the adjoint of a loop: an iteration of the function's, run again from
//! what it started from.

use std::collections::BTreeSet;

use super::costs::{WORTH, loop_cost, scalars, size};
use super::kept::{expensive, indices_again, mark_tapes, written_to};
use super::tapes::{Again, Before, Tapes, Used, end_of};
use crate::ir::{Comparison, Graph, Node, Op, RegionId, Type, Value, Walk};
use crate::passes::{Copier, Marks, Source, kept, needed, needed_without};

/// A loop that the adjoint is made of.
pub(super) struct Loop<'a> {
    pub(super) value: Value,
    node: &'a Node,
    walk: Walk,
    /// Of its body.
    pub(super) parameters: Vec<Value>,
    /// Of its body.
    pub(super) results: Vec<Value>,
    /// The places of what it carries whose adjoints are not zero.
    pub(super) places: Vec<usize>,
    /// The active values from around it that these depend on.
    pub(super) outside: Vec<Value>,
}

impl<'a> Loop<'a> {
    pub(super) fn new(
        graph: &Graph,
        value: Value,
        node: &'a Node,
        walk: Walk,
        places: Vec<usize>,
        outside: Vec<Value>,
    ) -> Self {
        let body = graph.region(node.regions[0]);
        let (parameters, results) = (body.parameters.clone(), body.results.clone());
        Self { value, node, walk, parameters, results, places, outside }
    }

    pub(super) fn body(&self) -> RegionId {
        self.node.regions[0]
    }

    /// What it starts with.
    pub(super) fn initial(&self) -> &'a [Value] {
        &self.node.args[2..]
    }

    /// The adjoint's loop, over the part of the range that was run through.
    pub(super) fn sweep(
        &self,
        graph: &mut Graph,
        stopped: Option<Value>,
        reordered: bool,
        carried: &[Value],
        region: RegionId,
    ) -> Vec<Value> {
        let (walk, start, end) = (self.walk, self.node.args[0], self.node.args[1]);
        let (start, end) = match stopped {
            Some(stopped) if walk.reverse => (larger(graph, stopped, start), end),
            Some(stopped) => {
                let end = end_of(graph, end, walk);
                (start, smaller(graph, stopped, end))
            }
            None => (start, end),
        };
        let inclusive = walk.inclusive && (!walk.until || walk.reverse);
        let walk = Walk { until: false, inclusive, ..walk };
        let walk = if reordered { walk.reversed() } else { walk };
        graph.repeat(walk, start, end, carried, region)
    }
}

/// The body of the adjoint's loop, in which an iteration is run again.
pub(super) struct Turn {
    pub(super) region: RegionId,
    /// The parameters that are adjoints of what the loop carries.
    pub(super) moving: Vec<Value>,
    /// The parameters that are adjoints of values from around the loop.
    pub(super) sums: Vec<Value>,
    /// The parameters that are what the loop carries, after the iteration.
    after: Vec<Value>,
    /// What the loop carries, before the iteration.
    pub(super) held: Vec<Value>,
    /// What the loop carries, after the iteration was run again.
    pub(super) again: Vec<Value>,
    /// These, and results of copies of inner loops that are equal to them, by place.
    results: Vec<(usize, Value)>,
    pub(super) tapes: Tapes,
    pub(super) before: Vec<Before>,
    index: Value,
    /// What is expensive to compute again, and what is read from its tape.
    stored: Vec<(Value, Value)>,
    /// Versions of arrays of which what is read is in others too: those after the iteration.
    settled: Vec<(Value, Value)>,
}

impl Turn {
    /// Opens the body, and runs an iteration again in it.
    pub(super) fn open(graph: &mut Graph, of: &Loop<'_>) -> Self {
        let (source, parameters, results) = (of.body(), &of.parameters, &of.results);
        let (start, end) = (of.node.args[0], of.node.args[1]);
        let region = graph.open_like(source);
        let index = graph.parameter(graph.ty(parameters[0]));
        graph.set_range(index, start, end, of.walk);
        let moving =
            of.places.iter().map(|&place| graph.parameter(graph.ty(parameters[place + 1]))).collect();
        let sums = of.outside.iter().map(|&value| graph.parameter(graph.ty(value))).collect();
        let after: Vec<_> =
            results.iter().zip(&parameters[1..]).map(|(_, &like)| graph.parameter(graph.ty(like))).collect();

        let tapes = Tapes::new(graph, index, start, end, of.walk);
        let before: Vec<_> = (0..results.len())
            .map(|place| match (of.walk.until, place) {
                (true, 0) => Before::Running,
                _ => match kept(graph, of.value, place) {
                    Some(versions) => Before::Kept(versions),
                    None => tapes.plan(graph, source, parameters[place + 1], results[place]),
                },
            })
            .collect();
        let held = tapes.restore(graph, index, parameters, &before, &after);
        let (again, results, stored, settled) = (vec![], vec![], vec![], vec![]);
        let mut turn =
            Self { region, moving, sums, after, held, again, results, tapes, before, index, stored, settled };
        turn.run(graph, of, index);
        turn
    }

    /// Runs the iteration again, as far as it is needed.
    fn run(&mut self, graph: &mut Graph, of: &Loop<'_>, index: Value) {
        let roots: Vec<_> = of.places.iter().map(|&place| of.results[place]).collect();
        let mut marks = needed(graph, &roots);
        mark_tapes(graph, of.body(), &mut marks);
        let place = self.tapes.place(graph, index);
        let is_kept = |place: &usize| matches!(self.before[*place], Before::Kept(_));
        let arrays: Vec<_> = (0..of.results.len()).filter(is_kept).collect();
        let stored: Vec<_> = expensive(graph, of.body(), &marks)
            .into_iter()
            .map(|value| {
                if let Some((place, write)) = written_to(graph, of.body(), &arrays, value) {
                    let indices = indices_again(graph, &write, of.parameters[0], index);
                    return (value, graph.get(self.after[place], &indices));
                }
                let tape = self.tapes.tape(graph, graph.ty(value));
                let read = graph.get(tape.parameter, &[place]);
                self.before.push(Before::Stored(value, tape));
                (value, read)
            })
            .collect();
        let mut copier = Copier::new(graph, Source::Same, Marks::Some(&marks));
        copier.quiet = true;
        copier.map(of.parameters[0], index);
        for (&parameter, &held) in of.parameters[1..].iter().zip(&self.held) {
            copier.map(parameter, held);
        }
        copier.region(of.body()).expect("a copy of what was accepted is accepted");
        self.again = of.results.iter().map(|&result| copier.value(result)).collect();
        self.stored = stored.into_iter().map(|(value, read)| (copier.value(value), read)).collect();
        for (place, before) in self.before.iter().enumerate().take(of.results.len()) {
            let Before::Kept(versions) = before else { continue };
            let copies = versions.iter().map(|&version| (version, copier.value(version)));
            let copies = copies.filter(|(version, copy)| version != copy);
            self.settled.extend(copies.map(|(_, copy)| (copy, self.after[place])));
            self.settled.push((self.held[place], self.after[place]));
        }
    }

    /// The iteration as it is run again.
    pub(super) fn rerun(&self) -> Again<'_> {
        Again { region: self.region, index: self.index, held: &self.held }
    }

    /// Finds what is equal to the results of the iteration.
    pub(super) fn find_results(&mut self, doubles: &[(Value, Value)]) {
        self.results = self.again.iter().copied().enumerate().collect();
        for &(copy, original) in doubles {
            let places = self.again.iter().enumerate().filter(|(_, again)| **again == original);
            self.results.extend(places.map(|(place, _)| (place, copy)));
        }
    }

    /// Has the function's loop keep the arrays that loops of the iteration fill, if the adjoint needs
    /// them and they have room: then these loops are not run again. Whether there are any.
    pub(super) fn keep_inner(&mut self, graph: &mut Graph, yields: &[Value]) -> bool {
        let Some(arrays) = self.inner_arrays(graph, yields) else { return false };
        let place = self.tapes.place(graph, self.index);
        let count = graph.region(self.region).nodes.len();
        for &array in &arrays {
            let tape = self.tapes.tape(graph, graph.ty(array));
            let read = graph.get(tape.parameter, &[place]);
            self.before.push(Before::Inner(array, tape));
            self.stored.push((array, read));
        }
        // They are read where the adjoints that were there before can use them.
        let mut nodes = graph.region(self.region).nodes.clone();
        let reads = nodes.split_off(count);
        let start = nodes.iter().position(|&value| value == place).map_or(0, |at| at + 1);
        nodes.splice(start..start, reads);
        graph.set_order(self.region, nodes);
        !arrays.is_empty()
    }

    /// The arrays of loops that are run again, if there is room for all of them.
    fn inner_arrays(&self, graph: &Graph, yields: &[Value]) -> Option<Vec<Value>> {
        let marks = needed_without(graph, yields, &self.held);
        let adjoints: Vec<_> = self.moving.iter().chain(&self.sums).copied().collect();
        let nodes = graph.region(self.region).nodes.iter().copied();
        let arrays = nodes.filter(|&value| {
            let node = graph.node(value);
            let is_array = matches!(node.op, Op::Project(_)) && matches!(node.ty, Type::Array(..));
            let is_given = self
                .results
                .iter()
                .any(|&(place, again)| again == value && self.before[place].is_given_after());
            marks[value.index()]
                && is_array
                && !is_given
                && matches!(graph.node(node.args[0]).op, Op::For(_))
                && {
                    let from = needed_without(graph, &[value], &self.held);
                    !adjoints.iter().any(|adjoint| from[adjoint.index()])
                }
        });
        let arrays: Vec<_> = arrays.collect();
        let known = |value: Value| graph.inputs().contains(&value) || graph.results().contains(&value);
        let ports = (0..graph.len()).map(|place| graph.value(place)).filter(|&value| known(value));
        let own = self.before.iter().flat_map(Before::tapes).map(|tape| scalars(&tape.ty));
        // How long a slice is, is known from what is read of it.
        let read = graph.conditions().iter().filter_map(|condition| {
            condition.length.as_ref().map(|length| size(&length.minus(&condition.margin)))
        });
        let room = ports.map(|value| scalars(&graph.ty(value))).chain(own).chain(read).fold(1.0, f64::max);
        let fits = |&array: &Value| {
            graph.ty(array).is_known() && self.tapes.turns() * scalars(&graph.ty(array)) <= room * ROOM
        };
        // What is kept has to be worth that.
        let kept: f64 = arrays.iter().map(|&array| scalars(&graph.ty(array))).sum();
        let loops: BTreeSet<_> = arrays.iter().map(|&array| graph.node(array).args[0]).collect();
        let saved: f64 = loops.into_iter().map(|owner| loop_cost(graph, owner)).sum();
        (saved >= WORTH * kept && arrays.iter().all(fits)).then_some(arrays)
    }

    /// What the iteration made of values that are taped is given, and not computed again.
    /// Copies of loops that have it too are run for what else they have, unless that is kept.
    pub(super) fn read_results(&self, graph: &mut Graph, yields: &mut [Value], kept: bool) {
        for &(place, again) in &self.results {
            if (kept || again == self.again[place])
                && self.before[place].is_given_after()
                && !self.held.contains(&again)
            {
                self.replace(graph, yields, again, self.after[place]);
            }
        }
    }

    /// What is expensive is read from its tape, and what the iteration wrote where that is left.
    pub(super) fn read_stored(&mut self, graph: &mut Graph, yields: &mut [Value]) {
        for &(version, after) in &self.settled {
            graph.replace_uses(self.region, version, after);
            for value in yields.iter_mut().chain(&mut self.held).filter(|value| **value == version) {
                *value = after;
            }
        }
        for &(copy, read) in &self.stored {
            self.replace(graph, yields, copy, read);
        }
    }

    /// Replaces a value of the body, in it and in what it yields.
    fn replace(&self, graph: &mut Graph, yields: &mut [Value], old: Value, new: Value) {
        if graph.node(old).region == self.region {
            graph.replace_uses(self.region, old, new);
            for value in yields.iter_mut().filter(|value| **value == old) {
                *value = new;
            }
        }
    }

    /// What is used of what the body is given.
    pub(super) fn used(&self, graph: &Graph, yields: &[Value]) -> Used {
        Used::find(graph, yields, &self.after, &self.held, &self.before)
    }
}

/// So many times the largest array, of the function or of what is kept anyway, may be kept of an inner
/// loop.
const ROOM: f64 = 8.0;

fn smaller(graph: &mut Graph, a: Value, b: Value) -> Value {
    let first = graph.compare(Comparison::Lt, a, b);
    graph.select(first, a, b)
}

fn larger(graph: &mut Graph, a: Value, b: Value) -> Value {
    let first = graph.compare(Comparison::Gt, a, b);
    graph.select(first, a, b)
}

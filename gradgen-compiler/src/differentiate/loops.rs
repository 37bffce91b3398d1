//! Reverse mode of loops.
//!
//! The adjoint of a loop is a loop in the opposite order. An iteration of it starts from the values
//! that the function's iteration started from, runs that again as far as it is needed, and takes the
//! adjoints back through it. The values at the start come from tapes: arrays that a copy of the
//! function's loop fills. An array of which an iteration replaces elements is not taped as a whole:
//! the sweep carries it, and puts back the elements that were replaced.
//!
//! More is written here than is needed: tapes that nobody reads, adjoints of what has none. Dead
//! places of loops fall away later, as all that is dead.

use std::collections::BTreeSet;

use super::is_zero;
use super::reverse::{Adjoint, Reverse, Version};
use super::tapes::{Before, Filled, Used};
use super::turns::{Loop, Turn};
use crate::ir::{Graph, Node, Op, RegionId, Value, Walk};
use crate::passes::all_writes;

/// The first loop that no adjoint can be made of, and why: the number of its iterations has to be
/// bounded by sizes, and the types of what it carries have to be known.
#[must_use]
pub fn irreversible(graph: &Graph) -> Option<(u32, &'static str)> {
    (0..graph.len()).map(|place| graph.node(graph.value(place))).find_map(|node| {
        let Op::For(walk) = node.op else { return None };
        let last = graph.as_int(node.args[1]);
        let literal = graph.as_int(node.args[0]).is_some() && last.is_some();
        let endless = last.is_some_and(|last| last >= ENDLESS);
        if endless || !(literal || graph.bound(node.args[1]).is_some()) {
            return Some((
                node.origin,
                "reverse mode needs to know how often this loop is run at most: state it with \
                 `#[gradgen::bound(50)]` above the loop, or count: `while turn < 50 && … { …; turn += 1; }`",
            ));
        }
        if walk.until && walk.step != 1 {
            return Some((
                node.origin,
                "reverse mode does not understand `break` in a loop that goes by steps of more than 1",
            ));
        }
        let known = node.args[2..].iter().all(|&initial| graph.ty(initial).is_known());
        (!known).then_some((
            node.origin,
            "the type of a variable that this loop changes is not known here: declare it with a type, \
             `let mut x: [f64; 3] = …;`",
        ))
    })
}

/// A loop with this end has none of its own.
const ENDLESS: i128 = 1 << 62;

impl Reverse {
    /// The adjoint of a loop.
    pub(super) fn repeat(
        &mut self,
        graph: &mut Graph,
        value: Value,
        node: &Node,
        walk: Walk,
        adjoint: &Adjoint,
    ) {
        let (places, outside) = self.reach(graph, node.regions[0], adjoint);
        if places.is_empty() {
            return;
        }
        let of = Loop::new(graph, value, node, walk, places, outside);
        if let Some((condition, chosen)) = common_choice(graph, adjoint) {
            let initial = of.places.iter().map(|&place| of.initial()[place]);
            let targets = initial.filter(|&value| self.is_active(value));
            let targets: BTreeSet<_> = targets.chain(of.outside.iter().copied()).collect();
            return self.repeat_if(graph, value, node, walk, condition, &chosen, targets);
        }
        let mut turn = Turn::open(graph, &of);
        let mut yields = self.take_back(graph, &of, &turn);
        turn.find_results(&self.doubles);
        let mut used = turn.used(graph, &yields);
        let sums_only = yields.iter().zip(&turn.moving).all(|(new, old)| new == old) && used.after.is_empty();
        // One loop is made of an iteration and its adjoint where no order is asked for and the adjoint
        // does not wait for the loop's results: then nothing is computed twice.
        let in_one =
            sums_only && used.tapes.is_empty() && !depends_on(graph, adjoint.results.values(), value);
        let reordered = !(sums_only && used.tapes.is_empty());
        let mut filled = None;
        if !in_one {
            let kept = turn.keep_inner(graph, &yields);
            if kept {
                // Before anything in the turn is replaced.
                graph.close(vec![]);
                let all = Used::all(&turn.before);
                filled = turn.tapes.fill(graph, node, walk, &turn.before, &all, &turn.rerun());
                graph.reopen(turn.region);
            }
            turn.read_results(graph, &mut yields, kept);
            turn.read_stored(graph, &mut yields);
            used = turn.used(graph, &yields);
        }
        graph.close(vec![]);
        let mut carried = self.seeds(graph, &of, adjoint);
        let filled =
            filled.or_else(|| turn.tapes.fill(graph, node, walk, &turn.before, &used, &turn.rerun()));
        carried.extend(self.after(graph, &of, &turn, filled.as_ref()));
        for (place, &copy) in filled.iter().flat_map(|filled| &filled.results).enumerate() {
            self.doubles.extend(graph.find_projection(value, place).map(|original| (copy, original)));
        }
        // In the order of the parameters: what was after the iteration, then the tapes.
        yields.extend(&turn.held);
        yields.extend(turn.before.iter().flat_map(Before::tapes).map(|tape| tape.parameter));
        graph.set_region_results(turn.region, yields);
        let stopped = filled.and_then(|filled| filled.stopped);
        let swept = of.sweep(graph, stopped, reordered, &carried, turn.region);
        self.spread(graph, &of, &turn, &used, &swept);
    }

    /// Takes the adjoints back through an iteration: what the body of the adjoint's loop yields of them.
    fn take_back(&mut self, graph: &mut Graph, of: &Loop<'_>, turn: &Turn) -> Vec<Value> {
        let around = std::mem::take(&mut self.pending);
        let held = &turn.held;
        let active: Vec<_> = (0..held.len())
            .filter(|&place| self.is_active(of.parameters[place + 1]))
            .map(|place| held[place])
            .collect();
        self.wrt.extend(active.iter().copied());
        self.find_active(graph);
        for (place, &value) in held.iter().enumerate() {
            if let Some(written) = all_writes(graph, of.parameters[place + 1], of.results[place])
                && self.is_active(of.parameters[place + 1])
            {
                let version = Version { value, body: Some(of.body()), written };
                self.versions.entry(of.initial()[place]).or_default().push(version);
            }
        }
        for (&outside, &sum) in of.outside.iter().zip(&turn.sums) {
            self.pending.insert(outside, Adjoint { whole: Some(sum), ..Adjoint::default() });
        }
        for (&place, &seed) in of.places.iter().zip(&turn.moving) {
            self.add(graph, turn.again[place], seed);
        }
        self.region(graph, turn.region);
        let mut yields = vec![];
        for &place in &of.places {
            let found = self.pending.remove(&held[place]).and_then(|found| found.whole(graph, held[place]));
            yields.push(found.unwrap_or_else(|| graph.zeros_like(held[place])));
        }
        for &value in &of.outside {
            let found = self.pending.remove(&value).and_then(|found| found.whole(graph, value));
            yields.push(found.expect("a sum that was put in is still there"));
        }
        assert!(
            self.pending.is_empty(),
            "adjoints of {:?} would be lost",
            self.pending.keys().collect::<Vec<_>>()
        );
        for value in &active {
            self.wrt.remove(value);
        }
        for versions in self.versions.values_mut() {
            versions.retain(|version| !held.contains(&version.value));
        }
        self.pending = around;
        yields
    }

    /// The adjoints with which the adjoint's loop starts.
    fn seeds(&mut self, graph: &mut Graph, of: &Loop<'_>, adjoint: &Adjoint) -> Vec<Value> {
        let mut seeds = vec![];
        for &place in &of.places {
            let seed = adjoint.results.get(&place).copied();
            seeds.push(seed.unwrap_or_else(|| graph.zeros_like(of.parameters[place + 1])));
        }
        for &value in &of.outside {
            let known = self.pending.remove(&value).and_then(|known| known.whole(graph, value));
            seeds.push(known.unwrap_or_else(|| graph.zeros_like(value)));
        }
        seeds
    }

    /// What the function's loop leaves to that of the adjoint: what it carried, and the tapes.
    fn after(&self, graph: &mut Graph, of: &Loop<'_>, turn: &Turn, filled: Option<&Filled>) -> Vec<Value> {
        let mut carried = vec![];
        for place in 0..of.results.len() {
            let restored = graph
                .find_projection(of.value, place)
                .and_then(|after| self.restored.get(&after).copied())
                .filter(|&restored| graph.is_within(graph.current(), graph.node(restored).region));
            let known = restored.or(filled.map(|filled| filled.results[place]));
            carried.push(
                known.unwrap_or_else(|| graph.project(of.value, place, graph.ty(of.parameters[place + 1]))),
            );
        }
        for (number, tape) in turn.before.iter().flat_map(Before::tapes).enumerate() {
            let known = filled.and_then(|filled| filled.tapes.get(&number).copied());
            carried.push(known.unwrap_or_else(|| graph.scratch(&tape.ty)));
        }
        carried
    }

    /// Adds what the adjoint's loop yields to the adjoints of what the function's loop started from.
    fn spread(&mut self, graph: &mut Graph, of: &Loop<'_>, turn: &Turn, used: &Used, swept: &[Value]) {
        let (initial, moving) = (of.initial(), of.places.len());
        for place in 0..of.results.len() {
            // What the sweep does not carry, it does not restore.
            if let Before::Undone(_) | Before::Replaced(..) = turn.before[place]
                && used.after.contains(&place)
            {
                self.restored.insert(initial[place], swept[moving + of.outside.len() + place]);
            }
        }
        for (&value, &sum) in of.outside.iter().zip(&swept[moving..]) {
            // It holds all that was there before.
            if !is_zero(graph, sum) {
                self.pending.insert(value, Adjoint { whole: Some(sum), ..Adjoint::default() });
            }
        }
        // After that: what the loop starts with may be read in it too.
        for (&place, &d) in of.places.iter().zip(swept) {
            self.add(graph, initial[place], d);
        }
    }

    /// The adjoint of a loop whose results count under a condition only: it is run only then.
    fn repeat_if(
        &mut self,
        graph: &mut Graph,
        value: Value,
        node: &Node,
        walk: Walk,
        condition: Value,
        chosen: &Adjoint,
        targets: BTreeSet<Value>,
    ) {
        let mut around = std::mem::take(&mut self.pending);
        let through: Vec<_> = targets
            .into_iter()
            .map(|target| {
                let known = around.remove(&target).and_then(|known| known.whole(graph, target));
                (target, known.unwrap_or_else(|| graph.zeros_like(target)))
            })
            .collect();
        graph.open();
        for &(target, whole) in &through {
            self.pending.insert(target, Adjoint { whole: Some(whole), ..Adjoint::default() });
        }
        self.repeat(graph, value, node, walk, chosen);
        let sums = through.iter().map(|&(target, whole)| {
            let sum = self.pending.remove(&target).and_then(|sum| sum.whole(graph, target));
            sum.unwrap_or(whole)
        });
        let sums = sums.collect();
        let run = graph.close(sums);
        graph.open();
        let skipped = graph.close(through.iter().map(|&(_, whole)| whole).collect());
        assert!(self.pending.is_empty(), "adjoints would be lost");
        self.pending = around;
        let sums = graph.branch(condition, run, skipped);
        for ((target, _), sum) in through.into_iter().zip(sums) {
            if !is_zero(graph, sum) {
                self.pending.insert(target, Adjoint { whole: Some(sum), ..Adjoint::default() });
            }
        }
    }

    /// The places of what a loop carries whose adjoints are not zero, and the active values from
    /// around the loop that these depend on.
    fn reach(&self, graph: &Graph, body: RegionId, adjoint: &Adjoint) -> (Vec<usize>, Vec<Value>) {
        let results = &graph.region(body).results;
        let mut places: BTreeSet<usize> = BTreeSet::new();
        let mut outside = BTreeSet::new();
        let mut work: Vec<usize> = adjoint.results.keys().copied().collect();
        let mut seen = BTreeSet::new();
        while let Some(place) = work.pop() {
            if !places.insert(place) {
                continue;
            }
            let mut values = vec![results[place]];
            while let Some(value) = values.pop() {
                if !self.is_active(value) || !seen.insert(value) {
                    continue;
                }
                let node = graph.node(value);
                if !graph.is_within(node.region, body) {
                    outside.insert(value);
                    continue;
                }
                if let Op::Parameter(place) = node.op
                    && node.region == body
                {
                    work.push(place - 1);
                }
                values.extend(&node.args);
                for &inner in &node.regions {
                    values.extend(&graph.region(inner).results);
                    values.extend(&graph.region(inner).nodes);
                }
            }
        }
        let is_active = |place: &usize| self.is_active(graph.region(body).parameters[place + 1]);
        (
            places
                .into_iter()
                .filter(|place| is_active(place) || adjoint.results.contains_key(place))
                .collect(),
            outside.into_iter().collect(),
        )
    }
}

/// The condition without which all adjoints of a loop's results are zero, and what they are with it.
fn common_choice(graph: &mut Graph, adjoint: &Adjoint) -> Option<(Value, Adjoint)> {
    let mut common = None;
    let mut chosen = Adjoint::default();
    for (&place, &seed) in &adjoint.results {
        let node = graph.node(seed).clone();
        let (Op::Select, &[condition, a, b]) = (&node.op, &node.args[..]) else { return None };
        let (holds, value) = match (is_zero(graph, a), is_zero(graph, b)) {
            (false, true) => (true, a),
            (true, false) => (false, b),
            _ => return None,
        };
        if *common.get_or_insert((condition, holds)) != (condition, holds) {
            return None;
        }
        chosen.results.insert(place, value);
    }
    let (condition, holds) = common?;
    Some((if holds { condition } else { graph.not(condition) }, chosen))
}

/// Whether some values follow from the results of a node.
fn depends_on<'a>(graph: &Graph, values: impl Iterator<Item = &'a Value>, on: Value) -> bool {
    let mut work: Vec<_> = values.copied().collect();
    let mut seen = BTreeSet::new();
    while let Some(value) = work.pop() {
        if value == on {
            return true;
        }
        // What is older cannot follow from it.
        if value < on || !seen.insert(value) {
            continue;
        }
        let node = graph.node(value);
        work.extend(&node.args);
        for &inner in &node.regions {
            let region = graph.region(inner);
            work.extend(region.nodes.iter().chain(&region.results));
        }
    }
    false
}

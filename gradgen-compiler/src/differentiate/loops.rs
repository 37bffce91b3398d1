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

use std::collections::{BTreeMap, BTreeSet};

use super::is_zero;
use super::reverse::{Adjoint, Reverse, Version};
use super::tape;
use crate::ir::{Comparison, Graph, Int, Length, Mode, Node, Op, Polynomial, RegionId, Type, Value, Walk};
use crate::passes::{Copier, Marks, Source, Write, all_writes, needed, writes};

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
                 `#[gradgen::bound(50)]` above the loop",
            ));
        }
        if walk.until && walk.step != 1 {
            return Some((node.origin, "reverse mode does not understand `break` in a loop with `step_by`"));
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

/// How the value that an iteration started from is found again.
enum Before {
    /// It says that there is another turn, and there was one.
    Running,
    /// It was taped, in these pieces.
    Taped(Vec<Tape>),
    /// It is the value after the iteration, with these elements put back, the last write first.
    Undone(Vec<(Write, Tape)>),
    /// Not of what is carried: a value of the iteration that is expensive to compute again.
    Stored(Value, Tape),
}

/// An array that keeps one value for every iteration.
struct Tape {
    /// Its type.
    ty: Type,
    /// The parameter of the adjoint's body that it is.
    parameter: Value,
}

impl Before {
    fn tapes(&self) -> Vec<&Tape> {
        match self {
            Self::Running => vec![],
            Self::Taped(tapes) => tapes.iter().collect(),
            Self::Undone(writes) => writes.iter().map(|(_, tape)| tape).collect(),
            Self::Stored(_, tape) => vec![tape],
        }
    }
}

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
        let source = node.regions[0];
        let parameters = graph.region(source).parameters.clone();
        let results = graph.region(source).results.clone();
        let (start, end, initial) = (node.args[0], node.args[1], &node.args[2..]);
        let (places, outside) = self.reach(graph, source, adjoint);
        if places.is_empty() {
            return;
        }
        if let Some((condition, chosen)) = common_choice(graph, adjoint) {
            let targets = places.iter().map(|&place| initial[place]).filter(|&value| self.is_active(value));
            let targets: BTreeSet<_> = targets.chain(outside).collect();
            return self.repeat_if(graph, value, node, walk, condition, &chosen, targets);
        }
        let around = std::mem::take(&mut self.pending);

        let region = graph.open_like(source);
        let index = graph.parameter(graph.ty(parameters[0]));
        graph.set_range(index, start, end, walk);
        let moving: Vec<_> =
            places.iter().map(|&place| graph.parameter(graph.ty(parameters[place + 1]))).collect();
        let sums: Vec<_> = outside.iter().map(|&value| graph.parameter(graph.ty(value))).collect();
        let after: Vec<_> =
            results.iter().zip(&parameters[1..]).map(|(_, &like)| graph.parameter(graph.ty(like))).collect();

        let tapes = Tapes::new(graph, index, start, end, walk);
        let mut before: Vec<_> = (0..results.len())
            .map(|place| match (walk.until, place) {
                (true, 0) => Before::Running,
                _ => tapes.plan(graph, source, parameters[place + 1], results[place]),
            })
            .collect();
        let held = tapes.restore(graph, index, &parameters, &before, &after);

        let roots: Vec<_> = places.iter().map(|&place| results[place]).collect();
        let mut marks = needed(graph, &roots);
        mark_tapes(graph, source, &mut marks);
        let place = tapes.place(graph, index);
        let stored: Vec<_> = expensive(graph, source, &marks)
            .into_iter()
            .map(|value| {
                let tape = tapes.tape(graph, graph.ty(value));
                let read = graph.get(tape.parameter, &[place]);
                before.push(Before::Stored(value, tape));
                (value, read)
            })
            .collect();
        let mut copier = Copier::new(graph, Source::Same, Marks::Some(&marks));
        copier.map(parameters[0], index);
        for (&parameter, &held) in parameters[1..].iter().zip(&held) {
            copier.map(parameter, held);
        }
        copier.region(source).expect("a copy of what was accepted is accepted");
        let again: Vec<_> = results.iter().map(|&result| copier.value(result)).collect();
        let stored: Vec<_> = stored.into_iter().map(|(value, read)| (copier.value(value), read)).collect();

        let active: Vec<_> = (0..held.len())
            .filter(|&place| self.is_active(parameters[place + 1]))
            .map(|place| held[place])
            .collect();
        self.wrt.extend(active.iter().copied());
        self.find_active(graph);
        for place in 0..results.len() {
            if let Some(written) = all_writes(graph, parameters[place + 1], results[place])
                && self.is_active(parameters[place + 1])
            {
                let version = Version { value: held[place], body: Some(source), written };
                self.versions.entry(initial[place]).or_default().push(version);
            }
        }
        for (&outside, &sum) in outside.iter().zip(&sums) {
            self.pending.insert(outside, Adjoint { whole: Some(sum), ..Adjoint::default() });
        }
        for (&place, &seed) in places.iter().zip(&moving) {
            self.add(graph, again[place], seed);
        }
        self.region(graph, region);
        let mut yields = vec![];
        for &place in &places {
            let found = self.pending.remove(&held[place]).and_then(|found| found.whole(graph, held[place]));
            yields.push(found.unwrap_or_else(|| graph.zeros_like(held[place])));
        }
        for &value in &outside {
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

        for (place, before) in before.iter().enumerate().take(results.len()) {
            if let Before::Taped(_) = before
                && graph.node(again[place]).region == region
                && !held.contains(&again[place])
            {
                graph.replace_uses(region, again[place], after[place]);
                for value in &mut yields {
                    if *value == again[place] {
                        *value = after[place];
                    }
                }
            }
        }
        let mut used = Used::find(graph, &yields, &after, &held, &before);
        let sums_only = yields.iter().zip(&moving).all(|(new, old)| new == old) && used.after.is_empty();
        // One loop is made of an iteration and its adjoint where no order is asked for and the adjoint
        // does not wait for the loop's results: then nothing is computed twice.
        let in_one =
            sums_only && used.tapes.is_empty() && !depends_on(graph, adjoint.results.values(), value);
        let reordered = !(sums_only && used.tapes.is_empty());
        if !in_one {
            for (copy, read) in stored {
                if graph.node(copy).region == region {
                    graph.replace_uses(region, copy, read);
                    for value in yields.iter_mut().filter(|value| **value == copy) {
                        *value = read;
                    }
                }
            }
            used = Used::find(graph, &yields, &after, &held, &before);
        }
        graph.close(vec![]);
        let mut carried: Vec<Value> = vec![];
        for (&place, _) in places.iter().zip(&moving) {
            let seed = adjoint.results.get(&place).copied();
            carried.push(seed.unwrap_or_else(|| graph.zeros_like(parameters[place + 1])));
        }
        for &value in &outside {
            let known = self.pending.remove(&value).and_then(|known| known.whole(graph, value));
            carried.push(known.unwrap_or_else(|| graph.zeros_like(value)));
        }
        // In the order of the parameters: what was after the iteration, then the tapes.
        yields.extend(&held);
        yields.extend(before.iter().flat_map(Before::tapes).map(|tape| tape.parameter));
        let filled = tapes.fill(graph, node, walk, &before, &used);
        for place in 0..results.len() {
            let restored = graph
                .find_projection(value, place)
                .and_then(|after| self.restored.get(&after).copied())
                .filter(|&restored| graph.is_within(graph.current(), graph.node(restored).region));
            let known = restored.or(filled.as_ref().map(|filled| filled.results[place]));
            carried
                .push(known.unwrap_or_else(|| graph.project(value, place, graph.ty(parameters[place + 1]))));
        }
        for (number, tape) in before.iter().flat_map(Before::tapes).enumerate() {
            let known = filled.as_ref().and_then(|filled| filled.tapes.get(&number).copied());
            carried.push(known.unwrap_or_else(|| graph.scratch(&tape.ty)));
        }
        graph.set_region_results(region, yields);
        let (start, end) = match filled.as_ref().and_then(|filled| filled.stopped) {
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
        let swept = graph.repeat(walk, start, end, &carried, region);
        for place in 0..results.len() {
            // What the sweep does not carry, it does not restore.
            if let Before::Undone(_) = before[place]
                && used.after.contains(&place)
            {
                self.restored.insert(initial[place], swept[places.len() + outside.len() + place]);
            }
        }
        for (&value, &sum) in outside.iter().zip(&swept[places.len()..]) {
            // It holds all that was there before.
            if !is_zero(graph, sum) {
                self.pending.insert(value, Adjoint { whole: Some(sum), ..Adjoint::default() });
            }
        }
        // After that: what the loop starts with may be read in it too.
        for (&place, &d) in places.iter().zip(&swept) {
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

/// What an adjoint's body uses of what it is given.
struct Used {
    /// The places of which the value after the iteration is used.
    after: BTreeSet<usize>,
    /// The tapes that are read, by number.
    tapes: BTreeSet<usize>,
}

impl Used {
    fn find(graph: &Graph, yields: &[Value], after: &[Value], held: &[Value], before: &[Before]) -> Self {
        let mut roots = yields.to_vec();
        loop {
            let marks = needed(graph, &roots);
            let found: BTreeSet<_> = (0..after.len()).filter(|&place| marks[after[place].index()]).collect();
            let more: Vec<_> =
                found.iter().map(|&place| held[place]).filter(|held| !roots.contains(held)).collect();
            if more.is_empty() {
                let tapes = before.iter().flat_map(Before::tapes).enumerate();
                let tapes = tapes.filter(|(_, tape)| marks[tape.parameter.index()]).map(|(number, _)| number);
                return Self { after: found, tapes: tapes.collect() };
            }
            roots.extend(more);
        }
    }
}

/// The tapes of a loop.
struct Tapes {
    /// How many places there are on a tape.
    length: Length,
    /// What is taken from the loop's variable to have a place on a tape.
    offset: Option<Value>,
}

/// A copy of a loop that fills tapes.
struct Filled {
    /// What the loop carried, after it.
    results: Vec<Value>,
    /// The tapes, by number.
    tapes: BTreeMap<usize, Value>,
    /// Of a loop that may stop before its end: the bound of the range that was run through.
    stopped: Option<Value>,
}

/// From a first integer above this one on, tapes start with that.
const NEAR_ZERO: i128 = 16;

impl Tapes {
    fn new(graph: &mut Graph, index: Value, start: Value, end: Value, walk: Walk) -> Self {
        let is_usize = graph.ty(index) == Type::Int(Int::Usize);
        let first = graph.as_int(start);
        let offset =
            if is_usize && first.is_none_or(|first| first <= NEAR_ZERO) { None } else { Some(start) };
        let last = match (offset, graph.as_int(start), graph.as_int(end)) {
            (Some(_), Some(start), Some(end)) => Some(Polynomial::from((end - start).max(0))),
            _ => graph.bound(end),
        };
        let size = last.expect("the number of iterations is bounded: the driver has checked");
        Self { length: Length::of(size.plus(&i128::from(walk.inclusive).into())), offset }
    }

    /// The place of an iteration on the tapes.
    fn place(&self, graph: &mut Graph, index: Value) -> Value {
        let place = match self.offset {
            Some(offset) => graph.sub(index, offset),
            None => index,
        };
        graph.cast(place, Type::Int(Int::Usize))
    }

    fn tape(&self, graph: &mut Graph, piece: Type) -> Tape {
        let ty = Type::array(piece, self.length.clone());
        let parameter = graph.parameter(ty.clone());
        Tape { ty, parameter }
    }

    /// How the value before an iteration is found again.
    fn plan(&self, graph: &mut Graph, body: RegionId, parameter: Value, result: Value) -> Before {
        if let Some(writes) = undoable(graph, body, parameter, result) {
            let undo = |write: Write| {
                let row = graph.ty(parameter).element(write.prefix.len()).cloned().unwrap_or(Type::Opaque);
                (write, self.tape(graph, row))
            };
            return Before::Undone(writes.into_iter().map(undo).collect());
        }
        let ty = graph.ty(parameter);
        let count = tape::count(graph, &ty);
        Before::Taped((0..count).map(|_| self.tape(graph, tape::piece(&ty))).collect())
    }

    /// The values before an iteration, as values of which nothing else is known.
    fn restore(
        &self,
        graph: &mut Graph,
        index: Value,
        parameters: &[Value],
        before: &[Before],
        after: &[Value],
    ) -> Vec<Value> {
        let place = self.place(graph, index);
        let mut held = vec![];
        for (number, before) in before.iter().enumerate() {
            let value = match before {
                Before::Stored(..) => continue,
                Before::Running => {
                    held.push(graph.bool(true));
                    continue;
                }
                Before::Taped(tapes) => {
                    let pieces: Vec<_> =
                        tapes.iter().map(|tape| graph.get(tape.parameter, &[place])).collect();
                    tape::restore(graph, &pieces, &graph.ty(parameters[number + 1]))
                }
                Before::Undone(writes) => {
                    let mut array = after[number];
                    for (write, tape) in writes {
                        let indices = indices_again(graph, write, parameters[0], index);
                        let old = graph.get(tape.parameter, &[place]);
                        array = graph.set(array, old, &indices);
                    }
                    array
                }
            };
            held.push(graph.hold(value));
        }
        held
    }

    /// Writes a piece to the tape of this number, if that is used: the tape's parameter, and the tape
    /// after that.
    fn keep(
        &self,
        graph: &mut Graph,
        kept: &mut BTreeMap<usize, (Value, Value)>,
        used: &Used,
        before: &[Before],
        number: usize,
        piece: Value,
        place: Value,
    ) {
        if !used.tapes.contains(&number) {
            return;
        }
        let ty = before.iter().flat_map(Before::tapes).nth(number).map(|tape| tape.ty.clone());
        let parameter = graph.parameter(ty.expect("tapes are numbered"));
        let tape = graph.set(parameter, piece, &[place]);
        kept.insert(number, (parameter, tape));
    }

    /// The loop again, with the tapes that are used. None if there are none.
    fn fill(
        &self,
        graph: &mut Graph,
        node: &Node,
        walk: Walk,
        before: &[Before],
        used: &Used,
    ) -> Option<Filled> {
        if used.tapes.is_empty() && !walk.until {
            return None;
        }
        let source = node.regions[0];
        let parameters = graph.region(source).parameters.clone();
        graph.open_like(source);
        let copies: Vec<_> =
            parameters.iter().map(|&parameter| graph.parameter(graph.ty(parameter))).collect();
        graph.set_range(copies[0], node.args[0], node.args[1], walk);
        let place = self.place(graph, copies[0]);
        // What is kept as a whole is kept before anything is done to it.
        let mut kept = BTreeMap::new();
        for (number, at, piece) in numbered(before) {
            if let (Before::Taped(_), None) = (&before[at], piece) {
                for (piece, number) in tape::pieces(graph, copies[at + 1]).into_iter().zip(number..) {
                    self.keep(graph, &mut kept, used, before, number, piece, place);
                }
            }
        }
        let mut copier = Copier::new(graph, Source::Same, Marks::All);
        for (&parameter, &copy) in parameters.iter().zip(&copies) {
            copier.map(parameter, copy);
        }
        let mut yields = copier.region(source).expect("a copy of what was accepted is accepted");
        let stored: Vec<_> = numbered(before)
            .into_iter()
            .filter_map(|(number, at, _)| match before[at] {
                Before::Stored(value, _) => Some((number, copier.value(value))),
                _ => None,
            })
            .collect();
        let arrays: Vec<_> = numbered(before)
            .into_iter()
            .filter_map(|(number, _, write)| write.map(|write| (number, write, copier.value(write.previous))))
            .collect();
        for (number, write, array) in arrays {
            let indices = indices_again(graph, write, parameters[0], copies[0]);
            let old = graph.get(array, &indices);
            self.keep(graph, &mut kept, used, before, number, old, place);
        }
        for (number, value) in stored {
            self.keep(graph, &mut kept, used, before, number, value, place);
        }
        let mut initial = node.args[2..].to_vec();
        // The parameters were made in this order.
        let mut numbers: Vec<_> = kept.keys().copied().collect();
        numbers.sort_by_key(|number| kept[number].0);
        yields.extend(numbers.iter().map(|number| kept[number].1));
        if walk.until {
            graph.parameter(graph.ty(copies[0]));
            let next = graph.int(1, graph.ty(copies[0]));
            yields.push(if walk.reverse { copies[0] } else { graph.add(copies[0], next) });
        }
        let body = graph.close(yields);
        let tapes: Vec<_> = before.iter().flat_map(Before::tapes).map(|tape| tape.ty.clone()).collect();
        initial.extend(numbers.iter().map(|&number| graph.scratch(&tapes[number])));
        if walk.until {
            let first = if walk.reverse { end_of(graph, node.args[1], walk) } else { node.args[0] };
            initial.push(first);
        }
        let mut results = graph.repeat(walk, node.args[0], node.args[1], &initial, body);
        let stopped = if walk.until { results.pop() } else { None };
        let filled = results.split_off(node.args.len() - 2);
        Some(Filled { results, tapes: numbers.into_iter().zip(filled).collect(), stopped })
    }
}

/// The values of a loop's body that are kept rather than computed again: what takes longer than to
/// read them from memory.
fn expensive(graph: &Graph, body: RegionId, marks: &[bool]) -> Vec<Value> {
    let nodes = graph.region(body).nodes.iter().copied();
    nodes
        .filter(|&value| marks[value.index()])
        .filter(|&value| match (graph.ty(value), &graph.node(value).op) {
            (_, Op::Project(place)) if is_tape(graph, value, *place) => true,
            (Type::Real, _) => true,
            _ => false,
        })
        .filter(|&value| match graph.node(value).op {
            // What a loop yields, or a call.
            Op::Project(_) => !matches!(graph.node(graph.node(value).args[0]).op, Op::If),
            // What follows from nothing in the loop is best computed before it.
            _ if !graph.node(value).args.iter().any(|&arg| graph.is_within(graph.node(arg).region, body)) => {
                false
            }
            Op::Elementary(function) => !function.is_cheap(),
            Op::Div => true,
            _ => false,
        })
        .collect()
}

/// Whether a projection is the tape of a call.
fn is_tape(graph: &Graph, value: Value, place: usize) -> bool {
    matches!(&graph.node(graph.node(value).args[0]).op, Op::Call(call) if call.mode == Mode::Forward && call.outputs == place)
}

/// The tapes of the calls that are needed are too.
fn mark_tapes(graph: &Graph, body: RegionId, marks: &mut [bool]) {
    for &value in &graph.region(body).nodes {
        if let Op::Project(place) = graph.node(value).op
            && is_tape(graph, value, place)
            && marks[graph.node(value).args[0].index()]
        {
            marks[value.index()] = true;
        }
    }
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

/// For each carried place the number of its first tape; and where elements are put back, each tape's
/// number with its write.
fn numbered(before: &[Before]) -> Vec<(usize, usize, Option<&Write>)> {
    let mut all = vec![];
    let mut number = 0;
    for (at, before) in before.iter().enumerate() {
        match before {
            Before::Running => {}
            Before::Stored(..) => {
                all.push((number, at, None));
                number += 1;
            }
            Before::Taped(tapes) => {
                all.push((number, at, None));
                number += tapes.len();
            }
            Before::Undone(writes) => {
                for (write, _) in writes {
                    all.push((number, at, Some(write)));
                    number += 1;
                }
            }
        }
    }
    all
}

/// The integer behind the last one of a range.
fn end_of(graph: &mut Graph, end: Value, walk: Walk) -> Value {
    if !walk.inclusive {
        return end;
    }
    let one = graph.int(1, graph.ty(end));
    graph.add(end, one)
}

fn smaller(graph: &mut Graph, a: Value, b: Value) -> Value {
    let first = graph.compare(Comparison::Lt, a, b);
    graph.select(first, a, b)
}

fn larger(graph: &mut Graph, a: Value, b: Value) -> Value {
    let first = graph.compare(Comparison::Gt, a, b);
    graph.select(first, a, b)
}

/// The writes that make an iteration's result of what it started from, the last first, if these are
/// all, at indices that the loop's variable determines. A value that is no array has none, and of one
/// that is hardly larger than what is replaced, all is kept.
fn undoable(graph: &Graph, body: RegionId, parameter: Value, result: Value) -> Option<Vec<Write>> {
    let ty = graph.ty(parameter);
    let Type::Array(..) = ty else { return None };
    let found = writes(graph, body, parameter, result, &|index| is_determined(graph, body, index))?;
    let rows: Vec<_> = found.iter().map(|write| ty.element(write.prefix.len())).collect();
    if found.is_empty() || !rows.iter().all(|row| row.is_some_and(Type::is_known)) {
        return None;
    }
    let replaced: Option<usize> = rows.into_iter().map(|row| row.and_then(Type::size)).sum();
    let short = ty.size().zip(replaced).is_some_and(|(size, replaced)| size <= 4 * replaced);
    (!short).then_some(found)
}

/// Whether a value follows from the loop's variable and what is around the loop.
fn is_determined(graph: &Graph, body: RegionId, value: Value) -> bool {
    let node = graph.node(value);
    if !graph.is_within(node.region, body) {
        return true;
    }
    match node.op {
        Op::Parameter(place) => node.region == body && place == 0,
        _ => {
            node.regions.is_empty()
                && node.ty != Type::Several
                && !matches!(node.op, Op::Project(_))
                && node.args.iter().all(|&arg| is_determined(graph, body, arg))
        }
    }
}

/// The indices of a write, from another variable of the loop.
fn indices_again(graph: &mut Graph, write: &Write, old: Value, new: Value) -> Vec<Value> {
    let body = graph.node(old).region;
    let mut map = BTreeMap::from([(old, new)]);
    write.prefix.iter().map(|&index| again(graph, body, index, &mut map)).collect()
}

fn again(graph: &mut Graph, body: RegionId, value: Value, map: &mut BTreeMap<Value, Value>) -> Value {
    let node = graph.node(value).clone();
    if !graph.is_within(node.region, body) {
        return value;
    }
    if let Some(&known) = map.get(&value) {
        return known;
    }
    let args = node.args.iter().map(|&arg| again(graph, body, arg, map)).collect();
    let copy = graph.make(&node.op, args, &node.ty);
    map.insert(value, copy);
    copy
}

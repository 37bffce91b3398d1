//! The tapes of a loop: arrays that keep, for every iteration, what its adjoint starts from.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Part;
use super::costs::size;
use super::kept::{indices_again, undoable};
use super::tape;
use crate::ir::{Comparison, DerivedSize, Graph, Int, Length, Node, Polynomial, RegionId, Type, Value, Walk};
use crate::passes::{Copier, Marks, Source, Write, needed, needed_without};

/// How the value that an iteration started from is found again.
pub(super) enum Before {
    /// It says that there is another turn, and there was one.
    Running,
    /// What was read of it is still there after the iteration, also of these versions of it.
    Kept(Vec<Value>),
    /// It was taped, in these pieces.
    Taped(Vec<Tape>),
    /// It is the value after the iteration, with these elements put back, the last write first.
    Undone(Vec<(Write, Tape)>),
    /// It is the value after the iteration, with a part put back.
    Replaced(Part, Tape),
    /// Not of what is carried: a value of the iteration that is expensive to compute again.
    Stored(Value, Tape),
    /// An array that a loop inside of the iteration fills, for its own adjoint or as a result: a value of
    /// the iteration as it is run again.
    Inner(Value, Tape),
}

/// An array that keeps one value for every iteration.
pub(super) struct Tape {
    /// Its type.
    pub(super) ty: Type,
    /// The parameter of the adjoint's body that it is.
    pub(super) parameter: Value,
}

impl Before {
    /// Whether what the iteration makes of it is what is there after the iteration.
    pub(super) const fn is_given_after(&self) -> bool {
        matches!(self, Self::Taped(_) | Self::Replaced(..))
    }

    pub(super) fn tapes(&self) -> Vec<&Tape> {
        match self {
            Self::Running | Self::Kept(_) => vec![],
            Self::Taped(tapes) => tapes.iter().collect(),
            Self::Undone(writes) => writes.iter().map(|(_, tape)| tape).collect(),
            Self::Replaced(_, tape) | Self::Stored(_, tape) | Self::Inner(_, tape) => vec![tape],
        }
    }
}

/// What an adjoint's body uses of what it is given.
pub(super) struct Used {
    /// The places of which the value after the iteration is used.
    pub(super) after: BTreeSet<usize>,
    /// The tapes that are read, by number.
    pub(super) tapes: BTreeSet<usize>,
}

impl Used {
    /// All tapes.
    pub(super) fn all(before: &[Before]) -> Self {
        let count = before.iter().flat_map(Before::tapes).count();
        Self { after: BTreeSet::new(), tapes: (0..count).collect() }
    }

    pub(super) fn find(
        graph: &Graph,
        yields: &[Value],
        after: &[Value],
        held: &[Value],
        before: &[Before],
    ) -> Self {
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
pub(super) struct Tapes {
    /// How many places there are on a tape.
    length: Length,
    /// What is taken from the loop's variable to have a place on a tape.
    offset: Option<Value>,
    /// Whether the range is a part of a longer one.
    part: bool,
}

/// An iteration that is run again: what of it fills tapes can be done in the function's loop too.
pub(super) struct Again<'a> {
    pub(super) region: RegionId,
    pub(super) index: Value,
    /// What the loop carries, before the iteration.
    pub(super) held: &'a [Value],
}

impl Again<'_> {
    /// The arrays of inner loops in another copy of the iteration, with these parameters.
    fn run(&self, graph: &mut Graph, before: &[Before], parameters: &[Value]) -> Vec<Value> {
        let arrays = before.iter().filter_map(|before| match before {
            Before::Inner(array, _) => Some(*array),
            _ => None,
        });
        let arrays: Vec<_> = arrays.collect();
        if arrays.is_empty() {
            return vec![];
        }
        let marks = needed_without(graph, &arrays, self.held);
        let mut copier = Copier::new(graph, Source::Same, Marks::Some(&marks));
        copier.quiet = true;
        copier.map(self.index, parameters[0]);
        for (&held, &parameter) in self.held.iter().zip(&parameters[1..]) {
            copier.map(held, parameter);
        }
        copier.region(self.region).expect("a copy of what was accepted is accepted");
        arrays.iter().map(|&array| copier.value(array)).collect()
    }
}

/// A copy of a loop that fills tapes.
pub(super) struct Filled {
    /// What the loop carried, after it.
    pub(super) results: Vec<Value>,
    /// The tapes, by number.
    pub(super) tapes: BTreeMap<usize, Value>,
    /// Of a loop that may stop before its end: the bound of the range that was run through.
    pub(super) stopped: Option<Value>,
}

/// From a first integer above this one on, tapes start with that.
const NEAR_ZERO: i128 = 16;

impl Tapes {
    pub(super) fn new(graph: &mut Graph, index: Value, start: Value, end: Value, walk: Walk) -> Self {
        if let Some(length) = graph.part(start, end) {
            return Self { length: Length::of(length), offset: Some(start), part: true };
        }
        let is_usize = graph.ty(index) == Type::Int(Int::Usize);
        let first = graph.as_int(start);
        let offset =
            if is_usize && first.is_none_or(|first| first <= NEAR_ZERO) { None } else { Some(start) };
        let last = match (offset, graph.as_int(start), graph.as_int(end)) {
            (Some(_), Some(start), Some(end)) => Some(Polynomial::from((end - start).max(0))),
            _ => graph.bound(end),
        };
        let size = last.expect("the number of iterations is bounded: the driver has checked");
        let size = size.plus(&i128::from(walk.inclusive).into());
        let whole = DerivedSize::Whole(size.clone());
        let size = if graph.derived().contains(&whole) { graph.derive_size(whole) } else { size };
        Self { length: Length::of(size), offset, part: false }
    }

    /// The place of an iteration on the tapes.
    pub(super) fn place(&self, graph: &mut Graph, index: Value) -> Value {
        let place = match self.offset {
            Some(offset) => graph.sub(index, offset),
            None => index,
        };
        // Which rustc does not see of a part: then it would check it.
        if self.part && self.length.is_static() {
            let (length, one) = (graph.length(&self.length), graph.usize(1));
            let last = graph.sub(length, one);
            let is_inside = graph.compare(Comparison::Lt, place, last);
            return graph.select(is_inside, place, last);
        }
        graph.cast(place, Type::Int(Int::Usize))
    }

    /// How many turns there are, about.
    pub(super) fn turns(&self) -> f64 {
        size(&self.length.size().unwrap_or_default())
    }

    pub(super) fn tape(&self, graph: &mut Graph, piece: Type) -> Tape {
        let ty = Type::array(piece, self.length.clone());
        let parameter = graph.parameter(ty.clone());
        Tape { ty, parameter }
    }

    /// How the value before an iteration is found again.
    pub(super) fn plan(&self, graph: &mut Graph, body: RegionId, parameter: Value, result: Value) -> Before {
        if let Some(writes) = undoable(graph, body, parameter, result) {
            let undo = |write: Write| {
                let row = graph.ty(parameter).element(write.prefix.len()).cloned().unwrap_or(Type::Opaque);
                (write, self.tape(graph, row))
            };
            return Before::Undone(writes.into_iter().map(undo).collect());
        }
        if let Some(part) = Part::of(graph, body, parameter, result) {
            let tape = self.tape(graph, part.ty.clone());
            return Before::Replaced(part, tape);
        }
        let ty = graph.ty(parameter);
        let count = tape::count(graph, &ty);
        Before::Taped((0..count).map(|_| self.tape(graph, tape::piece(&ty))).collect())
    }

    /// The values before an iteration, as values of which nothing else is known.
    pub(super) fn restore(
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
                Before::Stored(..) | Before::Inner(..) => continue,
                Before::Running => {
                    held.push(graph.bool(true));
                    continue;
                }
                Before::Kept(_) => after[number],
                Before::Taped(tapes) => {
                    let pieces: Vec<_> =
                        tapes.iter().map(|tape| graph.get(tape.parameter, &[place])).collect();
                    tape::restore(graph, &pieces, &graph.ty(parameters[number + 1]))
                }
                Before::Replaced(part, tape) => {
                    part.put_back(graph, tape.parameter, place, after[number], index)
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
    pub(super) fn fill(
        &self,
        graph: &mut Graph,
        node: &Node,
        walk: Walk,
        before: &[Before],
        used: &Used,
        again: &Again<'_>,
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
            if let Before::Replaced(part, tape) = &before[at]
                && used.tapes.contains(&number)
            {
                let parameter = graph.parameter(tape.ty.clone());
                let filled = part.keep(graph, parameter, place, copies[at + 1], copies[0]);
                kept.insert(number, (parameter, filled));
            }
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
        let inner = again.run(graph, before, &copies);
        let inner_numbers =
            numbered(before).into_iter().filter(|(_, at, _)| matches!(before[*at], Before::Inner(..)));
        let inner = inner_numbers.map(|(number, ..)| number).zip(inner);
        for (number, value) in stored.into_iter().chain(inner) {
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

/// For each carried place the number of its first tape; and where elements are put back, each tape's
/// number with its write.
fn numbered(before: &[Before]) -> Vec<(usize, usize, Option<&Write>)> {
    let mut all = vec![];
    let mut number = 0;
    for (at, before) in before.iter().enumerate() {
        match before {
            Before::Running | Before::Kept(_) => {}
            Before::Replaced(..) | Before::Stored(..) | Before::Inner(..) => {
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
pub(super) fn end_of(graph: &mut Graph, end: Value, walk: Walk) -> Value {
    if !walk.inclusive {
        return end;
    }
    let one = graph.int(1, graph.ty(end));
    graph.add(end, one)
}

//! Arrays that are written as a whole before anything of them is read. What they held before then
//! has no effect: an output is no input, and a loop does not hand it from turn to turn.
//!
//! What was written is known as a range of rows, and as the same of the elements of one row more. A loop
//! that writes to the place behind that range, or to the one before it, and in the next turn to the
//! next one, makes it longer by its trips. That is shown by induction: a turn may read what the turns
//! before it wrote, and has to leave what the next one may read.

use std::collections::{BTreeMap, BTreeSet};

use super::live::live;
use super::settled::{Block, Settled};
use super::writes::all_writes;
use crate::ir::{Atom, BODY, Graph, Node, Op, Polynomial, RegionId, Type, Value, Walk};

/// The inputs, and the parameters of loops, of which nothing is read that was not written before. A slice
/// whose size no other input has is not among them: the size would be lost with it.
#[must_use]
pub(super) fn overwritten(graph: &Graph) -> BTreeSet<Value> {
    let marks = live(graph, graph.results(), BODY);
    let inputs = graph.inputs().iter().enumerate();
    let inputs =
        inputs.filter(|&(place, &input)| !has_own_size(graph, place) && is_overwritten(graph, BODY, input));
    let mut found: BTreeSet<_> = inputs.map(|(_, &input)| input).collect();
    for value in (0..graph.len()).map(|place| graph.value(place)) {
        let node = graph.node(value);
        if let Op::For(_) = node.op {
            let body = node.regions[0];
            let parameters = graph.region(body).parameters[1..].iter().copied().enumerate();
            // The memory of a slice that is there after the loop has to be handed on.
            let handed = |place: usize, parameter: Value| {
                let after = graph.find_projection(value, place);
                graph.ty(parameter).is_slice() && after.is_some_and(|after| marks[after.index()])
            };
            let alone = parameters.filter(|&(place, parameter)| {
                !handed(place, parameter) && is_overwritten(graph, body, parameter)
            });
            found.extend(alone.map(|(_, parameter)| parameter));
        }
    }
    found
}

fn is_overwritten(graph: &Graph, region: RegionId, array: Value) -> bool {
    let ty = graph.ty(array);
    // An array without elements is written by nobody.
    if !matches!(ty, Type::Array(..)) || !ty.is_known() || ty.size() == Some(0) {
        return false;
    }
    let mut versions = Versions::of(graph, array);
    versions.follow(region).is_some()
        && versions.rows.len() > 1
        && graph.region(region).results.iter().all(|&result| versions.is_whole(result))
}

/// Of a slice that is written before it is read, from the first element up to a size that another input
/// has: that size.
fn written_size(graph: &Graph, array: Value) -> Option<Polynomial> {
    let mut versions = Versions::of(graph, array);
    versions.follow(BODY)?;
    let mut sizes = graph.results().iter().filter_map(|result| versions.rows.get(result));
    let (Some(rows), None) = (sizes.next(), sizes.next()) else { return None };
    let (first, last) = rows.range.as_ref()?;
    let Op::Input(place) = graph.node(array).op else { return None };
    let is_other = |atom| match atom {
        Atom::Length(of) => of != place,
        Atom::Input(_) => true,
        _ => false,
    };
    (is_ordered(graph, first, &Polynomial::default()) && last.atom().is_some_and(is_other))
        .then(|| last.clone())
}

/// Whether the input at this position is a slice as long as the call says.
fn has_own_size(graph: &Graph, place: usize) -> bool {
    let own = Polynomial::from(Atom::Length(place));
    matches!(graph.ty(graph.inputs()[place]), Type::Array(_, length) if length.size() == Some(own))
}

/// Gives a slice that is only written the size of what is written: as an output it is as long as the
/// input that it goes with.
pub fn size_outputs(graph: &mut Graph) {
    for place in 0..graph.inputs().len() {
        if has_own_size(graph, place)
            && let Some(size) = written_size(graph, graph.inputs()[place])
        {
            graph.replace_size(Atom::Length(place), &size);
        }
    }
}

/// The elements of an array that were written for certain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rows {
    /// All rows from the first up to, and not with, the last.
    range: Option<Range>,
    /// Of one row more, these.
    part: Option<(Polynomial, Box<Rows>)>,
}

pub(super) type Range = (Polynomial, Polynomial);

impl Rows {
    /// Whether it has a range of what the indices of `row` lead to.
    fn has(&self, graph: &Graph, row: &[Polynomial], range: &Range) -> bool {
        let Some((at, rest)) = row.split_first() else {
            let inside = |(first, last): &Range| {
                is_ordered(graph, first, &range.0) && is_ordered(graph, &range.1, last)
            };
            return self.range.as_ref().is_some_and(inside);
        };
        self.has(graph, &[], &one(at))
            || self.part.as_ref().is_some_and(|(known, part)| known == at && part.has(graph, rest, range))
    }

    fn is_whole(&self, graph: &Graph, ty: &Type) -> bool {
        let Type::Array(_, length) = ty else { return false };
        length.size().is_some_and(|length| self.has(graph, &[], &(Polynomial::default(), length)))
    }

    /// The range that is known of what the indices of `row` lead to.
    fn range(&self, row: &[Polynomial]) -> Option<&Range> {
        let Some((at, rest)) = row.split_first() else { return self.range.as_ref() };
        self.part.as_ref().filter(|(known, _)| known == at).and_then(|(_, part)| part.range(rest))
    }

    /// With another range of what the indices of `row` lead to, in an array of this type.
    fn with(mut self, graph: &Graph, ty: &Type, row: &[Polynomial], range: Range) -> Self {
        let (Some((at, rest)), Type::Array(element, _)) = (row.split_first(), ty) else {
            self.range = Some(range);
            return self;
        };
        let part = self.part.take().filter(|(known, _)| known == at).map(|(_, part)| *part);
        let part = part.unwrap_or_default().with(graph, element, rest, range);
        if part.is_whole(graph, element) {
            return self.longer(graph, ty, &[], at);
        }
        self.part = Some((at.clone(), Box::new(part)));
        self
    }

    /// With one place more, if that is beside those which are known.
    fn longer(self, graph: &Graph, ty: &Type, row: &[Polynomial], at: &Polynomial) -> Self {
        let (first, last) = one(at);
        let range = match self.range(row) {
            None => (first, last),
            Some((start, end)) if *end == first => (start.clone(), last),
            Some((start, end)) if *start == last => (first, end.clone()),
            Some(_) => return self,
        };
        self.with(graph, ty, row, range)
    }
}

/// The range of a single place.
fn one(at: &Polynomial) -> Range {
    (at.clone(), at.plus(&1.into()))
}

pub(super) fn polynomials(graph: &Graph, indices: &[Value]) -> Vec<Polynomial> {
    indices.iter().map(|&index| graph.polynomial(index)).collect()
}

/// Whether `a` is never above `b`, in all turns of the loops around.
pub(super) fn is_ordered(graph: &Graph, a: &Polynomial, b: &Polynomial) -> bool {
    graph.is_positive(&b.minus(a).plus(&1.into()))
}

/// The versions of an array, and what was written of each. What is not among them is whole.
pub(super) struct Versions<'a> {
    graph: &'a Graph,
    rows: BTreeMap<Value, Rows>,
    /// What may be read although it was not written.
    pub(super) settled: Option<Settled>,
}

impl<'a> Versions<'a> {
    /// Of an array of which nothing was written yet.
    pub(super) fn of(graph: &'a Graph, array: Value) -> Self {
        Self { graph, rows: BTreeMap::from([(array, Rows::default())]), settled: None }
    }

    /// Takes a range of a row for written.
    pub(super) fn assume(&mut self, array: Value, row: &[Polynomial], range: Range) {
        let rows = Rows::default().with(self.graph, &self.graph.ty(array), row, range);
        self.rows.insert(array, rows);
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Value> {
        self.rows.keys().copied()
    }

    pub(super) fn is_whole(&self, value: Value) -> bool {
        self.rows.get(&value).is_none_or(|rows| rows.is_whole(self.graph, &self.graph.ty(value)))
    }

    fn polynomials(&self, indices: &[Value]) -> Vec<Polynomial> {
        polynomials(self.graph, indices)
    }

    /// Follows the array through a region. Nothing, if something may be read that was not written.
    pub(super) fn follow(&mut self, region: RegionId) -> Option<()> {
        for &value in &self.graph.region(region).nodes {
            let node = self.graph.node(value);
            match node.op {
                Op::Project(_) => {}
                Op::Get => self.read(node)?,
                Op::Set => self.write(value, node)?,
                Op::If => self.branch(value, node)?,
                Op::For(walk) => self.repeat(value, node, walk)?,
                _ => node.args.iter().all(|&arg| self.is_whole(arg)).then_some(())?,
            }
        }
        Some(())
    }

    fn read(&self, node: &Node) -> Option<()> {
        let Some(rows) = self.rows.get(&node.args[0]) else { return Some(()) };
        let indices = self.polynomials(&node.args[1..]);
        let (last, row) = indices.split_last()?;
        let settled = || {
            let settled = self.settled.as_ref();
            settled.is_some_and(|settled| settled.has(self.graph, &node.args[1..]))
        };
        (rows.has(self.graph, row, &one(last)) || settled()).then_some(())
    }

    fn write(&mut self, value: Value, node: &Node) -> Option<()> {
        self.is_whole(node.args[1]).then_some(())?;
        if let Some(rows) = self.rows.get(&node.args[0]).cloned() {
            let indices = self.polynomials(&node.args[2..]);
            let (last, row) = indices.split_last()?;
            self.rows.insert(value, rows.longer(self.graph, &node.ty, row, last));
        }
        Some(())
    }

    fn branch(&mut self, value: Value, node: &Node) -> Option<()> {
        for &inner in &node.regions {
            self.follow(inner)?;
        }
        for &(place, projection) in self.graph.projections(value) {
            let sides: Vec<_> =
                node.regions.iter().map(|&inner| self.graph.region(inner).results[place]).collect();
            let open: Vec<_> = sides.iter().filter(|&&side| !self.is_whole(side)).collect();
            let rows = match open[..] {
                [] => continue,
                [side] => self.rows[side].clone(),
                [a, b] if self.rows[a] == self.rows[b] => self.rows[a].clone(),
                _ => Rows::default(),
            };
            self.rows.insert(projection, rows);
        }
        Some(())
    }

    /// A loop: if it makes what was written longer, with that; else, or if that can't be shown, without.
    fn repeat(&mut self, value: Value, node: &Node, walk: Walk) -> Option<()> {
        let places: Vec<_> =
            (0..node.args.len() - 2).filter(|place| self.rows.contains_key(&node.args[2 + place])).collect();
        let growing = places.iter().map(|&place| (place, self.growth(node, walk, place)));
        let growing: Vec<_> = growing.collect();
        let before = self.rows.clone();
        let growth = growing.iter().any(|(_, growth)| growth.is_some());
        if growth && self.turn(value, node, walk, &growing).is_some() {
            return Some(());
        }
        self.rows = before;
        let still: Vec<_> = places.into_iter().map(|place| (place, None)).collect();
        self.turn(value, node, walk, &still)
    }

    fn turn(
        &mut self,
        value: Value,
        node: &Node,
        walk: Walk,
        places: &[(usize, Option<Growth>)],
    ) -> Option<()> {
        let graph = self.graph;
        let body = graph.region(node.regions[0]);
        let with = |rows: &Rows, growth: &Growth, ty: &Type, range: Range| {
            rows.clone().with(graph, ty, &growth.row, range)
        };
        for (place, growth) in places {
            let (parameter, rows) = (body.parameters[place + 1], self.rows[&node.args[2 + place]].clone());
            let rows = match growth {
                Some(growth) => with(&rows, growth, &graph.ty(parameter), growth.before.clone()),
                None => rows,
            };
            self.rows.insert(parameter, rows);
        }
        self.follow(node.regions[0])?;
        for (place, &result) in body.results.iter().enumerate() {
            let known = places.iter().find(|(at, _)| *at == place);
            let parameter = body.parameters[place + 1];
            let kept = match known {
                Some((_, Some(growth))) => {
                    self.rows.get(&result).is_none_or(|rows| rows.has(graph, &growth.row, &growth.after))
                }
                Some((_, None)) => all_writes(graph, parameter, result).is_some(),
                None => false,
            };
            // What is not a version is handed to the next turn as whole.
            if !kept && !self.is_whole(result) {
                return None;
            }
            if let (Some((_, growth)), Some(projection)) = (known, graph.find_projection(value, place)) {
                let rows = &self.rows[&node.args[2 + place]];
                let rows = match growth {
                    Some(growth) if !walk.until => {
                        with(rows, growth, &graph.ty(parameter), growth.all.clone())
                    }
                    _ => rows.clone(),
                };
                self.rows.insert(projection, rows);
            }
        }
        Some(())
    }

    /// How a loop makes what was written longer.
    fn growth(&self, node: &Node, walk: Walk, place: usize) -> Option<Growth> {
        let body = self.graph.region(node.regions[0]);
        let rows = &self.rows[&node.args[2 + place]];
        let written = all_writes(self.graph, body.parameters[place + 1], body.results[place])?;
        let [start, end] = [0, 1].map(|place| self.graph.polynomial(node.args[place]));
        let end = end.plus(&i128::from(walk.inclusive).into());
        written.iter().filter(|_| walk.step == 1 && !walk.flipped).find_map(|indices| {
            let Block { row, first, step } =
                Block::of(self.graph, node.regions[0], std::slice::from_ref(indices))?;
            let variable = Atom::Value(body.parameters[0]);
            let [start, end] = [&start, &end].map(|value| first.replace(variable, value));
            let last = first.plus(&step);
            let fits = |(low, high): &&Range| {
                let edge = if walk.reverse { &end } else { &start };
                is_ordered(self.graph, low, edge) && is_ordered(self.graph, edge, high)
            };
            let known = rows.range(&row).filter(fits);
            Some(if walk.reverse {
                let high = known.map_or(end, |(_, high)| high.clone());
                Growth { row, before: (last, high.clone()), after: (first, high.clone()), all: (start, high) }
            } else {
                let low = known.map_or(start, |(low, _)| low.clone());
                Growth { row, before: (low.clone(), first), after: (low.clone(), last), all: (low, end) }
            })
        })
    }
}

/// How a loop makes the range longer that was written of a row.
struct Growth {
    row: Vec<Polynomial>,
    /// The range before a turn, …
    before: Range,
    /// … after it, …
    after: Range,
    /// … and after all of them.
    all: Range,
}

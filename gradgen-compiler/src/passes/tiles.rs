//! Long loops in tiles: `for i in 0..n` as loops over the parts of the range.
//!
//! Reverse mode keeps what a loop carries for each of its turns, and when it comes to a turn that is a
//! loop itself, runs that again. Of a loop over about √n parts of about √n turns it so keeps 2 √n records
//! instead of n, and runs the function's loop once more. (Griewank, "Achieving logarithmic growth of
//! temporal and spatial complexity in reverse automatic differentiation", 1992, has it for any number of
//! levels.)

use super::copy::{Copier, Refusal};
use super::rebuild::changed;
use crate::ir::{
    Atom, Comparison, DerivedSize, Graph, Int, Length, Node, Op, Polynomial, RegionId, Type, Value, Walk,
};

/// A loop of so many turns is short.
const SHORT: i128 = 16;

/// The same function with the outermost long loops in tiles.
#[must_use]
pub fn tile(from: &Graph) -> Graph {
    changed(from, |copier| copier.tiles = true)
}

/// The parts of a range.
pub(super) struct Tiles {
    /// How many there are.
    count: Value,
    /// How long they are, but for the last.
    size: Value,
    /// The integer behind the range.
    end: Value,
    /// Whether that may be close to the largest integer.
    large: bool,
}

impl Copier<'_> {
    /// The tiles of a loop, if it is one of those that are divided.
    pub(super) fn tiles(&mut self, node: &Node, walk: Walk, start: Value, end: Value) -> Option<Tiles> {
        let usize = Type::Int(Int::Usize);
        if !self.tiles || walk.until || walk.step != 1 || walk.flipped || self.to.ty(start) != usize {
            return None;
        }
        if only_sums(self.from(), node.regions[0]) {
            return None;
        }
        let turns = self.to.polynomial(end).minus(&self.to.polynomial(start));
        let turns = turns.plus(&i128::from(walk.inclusive).into());
        let (count, size) = if let Some(turns) = turns.constant() {
            let size = (turns - 1).max(0).isqrt() + 1;
            if turns <= SHORT {
                return None;
            }
            (self.to.int((turns + size - 1) / size, usize.clone()), self.to.int(size, usize.clone()))
        } else {
            let is_size = |atom: &Atom| !matches!(atom, Atom::Value(_));
            if !turns.atoms().iter().all(is_size) {
                return None;
            }
            let root = self.to.derive_size(DerivedSize::Root(turns.clone()));
            let size = self.to.length(&Length::of(root));
            (size, size)
        };
        let one = self.to.int(1, usize);
        let end = if walk.inclusive { self.to.add(end, one) } else { end };
        // Lengths are far from the largest integer. If the range may end there, it has to start at its
        // other end, or the start of a tile that is empty would come round.
        let large = turns.atoms().iter().any(|atom| matches!(atom, Atom::Input(_)));
        let starts_low = self.to.as_int(start).is_some_and(|start| start <= SHORT);
        (starts_low || !large).then_some(Tiles { count, size, end, large })
    }

    /// Copies a loop as one over tiles.
    pub(super) fn tiled(
        &mut self,
        value: Value,
        node: &Node,
        walk: Walk,
        start: Value,
        tiles: &Tiles,
    ) -> Result<(), Refusal> {
        let places = self.places(value);
        let body = node.regions[0];
        let (parameters, results) =
            (self.from().region(body).parameters.clone(), self.from().region(body).results.clone());
        let initial: Vec<_> = places.iter().map(|&place| self.value(node.args[2 + place])).collect();
        let types: Vec<_> = places.iter().map(|&place| self.from().ty(parameters[place + 1])).collect();
        let walk = Walk { inclusive: false, ..walk };
        self.tiles = false;

        let zero = self.to.usize(0);
        self.to.open();
        let tile = self.to.parameter(Type::Int(Int::Usize));
        self.to.set_range(tile, zero, tiles.count, walk);
        let around: Vec<_> = types.iter().map(|ty| self.to.parameter(ty.clone())).collect();
        let before = self.to.mul(tile, tiles.size);
        let first = if self.to.as_int(start) == Some(0) { before } else { self.to.add(start, before) };
        let mut next = self.to.add(first, tiles.size);
        if tiles.large {
            let comes_round = self.to.compare(Comparison::Lt, next, first);
            next = self.to.select(comes_round, tiles.end, next);
        }
        let is_inside = self.to.compare(Comparison::Lt, next, tiles.end);
        let last = self.to.select(is_inside, next, tiles.end);

        self.to.open();
        self.index(&[value], first, last, walk);
        for (&place, ty) in places.iter().zip(types) {
            let copy = self.to.parameter(ty);
            self.name_like(copy, parameters[place + 1]);
            self.map(parameters[place + 1], copy);
        }
        self.nodes_of(body)?;
        let yields = places.iter().map(|&place| self.value(results[place])).collect();
        let inner = self.to.close(yields);
        let carried = self.to.repeat(walk, first, last, &around, inner);

        let outer = self.to.close(carried);
        let all = self.to.repeat(walk, zero, tiles.count, &initial, outer);
        self.tiles = true;
        for (place, result) in places.into_iter().zip(all) {
            self.finish_place(value, place, result);
        }
        Ok(())
    }
}

/// Whether a loop carries nothing but sums, of which nothing has to be kept.
fn only_sums(graph: &Graph, body: RegionId) -> bool {
    let region = graph.region(body);
    region.parameters[1..].iter().zip(&region.results).all(|(&sum, &result)| {
        let node = graph.node(result);
        result == sum || (node.op == Op::Add && node.args.contains(&sum) && uses(graph, body, sum) == 1)
    })
}

/// How often a value is used in a region.
fn uses(graph: &Graph, region: RegionId, value: Value) -> usize {
    let count = |values: &[Value]| values.iter().filter(|&&other| other == value).count();
    let region = graph.region(region);
    let inside = region.nodes.iter().map(|&node| {
        let node = graph.node(node);
        count(&node.args) + node.regions.iter().map(|&inner| uses(graph, inner, value)).sum::<usize>()
    });
    inside.sum::<usize>() + count(&region.results)
}

/// The size of what const generics make together, where a tape would have it: no array can.
pub fn derive_sizes(graph: &mut Graph) {
    let is_generic = |graph: &Graph, size: &Polynomial| {
        let symbols = size.atoms().into_iter().map(|atom| match atom {
            Atom::Symbol(symbol) => Some(graph.symbols[symbol as usize].generic),
            _ => None,
        });
        let symbols: Option<Vec<_>> = symbols.collect();
        size.atom().is_none() && symbols.is_some_and(|generic| generic.contains(&true))
    };
    for place in 0..graph.len() {
        let node = graph.node(graph.value(place));
        let Op::For(walk) = node.op else { continue };
        let Some(size) = graph.bound(node.args[1]) else { continue };
        let size = size.plus(&i128::from(walk.inclusive).into());
        if is_generic(graph, &size) {
            graph.derive_size(DerivedSize::Whole(size));
        }
    }
}

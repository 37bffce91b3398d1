//! The part of an array that an iteration replaces, kept as a record: `n` elements beside each other.

use super::costs::scalars;
use crate::ir::{Atom, Comparison, Graph, Int, Length, Polynomial, RegionId, Type, Value, Walk};
use crate::passes::{Block, all_writes};

/// What a turn replaces of an array.
pub(super) struct Part {
    block: Block,
    /// The loop's variable, of which its place is a polynomial.
    variable: Value,
    /// The type of a record.
    pub(super) ty: Type,
    /// How long the row is, if the part may reach beyond its end.
    end: Option<Polynomial>,
}

impl Part {
    /// What an iteration replaces of an array, if that is much less than all of it.
    pub(super) fn of(graph: &Graph, body: RegionId, before: Value, after: Value) -> Option<Self> {
        let written = all_writes(graph, before, after)?;
        let block = Block::of(graph, body, &written)?;
        let ty = graph.ty(before);
        let element = ty.element(block.row.len() + 1)?.clone();
        let is_size = |atom: Atom| !matches!(atom, Atom::Value(_) | Atom::Symbol(_));
        let is_length = block.step.atom().is_some() || block.step.atoms().into_iter().all(is_size);
        let record = Type::array(element, Length::of(block.step.clone()));
        let small = scalars(&record) * 4.0 <= scalars(&ty);
        let variable = graph.region(body).parameters[0];
        let is_value = block.step.atoms().iter().any(|atom| matches!(atom, Atom::Value(_)));
        let Type::Array(_, length) = ty.element(block.row.len())?.clone() else { return None };
        let length = length.size()?;
        let beyond = block.first.plus(&block.step).minus(&length);
        let fits = graph.is_positive(&Polynomial::from(1).minus(&beyond));
        // Where the length is known to rustc, it has to see that the part ends before.
        let end = (!fits).then_some(length);
        let is_clear = fits || ty.is_slice();
        let is_part = is_length && !is_value && small && is_clear && record.is_known();
        is_part.then_some(Self { block, variable, ty: record, end })
    }

    /// A loop over the places of the record: of a tape (or an array) that it carries, what `turn` makes.
    fn each(
        &self,
        graph: &mut Graph,
        carried: Value,
        index: Value,
        turn: impl FnOnce(&mut Graph, Value, Value, &[Value]) -> Value,
    ) -> Value {
        let with = [(self.variable, index)];
        let mut row: Vec<_> = self.block.row.iter().map(|at| graph.integer(at, &with)).collect();
        let first = graph.integer(&self.block.first, &with);
        let (start, step) = (graph.usize(0), graph.integer(&self.block.step, &[]));
        let end = match &self.end {
            None => step,
            Some(end) => {
                let end = graph.integer(end, &[]);
                let room = graph.sub(end, first);
                let is_inside = graph.compare(Comparison::Lt, first, end);
                let room = graph.select(is_inside, room, start);
                let is_whole = graph.compare(Comparison::Lt, step, room);
                graph.select(is_whole, step, room)
            }
        };
        let ty = graph.ty(carried);
        graph.open();
        let place = graph.parameter(Type::Int(Int::Usize));
        graph.set_range(place, start, end, Walk::default());
        let array = graph.parameter(ty);
        let zero = self.block.first == Polynomial::default();
        row.push(if zero { place } else { graph.add(first, place) });
        let result = turn(graph, place, array, &row);
        let body = graph.close(vec![result]);
        graph.repeat(Walk::default(), start, end, &[carried], body)[0]
    }

    /// The tape with the record of a turn.
    pub(super) fn keep(
        &self,
        graph: &mut Graph,
        tape: Value,
        at: Value,
        array: Value,
        index: Value,
    ) -> Value {
        self.each(graph, tape, index, |graph, place, tape, indices| {
            let element = graph.get(array, indices);
            graph.set(tape, element, &[at, place])
        })
    }

    /// The array with what the record has.
    pub(super) fn put_back(
        &self,
        graph: &mut Graph,
        tape: Value,
        at: Value,
        array: Value,
        index: Value,
    ) -> Value {
        self.each(graph, array, index, |graph, place, array, indices| {
            let element = graph.get(tape, &[at, place]);
            graph.set(array, element, indices)
        })
    }
}

//! Sequences: what an iterator goes through, and parts of arrays. A sequence is a range of integers and
//! what stands at each of them; nothing of it is computed before it is met.

use std::rc::Rc;

use super::body::{Access, Lowering, VariableId};
use super::closures::Closure;
use super::places::Place;
use super::stateful::{Limit, Scan, Scanning};
use super::terms::{Term, flat, refill};
use crate::ir::{Comparison, Int, Type, Value, Walk};

pub(super) const USIZE: Type = Type::Int(Int::Usize);

/// So many terms, each from its integer.
#[derive(Clone)]
pub(super) struct Sequence {
    pub(super) start: Value,
    pub(super) end: Value,
    pub(super) walk: Walk,
    /// Where an item stands in the source, from its integer.
    pub(super) shifts: Vec<Shift>,
    pub(super) source: Source,
    /// What is done with an item, in order.
    pub(super) stages: Vec<Stage>,
    /// After so many stages items are left out, or met in another order: what was done with them must then
    /// not change anything.
    pub(super) rearranged: usize,
    /// Whether it is certain, or was asked for, that the end is not before the start.
    pub(super) ordered: bool,
}

/// Where the items come from.
#[derive(Clone)]
pub(super) enum Source {
    /// The integers themselves.
    Integers,
    /// The elements of an array.
    Elements { array: Value, by: By },
    /// The structs or tuples of an array of them.
    Rows { row: Rc<Term>, by: By },
    /// The elements of an array that are written to.
    Places(Place),
    /// Parts of a sequence, each of so many items, the last of which stands at the integer.
    Windows { of: Rc<Sequence>, size: Value },
    /// Parts of a sequence, each of so many items or what is left of it, from the integer on.
    Chunks { of: Rc<Sequence>, size: Value },
    /// The items of two sequences that have one range.
    Pairs(Rc<Sequence>, Rc<Sequence>),
    /// One sequence and then another.
    Chain(Rc<Sequence>, Rc<Sequence>),
    /// The items of the sequences that another's items are.
    Flat(Rc<Sequence>),
    /// The items of a sequence, by its own integers.
    Whole(Rc<Sequence>),
    /// The items of a sequence from 0 on, again and again; so many.
    Cycle(Rc<Sequence>, Value),
}

/// An integer from another one.
#[derive(Clone, Copy)]
pub(super) enum Shift {
    /// So many more.
    Plus(Value),
    /// So many fewer.
    Minus(Value),
    /// As far before an end.
    From(Value),
    /// So many times as much.
    Times(Value),
    /// The same in the type of this one.
    Cast(Value),
}

impl Shift {
    fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    fn value(&mut self) -> &mut Value {
        match self {
            Self::Plus(value) | Self::Minus(value) | Self::From(value) => value,
            Self::Times(value) | Self::Cast(value) => value,
        }
    }
}

/// Whether items are references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Reference,
    Value,
}

/// What is done with an item.
#[derive(Clone)]
pub(super) enum Stage {
    /// `map`.
    Map(Rc<Closure>),
    /// `filter`.
    Filter(Rc<Closure>),
    /// `filter_map`.
    Some(Rc<Closure>),
    /// `take_while`, and `skip_while` where it is true of the first items: what decides changes once.
    While(Rc<Closure>, bool),
    /// The same while a sequence is gone through: this variable says whether it has changed.
    Until(Rc<Closure>, bool, VariableId),
    /// `scan` and `map_while`, before and …
    Scan(Rc<Scan>),
    /// … while a sequence is gone through.
    Scanning(Scanning),
    /// `take` and `skip`, where items are left out.
    Limit(Limit),
    /// `inspect`.
    Inspect(Rc<Closure>),
    /// `enumerate`: how many integers were met before.
    Count,
    /// `enumerate` where items are left out: what this variable counts.
    Number(VariableId),
    /// Nothing: what the next stage yields has this type.
    Expected(Option<Rc<syn::Type>>),
    /// `copied`, `cloned`: what was a reference is a value.
    Copied,
}

impl Stage {
    /// Whether the same is done.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Map(a), Self::Map(b))
            | (Self::Filter(a), Self::Filter(b))
            | (Self::Some(a), Self::Some(b))
            | (Self::Inspect(a), Self::Inspect(b)) => Rc::ptr_eq(a, b),
            (Self::Scan(a), Self::Scan(b)) => Rc::ptr_eq(a, b),
            (Self::Limit(a), Self::Limit(b)) => a.count == b.count && a.takes == b.takes,
            (Self::While(a, takes), Self::While(b, other)) => Rc::ptr_eq(a, b) && takes == other,
            (Self::Count, Self::Count) | (Self::Copied, Self::Copied) => true,
            _ => false,
        }
    }
}

impl Sequence {
    /// The items of a source at a range of integers.
    pub(super) fn new(start: Value, end: Value, source: Source) -> Self {
        let (walk, shifts, stages) = (Walk::default(), vec![], vec![]);
        Self { start, end, walk, shifts, source, stages, rearranged: 0, ordered: false }
    }

    pub(super) fn is_like(&self, other: &Self) -> bool {
        let shifts = self.shifts.len() == other.shifts.len()
            && self.shifts.iter().zip(&other.shifts).all(|(a, b)| a.is_like(*b));
        let stages = self.stages.len() == other.stages.len()
            && self.stages.iter().zip(&other.stages).all(|(a, b)| a.is_like(b));
        self.walk == other.walk
            && self.ordered == other.ordered
            && self.rearranged == other.rearranged
            && shifts
            && stages
            && self.source.is_like(&other.source)
    }

    pub(super) fn values(&self) -> Vec<Value> {
        let mut values = vec![];
        self.clone().each_value(&mut |value| values.push(*value));
        values
    }

    pub(super) fn with_values(&self, values: &mut dyn Iterator<Item = Value>) -> Self {
        let mut new = self.clone();
        new.each_value(&mut |value| *value = values.next().unwrap_or(*value));
        new
    }

    fn each_value(&mut self, see: &mut dyn FnMut(&mut Value)) {
        see(&mut self.start);
        see(&mut self.end);
        for shift in &mut self.shifts {
            see(shift.value());
        }
        self.source.each_value(see);
    }

    /// Whether it may have fewer items than integers, or others.
    pub(super) fn is_filtered(&self) -> bool {
        let decides = |stage: &Stage| {
            matches!(
                stage,
                Stage::Filter(_)
                    | Stage::Some(_)
                    | Stage::While(..)
                    | Stage::Until(..)
                    | Stage::Scan(_)
                    | Stage::Scanning(_)
                    | Stage::Limit(_)
            )
        };
        let own = self.stages.iter().any(decides);
        own || matches!(self.source, Source::Flat(_) | Source::Chain(..))
    }

    /// The same, but for what remembers something and yields an item for each all the same.
    pub(super) fn leaves_out(&self) -> bool {
        let total = |stage: &Stage| matches!(stage, Stage::Scan(scan) if scan.total);
        let mut rest = self.clone();
        rest.stages.retain(|stage| !total(stage));
        rest.is_filtered()
    }

    pub(super) fn with_stage(&self, stage: Stage) -> Self {
        let mut sequence = self.clone();
        sequence.stages.push(stage);
        sequence
    }
}

impl Source {
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Integers, Self::Integers) => true,
            (Self::Elements { by: a, .. }, Self::Elements { by: b, .. }) => a == b,
            (Self::Rows { row: a, by }, Self::Rows { row: b, by: other }) => by == other && a.is_like(b),
            (Self::Places(a), Self::Places(b)) => a.is_like(b),
            (Self::Windows { of: a, .. }, Self::Windows { of: b, .. })
            | (Self::Chunks { of: a, .. }, Self::Chunks { of: b, .. })
            | (Self::Flat(a), Self::Flat(b))
            | (Self::Whole(a), Self::Whole(b))
            | (Self::Cycle(a, _), Self::Cycle(b, _)) => a.is_like(b),
            (Self::Pairs(a, b), Self::Pairs(c, d)) | (Self::Chain(a, b), Self::Chain(c, d)) => {
                a.is_like(c) && b.is_like(d)
            }
            _ => false,
        }
    }

    fn each_value(&mut self, see: &mut dyn FnMut(&mut Value)) {
        match self {
            Self::Integers => {}
            Self::Elements { array, .. } => see(array),
            Self::Rows { row, .. } => {
                let mut values = flat(row).unwrap_or_default();
                values.iter_mut().for_each(see);
                *row = Rc::new(refill(row, &mut values.into_iter()));
            }
            Self::Places(of) => of.each_value(see),
            Self::Windows { of, size } | Self::Chunks { of, size } => {
                see(size);
                Rc::make_mut(of).each_value(see);
            }
            Self::Pairs(a, b) | Self::Chain(a, b) => {
                Rc::make_mut(a).each_value(see);
                Rc::make_mut(b).each_value(see);
            }
            Self::Flat(of) | Self::Whole(of) => Rc::make_mut(of).each_value(see),
            Self::Cycle(of, count) => {
                see(count);
                Rc::make_mut(of).each_value(see);
            }
        }
    }
}

/// An item, and which parts of it are references.
pub(super) type Item = (Term, Form);

/// Which parts of an item are references.
#[derive(Clone, Debug)]
pub(super) enum Form {
    One(Access),
    Tuple(Vec<Form>),
}

impl Form {
    pub(super) const VALUE: Self = Self::One(Access::Owned);

    /// That of the item as a whole.
    pub(super) const fn access(&self) -> Access {
        match self {
            Self::One(access) => *access,
            Self::Tuple(_) => Access::Owned,
        }
    }
}

impl Lowering<'_> {
    /// The item at an integer, before anything is done with it.
    pub(super) fn source_item(&mut self, sequence: &Sequence, index: Value) -> Item {
        let index = sequence.shifts.iter().fold(index, |index, shift| self.shifted(index, *shift));
        match &sequence.source {
            Source::Integers => (Term::One(index), Form::VALUE),
            Source::Elements { array, by } => {
                let access = if *by == By::Reference { Access::Shared } else { Access::Owned };
                (Term::One(self.graph.get(*array, &[index])), Form::One(access))
            }
            Source::Rows { row, by } => {
                let access = if *by == By::Reference { Access::Shared } else { Access::Owned };
                (self.row_at(row, index), Form::One(access))
            }
            Source::Places(of) => (Term::Reference(of.at(index)), Form::VALUE),
            Source::Windows { of, size } => {
                let one = self.graph.usize(1);
                let before = self.graph.sub(*size, one);
                let (start, end) = (self.graph.sub(index, before), self.graph.add(index, one));
                (part(of, start, end), Form::One(Access::Shared))
            }
            Source::Chunks { of, size } => {
                let end = self.graph.add(index, *size);
                let end = self.smaller(end, of.end);
                (part(of, index, end), Form::One(Access::Shared))
            }
            Source::Pairs(a, b) => {
                let (a, b) = (self.item_at(a, index), self.item_at(b, index));
                (Term::Tuple(vec![a.0, b.0]), Form::Tuple(vec![a.1, b.1]))
            }
            Source::Whole(of) => self.item_at(of, index),
            Source::Cycle(of, count) => {
                let place = self.graph.rem(index, *count);
                let place = if self.graph.as_int(of.start) == Some(0) {
                    place
                } else {
                    self.graph.add(of.start, place)
                };
                self.item_at(of, place)
            }
            // These are not met by an integer.
            Source::Chain(..) | Source::Flat(_) => (Term::Poison, Form::VALUE),
        }
    }

    fn shifted(&mut self, index: Value, shift: Shift) -> Value {
        match shift {
            Shift::Plus(more) => self.graph.add(index, more),
            Shift::Minus(fewer) => self.graph.sub(index, fewer),
            Shift::From(end) => self.graph.sub(end, index),
            Shift::Times(factor) => self.graph.mul(index, factor),
            Shift::Cast(like) => {
                let ty = self.graph.ty(like);
                self.graph.cast(index, ty)
            }
        }
    }

    /// The smaller of two integers, known where it can be.
    pub(super) fn smaller(&mut self, a: Value, b: Value) -> Value {
        let difference = self.graph.polynomial(b).minus(&self.graph.polynomial(a));
        if difference.is_never_negative() {
            return a;
        }
        if difference.is_never_positive() {
            return b;
        }
        let first = self.graph.compare(Comparison::Lt, a, b);
        self.graph.select(first, a, b)
    }

    /// The item at an integer of a sequence that has one for each.
    pub(super) fn item_at(&mut self, sequence: &Sequence, index: Value) -> Item {
        let mut item = self.source_item(sequence, index);
        for place in 0..sequence.stages.len() {
            item = self.stage(sequence, place, item, index);
        }
        item
    }

    /// What becomes of an item in a stage that does not decide whether there is one.
    pub(super) fn stage(&mut self, sequence: &Sequence, place: usize, item: Item, index: Value) -> Item {
        let fixed = place < sequence.rearranged;
        match &sequence.stages[place] {
            Stage::Expected(ty) => {
                self.expected = ty.as_ref().map(|ty| (**ty).clone());
                item
            }
            Stage::Copied => {
                let form = match item.1 {
                    Form::One(_) => Form::VALUE,
                    form => form,
                };
                (item.0, form)
            }
            Stage::Count => {
                let count = self.turn(sequence, index);
                (Term::Tuple(vec![Term::One(count), item.0]), Form::Tuple(vec![Form::VALUE, item.1]))
            }
            Stage::Number(counter) => {
                let term = self.variables[*counter].term.clone();
                if let Term::One(count) = term {
                    let one = self.graph.usize(1);
                    self.variables[*counter].term = Term::One(self.graph.add(count, one));
                }
                (Term::Tuple(vec![term, item.0]), Form::Tuple(vec![Form::VALUE, item.1]))
            }
            Stage::Map(closure) => (self.apply_in(fixed, closure, vec![item]), Form::VALUE),
            Stage::Inspect(closure) => {
                self.apply_in(fixed, closure, vec![(item.0.clone(), Form::One(Access::Shared))]);
                item
            }
            Stage::Filter(_)
            | Stage::Some(_)
            | Stage::While(..)
            | Stage::Until(..)
            | Stage::Scan(_)
            | Stage::Scanning(_)
            | Stage::Limit(_) => (Term::Poison, Form::VALUE),
        }
    }

    /// A call of a closure for an item of a sequence: it must not change anything where items are met in
    /// another order after it, or not at all.
    pub(super) fn apply_in(&mut self, fixed: bool, closure: &Rc<Closure>, args: Vec<Item>) -> Term {
        let (writes, variables) = (self.writes.len(), self.variables.len());
        let term = self.apply(closure, args, proc_macro2::TokenStream::new());
        let changes = self.writes[writes..].iter().any(|&id| id < variables);
        if changes && fixed {
            self.refuse_rearranged(closure);
        }
        term
    }

    pub(super) fn refuse_rearranged(&mut self, closure: &Closure) {
        self.diagnostics.error_at(
            closure.span(),
            "a closure that assigns to a variable is not understood where items are skipped, paired, reversed or not \
             asked for after it: write a `for` loop",
        );
    }

    /// How many items are met before the one at an integer.
    pub(super) fn turn(&mut self, sequence: &Sequence, index: Value) -> Value {
        let Sequence { start, end, walk, .. } = *sequence;
        let way = if walk.reverse {
            let last = self.last(sequence, end);
            self.graph.sub(last, index)
        } else {
            self.distance_from(index, start)
        };
        let way = self.graph.cast(way, USIZE);
        if walk.step == 1 {
            return way;
        }
        let step = self.graph.usize(walk.step);
        let turn = self.graph.div(way, step);
        if !walk.flipped {
            return turn;
        }
        let (count, one) = (self.number_of(sequence), self.graph.usize(1));
        let last = self.graph.sub(count, one);
        self.graph.sub(last, turn)
    }

    fn last(&mut self, sequence: &Sequence, end: Value) -> Value {
        if sequence.walk.inclusive {
            return end;
        }
        let one = self.graph.int(1, self.graph.ty(end));
        self.graph.sub(end, one)
    }

    pub(super) fn distance_from(&mut self, index: Value, start: Value) -> Value {
        if self.graph.as_int(start) == Some(0) { index } else { self.graph.sub(index, start) }
    }

    /// The integer behind the last one.
    pub(super) fn beyond(&mut self, sequence: &Sequence) -> Value {
        let Sequence { end, walk, .. } = *sequence;
        if !walk.inclusive {
            return end;
        }
        let one = self.graph.int(1, self.graph.ty(end));
        self.graph.add(end, one)
    }

    /// How many integers there are.
    pub(super) fn number_of(&mut self, sequence: &Sequence) -> Value {
        let Sequence { start, walk, .. } = *sequence;
        let beyond = self.beyond(sequence);
        let mut count = self.distance_from(beyond, start);
        let way = self.graph.polynomial(beyond).minus(&self.graph.polynomial(start));
        if !sequence.ordered && self.graph.as_int(start) != Some(0) && !way.is_never_negative() {
            let zero = self.graph.int(0, self.graph.ty(start));
            let some = self.graph.compare(Comparison::Lt, start, beyond);
            count = self.graph.select(some, count, zero);
        }
        let count = self.graph.cast(count, USIZE);
        if walk.step == 1 {
            return count;
        }
        let (step, rest) = (self.graph.usize(walk.step), self.graph.usize(walk.step - 1));
        let count = self.graph.add(count, rest);
        self.graph.div(count, step)
    }
}

/// The items of a sequence in a part of its range.
fn part(of: &Rc<Sequence>, start: Value, end: Value) -> Term {
    Term::Sequence(Rc::new(Sequence { start, end, ordered: true, ..(**of).clone() }))
}

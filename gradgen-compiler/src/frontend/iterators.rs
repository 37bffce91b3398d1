//! Iterators: sequences of arrays and ranges, and the methods that make others of them.

use std::rc::Rc;

use syn::{Expr, ExprMethodCall};

use super::body::{Access, Lowering, Shape, Variable, VariableId};
use super::rows::first_value;
use super::sequences::{By, Sequence, Shift, Source, Stage, USIZE};
use super::stateful::Limit;
use super::terms::Term;
use crate::ir::{Type, Value, Walk};

/// The methods that make an iterator of another one, with the number of their arguments.
const ADAPTORS: [(&str, usize); 23] = [
    ("iter", 0),
    ("iter_mut", 0),
    ("into_iter", 0),
    ("clone", 0),
    ("copied", 0),
    ("cloned", 0),
    ("enumerate", 0),
    ("rev", 0),
    ("flatten", 0),
    ("cycle", 0),
    ("peekable", 0),
    ("map_while", 1),
    ("scan", 2),
    ("map", 1),
    ("filter", 1),
    ("filter_map", 1),
    ("inspect", 1),
    ("take_while", 1),
    ("skip_while", 1),
    ("flat_map", 1),
    ("zip", 1),
    ("chain", 1),
    ("skip", 1),
];

/// Those that could be understood one day, and are not.
const UNKNOWN: [&str; 7] =
    ["fuse", "dedup", "try_fold", "try_for_each", "partition", "array_chunks", "rsplit"];

/// The end of a range without one.
const ENDLESS: i128 = u64::MAX as i128;

impl Lowering<'_> {
    /// A method of a sequence, or of an array where it makes one. Nothing for other methods.
    pub(super) fn iterator_method(&mut self, call: &ExprMethodCall, receiver: &Term) -> Option<Term> {
        let name = call.method.to_string();
        let args: Vec<_> = call.args.iter().collect();
        if let Some(term) = self.part_method(call, receiver).or_else(|| self.finding_method(call, receiver)) {
            return Some(term);
        }
        let known = ADAPTORS.contains(&(name.as_str(), args.len()))
            || matches!((name.as_str(), args.len()), ("take" | "step_by", 1));
        if known {
            let is_array = matches!(receiver, Term::One(_) | Term::Reference(_) | Term::Rows(_));
            if is_array && !matches!(name.as_str(), "iter" | "iter_mut" | "into_iter")
                || matches!(receiver, Term::Tuple(_) | Term::Struct(..) | Term::Record(_))
            {
                return None;
            }
            let by = match name.as_str() {
                "into_iter" if self.access_of(&call.receiver) == Access::Owned => By::Value,
                _ => By::Reference,
            };
            let Some(sequence) = self.sequence_of(receiver, by, &call.receiver) else {
                return Some(Term::Poison);
            };
            self.at(call.method.span());
            let adapted = self.adapt(&name, sequence, &args, call);
            return Some(adapted.map_or(Term::Poison, |sequence| Term::Sequence(Rc::new(sequence))));
        }
        let Term::Sequence(sequence) = receiver else { return None };
        if let Some(term) = self.consume(call, sequence) {
            return Some(term);
        }
        if name == "by_ref" {
            let message = "`by_ref` is understood in the head of a loop, `for x in it.by_ref() { … }`";
            return Some(self.fail(&call.method, message));
        }
        if UNKNOWN.contains(&name.as_str()) {
            let message = format!("`{name}` is not understood: write a `for` loop with `if` and `break`");
            return Some(self.fail(&call.method, message));
        }
        Some(self.fail(&call.method, format!("the method `{name}` of an iterator or of a part of an array is not understood: write a `for` loop")))
    }

    /// A term as a sequence.
    pub(super) fn sequence_of(&mut self, term: &Term, by: By, at: &Expr) -> Option<Sequence> {
        match &self.settled(term.clone(), at) {
            Term::Sequence(sequence) => Some((**sequence).clone()),
            Term::One(array) => {
                let end = self.array_end(*array, at)?;
                let start = self.graph.usize(0);
                let elements = Sequence::new(start, end, Source::Elements { array: *array, by });
                Some(Sequence { ordered: true, ..elements })
            }
            Term::Reference(place) => {
                let array = match self.read(place) {
                    Term::One(array) => array,
                    Term::Rows(row) => first_value(&row)?,
                    _ => return None,
                };
                let end = self.array_end(array, at)?;
                let start = self.graph.usize(0);
                let places = Sequence::new(start, end, Source::Places(place.clone()));
                Some(Sequence { ordered: true, ..places })
            }
            Term::Rows(row) => self.sequence_of_rows(row, by, at),
            Term::Poison => None,
            _ => {
                self.fail(
                    at,
                    "this is not understood as something to go through: ranges, arrays and iterators are",
                );
                None
            }
        }
    }

    /// The length of an array that is gone through.
    pub(super) fn array_end(&mut self, array: Value, at: &Expr) -> Option<Value> {
        let (element, length) = (self.graph.fresh_type(), self.graph.fresh_length());
        let ty = Type::array(element, length);
        if !self.graph.expect(array, &ty) {
            self.fail(at, "this is not an array");
            return None;
        }
        match self.graph.resolve(&ty) {
            Type::Array(_, length) if length.size().is_some() => Some(self.graph.length(&length)),
            _ => {
                let message = "the length of this is not known here: give it to a variable with a type, \
                               `let y: [f64; 3] = …;`";
                self.fail(at, message);
                None
            }
        }
    }

    fn adapt(
        &mut self,
        name: &str,
        sequence: Sequence,
        args: &[&Expr],
        call: &ExprMethodCall,
    ) -> Option<Sequence> {
        match (name, args) {
            ("iter" | "iter_mut" | "into_iter" | "clone", []) => Some(sequence),
            ("copied" | "cloned", []) => Some(sequence.with_stage(Stage::Copied)),
            ("enumerate", []) => Some(sequence.with_stage(Stage::Count)),
            ("map", [closure]) => Some(sequence.with_stage(Stage::Map(self.callable(closure)?))),
            ("filter_map", [closure]) => Some(sequence.with_stage(Stage::Some(self.callable(closure)?))),
            ("filter", [closure]) => Some(sequence.with_stage(Stage::Filter(self.callable(closure)?))),
            ("take_while" | "skip_while", [closure]) => {
                let sequence = if name == "take_while" { cut_short(&sequence) } else { sequence };
                Some(sequence.with_stage(Stage::While(self.callable(closure)?, name == "take_while")))
            }
            ("scan", [first, closure]) => self.scan(&sequence, first, closure),
            ("map_while", [closure]) => self.map_while(&sequence, closure),
            // What is left of a sequence after these has no end that is known.
            ("take" | "skip", [count])
                if sequence.leaves_out() || name == "skip" && sequence.is_filtered() =>
            {
                let count = self.items(count)?;
                let takes = name == "take";
                let sequence = if takes { cut_short(&sequence) } else { sequence };
                Some(sequence.with_stage(Stage::Limit(Limit::new(count, takes))))
            }
            ("take", [count]) if sequence.is_filtered() => self.take(sequence, count),
            ("inspect", [closure]) => Some(sequence.with_stage(Stage::Inspect(self.callable(closure)?))),
            ("flat_map", [closure]) => {
                let outer = sequence.with_stage(Stage::Map(self.callable(closure)?));
                self.flat(outer)
            }
            ("flatten", []) => self.flat(sequence),
            ("chain", [other]) => {
                let other = self.iterable(other)?;
                let (start, end) = (sequence.start, sequence.end);
                Some(Sequence::new(start, end, Source::Chain(Rc::new(sequence), Rc::new(other))))
            }
            _ => {
                let other = if name == "zip" { Some(self.iterable(args[0])?) } else { None };
                if self.refuse_filtered(&sequence, call)
                    || other.as_ref().is_some_and(|other| self.refuse_filtered(other, call))
                {
                    return None;
                }
                let (sequence, other) = (pinned(sequence), other.map(pinned));
                Some(match (name, other) {
                    (_, Some(other)) => self.pair(sequence, other),
                    ("cycle", _) => self.cycle(sequence, call)?,
                    ("peekable", _) => sequence,
                    ("rev", _) => {
                        let sequence = countless(sequence);
                        Sequence { walk: sequence.walk.reversed(), ..sequence }
                    }
                    ("skip", _) => self.skip(sequence, args[0])?,
                    ("take", _) => self.take(sequence, args[0])?,
                    _ => {
                        let step = self.step(args[0])?;
                        let sequence = countless(sequence);
                        let walk = self.stepped(sequence.walk, step, call)?;
                        Sequence { walk, ..sequence }
                    }
                })
            }
        }
    }

    fn refuse_filtered(&mut self, sequence: &Sequence, call: &ExprMethodCall) -> bool {
        if sequence.is_filtered() {
            let name = &call.method;
            let message = format!(
                "`{name}` after `filter`, `scan`, `chain` or `flat_map` is not understood: put it before, or write a `for` loop"
            );
            self.fail(name, message);
        }
        sequence.is_filtered()
    }

    fn flat(&mut self, outer: Sequence) -> Option<Sequence> {
        let (start, end) = (outer.start, outer.end);
        Some(Sequence::new(start, end, Source::Flat(Rc::new(outer))))
    }

    /// A sequence that is gone through now: where items are left out, what counts them starts.
    pub(super) fn started(&mut self, sequence: &Sequence) -> Sequence {
        let mut started = sequence.clone();
        if sequence.is_filtered() {
            for stage in &mut started.stages {
                *stage = match stage {
                    Stage::Count => {
                        let zero = self.graph.usize(0);
                        Stage::Number(self.hidden("count", Term::One(zero)))
                    }
                    Stage::While(closure, takes) => {
                        let no = self.graph.bool(false);
                        Stage::Until(closure.clone(), *takes, self.hidden("changed", Term::One(no)))
                    }
                    _ => match self.started_stage(stage) {
                        Some(started) => started,
                        None => continue,
                    },
                };
            }
        }
        started
    }

    /// A variable that the text does not have, and that loops carry.
    pub(super) fn hidden(&mut self, name: &str, term: Term) -> VariableId {
        let name = self.graph.intern_name(name);
        self.variables.push(Variable { term, mutable: true, access: Access::Owned, name });
        let id = self.variables.len() - 1;
        self.changing.push(id);
        self.kept.push(id);
        id
    }

    /// What an expression goes through: the argument of `zip`, the head of a `for`.
    pub(super) fn iterable(&mut self, expression: &Expr) -> Option<Sequence> {
        let by = match self.access_of(expression) {
            Access::Owned => By::Value,
            _ => By::Reference,
        };
        let term = self.expression(expression, &Shape::Single);
        let term = self.yielded(term, expression);
        self.sequence_of(&term, by, expression)
    }

    /// `a..b` as a value, `a..` as one that something else ends.
    pub(super) fn range_value(&mut self, range: &syn::ExprRange) -> Term {
        if range.end.is_none()
            && let Some(start) = &range.start
        {
            let Some(start) = self.single(start) else { return Term::Poison };
            if !self.graph.expect(start, &USIZE) {
                return self.fail(range, "a range without an end is of usize");
            }
            let end = self.graph.int(ENDLESS, USIZE);
            return Term::Sequence(Rc::new(Sequence::new(start, end, Source::Integers)));
        }
        let Some(range) = self.plain_range(range) else { return Term::Poison };
        let sequence = Sequence::new(range.start, range.end, Source::Integers);
        Term::Sequence(Rc::new(Sequence { walk: range.walk, ..sequence }))
    }

    /// An argument that is a number of items.
    fn items(&mut self, count: &Expr) -> Option<Value> {
        let value = self.single(count)?;
        if self.graph.expect(value, &USIZE) {
            return Some(value);
        }
        self.fail(count, "a number of items is an integer of type usize");
        None
    }

    /// The items again and again. Of none there is no end, which has to be known.
    fn cycle(&mut self, sequence: Sequence, call: &ExprMethodCall) -> Option<Sequence> {
        let sequence = self.ascending(sequence);
        let count = self.number_of(&sequence);
        let one = 1.into();
        if !self.graph.polynomial(count).minus(&one).is_never_negative() {
            let message = "`cycle` is understood of what is known to have an item: for a slice write its index, \
                           `x[i % x.len()]`";
            self.fail(&call.method, message);
            return None;
        }
        let (start, end) = (self.graph.usize(0), self.graph.int(ENDLESS, USIZE));
        Some(Sequence::new(start, end, Source::Cycle(Rc::new(sequence), count)))
    }

    fn skip(&mut self, sequence: Sequence, count: &Expr) -> Option<Sequence> {
        let count = self.items(count)?;
        let sequence = self.ascending(sequence);
        let start = self.graph.add(sequence.start, count);
        Some(Sequence { start, ..sequence })
    }

    fn take(&mut self, sequence: Sequence, count: &Expr) -> Option<Sequence> {
        let count = self.items(count)?;
        let sequence = self.ascending(sequence);
        let end = self.graph.add(sequence.start, count);
        let end = self.smaller(end, sequence.end);
        Some(Sequence { end, ..sequence })
    }

    /// Two sequences in step.
    pub(super) fn pair(&mut self, a: Sequence, b: Sequence) -> Sequence {
        // Where the integers of `0..` are moved, its end would be beyond all integers.
        let endless = [&a, &b].map(|sequence| self.graph.as_int(sequence.end) == Some(ENDLESS));
        let (a, b) = if a.walk == b.walk && a.start == b.start && a.end == b.end {
            (countless(a), countless(b))
        } else {
            self.aligned(a, b)
        };
        let end = match endless {
            [false, true] => a.end,
            [true, false] => b.end,
            _ => self.smaller(a.end, b.end),
        };
        let walk = a.walk;
        let pairs = Sequence::new(a.start, end, Source::Pairs(Rc::new(a), Rc::new(b)));
        Sequence { walk, ..pairs }
    }

    /// Two sequences with ascending integers and one start: the later one, so that no end is made smaller.
    fn aligned(&mut self, a: Sequence, b: Sequence) -> (Sequence, Sequence) {
        let (a, b) = (self.ascending(a), self.ascending(b));
        match (self.graph.as_int(a.start), self.graph.as_int(b.start)) {
            (Some(x), Some(y)) if x == y => (a, b),
            (Some(x), Some(y)) if x > y => {
                let b = self.moved(b, x - y);
                (a, b)
            }
            (Some(x), Some(y)) => {
                let a = self.moved(a, y - x);
                (a, b)
            }
            _ => (self.moved_to_zero(a), self.moved_to_zero(b)),
        }
    }

    /// The same items at integers that are higher.
    fn moved(&mut self, sequence: Sequence, by: i128) -> Sequence {
        let by = self.graph.int(by, USIZE);
        let (start, end) = (self.graph.add(sequence.start, by), self.graph.add(sequence.end, by));
        reframed(sequence, start, end, vec![Shift::Minus(by)])
    }

    /// The same items at the integers from 0 on.
    fn moved_to_zero(&mut self, sequence: Sequence) -> Sequence {
        if self.graph.as_int(sequence.start) == Some(0) {
            return sequence;
        }
        let (zero, end) = (self.graph.usize(0), self.number_of(&sequence));
        let shift = Shift::Plus(sequence.start);
        reframed(sequence, zero, end, vec![shift])
    }

    /// The same items in the order of ascending integers of type usize, of which there is one for each step: what
    /// is left after the first ones begins so many steps later.
    pub(super) fn advancing(&mut self, sequence: Sequence) -> Sequence {
        let Walk { reverse, inclusive, flipped, .. } = sequence.walk;
        if reverse || inclusive || flipped || self.graph.ty(sequence.start) != USIZE {
            return self.ascending(sequence);
        }
        countless(sequence)
    }

    /// What is left of a sequence after its first items.
    pub(super) fn advanced(&mut self, sequence: &Sequence, items: Value) -> Sequence {
        let rest = self.advancing(sequence.clone());
        let way = match rest.walk.step {
            1 => items,
            step => {
                let step = self.graph.usize(step);
                self.graph.mul(items, step)
            }
        };
        let start = self.graph.add(rest.start, way);
        Sequence { start, ordered: false, ..rest }
    }

    /// The same items in the order of ascending integers of type usize, each of which is met.
    pub(super) fn ascending(&mut self, sequence: Sequence) -> Sequence {
        let ty = self.graph.ty(sequence.start);
        let sequence = countless(sequence);
        if sequence.walk == Walk::default() && ty == USIZE {
            return sequence;
        }
        let Walk { reverse, inclusive, step, flipped, .. } = sequence.walk;
        let (zero, count, end) = (self.graph.usize(0), self.number_of(&sequence), self.beyond(&sequence));
        if ty == USIZE && inclusive && !reverse && step == 1 {
            return Sequence { end, walk: Walk::default(), ..sequence };
        }
        let mut shifts = vec![];
        if flipped {
            let one = self.graph.usize(1);
            shifts.push(Shift::From(self.graph.sub(count, one)));
        }
        if step > 1 {
            shifts.push(Shift::Times(self.graph.usize(step)));
        }
        if ty != USIZE {
            shifts.push(Shift::Cast(sequence.start));
        }
        if reverse {
            let one = self.graph.int(1, ty);
            shifts.push(Shift::From(self.graph.sub(end, one)));
        } else if self.graph.as_int(sequence.start) != Some(0) {
            shifts.push(Shift::Plus(sequence.start));
        }
        reframed(sequence, zero, count, shifts)
    }
}

/// A sequence whose closures must not change anything.
fn pinned(sequence: Sequence) -> Sequence {
    Sequence { rearranged: sequence.stages.len(), ..sequence }
}

/// A sequence of which the last items may not be asked for: what its closures do to them must not change
/// anything.
pub(super) fn cut_short(sequence: &Sequence) -> Sequence {
    let part = |of: &Rc<Sequence>| Rc::new(cut_short(of));
    let source = match &sequence.source {
        Source::Windows { of, size } => Source::Windows { of: part(of), size: *size },
        Source::Chunks { of, size } => Source::Chunks { of: part(of), size: *size },
        Source::Pairs(a, b) => Source::Pairs(part(a), part(b)),
        Source::Chain(a, b) => Source::Chain(part(a), part(b)),
        Source::Flat(of) => Source::Flat(part(of)),
        Source::Whole(of) => Source::Whole(part(of)),
        Source::Cycle(of, count) => Source::Cycle(part(of), *count),
        source @ (Source::Integers | Source::Elements { .. } | Source::Rows { .. } | Source::Places(_)) => {
            source.clone()
        }
    };
    pinned(Sequence { source, ..sequence.clone() })
}

/// A sequence whose items do not depend on how it is gone through.
fn countless(sequence: Sequence) -> Sequence {
    if !sequence.stages.iter().any(|stage| matches!(stage, Stage::Count)) {
        return sequence;
    }
    let Sequence { start, end, walk, .. } = sequence;
    Sequence { walk, ..Sequence::new(start, end, Source::Whole(Rc::new(sequence))) }
}

/// The items of a sequence over another range, from whose integers follow its own.
fn reframed(sequence: Sequence, start: Value, end: Value, mut shifts: Vec<Shift>) -> Sequence {
    shifts.extend(&sequence.shifts);
    Sequence { start, end, walk: Walk::default(), shifts, ..sequence }
}

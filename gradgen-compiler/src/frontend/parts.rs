//! Parts of arrays, `&x[a..b]`, and what slices are taken apart into. A part is a sequence: its elements
//! are read where the array has them.

use std::rc::Rc;

use syn::spanned::Spanned;
use syn::{Expr, ExprIndex, ExprMethodCall, ExprRange, RangeLimits};

use super::body::Lowering;
use super::places::{Place, base_name};
use super::ranges::source_text;
use super::sequences::{By, Sequence, Source, USIZE};
use super::signature::bare_expression;
use super::terms::Term;
use crate::ir::{Length, Type, Value, Walk};

impl Lowering<'_> {
    /// `x[a..b]`, behind a `&`.
    pub(super) fn part_of(&mut self, whole: &ExprIndex, range: &ExprRange) -> Term {
        let term = self.base(&whole.expr);
        self.cut(&term, whole, range)
    }

    /// The items of an array or a part in a range.
    pub(super) fn cut(&mut self, term: &Term, whole: &ExprIndex, range: &ExprRange) -> Term {
        let Some(sequence) = self.sequence_of(term, By::Reference, &whole.expr) else { return Term::Poison };
        let first = sequence.start;
        let start = match &range.start {
            Some(start) => self.bound_of_part(start, first),
            None => Some(first),
        };
        let end = match (&range.end, &range.limits) {
            (Some(end), RangeLimits::HalfOpen(_)) => self.bound_of_part(end, first),
            (Some(end), RangeLimits::Closed(_)) => self.bound_of_part(end, first).map(|end| {
                let one = self.graph.usize(1);
                self.graph.add(end, one)
            }),
            (None, _) => Some(sequence.end),
        };
        let (Some(start), Some(end)) = (start, end) else { return Term::Poison };
        // What is beyond the array, or of negative length, is refused as by the function itself, where
        // the sizes decide about it.
        self.at(whole.span());
        let text = source_text(&Expr::Index(whole.clone()));
        for (more, less) in [(end, start), (sequence.end, end)] {
            let room = self.graph.sub(more, less);
            self.graph.require_difference(room, &text);
        }
        Term::Sequence(Rc::new(Sequence { start, end, ordered: true, ..sequence }))
    }

    /// An array as the part of itself that has all of its elements, if it is one.
    pub(super) fn as_part(&mut self, array: Value) -> Term {
        match self.graph.resolve(&self.graph.ty(array)) {
            Type::Array(_, length) if length.size().is_some() => {
                let (start, end) = (self.graph.usize(0), self.graph.length(&length));
                let whole = Sequence::new(start, end, Source::Elements { array, by: By::Reference });
                Term::Sequence(Rc::new(Sequence { ordered: true, ..whole }))
            }
            _ => Term::One(array),
        }
    }

    fn bound_of_part(&mut self, bound: &Expr, first: Value) -> Option<Value> {
        let value = self.single(bound)?;
        if !self.graph.expect(value, &USIZE) {
            self.fail(bound, "a part of an array begins and ends at an integer of type usize");
            return None;
        }
        Some(if self.graph.as_int(first) == Some(0) { value } else { self.graph.add(first, value) })
    }

    /// `s[i]` of a part.
    pub(super) fn part_item(&mut self, part: &Rc<Sequence>, whole: &ExprIndex, name: &str) -> Term {
        let Some(index) = self.single(&whole.index) else { return Term::Poison };
        if !self.graph.expect(index, &USIZE) {
            return self.fail(&whole.index, "an index is an integer of type usize");
        }
        self.at(whole.index.span());
        let index = self.inside(part, index, name);
        self.at(whole.bracket_token.span.join());
        let at = self.graph.add(part.start, index);
        let at = self.checked_in_source(part, at, name);
        match self.item_at(part, at).0 {
            Term::Reference(place) => self.read(&place),
            term => term,
        }
    }

    /// An index, checked against a part's length where that is a size.
    fn inside(&mut self, part: &Rc<Sequence>, index: Value, name: &str) -> Value {
        let count = self.number_of(part);
        let size = self.graph.polynomial(count);
        if size.atoms().iter().any(|atom| matches!(atom, crate::ir::Atom::Value(_))) {
            return index;
        }
        self.graph.check(index, Length::of(size), name)
    }

    /// The integer of an item, checked against the array that it is read from.
    fn checked_in_source(&mut self, part: &Rc<Sequence>, at: Value, name: &str) -> Value {
        let is_plain = part.shifts.is_empty() && part.walk == Walk::default();
        match &part.source {
            Source::Elements { array, .. } if is_plain => {
                let ty = self.graph.ty(*array);
                match self.graph.resolve(&ty) {
                    Type::Array(_, length) => self.graph.check(at, length, name),
                    _ => at,
                }
            }
            _ => at,
        }
    }

    /// The part that is written to where an expression stands: a variable that is one, or `y[a..b]`.
    pub(super) fn written_part(&mut self, expression: &Expr) -> Option<Rc<Sequence>> {
        match bare_expression(expression) {
            Expr::Path(path) => {
                let id = path.path.get_ident().and_then(|ident| self.find(ident))?;
                match &self.variables[id].term {
                    Term::Sequence(part) if matches!(part.source, Source::Places(_)) => Some(part.clone()),
                    _ => None,
                }
            }
            Expr::Index(whole) => {
                let Expr::Range(range) = bare_expression(&whole.index) else { return None };
                let term = self.reference(&whole.expr);
                match self.cut(&term, whole, range) {
                    Term::Sequence(part) => Some(part),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The place of `s[i]` of a part that is written to.
    pub(super) fn place_in_part(&mut self, part: &Rc<Sequence>, index: &Expr, name: &str) -> Option<Place> {
        let value = self.single(index)?;
        if !self.graph.expect(value, &USIZE) {
            self.fail(index, "an index is an integer of type usize");
            return None;
        }
        self.at(index.span());
        let value = self.inside(part, value, name);
        let at = self.graph.add(part.start, value);
        match self.item_at(part, at).0 {
            Term::Reference(place) => self.checked_place(place, name),
            _ => None,
        }
    }

    /// A place, its last index checked against the array.
    fn checked_place(&mut self, place: Place, name: &str) -> Option<Place> {
        let (array, index) = place.split_last()?;
        let ty = self.place_type(&array)?;
        match self.graph.resolve(&ty) {
            Type::Array(_, length) => Some(array.at(self.graph.check(index, length, name))),
            _ => Some(place),
        }
    }

    /// `fill` and what else writes to all elements of a part. Nothing for other methods.
    pub(super) fn write_part(&mut self, call: &ExprMethodCall, part: &Rc<Sequence>) -> Term {
        let args: Vec<_> = call.args.iter().collect();
        match (call.method.to_string().as_str(), &args[..]) {
            ("fill", [value]) => {
                let Some(value) = self.single(value) else { return Term::UNIT };
                self.each(part, &mut |this, (term, _)| {
                    this.write_item(&term, Term::One(value), &call.receiver)
                });
            }
            ("copy_from_slice" | "clone_from_slice", [from]) => {
                let Some(from) = self.iterable(from) else { return Term::UNIT };
                let pairs = self.pair((**part).clone(), from);
                self.each(&pairs, &mut |this, (term, _)| {
                    if let Term::Tuple(pair) = term
                        && let [to, from] = &pair[..]
                    {
                        this.write_item(to, from.clone(), &call.receiver);
                    }
                });
            }
            ("swap", [a, b]) => {
                let name = base_name(&call.receiver);
                let (a, b) = (self.place_in_part(part, a, &name), self.place_in_part(part, b, &name));
                let (Some(a), Some(b)) = (a, b) else { return Term::UNIT };
                let (x, y) = (self.read(&a), self.read(&b));
                self.write(&a, y, &call.receiver);
                self.write(&b, x, &call.receiver);
            }
            _ => {
                self.fail(&call.method, "this is not understood of a part of an array: write a `for` loop");
            }
        }
        Term::UNIT
    }

    fn write_item(&mut self, to: &Term, value: Term, at: &Expr) {
        let value = match value {
            Term::Reference(place) => self.read(&place),
            value => value,
        };
        if let Term::Reference(place) = to {
            self.write(place, value, at);
        }
    }

    /// A method that takes an array apart. Nothing for other methods.
    pub(super) fn part_method(&mut self, call: &ExprMethodCall, receiver: &Term) -> Option<Term> {
        let args: Vec<_> = call.args.iter().collect();
        let name = call.method.to_string();
        let writes = matches!(name.as_str(), "chunks_mut" | "chunks_exact_mut" | "split_at_mut");
        if !matches!(receiver, Term::One(_) | Term::Rows(_) | Term::Sequence(_)) && !writes {
            return None;
        }
        let name = name.trim_end_matches("_mut").to_owned();
        let sized = matches!(name.as_str(), "windows" | "chunks" | "chunks_exact" | "split_at");
        if sized && let [size] = args[..] {
            let Some(of) = self.sequence_of(receiver, By::Reference, &call.receiver) else {
                return Some(Term::Poison);
            };
            let Some(size_value) = self.single(size) else { return Some(Term::Poison) };
            if !self.graph.expect(size_value, &USIZE) {
                return Some(self.fail(size, "a number of elements is an integer of type usize"));
            }
            if name != "split_at" && self.graph.as_int(size_value) == Some(0) {
                return Some(self.fail(size, "a part of no elements: the size is at least 1"));
            }
            self.at(call.method.span());
            return Some(match name.as_str() {
                "windows" => self.windows(of, size_value),
                "split_at" => self.split(of, size_value, call),
                _ => {
                    let step = self.step(size);
                    step.map_or(Term::Poison, |step| {
                        self.chunks(of, size_value, step, name == "chunks_exact")
                    })
                }
            });
        }
        match (name.as_str(), receiver, &args[..]) {
            ("is_empty", _, []) => {
                let Some(of) = self.sequence_of(receiver, By::Reference, &call.receiver) else {
                    return Some(Term::Poison);
                };
                let (count, zero) = (self.number_of(&of), self.graph.usize(0));
                Some(Term::One(self.graph.compare(crate::ir::Comparison::Eq, count, zero)))
            }
            ("map", _, [closure]) if self.is_array(receiver) => {
                let Some(of) = self.sequence_of(receiver, By::Value, &call.receiver) else {
                    return Some(Term::Poison);
                };
                let Some(closure) = self.callable(closure) else { return Some(Term::Poison) };
                self.at(call.method.span());
                let mapped = of.with_stage(super::sequences::Stage::Map(closure));
                Some(self.array_of(&mapped, call.method.span()))
            }
            _ => None,
        }
    }

    /// Whether a method of arrays is called here, and not one of iterators.
    fn is_array(&self, receiver: &Term) -> bool {
        match receiver {
            Term::One(value) => matches!(self.graph.resolve(&self.graph.ty(*value)), Type::Array(..)),
            Term::Rows(_) => true,
            _ => false,
        }
    }

    fn windows(&mut self, of: Sequence, size: Value) -> Term {
        let one = self.graph.usize(1);
        let before = self.graph.sub(size, one);
        let start = self.graph.add(of.start, before);
        let end = of.end;
        let source = Source::Windows { of: Rc::new(of), size };
        Term::Sequence(Rc::new(Sequence::new(start, end, source)))
    }

    /// Parts that do not overlap: at every so many-th integer, of which whole ones have enough before them.
    fn chunks(&mut self, of: Sequence, size: Value, step: usize, whole: bool) -> Term {
        let walk = Walk { step, ..Walk::default() };
        if !whole {
            let (start, end) = (of.start, of.end);
            let source = Source::Chunks { of: Rc::new(of), size };
            return Term::Sequence(Rc::new(Sequence { walk, ..Sequence::new(start, end, source) }));
        }
        let Term::Sequence(windows) = self.windows(of, size) else { return Term::Poison };
        Term::Sequence(Rc::new(Sequence { walk, ..(*windows).clone() }))
    }

    fn split(&mut self, of: Sequence, at: Value, call: &ExprMethodCall) -> Term {
        let middle = if self.graph.as_int(of.start) == Some(0) { at } else { self.graph.add(of.start, at) };
        self.at(call.method.span());
        let room = self.graph.sub(of.end, middle);
        self.graph.require_difference(room, &source_text(&Expr::MethodCall(call.clone())));
        let before = Sequence { end: middle, ordered: true, ..of.clone() };
        let after = Sequence { start: middle, ordered: true, ..of };
        Term::Tuple(vec![Term::Sequence(Rc::new(before)), Term::Sequence(Rc::new(after))])
    }
}

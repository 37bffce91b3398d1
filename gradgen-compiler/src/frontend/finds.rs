//! What is found among items: the first one, the greatest, one of which something is true. It is an option, whose
//! value is computed only where there is one.

use std::rc::Rc;

use syn::{Expr, ExprMethodCall};

use super::body::{Access, Lowering};
use super::options::{Maybe, Which};
use super::sequences::{By, Form, Sequence, Stage, USIZE};
use super::signature::bare_expression;
use super::terms::Term;
use crate::ir::{Comparison, Type, Value};

impl Lowering<'_> {
    /// `first`, `get` and their kin of an array, and what finds an item of an iterator. Nothing for other methods.
    pub(super) fn finding_method(&mut self, call: &ExprMethodCall, receiver: &Term) -> Option<Term> {
        let args: Vec<_> = call.args.iter().collect();
        let name = call.method.to_string();
        let known = matches!(
            (name.as_str(), args.len()),
            ("first" | "last" | "next" | "peek" | "split_first" | "split_last", 0)
                | ("get" | "nth" | "position" | "find" | "reduce" | "max_by" | "min_by", 1)
        );
        let is_list = match receiver {
            Term::One(value) => matches!(self.graph.resolve(&self.graph.ty(*value)), Type::Array(..)),
            Term::Sequence(_) => true,
            _ => false,
        };
        if !known || !is_list {
            return None;
        }
        let Some(sequence) = self.sequence_of(receiver, By::Reference, &call.receiver) else {
            return Some(Term::Poison);
        };
        self.at(call.method.span());
        Some(match (name.as_str(), &args[..]) {
            ("first" | "peek", []) => self.first_of(&sequence),
            ("next", []) => self.next_of(&sequence, call),
            ("last", []) if !sequence.is_filtered() => self.last_of(&sequence),
            ("last", []) => self.reduced(&sequence, &mut |_, _, next| next),
            ("split_first", []) => self.split_off(&sequence, true),
            ("split_last", []) => self.split_off(&sequence, false),
            ("get" | "nth", [place]) => self.item_if_there(&sequence, place, call),
            ("position", [closure]) => self.found(&sequence, closure, true),
            ("find", [closure]) => self.found(&sequence, closure, false),
            ("reduce", [closure]) => {
                let Some(closure) = self.callable(closure) else { return Some(Term::Poison) };
                self.reduced(&sequence, &mut |this, before, next| {
                    this.apply(&closure, vec![(before, Form::VALUE), (next, Form::VALUE)], call)
                })
            }
            (_, [closure]) => self.ordered_by(&sequence, closure, name == "max_by"),
            _ => return None,
        })
    }

    /// `Some` of a value, where a condition holds; elsewhere nothing is computed.
    fn option(&mut self, holds: Value, value: impl FnOnce(&mut Self) -> Term) -> Term {
        match self.graph.as_bool(holds) {
            Some(true) => {
                let value = value(self);
                return self.some(value, Which::Option);
            }
            Some(false) => return self.none(),
            None => {}
        }
        let value = self.only_if(holds, true, Term::Unset, value);
        Term::Maybe(Box::new(Maybe { holds, value, other: Term::UNIT, kind: Which::Option }))
    }

    /// Whether a sequence has so many items at least.
    fn has(&mut self, sequence: &Sequence, more_than: Value) -> Value {
        let count = self.number_of(sequence);
        let size = self.graph.polynomial(count).minus(&self.graph.polynomial(more_than)).minus(&1.into());
        if size.is_never_negative() {
            return self.graph.bool(true);
        }
        self.graph.compare(Comparison::Lt, more_than, count)
    }

    fn refuse_left_out(&mut self, sequence: &Sequence, name: &str) -> bool {
        if sequence.is_filtered() {
            let span = self.span();
            let message = format!(
                "`{name}` after `filter`, `scan`, `chain` or `flat_map` is not understood: use `find`, or a loop"
            );
            self.fail_at(span, message);
        }
        sequence.is_filtered()
    }

    fn first_of(&mut self, sequence: &Sequence) -> Term {
        if self.refuse_left_out(sequence, "next") {
            return Term::Poison;
        }
        let zero = self.graph.usize(0);
        let holds = self.has(sequence, zero);
        self.option(holds, |this| this.item_of_turn(sequence, zero))
    }

    fn last_of(&mut self, sequence: &Sequence) -> Term {
        let zero = self.graph.usize(0);
        let holds = self.has(sequence, zero);
        self.option(holds, |this| {
            let (count, one) = (this.number_of(sequence), this.graph.usize(1));
            let turn = this.graph.sub(count, one);
            this.item_of_turn(sequence, turn)
        })
    }

    /// The item that is met after so many others.
    fn item_of_turn(&mut self, sequence: &Sequence, turn: Value) -> Term {
        let ascending = self.ascending(sequence.clone());
        let index = if self.graph.as_int(ascending.start) == Some(0) {
            turn
        } else {
            self.graph.add(ascending.start, turn)
        };
        match self.item_at(&ascending, index).0 {
            Term::Reference(place) => self.read(&place),
            term => term,
        }
    }

    /// `it.next()`: the first item, which the iterator then does not have any more.
    fn next_of(&mut self, sequence: &Sequence, call: &ExprMethodCall) -> Term {
        let first = self.first_of(sequence);
        let Expr::Path(path) = bare_expression(&call.receiver) else { return first };
        let Some(id) = path.path.get_ident().and_then(|ident| self.find(ident)) else { return first };
        if matches!(first, Term::Poison) {
            return first;
        }
        let one = self.graph.usize(1);
        let rest = self.advanced(sequence, one);
        self.writes.push(id);
        self.variables[id].term = Term::Sequence(Rc::new(rest));
        first
    }

    /// `split_first` and `split_last`: an item, and the part of the others.
    fn split_off(&mut self, sequence: &Sequence, first: bool) -> Term {
        let (zero, one) = (self.graph.usize(0), self.graph.usize(1));
        let holds = self.has(sequence, zero);
        let item = if first { self.first_of(sequence) } else { self.last_of(sequence) };
        let Term::Maybe(item) = item else { return Term::Poison };
        let rest = if first {
            let start = self.graph.add(sequence.start, one);
            Sequence { start, ordered: true, ..sequence.clone() }
        } else {
            let end = self.graph.sub(sequence.end, one);
            Sequence { end, ordered: true, ..sequence.clone() }
        };
        let rest = Term::Sequence(Rc::new(rest));
        let value = Term::Tuple(vec![item.value, rest]);
        Term::Maybe(Box::new(Maybe { holds, value, other: Term::UNIT, kind: Which::Option }))
    }

    /// `x.get(i)`, and `nth(i)` of an iterator that nothing else is done with.
    fn item_if_there(&mut self, sequence: &Sequence, place: &Expr, call: &ExprMethodCall) -> Term {
        if self.refuse_left_out(sequence, &call.method.to_string()) {
            return Term::Poison;
        }
        if call.method == "nth" && matches!(bare_expression(&call.receiver), Expr::Path(_)) {
            return self.fail(
                &call.method,
                "`nth` of an iterator that is used again is not understood: use an index",
            );
        }
        let Some(place) = self.single(place) else { return Term::Poison };
        if !self.graph.expect(place, &USIZE) {
            return self.fail(&call.args, "an index is an integer of type usize");
        }
        let holds = self.has(sequence, place);
        self.option(holds, |this| this.item_of_turn(sequence, place))
    }

    /// `position` and `find`: after the item that is found no other is looked at.
    fn found(&mut self, sequence: &Sequence, closure: &Expr, position: bool) -> Term {
        let Some(closure) = self.callable(closure) else { return Term::Poison };
        let numbered = sequence.with_stage(Stage::Count);
        let (no, zero) = (self.graph.bool(false), self.graph.usize(0));
        let any = if position { zero } else { self.graph.real(0.0) };
        let kept = self.kept.len();
        let found = self.hidden("found", Term::One(no));
        let value = self.hidden("value", Term::One(any));
        let span = self.span();
        self.each(&numbered, &mut |this, (term, _)| {
            let Term::Tuple(pair) = term else { return };
            let [count, item] = &pair[..] else { return };
            let Term::One(before) = this.variables[found].term else { return };
            let yes = Term::One(this.graph.bool(true));
            let now = this.only_if(before, false, yes, |this| {
                let form = if position { Form::VALUE } else { Form::One(Access::Shared) };
                let held = this.apply(&closure, vec![(item.clone(), form)], proc_macro2::TokenStream::new());
                let Term::One(holds) = held else { return Term::Poison };
                if !this.graph.expect(holds, &Type::Bool) {
                    return this.fail_at(span, "this takes a closure that yields a truth value");
                }
                let new = if position { count.clone() } else { item.clone() };
                let old = this.variables[value].term.clone();
                let chosen = this.only_if(holds, true, old, |_| new);
                this.writes.push(value);
                this.variables[value].term = chosen;
                Term::One(holds)
            });
            this.writes.push(found);
            this.variables[found].term = now;
        });
        self.kept.truncate(kept);
        let (holds, value) = (self.variables[found].term.clone(), self.variables[value].term.clone());
        let Term::One(holds) = holds else { return Term::Poison };
        Term::Maybe(Box::new(Maybe { holds, value, other: Term::UNIT, kind: Which::Option }))
    }

    /// The items taken together, one after the other, without a value to start with.
    pub(super) fn reduced(
        &mut self,
        sequence: &Sequence,
        join: &mut dyn FnMut(&mut Self, Term, Term) -> Term,
    ) -> Term {
        if !sequence.is_filtered() {
            return self.reduced_from_first(sequence, join);
        }
        let no = self.graph.bool(false);
        let Some(any) = self.any_item(sequence) else { return Term::Poison };
        let kept = self.kept.len();
        let some = self.hidden("some", Term::One(no));
        let value = self.hidden("value", any);
        self.each(sequence, &mut |this, (term, _)| {
            let item = match term {
                Term::Reference(place) => this.read(&place),
                term => term,
            };
            let (Term::One(before), old) =
                (this.variables[some].term.clone(), this.variables[value].term.clone())
            else {
                return;
            };
            let new = this.only_if(before, true, item.clone(), |this| join(this, old, item));
            let yes = this.graph.bool(true);
            this.writes.extend([some, value]);
            this.variables[value].term = new;
            this.variables[some].term = Term::One(yes);
        });
        self.kept.truncate(kept);
        let (holds, value) = (self.variables[some].term.clone(), self.variables[value].term.clone());
        let Term::One(holds) = holds else { return Term::Poison };
        Term::Maybe(Box::new(Maybe { holds, value, other: Term::UNIT, kind: Which::Option }))
    }

    /// The same, where the first item is known to be the first.
    fn reduced_from_first(
        &mut self,
        sequence: &Sequence,
        join: &mut dyn FnMut(&mut Self, Term, Term) -> Term,
    ) -> Term {
        let Term::Maybe(first) = self.first_of(sequence) else { return Term::Poison };
        if first.value.is_unset() {
            return Term::Maybe(first);
        }
        let one = self.graph.usize(1);
        let rest = self.advanced(sequence, one);
        let kept = self.kept.len();
        let value = self.hidden("value", first.value.clone());
        self.each(&rest, &mut |this, (term, _)| {
            let item = match term {
                Term::Reference(place) => this.read(&place),
                term => term,
            };
            let old = this.variables[value].term.clone();
            let new = join(this, old, item);
            this.writes.push(value);
            this.variables[value].term = new;
        });
        self.kept.truncate(kept);
        let value = self.variables[value].term.clone();
        Term::Maybe(Box::new(Maybe { value, ..*first }))
    }
}

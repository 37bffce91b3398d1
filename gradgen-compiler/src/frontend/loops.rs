//! Loops. `while` and `loop` are loops over a range too, with a truth value among what they carry:
//! whether there is another turn. What `break` and `continue` do, `jumps` has.

use proc_macro2::Span;
use syn::{Expr, ExprForLoop, ExprLoop, ExprWhile, Label};

use super::body::{Lowering, Shape, VariableId};
use super::bounds::Bound;
use super::counters::Counter;
use super::drained::Rest;
use super::exits::{jumps, may_end};
use super::jumps::{Around, Expected, Kind};
use super::matches::{has_let, while_let};
use super::names::Scopes;
use super::ranges::Range;
use super::sequences::{Form, Item, Sequence, Source};
use super::terms::{Term, flat, refill};
use crate::ir::{Int, Type, Value, Walk};

/// A loop before its body is read.
struct Head {
    span: Span,
    label: Option<String>,
    range: Range,
    /// Whether there is a first turn, if not the range alone says how many there are.
    going: Option<Value>,
}

impl Lowering<'_> {
    /// `for i in a..b { }`.
    pub(super) fn for_loop(&mut self, repeat: &ExprForLoop) -> Term {
        if let Some(term) = self.drained_by_for(repeat) {
            return term;
        }
        match self.iterable(&repeat.expr) {
            Some(sequence) => self.for_loop_over(repeat, &sequence, None),
            None => {
                let label = label_text(repeat.label.as_ref());
                self.at(repeat.for_token.span);
                self.not_run(label, |this| this.turn_of(repeat, (Term::Poison, Form::VALUE)));
                Term::UNIT
            }
        }
    }

    /// A `for` loop over a sequence. What is left of it may be kept in each turn.
    pub(super) fn for_loop_over(
        &mut self,
        repeat: &ExprForLoop,
        sequence: &Sequence,
        rest: Option<Rest>,
    ) -> Term {
        let bound = self.bound(&repeat.attrs);
        self.at(repeat.for_token.span);
        let kept = self.kept.len();
        let sequence = self.started(sequence);
        let term = self.for_items(repeat, &sequence, bound.as_ref(), rest);
        self.kept.truncate(kept);
        term
    }

    /// The body of a `for` loop for an item.
    fn turn_of(&mut self, repeat: &ExprForLoop, (term, form): Item) {
        self.scopes.enter();
        self.bind_item(&repeat.pat, term, &form);
        self.block(&repeat.body, &Shape::Single);
        self.scopes.leave();
    }

    /// The loop itself, over the items of a sequence.
    fn for_items(
        &mut self,
        repeat: &ExprForLoop,
        sequence: &Sequence,
        bound: Option<&Bound>,
        rest: Option<Rest>,
    ) -> Term {
        let (span, label) = (repeat.for_token.span, label_text(repeat.label.as_ref()));
        let Sequence { start, end, walk, .. } = *sequence;
        if let Source::Chain(..) | Source::Flat(_) = sequence.source {
            if jumps(&repeat.body) || bound.is_some() {
                let message = "`break`, `continue` and bounds are not understood in a loop that goes through several \
                               sequences: write one loop for each";
                return self.fail(&repeat.expr, message);
            }
            self.each(sequence, &mut |this, item| this.turn_of(repeat, item));
            return Term::UNIT;
        }
        let mut range = Range { start, end, walk, from: None, excess: None };
        if let Some(bound) = bound {
            range = self.stated(range, bound);
        }
        let going =
            may_end(&repeat.body, repeat.label.as_ref(), self.missing()).then(|| self.graph.bool(true));
        if going.is_some() && range.walk.step != 1 && range.from.is_none() {
            range = self.by_turns(range);
        }
        let (from, excess) = (range.from, range.excess);
        let going = self.turns(Head { span, label, range, going }, &mut |this, index| {
            let index = this.loop_variable(index, from);
            if let Some(rest) = rest {
                this.keep_rest(rest, sequence, index);
            }
            this.meet(sequence, index, &mut |this, item| this.turn_of(repeat, item));
        });
        if let (Some(excess), Some(bound)) = (excess, bound) {
            let no = self.graph.bool(false);
            let unended = going.map_or(excess, |going| self.graph.select(going, excess, no));
            self.graph.ended(unended, bound.length.clone());
        }
        Term::UNIT
    }

    /// `while c { }`: the condition is read before the loop and at the end of each turn.
    pub(super) fn while_loop(&mut self, repeat: &ExprWhile) -> Term {
        if has_let(&repeat.cond) {
            return match self.drained_by_while(repeat) {
                Some(term) => term,
                None => self.endless_loop(&while_let(repeat), &Shape::Single),
            };
        }
        let label = label_text(repeat.label.as_ref());
        let bound = self.bound(&repeat.attrs);
        if bound.is_none()
            && let Some(counter) = self.counter(repeat)
        {
            return self.counting_loop(repeat, &counter, label);
        }
        let errors = self.diagnostics.messages().count();
        let first = self.condition(&repeat.cond);
        let again = self.diagnostics.messages().count() == errors;
        self.at(repeat.while_token.span);
        self.counted(repeat.while_token.span, label, bound, first, |this| {
            this.block(&repeat.body, &Shape::Single);
            if again {
                this.test_again(&repeat.cond);
            }
        })
    }

    /// A `while` whose turns are the integers of a range.
    fn counting_loop(&mut self, repeat: &ExprWhile, counter: &Counter, label: Option<String>) -> Term {
        let span = repeat.while_token.span;
        let errors = self.diagnostics.messages().count();
        let mut range = counter.range;
        let going = if counter.alone {
            may_end(&repeat.body, repeat.label.as_ref(), self.missing()).then(|| self.graph.bool(true))
        } else {
            let Some(first) = self.condition(&repeat.cond) else {
                self.not_run(label, |this| drop(this.block(&repeat.body, &Shape::Single)));
                return Term::UNIT;
            };
            Some(first)
        };
        let again = self.diagnostics.messages().count() == errors;
        if going.is_some() && range.walk.step != 1 {
            range = self.by_turns(range);
        }
        self.at(span);
        let from = range.from;
        self.turns(Head { span, label, range, going }, &mut |this, index| {
            let index = this.loop_variable(index, from);
            this.start_turn(counter, index);
            this.block(&counter.body, &Shape::Single);
            if again && !counter.alone {
                this.test_again(&repeat.cond);
            }
        });
        if going.is_none() {
            self.counted_out(counter);
        }
        Term::UNIT
    }

    /// `loop { }`, in what a `break` with a value leaves.
    pub(super) fn endless_loop(&mut self, repeat: &ExprLoop, shape: &Shape) -> Term {
        if let Some(term) = self.drained_by_loop(repeat) {
            return term;
        }
        let label = label_text(repeat.label.as_ref());
        let bound = self.bound(&repeat.attrs);
        let errors = self.diagnostics.messages().count();
        if !may_end(&repeat.body, repeat.label.as_ref(), None) {
            self.fail(repeat.loop_token, "this loop never ends: nothing in it is a `break`");
        }
        self.at(repeat.loop_token.span);
        self.enter(None, Kind::Value, Expected { shape: shape.clone(), ty: None });
        let first = self.graph.bool(true);
        self.counted(repeat.loop_token.span, label, bound, Some(first), |this| {
            this.block(&repeat.body, &Shape::Single);
        });
        let term = match self.left() {
            // Only what is around it is left.
            Term::Unset => Term::UNIT,
            term => term,
        };
        // One that has no end was reported.
        if self.diagnostics.messages().count() == errors { term } else { Term::Poison }
    }

    /// A loop that only a truth value ends, or the bound that is stated.
    fn counted(
        &mut self,
        span: Span,
        label: Option<String>,
        bound: Option<Bound>,
        first: Option<Value>,
        mut body: impl FnMut(&mut Self),
    ) -> Term {
        let Some(first) = first else {
            self.not_run(label, body);
            return Term::UNIT;
        };
        let usize = Type::Int(Int::Usize);
        let start = self.graph.usize(0);
        let end = match &bound {
            Some(bound) => bound.value,
            None => self.graph.int(i128::from(u64::MAX), usize),
        };
        let range = Range { start, end, walk: Walk::default(), from: None, excess: None };
        let going = self.turns(Head { span, label, range, going: Some(first) }, &mut |this, _| body(this));
        if let (Some(going), Some(bound)) = (going, bound) {
            self.graph.ended(going, bound.length);
        }
        Term::UNIT
    }

    /// The condition of a `while` at the end of a turn, also where a `continue` ended it, but not
    /// where a `break` did.
    fn test_again(&mut self, condition: &Expr) {
        let Some(&Around { running, kind: Kind::Loop { going, .. }, .. }) = self.around.last() else {
            return;
        };
        self.variables[running].term = Term::One(self.graph.bool(true));
        let test = |this: &mut Self| this.condition(condition).map_or(Term::Poison, Term::One);
        let term = match self.variables[going].term {
            Term::One(value) if self.graph.as_bool(value) == Some(true) => test(self),
            Term::One(value) => {
                let no = Term::One(self.graph.bool(false));
                self.only_if(value, true, no, test)
            }
            _ => Term::Poison,
        };
        self.variables[going].term = term;
    }

    /// A loop of which nothing is known but its body: its errors are of interest all the same.
    fn not_run(&mut self, label: Option<String>, body: impl FnOnce(&mut Self)) {
        let before = self.snapshot();
        self.graph.open();
        self.enter_loop(label, true);
        body(self);
        self.leave_loop();
        self.graph.close(vec![]);
        self.poison_changed(&before);
    }

    /// A loop, which carries all that can change; whether there would be another turn after it.
    fn turns(&mut self, head: Head, body: &mut dyn FnMut(&mut Self, Value)) -> Option<Value> {
        let until = head.going.is_some();
        let carried = self.carried();
        if !self.look_ahead(&head, &carried, body) {
            return None;
        }
        let Head { span, label, range, going } = head;
        let Range { start, end, mut walk, .. } = range;
        walk.until = until;
        let before: Vec<_> = carried.iter().map(|&id| self.variables[id].term.clone()).collect();
        let flags = self.flags_around();
        let flags_before: Vec<_> = flags.iter().map(|&flag| self.variables[flag].term.clone()).collect();
        self.graph.open();
        let index = self.graph.parameter(self.graph.ty(start));
        self.graph.set_range(index, start, end, walk);
        let mut initial = vec![];
        if let Some(going) = going {
            self.graph.parameter(Type::Bool);
            initial.push(going);
        }
        for &id in &carried {
            self.carry(id, &mut initial);
        }
        let yes = self.graph.bool(true);
        for &flag in &flags {
            self.variables[flag].term = Term::One(yes);
        }
        self.enter_loop(label, until);
        body(self, index);
        let again = self.leave_loop();
        let mut yields = vec![];
        if until {
            yields.push(again.unwrap_or(yes));
        }
        // What is of another form after a turn has no value that is known: whoever asks for it is told so.
        let mut lost = vec![];
        for (&id, before) in carried.iter().zip(&before) {
            let Some(old) = flat(before) else { continue };
            let after = &self.variables[id].term;
            match flat(after) {
                Some(new) if new.len() == old.len() && !changes_form(before, after) => yields.extend(new),
                after => {
                    lost.push((id, if after.is_some() { Term::Unset } else { Term::Poison }));
                    yields.extend(old);
                }
            }
        }
        let places = self.carry_flags(&flags, flags_before, &mut initial, &mut yields);
        let body = self.graph.close(yields.clone());
        for (&old, &new) in initial.iter().zip(&yields) {
            let (old, new) = (self.graph.ty(old), self.graph.ty(new));
            self.graph.unify(&old, &new);
        }
        self.at(span);
        let results = self.graph.repeat(walk, start, end, &initial, body);
        for (flag, place) in places {
            self.variables[flag].term = Term::One(results[place]);
        }
        let mut results = results.into_iter();
        let going = if until { results.next() } else { None };
        for (id, before) in carried.into_iter().zip(before) {
            if flat(&before).is_some() {
                let term = refill(&before, &mut results);
                let name = self.variables[id].name;
                self.name(&term, name);
                let lost = lost.iter().find(|(lost, _)| *lost == id);
                self.variables[id].term = lost.map_or(term, |(_, instead)| instead.clone());
            }
        }
        going
    }

    /// Lets a loop carry the truth values that its body may have changed: those of what is around it and was
    /// left. They were true before. Equal ones are one; where each is among the results.
    fn carry_flags(
        &mut self,
        flags: &[VariableId],
        before: Vec<Term>,
        initial: &mut Vec<Value>,
        yields: &mut Vec<Value>,
    ) -> Vec<(VariableId, usize)> {
        let yes = self.graph.bool(true);
        let mut places = vec![];
        for (&flag, before) in flags.iter().zip(before) {
            match self.variables[flag].term {
                Term::One(value) if value != yes => {
                    let same = |place: &usize| initial[*place] == yes && yields[*place] == value;
                    let place = (0..yields.len()).find(same).unwrap_or_else(|| {
                        self.graph.parameter(Type::Bool);
                        initial.push(yes);
                        yields.push(value);
                        yields.len() - 1
                    });
                    places.push((flag, place));
                }
                _ => self.variables[flag].term = before,
            }
        }
        places
    }

    /// Gives variables without a value a first one, of the type that they get in the loop, where it is
    /// looked at only after it was assigned to. Whether nothing in the body was reported.
    fn look_ahead(
        &mut self,
        head: &Head,
        carried: &[VariableId],
        body: &mut dyn FnMut(&mut Self, Value),
    ) -> bool {
        let unset: Vec<_> =
            carried.iter().copied().filter(|&id| self.variables[id].term.is_unset()).collect();
        let hidden = |id: &VariableId| self.around.iter().any(|around| around.result == *id);
        if unset.is_empty() || head.going.is_none() && unset.iter().all(hidden) {
            return true;
        }
        let errors = self.diagnostics.messages().count();
        let items = self.items.len();
        let mut found = vec![];
        let looking = std::mem::replace(&mut self.looking, true);
        self.aside(|this| {
            let index = this.graph.parameter(this.graph.ty(head.range.start));
            this.graph.set_range(index, head.range.start, head.range.end, head.range.walk);
            this.enter_loop(head.label.clone(), head.going.is_some());
            body(this, index);
            this.leave_loop();
            found = unset.iter().map(|&id| this.variables[id].term.clone()).collect();
        });
        self.looking = looking;
        self.items.truncate(items);
        let mut sound = self.diagnostics.messages().count() == errors;
        // Errors that come from what has no value yet are gone once it has one; others come again.
        if !sound && found.iter().all(|term| flat(term).is_some() && !term.is_unset()) {
            self.diagnostics.truncate(errors);
            sound = true;
        }
        for (id, found) in unset.into_iter().zip(found) {
            let term = self.variables[id].term.clone();
            self.variables[id].term = if sound { self.level(&term, &found) } else { Term::Poison };
        }
        if !sound {
            for &id in carried {
                self.variables[id].term = Term::Poison;
            }
        }
        sound
    }

    /// The variables that a loop can change, oldest first: those in sight, and what is kept of the
    /// loops around it that a jump out of it can end a turn of.
    fn carried(&self) -> Vec<VariableId> {
        let mut carried = self.scopes.visible();
        carried.extend(self.suspended.iter().flat_map(Scopes::visible));
        carried.extend(&self.kept);
        carried.retain(|&id| self.variables[id].mutable);
        let first = self.frame().unwrap_or(0);
        carried.extend(self.around[first..].iter().map(|around| around.result));
        carried.sort_unstable();
        carried.dedup();
        carried
    }

    /// A loop over the integers of a sequence.
    pub(super) fn turns_of(
        &mut self,
        span: Span,
        sequence: &Sequence,
        body: &mut dyn FnMut(&mut Self, Value),
    ) {
        let Sequence { start, end, walk, .. } = *sequence;
        let range = Range { start, end, walk, from: None, excess: None };
        self.turns(Head { span, label: None, range, going: None }, body);
    }

    /// What is computed to see of what kind it is, and for nothing else.
    pub(super) fn aside(&mut self, look: impl FnOnce(&mut Self)) {
        let before: Vec<_> = self.variables.iter().map(|variable| variable.term.clone()).collect();
        let (writes, conditions) = (self.writes.len(), self.graph.conditions().len());
        self.graph.open();
        look(self);
        self.graph.close(vec![]);
        self.graph.forget_conditions(conditions);
        self.writes.truncate(writes);
        for (variable, term) in self.variables.iter_mut().zip(before) {
            variable.term = term;
        }
    }

    /// Gives a variable parameters of the body that is open, and notes what it held before.
    fn carry(&mut self, id: VariableId, initial: &mut Vec<Value>) {
        let term = self.variables[id].term.clone();
        let Some(values) = flat(&term) else { return };
        let mut parameters = vec![];
        for value in values {
            parameters.push(self.graph.parameter(self.graph.ty(value)));
            initial.push(value);
        }
        self.variables[id].term = refill(&term, &mut parameters.into_iter());
    }
}

fn label_text(label: Option<&Label>) -> Option<String> {
    label.map(|label| label.name.ident.to_string())
}

/// Whether an iterator or a part of an array is another one than before, and not only one with other ends.
fn changes_form(before: &Term, after: &Term) -> bool {
    match (before, after) {
        (Term::Sequence(_), _) | (_, Term::Sequence(_)) => !before.is_like(after),
        (Term::Tuple(before), Term::Tuple(after)) => {
            before.iter().zip(after).any(|(before, after)| changes_form(before, after))
        }
        (Term::Maybe(before), Term::Maybe(after)) => changes_form(&before.value, &after.value),
        _ => false,
    }
}

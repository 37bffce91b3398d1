//! Branches, and how what they change becomes values.

use proc_macro2::Span;
use syn::BinOp;
use syn::spanned::Spanned;

use super::body::Lowering;
use super::flow::{Arm, Then};
use super::options::{Maybe, Which};
use super::terms::{Term, flat, refill};
use crate::ir::{RegionId, Type, Value};

/// A branch that is closed: its region, what the variables hold at its end, and its value.
type Closed = (RegionId, Vec<Term>, Term);

impl<'a> Lowering<'a> {
    /// `a && b` (or `a || b`): `b` is run only where `a` does not decide.
    pub(super) fn short_circuit(&mut self, binary: &syn::ExprBinary, and: bool) -> Term {
        let Some(a) = self.condition(&binary.left) else { return Term::Poison };
        let decided = Term::One(self.graph.bool(!and));
        let span = match &binary.op {
            BinOp::And(token) => token.spans[0],
            op => op.span(),
        };
        self.only_if(a, and, decided, |this| {
            let b = this.condition(&binary.right).map_or(Term::Poison, Term::One);
            this.at(span);
            b
        })
    }

    /// What is run only where a condition `holds`, or only where it does not; elsewhere nothing
    /// changes, and the value is another one.
    pub(super) fn only_if(
        &mut self,
        condition: Value,
        holds: bool,
        otherwise: Term,
        run: impl FnOnce(&mut Self) -> Term,
    ) -> Term {
        let before = self.snapshot();
        self.graph.open();
        let value = run(self);
        let after = self.snapshot();
        let run = (self.graph.close(vec![]), after, value);
        self.restore(&before);
        self.graph.open();
        let skipped = (self.graph.close(vec![]), before, otherwise);
        if holds { self.join(condition, run, skipped) } else { self.join(condition, skipped, run) }
    }

    /// Two branches, and what is done with the value of the one that is run.
    pub(super) fn choose(
        &mut self,
        condition: Option<Value>,
        yes: Arm<'_, 'a>,
        no: Arm<'_, 'a>,
        then: &mut Then<'_, 'a>,
        span: Span,
    ) -> Term {
        let Some(condition) = condition else {
            let before = self.snapshot();
            let nothing: &mut dyn FnMut(&mut Self, Term) -> Term = &mut |_, term| term;
            self.graph.open();
            (yes.run)(self, &mut Then { run: nothing, again: true });
            self.restore(&before);
            (no.run)(self, &mut Then { run: nothing, again: true });
            self.graph.close(vec![]);
            self.poison_changed(&before);
            return (then.run)(self, Term::Poison);
        };
        if let Some(refusal) = yes.refuses {
            let holds = self.graph.not(condition);
            self.demand(holds, &refusal);
            return (no.run)(self, then);
        }
        if let Some(refusal) = no.refuses {
            self.demand(condition, &refusal);
            return (yes.run)(self, then);
        }
        if !(then.again || yes.leaves || no.leaves) {
            let nothing: &mut dyn FnMut(&mut Self, Term) -> Term = &mut |_, term| term;
            let term = self.choose(Some(condition), yes, no, &mut Then { run: nothing, again: true }, span);
            return self.go_on(term, then);
        }
        let before = self.snapshot();
        self.graph.open();
        let a = (yes.run)(self, then);
        let after_yes = self.snapshot();
        let yes_region = self.graph.close(vec![]);
        self.restore(&before);
        self.graph.open();
        let b = (no.run)(self, then);
        let after_no = self.snapshot();
        let no_region = self.graph.close(vec![]);
        // A branch without a tail expression is of no interest beyond its assignments.
        let (a, b) = match (a, b) {
            (a, b) if a.is_unit() || b.is_unit() => (Term::UNIT, Term::UNIT),
            pair => pair,
        };
        self.at(span);
        self.join(condition, (yes_region, after_yes, a), (no_region, after_no, b))
    }

    /// The values of all variables that can change.
    pub(super) fn snapshot(&self) -> Vec<Term> {
        self.changing.iter().map(|&id| self.variables[id].term.clone()).collect()
    }

    fn restore(&mut self, snapshot: &[Term]) {
        for (&id, term) in self.changing.iter().zip(snapshot) {
            self.variables[id].term = term.clone();
        }
    }

    pub(super) fn poison_changed(&mut self, before: &[Term]) {
        for (&id, before) in self.changing.iter().zip(before) {
            if flat(&self.variables[id].term) != flat(before) {
                self.variables[id].term = Term::Poison;
            }
        }
    }

    /// After two branches: each variable's value, and the branches', as results of one node.
    fn join(&mut self, condition: Value, then: Closed, otherwise: Closed) -> Term {
        let never = matches!((&then.2, &otherwise.2), (Term::Never, Term::Never));
        let values = self.stand_in(then.2, otherwise.2);
        let mut terms: Vec<(Term, Term)> = then.1.into_iter().zip(otherwise.1).collect();
        terms.push(values);
        let (mut a, mut b) = (vec![], vec![]);
        for (x, y) in &mut terms {
            if self.looking {
                match (&*x, &*y) {
                    (Term::Poison, known) if flat(known).is_some() => *x = self.stand_for(known),
                    (known, Term::Poison) if flat(known).is_some() => *y = self.stand_for(known),
                    _ => {}
                }
            }
            if x.is_unset() || y.is_unset() {
                (*x, *y) = (self.level(x, y), self.level(y, x));
                if !x.is_like(y) && flat(x).is_some() && flat(y).is_some() {
                    (*x, *y) = (Term::Unset, Term::Unset);
                }
            }
            match (&*x, &*y) {
                (Term::Sequence(_), Term::One(array)) => *y = self.as_part(*array),
                (Term::One(array), Term::Sequence(_)) => *x = self.as_part(*array),
                _ => {}
            }
            x.weaken(y);
            y.weaken(x);
            if !x.is_like(y) {
                for term in [&mut *x, &mut *y] {
                    if !term.has_indexed_record()
                        && let Some(values) = self.values_of(term, &proc_macro2::TokenStream::new())
                    {
                        *term = values;
                    }
                }
            }
            if flat(x).is_some() && flat(y).is_some() && !x.is_like(y) {
                self.refuse_forms(x, y);
                (*x, *y) = (Term::Poison, Term::Poison);
            }
            let (x, y) = (flat(x), flat(y));
            if x != y
                && let (Some(x), Some(y)) = (x, y)
                && x.len() == y.len()
            {
                a.extend(x);
                b.extend(y);
            }
        }
        for (&x, &y) in a.iter().zip(&b) {
            let (left, right) = (self.graph.ty(x), self.graph.ty(y));
            if !self.graph.unify(&left, &right) {
                let span = self.span();
                let (left, right) = (self.graph.type_text(&left), self.graph.type_text(&right));
                let message =
                    format!("the branches are understood as values of different types: {left}, and {right}");
                self.diagnostics.error_at(span, message);
                return Term::Poison;
            }
        }
        self.graph.set_region_results(then.0, a);
        self.graph.set_region_results(otherwise.0, b);
        let mut results = self.graph.branch(condition, then.0, otherwise.0).into_iter();
        let mut joined: Vec<_> = terms
            .into_iter()
            .map(|(x, y)| match (flat(&x), flat(&y)) {
                (Some(a), Some(b)) if a == b => x,
                (Some(a), Some(b)) if a.len() == b.len() => refill(&x, &mut results),
                _ => Term::Poison,
            })
            .collect();
        let value = joined.pop().unwrap_or(Term::Poison);
        for (place, term) in joined.into_iter().enumerate() {
            let id = self.changing[place];
            let name = self.variables[id].name;
            self.name(&term, name);
            self.variables[id].term = term;
        }
        if never { Term::Never } else { value }
    }

    /// Says why what two branches yield, or leave in a variable, is no value, and what to write instead.
    fn refuse_forms(&mut self, x: &Term, y: &Term) {
        let span = self.span();
        let message = match (x, y) {
            (Term::Closure(_), Term::Closure(_)) => {
                "the branches are different functions: call each where it is chosen, `if c { f(x) } else { g(x) }`"
                    .to_owned()
            }
            (Term::Reference(_), Term::Reference(_)) => {
                "the branches are references to different variables: write to each where it is chosen, \
                 `if c { a += 1.0; } else { b += 1.0; }`"
                    .to_owned()
            }
            (Term::Sequence(_), _) | (_, Term::Sequence(_)) => {
                "after the branches this is one of two iterators or parts of arrays, which are gone through in \
                 different ways: use each where it is chosen, `if c { a.iter().sum() } else { b.iter().rev().sum() }`"
                    .to_owned()
            }
            (Term::Record(_), Term::Record(_)) => {
                "the branches are different structs as a whole: choose between their fields, \
                 `let mass = if c { a.mass } else { b.mass };`"
                    .to_owned()
            }
            (x, y) => {
                let (x, y) = (self.form_text(x), self.form_text(y));
                format!("the branches are understood as values of different forms: {x}, and {y}")
            }
        };
        self.diagnostics.error_at(span, message);
    }

    /// What a term is, in words.
    fn form_text(&self, term: &Term) -> String {
        match term {
            Term::One(value) => {
                let text = self.graph.type_text(&self.graph.ty(*value));
                if text == "?" { "a value".to_owned() } else { format!("a value of type {text}") }
            }
            Term::Tuple(terms) if terms.is_empty() => "no value".to_owned(),
            Term::Tuple(terms) => format!("a tuple of {}", terms.len()),
            Term::Struct(path, _) => {
                let name = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                format!("a struct, {name}")
            }
            Term::Rows(_) => "an array of structs or tuples".to_owned(),
            Term::Record(_) => "a struct as a whole".to_owned(),
            Term::Closure(_) => "a function".to_owned(),
            Term::Sequence(_) => "an iterator or a part of an array".to_owned(),
            Term::Reference(_) => "a reference".to_owned(),
            Term::Maybe(maybe) => match (maybe.kind, &maybe.value) {
                (_, Term::Unset) => "an option or result whose value is not known".to_owned(),
                (Which::Option, value) => format!("an option of {}", self.form_text(value)),
                (Which::Result, value) => format!("a result of {}", self.form_text(value)),
            },
            Term::Never | Term::Unset | Term::Poison => "nothing that is known".to_owned(),
        }
    }

    /// The values of two branches. Where one of them leaves the loop's turn, nobody reads its value,
    /// and any of the other's type stands for it.
    fn stand_in(&mut self, a: Term, b: Term) -> (Term, Term) {
        match (a, b) {
            (Term::Never, Term::Never) => (Term::UNIT, Term::UNIT),
            (Term::Never, b) => (self.any_like(&b), b),
            (a, Term::Never) => {
                let b = self.any_like(&a);
                (a, b)
            }
            pair => pair,
        }
    }

    fn any_like(&mut self, term: &Term) -> Term {
        let any = self.stand_for(term);
        if any.is_unset() && !term.is_unset() {
            let span = self.span();
            let message =
                "the type of this is not known here: give it to a variable with a type, `let y: f64 = …;`";
            self.diagnostics.error_at(span, message);
            return Term::Poison;
        }
        any
    }

    /// A term with values from another in the place of those that it does not have: any of their types,
    /// since nobody looks at them.
    pub(super) fn level(&mut self, term: &Term, like: &Term) -> Term {
        match (term, like) {
            (Term::Unset, like) => self.stand_for(like),
            (Term::Tuple(terms), Term::Tuple(like)) if terms.len() == like.len() => {
                Term::Tuple(terms.iter().zip(like).map(|(term, like)| self.level(term, like)).collect())
            }
            (Term::Struct(path, fields), Term::Struct(_, like)) if fields.len() == like.len() => {
                let fields = fields.iter().zip(like);
                let fields = fields.map(|((name, term), (_, like))| (name.clone(), self.level(term, like)));
                Term::Struct(path.clone(), fields.collect())
            }
            (Term::Maybe(maybe), Term::Maybe(like)) => {
                let value = self.level(&maybe.value, &like.value);
                let other = self.level(&maybe.other, &like.other);
                Term::Maybe(Box::new(Maybe { value, other, ..**maybe }))
            }
            _ => term.clone(),
        }
    }

    /// A term of the same form with any values, or one without a value where no type is known.
    fn stand_for(&mut self, term: &Term) -> Term {
        match term {
            // It may stand in a region that is closed.
            Term::One(value) if self.graph.is_literal(*value) => Term::One(self.graph.hoist_literal(*value)),
            Term::One(value) => self.any_of(&self.graph.ty(*value)).map_or(Term::Unset, Term::One),
            Term::Tuple(terms) => Term::Tuple(terms.iter().map(|term| self.stand_for(term)).collect()),
            Term::Struct(path, fields) => {
                let fields = fields.iter().map(|(name, term)| (name.clone(), self.stand_for(term)));
                Term::Struct(path.clone(), fields.collect())
            }
            Term::Rows(row) => Term::Rows(std::rc::Rc::new(self.stand_for(row))),
            Term::Maybe(maybe) => {
                let (value, other) = (self.stand_for(&maybe.value), self.stand_for(&maybe.other));
                let holds = self.graph.bool(false);
                Term::Maybe(Box::new(Maybe { holds, value, other, ..**maybe }))
            }
            Term::Sequence(sequence) => {
                let values: Vec<_> =
                    sequence.values().into_iter().map(|value| self.seen_here(value)).collect();
                Term::Sequence(std::rc::Rc::new(sequence.with_values(&mut values.into_iter())))
            }
            Term::Closure(_) | Term::Record(_) | Term::Reference(_) => term.clone(),
            Term::Never | Term::Poison | Term::Unset => term.clone(),
        }
    }

    /// A value, if it is not one of a branch that is closed; else any of its type.
    fn seen_here(&mut self, value: Value) -> Value {
        let region = self.graph.node(value).region;
        if self.graph.is_within(self.graph.current(), region) {
            return value;
        }
        self.any_of(&self.graph.ty(value)).unwrap_or(value)
    }

    /// Some value of a type.
    pub(super) fn any_of(&mut self, ty: &Type) -> Option<Value> {
        match ty {
            Type::Real => Some(self.graph.real(0.0)),
            Type::Bool => Some(self.graph.bool(false)),
            Type::Array(element, length) if length.size().is_some() => {
                let element = self.any_of(element)?;
                Some(self.graph.splat(element, length.clone()))
            }
            _ if self.graph.is_integer(ty) => Some(self.graph.int(0, ty.clone())),
            _ => None,
        }
    }
}

//! What is made of all items of a sequence: sums, folds, arrays. Each is a loop that carries what is made.

use std::rc::Rc;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, ExprMethodCall, GenericArgument};

use super::body::{Access, Lowering, Shape, VariableId};
use super::closures::Closure;
use super::iterators::cut_short;
use super::sequences::{By, Form, Item, Sequence, Source, Stage};
use super::terms::{Term, flat, refill};
use crate::ir::{Length, Type, Value};

/// What is done with each item.
pub(super) type Each<'b, 'd> = &'b mut dyn FnMut(&mut Lowering<'d>, Item);

impl<'d> Lowering<'d> {
    /// A method that goes through a sequence. Nothing for other methods.
    pub(super) fn consume(&mut self, call: &ExprMethodCall, sequence: &Rc<Sequence>) -> Option<Term> {
        let args: Vec<_> = call.args.iter().collect();
        self.at(call.method.span());
        Some(match (call.method.to_string().as_str(), &args[..]) {
            ("sum", []) => self.accumulate(call, sequence, true),
            ("product", []) => self.accumulate(call, sequence, false),
            ("fold", [first, closure]) => self.fold(sequence, first, closure),
            ("for_each", [closure]) => {
                if let Some(closure) = self.callable(closure) {
                    self.each(sequence, &mut |this, item| {
                        this.apply_in(false, &closure, vec![item]);
                    });
                }
                Term::UNIT
            }
            ("any", [closure]) => self.decide(sequence, closure, true),
            ("all", [closure]) => self.decide(sequence, closure, false),
            ("count", []) if sequence.is_filtered() => self.counted_items(sequence),
            ("count", []) => {
                // For what the closures do besides.
                self.each(sequence, &mut |_, _| ());
                self.at(call.method.span());
                Term::One(self.number_of(sequence))
            }
            ("len", []) => Term::One(self.number_of(sequence)),
            ("unzip", []) => self.unzip(sequence, call),
            ("collect" | "to_vec" | "to_owned", []) => self.collect(sequence, call),
            ("min" | "max", []) => self.fail(
                &call.method,
                "the least and the greatest of floats are understood as `fold(f64::INFINITY, f64::min)` and \
                 `fold(f64::NEG_INFINITY, f64::max)`",
            ),
            _ => return None,
        })
    }

    /// Goes through a sequence: a loop, which carries all that can change.
    pub(super) fn each(&mut self, sequence: &Sequence, body: Each<'_, 'd>) {
        let kept = self.kept.len();
        let sequence = &self.started(sequence);
        self.each_item(sequence, body);
        self.kept.truncate(kept);
    }

    fn each_item(&mut self, sequence: &Sequence, body: Each<'_, 'd>) {
        match &sequence.source {
            Source::Chain(a, b) => {
                for part in [a, b] {
                    let part = with_stages(part, sequence);
                    self.each(&part, body);
                }
            }
            Source::Flat(outer) => self.each(outer, &mut |this, (term, form)| {
                let by = if form.access() == Access::Shared { By::Reference } else { By::Value };
                let at: Expr = syn::parse_quote!(flatten);
                if let Some(inner) = this.sequence_of(&term, by, &at) {
                    this.each(&with_stages(&inner, sequence), body);
                }
            }),
            _ => {
                let span = self.span();
                self.turns_of(span, sequence, &mut |this, index| this.meet(sequence, index, body));
            }
        }
    }

    /// The item at an integer, if it is not filtered out.
    pub(super) fn meet(&mut self, sequence: &Sequence, index: Value, body: Each<'_, 'd>) {
        let item = self.source_item(sequence, index);
        self.pass(sequence, 0, item, index, body);
    }

    pub(super) fn pass(
        &mut self,
        sequence: &Sequence,
        place: usize,
        item: Item,
        index: Value,
        body: Each<'_, 'd>,
    ) {
        let closure = match sequence.stages.get(place) {
            None => return body(self, item),
            Some(Stage::Filter(closure)) => closure,
            Some(Stage::Some(closure)) => {
                return self.pass_some(sequence, place, closure, (item, index), body);
            }
            Some(Stage::Until(closure, takes, changed)) => {
                return self.pass_until(sequence, place, (closure, *takes, *changed), (item, index), body);
            }
            Some(Stage::Scanning(scanning)) => {
                return self.pass_scanned(sequence, place, scanning, (item, index), body);
            }
            Some(Stage::Limit(limit)) => {
                return self.pass_limited(sequence, place, *limit, (item, index), body);
            }
            Some(_) => {
                let item = self.stage(sequence, place, item, index);
                return self.pass(sequence, place + 1, item, index, body);
            }
        };
        let fixed = place < sequence.rearranged;
        let term = self.apply_in(fixed, closure, vec![(item.0.clone(), Form::One(Access::Shared))]);
        let Term::One(condition) = term else { return };
        if !self.graph.expect(condition, &Type::Bool) {
            let span = self.span();
            self.diagnostics.error_at(span, "`filter` takes a closure that yields a truth value");
            return;
        }
        self.only_if(condition, true, Term::UNIT, |this| {
            this.pass(sequence, place + 1, item, index, body);
            Term::UNIT
        });
    }

    /// What a closure makes of an item, if it makes something of it.
    fn pass_some(
        &mut self,
        sequence: &Sequence,
        place: usize,
        closure: &Rc<Closure>,
        (item, index): (Item, Value),
        body: Each<'_, 'd>,
    ) {
        let fixed = place < sequence.rearranged;
        let maybe = match self.apply_in(fixed, closure, vec![item]) {
            Term::Maybe(maybe) => *maybe,
            Term::Poison => return,
            _ => {
                let span = self.span();
                self.fail_at(span, "`filter_map` takes a closure that yields an option");
                return;
            }
        };
        if maybe.value.is_unset() {
            return;
        }
        self.only_if(maybe.holds, true, Term::UNIT, |this| {
            this.pass(sequence, place + 1, (maybe.value, Form::VALUE), index, body);
            Term::UNIT
        });
    }

    /// An item of a sequence of which only the items before, or after, one are gone through.
    fn pass_until(
        &mut self,
        sequence: &Sequence,
        place: usize,
        (closure, takes, changed): (&Rc<Closure>, bool, VariableId),
        (item, index): (Item, Value),
        body: Each<'_, 'd>,
    ) {
        let Term::One(before) = self.variables[changed].term else { return };
        let yes = Term::One(self.graph.bool(true));
        let fixed = place < sequence.rearranged;
        let now = self.only_if(before, false, yes, |this| {
            let term = this.apply_in(fixed, closure, vec![(item.0.clone(), Form::One(Access::Shared))]);
            match term {
                Term::One(holds) if this.graph.expect(holds, &Type::Bool) => Term::One(this.graph.not(holds)),
                _ => Term::Poison,
            }
        });
        self.writes.push(changed);
        self.variables[changed].term = now.clone();
        let Term::One(now) = now else { return };
        self.only_if(now, !takes, Term::UNIT, |this| {
            this.pass(sequence, place + 1, item, index, body);
            Term::UNIT
        });
    }

    /// What a variable holds after a sequence was gone through.
    fn carried_through(
        &mut self,
        sequence: &Sequence,
        name: &str,
        first: Term,
        next: &mut dyn FnMut(&mut Lowering<'d>, Term, Item) -> Term,
    ) -> Term {
        let id = self.hidden(name, first);
        self.each(sequence, &mut |this, item| {
            let before = this.variables[id].term.clone();
            let after = next(this, before, item);
            this.writes.push(id);
            this.variables[id].term = after;
        });
        self.forget(id)
    }

    /// The last value of a hidden variable.
    pub(super) fn forget(&mut self, id: usize) -> Term {
        self.kept.retain(|&kept| kept != id);
        std::mem::replace(&mut self.variables[id].term, Term::UNIT)
    }

    fn fold(&mut self, sequence: &Sequence, first: &Expr, closure: &Expr) -> Term {
        let first = self.expression(first, &Shape::Single);
        let Some(closure) = self.callable(closure) else { return Term::Poison };
        let name = closure.first_name().unwrap_or_else(|| "folded".to_owned());
        self.carried_through(sequence, &name, first, &mut |this, before, item| {
            this.apply_in(false, &closure, vec![(before, Form::VALUE), item])
        })
    }

    /// `sum()`, which the standard library starts at -0, and `product()`.
    fn accumulate(&mut self, call: &ExprMethodCall, sequence: &Sequence, adds: bool) -> Term {
        let ty = match stated(call) {
            Some(ty) => self.annotation(ty),
            None => None,
        };
        let ty = match ty {
            Some(ty @ (Type::Real | Type::Int(_))) => ty,
            _ => match self.item_type(sequence) {
                Some(ty) if self.graph.is_integer(&ty) => ty,
                Some(_) => Type::Real,
                None => return Term::Poison,
            },
        };
        let first = match (&ty, adds) {
            (Type::Real, true) => self.graph.real(-0.0),
            (Type::Real, false) => self.graph.real(1.0),
            (_, adds) => self.graph.int(i128::from(!adds), ty.clone()),
        };
        let name = if adds { "sum" } else { "product" };
        let span = call.method.span();
        self.carried_through(sequence, name, Term::One(first), &mut |this, before, (term, _)| {
            let (Term::One(before), Term::One(value)) = (before, term) else { return Term::Poison };
            if !this.graph.expect(value, &ty) {
                let found = this.graph.type_text(&this.graph.ty(value));
                this.diagnostics.error_at(span, format!("the items are understood as {found}"));
                return Term::Poison;
            }
            this.at(span);
            Term::One(if adds { this.graph.add(before, value) } else { this.graph.mul(before, value) })
        })
    }

    /// Whether a condition holds for any item, or for all; after the one that decides none is looked at.
    fn decide(&mut self, sequence: &Sequence, closure: &Expr, any: bool) -> Term {
        let Some(closure) = self.callable(closure) else { return Term::Poison };
        let sequence = &cut_short(sequence);
        let first = Term::One(self.graph.bool(!any));
        let decided = Term::One(self.graph.bool(any));
        let name = if any { "any" } else { "all" };
        self.carried_through(sequence, name, first, &mut |this, before, item| {
            let Term::One(before) = before else { return Term::Poison };
            this.only_if(before, !any, decided.clone(), |this| this.apply_in(false, &closure, vec![item]))
        })
    }

    fn counted_items(&mut self, sequence: &Sequence) -> Term {
        let zero = Term::One(self.graph.usize(0));
        self.carried_through(sequence, "count", zero, &mut |this, before, _| {
            let Term::One(before) = before else { return Term::Poison };
            let one = this.graph.usize(1);
            Term::One(this.graph.add(before, one))
        })
    }

    /// An array of the items.
    pub(super) fn collect(&mut self, sequence: &Sequence, call: &ExprMethodCall) -> Term {
        if let Some(ty) = stated(call)
            && !is_vector(ty)
        {
            return self
                .fail(ty, "an iterator is collected into a `Vec`: other collections are not understood");
        }
        self.array_of(sequence, call.method.span())
    }

    /// Two arrays of what the items are pairs of.
    fn unzip(&mut self, sequence: &Sequence, call: &ExprMethodCall) -> Term {
        match self.array_of(sequence, call.method.span()) {
            Term::Rows(row) => match &*row {
                Term::Tuple(terms) if terms.len() == 2 => {
                    let arrays = terms.iter().map(|term| match term {
                        Term::One(_) => term.clone(),
                        row => Term::Rows(Rc::new(row.clone())),
                    });
                    Term::Tuple(arrays.collect())
                }
                _ => self.fail(&call.method, "what is unzipped are pairs"),
            },
            Term::Poison => Term::Poison,
            _ => self.fail(&call.method, "what is unzipped are pairs"),
        }
    }

    /// `std::array::from_fn(…)`: an array of the length that is expected.
    pub(super) fn array_from_fn(
        &mut self,
        call: &ExprCall,
        path: &syn::PathSegment,
        expected: Option<syn::Type>,
    ) -> Term {
        let [function] = call.args.iter().collect::<Vec<_>>()[..] else {
            return self.fail(call, "`from_fn` takes one function");
        };
        let stated = match &path.arguments {
            syn::PathArguments::AngleBracketed(arguments) => match arguments.args.iter().nth(1) {
                Some(GenericArgument::Const(length)) => Some(self.length(length)),
                Some(GenericArgument::Type(syn::Type::Path(path))) => {
                    let path = syn::ExprPath { attrs: vec![], qself: None, path: path.path.clone() };
                    Some(self.length(&Expr::Path(path)))
                }
                _ => None,
            },
            _ => None,
        };
        let (length, element) = match (stated, expected) {
            (Some(length), _) => (length, None),
            (None, Some(syn::Type::Array(array))) => (self.length(&array.len), Some(*array.elem)),
            _ => {
                let message = "the length of this array is not known here: give it to a variable with a type, \
                               `let y: [f64; 3] = std::array::from_fn(…);`";
                return self.fail(call, message);
            }
        };
        let Some(closure) = self.callable(function) else { return Term::Poison };
        let (start, end) = (self.graph.usize(0), self.graph.length(&length));
        self.at(call.func.span());
        let mut sequence = Sequence::new(start, end, Source::Integers);
        sequence.stages.push(Stage::Expected(element.map(Rc::new)));
        sequence.stages.push(Stage::Map(closure));
        self.array_of(&sequence, call.func.span())
    }

    /// The items of a sequence as an array.
    pub(super) fn array_of(&mut self, sequence: &Sequence, at: Span) -> Term {
        let Some(parts) = parts_in_turn(sequence) else {
            let message = "how many items are left is not known before the function runs, and an array keeps its \
                           length: write a `for` loop that uses them at once";
            return self.fail_at(at, message);
        };
        let Some((form, types)) = self.item_form(sequence) else { return Term::Poison };
        let mut starts = vec![];
        let mut count = self.graph.usize(0);
        for part in &parts {
            starts.push(count);
            let more = self.number_of(part);
            count = if starts.len() == 1 { more } else { self.graph.add(count, more) };
        }
        let Some(length) = self.array_length(count, at) else { return Term::Poison };
        let mut arrays = vec![];
        for ty in &types {
            let Some(blank) = self.blank(ty, &length, at) else { return Term::Poison };
            arrays.push(self.graph.splat(blank, length.clone()));
        }
        let element = refill(&form, &mut arrays.into_iter());
        let array = if let Term::One(_) = element { element } else { Term::Rows(Rc::new(element)) };
        parts.iter().zip(starts).fold(array, |array, (part, start)| self.filled(part, start, array))
    }

    /// An array into which the items are written one after the other, from a place on.
    fn filled(&mut self, sequence: &Sequence, start: Value, array: Term) -> Term {
        let id = self.hidden("items", array);
        let span = self.span();
        let is_first = self.graph.as_int(start) == Some(0);
        let kept = self.kept.len();
        let sequence = &self.started(sequence);
        self.turns_of(span, sequence, &mut |this, index| {
            this.meet(sequence, index, &mut |this, (term, _)| {
                let turn = this.turn(sequence, index);
                let place = if is_first { turn } else { this.graph.add(start, turn) };
                let array = this.variables[id].term.clone();
                let term = this.as_row(term);
                let (Some(arrays), Some(values)) = (flat(&array), term.as_ref().and_then(flat)) else {
                    this.variables[id].term = Term::Poison;
                    return;
                };
                let set = arrays.into_iter().zip(values);
                let set: Vec<_> = set.map(|(array, value)| this.graph.set(array, value, &[place])).collect();
                this.writes.push(id);
                this.variables[id].term = refill(&array, &mut set.into_iter());
            });
        });
        self.kept.truncate(kept);
        self.forget(id)
    }

    /// What stands in an array before it is filled.
    fn blank(&mut self, element: &Type, length: &Length, at: Span) -> Option<Value> {
        let blank = self.any_of(element);
        let kept = length.is_static() || *element == Type::Real;
        if blank.is_none() || !kept {
            self.fail_at(
                at,
                "an array of such items is not understood: collect floats, or write loops over indices",
            );
            return None;
        }
        blank
    }

    fn array_length(&mut self, count: Value, at: Span) -> Option<Length> {
        let size = self.graph.polynomial(count);
        if size.atoms().iter().any(|atom| matches!(atom, crate::ir::Atom::Value(_))) {
            let message = "how many items there are does not follow from the sizes of the inputs, and an array keeps \
                           its length: write a `for` loop that uses them at once";
            self.fail_at(at, message);
            return None;
        }
        if self.is_generic_arithmetic(&size) {
            self.fail_at(at, "arithmetic on const generics is not understood as a length");
            return None;
        }
        self.graph.require_difference(count, "the number of items");
        Some(Length::of(size))
    }

    /// The type of a sequence's items, which are one number each.
    fn item_type(&mut self, sequence: &Sequence) -> Option<Type> {
        let (form, mut types) = self.item_form(sequence)?;
        if let Term::One(_) = form {
            return types.pop();
        }
        let span = self.span();
        self.fail_at(span, "items that are not one number each are not understood here: write a `for` loop");
        None
    }

    /// Some item of a sequence's form, which nobody looks at.
    pub(super) fn any_item(&mut self, sequence: &Sequence) -> Option<Term> {
        let (form, types) = self.item_form(sequence)?;
        let values: Option<Vec<_>> = types.iter().map(|ty| self.any_of(ty)).collect();
        if values.is_none() {
            let span = self.span();
            self.fail_at(span, "items of this kind are not understood here: write a `for` loop");
        }
        Some(refill(&form, &mut values?.into_iter()))
    }

    /// The form of a sequence's items and the types of their values, found from one that is computed for nothing
    /// else.
    fn item_form(&mut self, sequence: &Sequence) -> Option<(Term, Vec<Type>)> {
        let errors = self.diagnostics.messages().count();
        let mut found = None;
        let mut see = |this: &mut Lowering<'d>, (term, _): Item| {
            let row = this.as_row(term);
            let values = row.as_ref().and_then(flat).unwrap_or_default();
            let types: Vec<_> = values.into_iter().map(|value| this.graph.ty(value)).collect();
            found = row.map(|row| (row, types));
        };
        self.aside(|this| this.each(sequence, &mut see));
        if self.diagnostics.messages().count() > errors {
            return None;
        }
        let Some((form, types)) = found else {
            let span = self.span();
            self.fail_at(span, "items of this kind are not understood here: write a `for` loop");
            return None;
        };
        let known = |ty: Type| match ty {
            ty @ Type::Variable(_) if !self.graph.is_integer(&ty) => Type::Real,
            ty => ty,
        };
        let types = types.into_iter().map(known).collect();
        Some((form, types))
    }
}

/// Sequences that are gone through one after the other, of each of which the number of items is known.
fn parts_in_turn(sequence: &Sequence) -> Option<Vec<Sequence>> {
    let Source::Chain(a, b) = &sequence.source else {
        return (!sequence.leaves_out()).then(|| vec![sequence.clone()]);
    };
    // What counts goes on from one part to the next.
    let counts = |stage: &Stage| !matches!(stage, Stage::Map(_) | Stage::Copied | Stage::Inspect(_));
    if sequence.stages.iter().any(counts) {
        return None;
    }
    let parts = [a, b].map(|part| parts_in_turn(&with_stages(part, sequence)));
    let [Some(a), Some(b)] = parts else { return None };
    Some([a, b].concat())
}

fn with_stages(part: &Sequence, whole: &Sequence) -> Sequence {
    let mut sequence = part.clone();
    if whole.rearranged > 0 {
        sequence.rearranged = part.stages.len() + whole.rearranged;
    }
    sequence.stages.extend_from_slice(&whole.stages);
    sequence
}

/// The type argument of a method.
fn stated(call: &ExprMethodCall) -> Option<&syn::Type> {
    match call.turbofish.as_ref()?.args.first()? {
        GenericArgument::Type(syn::Type::Infer(_)) => None,
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

fn is_vector(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Vec"))
}

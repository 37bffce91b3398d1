//! What patterns take tuples and arrays apart into, `..` among them, and what names in alternatives are.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Pat, PatOr, PatSlice, PatTuple, Token};

use super::body::{Access, Lowering};
use super::names::plain;
use super::sequences::{By, Sequence};
use super::terms::Term;
use crate::ir::{Comparison, Length, Type, Value};

/// What an array pattern takes an array apart into.
pub(super) struct Taken {
    /// Whether the array has as many elements as the pattern says.
    pub(super) holds: Value,
    /// What each part of the pattern stands for, where it has.
    pub(super) terms: Vec<Term>,
}

/// Where `..` or `rest @ ..` stands among the parts of a pattern.
fn place_of_rest(parts: &Punctuated<Pat, Token![,]>) -> Option<usize> {
    parts.iter().position(|part| match part {
        Pat::Rest(_) => true,
        Pat::Ident(name) => matches!(&name.subpat, Some((_, inner)) if matches!(**inner, Pat::Rest(_))),
        _ => false,
    })
}

/// Whether `..` stands among the parts of a tuple pattern.
pub(super) fn has_rest(tuple: &PatTuple) -> bool {
    place_of_rest(&tuple.elems).is_some()
}

/// The names that a pattern binds.
pub(super) fn names_in(pattern: &Pat) -> Vec<&Ident> {
    match pattern {
        Pat::Ident(name) => {
            let inner = name.subpat.iter().flat_map(|(_, inner)| names_in(inner));
            let own = plain(&name.ident).chars().any(char::is_lowercase) && name.ident != "None";
            own.then_some(&name.ident).into_iter().chain(inner).collect()
        }
        Pat::Guard(guard) => names_in(&guard.pat),
        Pat::Paren(inner) => names_in(&inner.pat),
        Pat::Reference(inner) => names_in(&inner.pat),
        Pat::Type(inner) => names_in(&inner.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().flat_map(names_in).collect(),
        Pat::TupleStruct(variant) => variant.elems.iter().flat_map(names_in).collect(),
        Pat::Struct(fields) => fields.fields.iter().flat_map(|field| names_in(&field.pat)).collect(),
        Pat::Slice(slice) => slice.elems.iter().flat_map(names_in).collect(),
        Pat::Or(or) => or.cases.first().map(names_in).unwrap_or_default(),
        _ => vec![],
    }
}

/// Whether a pattern has an alternative with names in it.
pub(super) fn has_named_alternative(pattern: &Pat) -> bool {
    match pattern {
        Pat::Or(_) => !names_in(pattern).is_empty(),
        Pat::Ident(name) => name.subpat.as_ref().is_some_and(|(_, inner)| has_named_alternative(inner)),
        Pat::Guard(guard) => has_named_alternative(&guard.pat),
        Pat::Paren(inner) => has_named_alternative(&inner.pat),
        Pat::Reference(inner) => has_named_alternative(&inner.pat),
        Pat::Type(inner) => has_named_alternative(&inner.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().any(has_named_alternative),
        Pat::TupleStruct(variant) => variant.elems.iter().any(has_named_alternative),
        Pat::Struct(fields) => fields.fields.iter().any(|field| has_named_alternative(&field.pat)),
        Pat::Slice(slice) => slice.elems.iter().any(has_named_alternative),
        _ => false,
    }
}

impl Lowering<'_> {
    /// What each part of a tuple pattern stands for; `..` stands for none. Nothing, if they do not fit.
    pub(super) fn taken_from_tuple<'p>(
        &self,
        tuple: &'p PatTuple,
        terms: &[Term],
    ) -> Option<Vec<(&'p Pat, Term)>> {
        let (parts, count) = (&tuple.elems, terms.len());
        let Some(rest) = place_of_rest(parts) else {
            let fits = parts.len() == count;
            return fits.then(|| parts.iter().zip(terms.iter().cloned()).collect());
        };
        let after = parts.len() - rest - 1;
        if rest + after > count {
            return None;
        }
        let first = parts.iter().take(rest).zip(&terms[..rest]);
        let last = parts.iter().skip(rest + 1).zip(&terms[count - after..]);
        Some(first.chain(last).map(|(part, term)| (part, term.clone())).collect())
    }

    /// What an array pattern takes an array or a part of one apart into.
    pub(super) fn taken_from_array(&mut self, slice: &PatSlice, term: Term) -> Option<Taken> {
        let (parts, rest) = (&slice.elems, place_of_rest(&slice.elems));
        let term = match self.settled(term, slice) {
            Term::Reference(place) => self.read(&place),
            term => term,
        };
        if let Term::Tuple(_) = term {
            self.fail(slice, "this is not an array");
        }
        if let Term::One(array) = term {
            // Its length is the pattern's, where nothing else says it.
            let ty = self.graph.resolve(&self.graph.ty(array));
            let known = matches!(&ty, Type::Array(_, length) if length.size().is_some());
            let length = if known { self.graph.fresh_length() } else { Length::Fixed(parts.len()) };
            let ty = Type::array(self.graph.fresh_type(), length);
            if (!known && rest.is_some()) || !self.graph.expect(array, &ty) {
                let message = "this is not known to be an array: give it to a variable with a type, \
                               `let y: [f64; 3] = …;`";
                self.fail(slice, message);
                return None;
            }
        }
        if !matches!(term, Term::One(_) | Term::Rows(_) | Term::Sequence(_)) {
            return None;
        }
        let at = syn::Expr::Verbatim(quote::ToTokens::to_token_stream(slice));
        let whole = self.sequence_of(&term, By::Reference, &at)?;
        self.at(slice.span());
        let count = self.number_of(&whole);
        let needed = parts.len() - usize::from(rest.is_some());
        let holds = self.has_as_many(count, needed, rest.is_some());
        if self.graph.as_bool(holds) == Some(false) && self.is_settled_length(&term) {
            self.fail(slice, format!("this is not an array of that many elements: the pattern has {needed}"));
            return None;
        }
        let terms = (0..parts.len()).map(|place| match rest {
            Some(rest) if place == rest => {
                let after = self.graph.usize(parts.len() - rest - 1);
                let start = self.plus(whole.start, rest);
                let end = self.graph.sub(whole.end, after);
                Term::Sequence(std::rc::Rc::new(Sequence { start, end, ordered: true, ..whole.clone() }))
            }
            Some(rest) if place > rest => {
                let back = self.graph.usize(parts.len() - place);
                let index = self.graph.sub(whole.end, back);
                self.element_where(holds, &whole, index)
            }
            _ => {
                let index = self.plus(whole.start, place);
                self.element_where(holds, &whole, index)
            }
        });
        let terms = terms.collect();
        Some(Taken { holds, terms })
    }

    /// Whether the length of an array is part of its type, which then has to fit.
    fn is_settled_length(&self, term: &Term) -> bool {
        let Term::One(array) = term else { return false };
        match self.graph.resolve(&self.graph.ty(*array)) {
            Type::Array(_, length) => matches!(length, Length::Fixed(_)),
            _ => false,
        }
    }

    fn plus(&mut self, start: Value, more: usize) -> Value {
        let more = self.graph.usize(more);
        if self.graph.as_int(start) == Some(0) { more } else { self.graph.add(start, more) }
    }

    fn has_as_many(&mut self, count: Value, needed: usize, or_more: bool) -> Value {
        let beyond = self.graph.polynomial(count).minus(&(needed as i128).into());
        if or_more && beyond.is_never_negative() {
            return self.graph.bool(true);
        }
        let needed = self.graph.usize(needed);
        let comparison = if or_more { Comparison::Ge } else { Comparison::Eq };
        self.graph.compare(comparison, count, needed)
    }

    /// An element that is there only where a condition holds.
    fn element_where(&mut self, holds: Value, whole: &Sequence, index: Value) -> Term {
        let read = |this: &mut Self| match this.item_at(whole, index).0 {
            Term::Reference(place) => this.read(&place),
            term => term,
        };
        match self.graph.as_bool(holds) {
            Some(true) => read(self),
            _ => self.only_if(holds, true, Term::Unset, read),
        }
    }

    /// Declares the names that all alternatives of a pattern have, with what the first one yields that matches.
    pub(super) fn bind_alternatives(&mut self, or: &PatOr, term: &Term, access: Access) {
        let Some((last, others)) =
            or.cases.iter().collect::<Vec<_>>().split_last().map(|(a, b)| (*a, b.to_vec()))
        else {
            return;
        };
        let names: Vec<Ident> = names_in(last).into_iter().cloned().collect();
        if names.is_empty() {
            return;
        }
        let mut found = self.bound_by(last, &names, term, access);
        for case in others.into_iter().rev() {
            let bound = self.bound_by(case, &names, term, access);
            // A value that nobody knows must not be taken for one that nobody looks at.
            let pairs = bound.iter().zip(&found);
            let unknown = names.iter().zip(pairs).find(|(_, (a, b))| a.0.is_unset() || b.0.is_unset());
            if let Some((name, _)) = unknown {
                let message =
                    "what this is in one of the alternatives is not known here: write an arm for each";
                self.fail(name, message);
                names.iter().for_each(|name| self.declare(name, Term::Poison, false, access));
                return;
            }
            let Some(holds) = self.test(case, term) else { return };
            let otherwise = Term::Tuple(found.iter().map(|(term, ..)| term.clone()).collect());
            let these = Term::Tuple(bound.iter().map(|(term, ..)| term.clone()).collect());
            let Term::Tuple(terms) = self.only_if(holds, true, otherwise, |_| these) else { return };
            found = terms
                .into_iter()
                .zip(bound)
                .map(|(term, (_, mutable, access))| (term, mutable, access))
                .collect();
        }
        for (name, (term, mutable, access)) in names.iter().zip(found) {
            self.declare(name, term, mutable, access);
        }
    }

    /// What an alternative yields for each name.
    fn bound_by(
        &mut self,
        case: &Pat,
        names: &[Ident],
        term: &Term,
        access: Access,
    ) -> Vec<(Term, bool, Access)> {
        self.scopes.enter();
        self.bind(case, term.clone(), access);
        let bound = names.iter().map(|name| match self.find(name) {
            Some(id) => {
                let variable = &self.variables[id];
                (variable.term.clone(), variable.mutable, variable.access)
            }
            None => (Term::Poison, false, access),
        });
        let bound = bound.collect();
        self.scopes.leave();
        bound
    }
}

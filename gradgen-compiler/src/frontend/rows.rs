//! Arrays of structs and tuples. The graph has arrays of numbers only, so each field is an array of its own, and
//! what stands at an index is read from all of them.

use std::rc::Rc;

use proc_macro2::Span;
use syn::Expr;
use syn::spanned::Spanned;

use super::body::Lowering;
use super::sequences::{By, Sequence, Source};
use super::signature::bare;
use super::terms::{Term, flat, refill};
use crate::ir::{Length, Type, Value};

/// A term of the same form, with other values.
fn map_values(term: &Term, values: Vec<Value>) -> Term {
    refill(term, &mut values.into_iter())
}

/// The first value of a term: that it is an array says what the others are.
pub(super) fn first_value(term: &Term) -> Option<Value> {
    flat(term)?.first().copied()
}

/// What stands behind so many indices of rows.
pub(super) fn behind(term: &Term, indices: usize) -> Option<&Term> {
    match term {
        term if indices == 0 => Some(term),
        Term::Rows(row) => behind(row, indices - 1),
        _ => None,
    }
}

impl Lowering<'_> {
    /// An array of such elements.
    pub(super) fn array_of_terms(&mut self, terms: Vec<Term>, elements: &[&Expr], span: Span) -> Term {
        let mut rows = vec![];
        for (term, element) in terms.into_iter().zip(elements) {
            match self.row_of(term, element) {
                Some(row) => rows.push(row),
                None => return Term::Poison,
            }
        }
        let Some(first) = rows.first().cloned() else { return Term::Poison };
        let columns = flat(&first).map_or(0, |values| values.len());
        let mut arrays = vec![];
        for column in 0..columns {
            let ty = self.graph.fresh_type();
            let mut values = vec![];
            for (row, element) in rows.iter().zip(elements) {
                let value = flat(row).and_then(|values| values.get(column).copied());
                match value.filter(|_| row.is_like(&first)) {
                    Some(value) if self.graph.expect(value, &ty) => values.push(value),
                    _ => return self.fail(element, "the elements of an array have one type"),
                }
            }
            self.at(span);
            arrays.push(self.graph.array(values, ty));
        }
        Term::Rows(Rc::new(map_values(&first, arrays)))
    }

    /// `[row; length]`.
    pub(super) fn repeated(&mut self, term: Term, length: &Length, at: &Expr) -> Term {
        let Some(row) = self.row_of(term, at) else { return Term::Poison };
        let values = flat(&row).unwrap_or_default();
        let arrays = values.into_iter().map(|value| self.graph.splat(value, length.clone())).collect();
        Term::Rows(Rc::new(map_values(&row, arrays)))
    }

    /// A term all of whose parts are values, as an element of an array has to be.
    fn row_of(&mut self, term: Term, at: &Expr) -> Option<Term> {
        self.at(at.span());
        if let Term::Poison | Term::Never | Term::Unset = term {
            self.yielded(term, at);
            return None;
        }
        let errors = self.diagnostics.messages().count();
        let row = self.as_row(term);
        if row.is_none() && self.diagnostics.messages().count() == errors {
            self.fail(
                at,
                "the elements of an array are understood as numbers, and as structs and tuples of them",
            );
        }
        row
    }

    /// An item as an element of an array, where it can be one.
    pub(super) fn as_row(&mut self, term: Term) -> Option<Term> {
        let term = match term {
            Term::Record(_) => self.settled(term, proc_macro2::TokenStream::new()),
            Term::Reference(place) => self.read(&place),
            term => term,
        };
        match term {
            Term::One(_) => Some(term),
            Term::Rows(_) => self.values_of(&term, &proc_macro2::TokenStream::new()),
            Term::Tuple(terms) if !terms.is_empty() => {
                Some(Term::Tuple(terms.into_iter().map(|term| self.as_row(term)).collect::<Option<_>>()?))
            }
            Term::Struct(path, fields) if !fields.is_empty() => {
                let fields = fields.into_iter().map(|(name, term)| Some((name, self.as_row(term)?)));
                Some(Term::Struct(path, fields.collect::<Option<_>>()?))
            }
            Term::Sequence(part) => {
                let span = self.span();
                match self.array_of(&part, span) {
                    Term::Poison => None,
                    array => Some(array),
                }
            }
            _ => None,
        }
    }

    /// The type of an array that is as long as rows are.
    pub(super) fn type_of_rows(&mut self, row: &Term) -> Option<Type> {
        if let Term::Record(record) = row {
            let mut rows = (**record).clone();
            rows.path.pop();
            let length = self.length_of_rows(&rows)?;
            return Some(Type::array(self.graph.fresh_type(), length));
        }
        first_value(row).map(|array| self.graph.ty(array))
    }

    /// What stands at an index of rows.
    pub(super) fn row_at(&mut self, row: &Term, index: Value) -> Term {
        if let Term::Record(record) = row {
            let mut element = (**record).clone();
            element.indices.push(index);
            return Term::Record(Rc::new(element));
        }
        let values = flat(row).unwrap_or_default();
        let values = values.into_iter().map(|array| self.graph.get(array, &[index])).collect();
        map_values(row, values)
    }

    /// The items of rows.
    pub(super) fn sequence_of_rows(&mut self, row: &Rc<Term>, by: By, at: &Expr) -> Option<Sequence> {
        let end = match &**row {
            Term::Record(_) => match self.type_of_rows(row)? {
                Type::Array(_, length) => self.graph.length(&length),
                _ => return None,
            },
            row => self.array_end(first_value(row)?, at)?,
        };
        let start = self.graph.usize(0);
        let rows = Sequence::new(start, end, Source::Rows { row: row.clone(), by });
        Some(Sequence { ordered: true, ..rows })
    }

    /// Makes the types of rows what the annotation of an array says.
    pub(super) fn annotate_rows(&mut self, row: &Term, ty: &syn::Type) {
        if let Term::Record(_) = row {
            // A parameter's type is known.
            return;
        }
        if let Some((element, length)) = self.axis(ty) {
            self.annotate_columns(row, &element, &[length]);
        }
    }

    /// The element's type and the length of an array's annotation.
    fn axis(&mut self, ty: &syn::Type) -> Option<(syn::Type, Length)> {
        match bare(ty) {
            syn::Type::Array(array) => Some(((*array.elem).clone(), self.length(&array.len))),
            syn::Type::Slice(slice) => Some(((*slice.elem).clone(), self.graph.fresh_length())),
            syn::Type::Reference(reference) => self.axis(&reference.elem),
            syn::Type::Path(path) => {
                if let Some(alias) = self.alias(&path.path) {
                    return self.axis(&alias);
                }
                let element = super::patterns::element_of_vector(path.path.segments.last()?)?;
                Some((element.clone(), self.graph.fresh_length()))
            }
            _ => None,
        }
    }

    fn annotate_columns(&mut self, row: &Term, ty: &syn::Type, lengths: &[Length]) {
        match (row, bare(ty)) {
            (_, syn::Type::Infer(_)) => {}
            (Term::One(array), _) => {
                let Some(element) = self.annotation(ty) else { return };
                let wanted = lengths.iter().rev().fold(element, |ty, length| Type::array(ty, length.clone()));
                if !self.graph.expect(*array, &wanted) {
                    let found = self.graph.type_text(&self.graph.ty(*array));
                    self.fail(ty, format!("the value is understood as {found}"));
                }
            }
            (Term::Tuple(terms), syn::Type::Tuple(tuple)) if terms.len() == tuple.elems.len() => {
                for (term, ty) in terms.iter().zip(&tuple.elems) {
                    self.annotate_columns(term, ty, lengths);
                }
            }
            (Term::Rows(row), _) => {
                if let Some((element, length)) = self.axis(ty) {
                    self.annotate_columns(row, &element, &[lengths, &[length]].concat());
                }
            }
            (Term::Struct(..), syn::Type::Path(_)) => {
                // Its fields' types rustc knows; how many there are is said here.
                if let Some(array) = first_value(row) {
                    let any = self.graph.fresh_type();
                    let wanted = lengths.iter().rev().fold(any, |ty, length| Type::array(ty, length.clone()));
                    self.graph.expect(array, &wanted);
                }
            }
            _ => {
                self.fail(ty, "the value is understood as an array of something else");
            }
        }
    }

    /// Rows as what has an item for each of them, for the methods of slices.
    pub(super) fn rows_as_part(&mut self, term: Term, at: &Expr) -> Term {
        match &term {
            Term::Rows(row) => match self.sequence_of_rows(row, By::Reference, at) {
                Some(sequence) => Term::Sequence(Rc::new(sequence)),
                None => Term::Poison,
            },
            _ => term,
        }
    }
}

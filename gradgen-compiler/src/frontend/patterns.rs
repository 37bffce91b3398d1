//! Patterns of `let` and of parameters: names, `_`, tuples and arrays of them, with types.

use std::rc::Rc;

use syn::Pat;

use super::body::{Access, Lowering};
use super::closures::is_function;
use super::elements::has_rest;
use super::integers::integer_named;
use super::names::plain;
use super::parameters::Argument;
use super::sequences::Form;
use super::signature::{bare, bare_expression};
use super::terms::{Record, Term};
use crate::ir::{Atom, Length, Polynomial, Type};

impl Lowering<'_> {
    /// Declares the variables of a pattern.
    pub(super) fn bind(&mut self, pattern: &Pat, term: Term, access: Access) {
        match pattern {
            Pat::Ident(name) if matches!(term, Term::Maybe(_)) && name.ident == "None" => {}
            Pat::Ident(name) if name.by_ref.is_none() && self.is_constant_name(&name.ident) => {}
            Pat::Ident(name) if name.by_ref.is_none() => {
                if let Some((_, inner)) = &name.subpat {
                    self.bind(inner, term.clone(), access);
                }
                let refers = matches!(term, Term::Reference(_) | Term::Poison);
                let access = if refers && access == Access::Output { Access::Owned } else { access };
                if access == Access::Output {
                    self.fail(
                        pattern,
                        "a second name for a `&mut` parameter is not understood: use the parameter, or copy it with `*`",
                    );
                }
                // A pattern may name a constant instead of a variable; then rustc refuses it, since
                // a constant does not match everything.
                self.declare(&name.ident, term, name.mutability.is_some(), access);
            }
            Pat::Wild(_) => {}
            Pat::Paren(inner) => self.bind(&inner.pat, term, access),
            Pat::Reference(inner) => {
                let term = match term {
                    Term::Reference(place) => self.read(&place),
                    term => term,
                };
                self.bind(&inner.pat, term, Access::Owned);
            }
            Pat::Type(typed) => {
                let owned =
                    if let syn::Type::Reference(_) = bare(&typed.ty) { Access::Shared } else { access };
                if !matches!(term, Term::Poison) || !is_function(&typed.ty) {
                    self.annotate(&term, &typed.ty);
                }
                let term = self.with_typed_value(term, &typed.ty);
                self.bind(&typed.pat, term, owned);
            }
            Pat::Tuple(tuple) => {
                let term = match term {
                    Term::Record(record) => self.opened(&record, tuple),
                    term => term,
                };
                let each = |term: Term| tuple.elems.iter().map(|part| (part, term.clone())).collect();
                let taken = match &term {
                    Term::Tuple(terms) => self.taken_from_tuple(tuple, terms),
                    Term::Poison | Term::Unset => Some(each(term.clone())),
                    _ => None,
                };
                let taken = taken.unwrap_or_else(|| {
                    let message = if has_rest(tuple) && !matches!(term, Term::Tuple(_)) {
                        "how many values this has is not known here: write `_` for each that is left out"
                    } else {
                        "this is not a tuple of that many values"
                    };
                    self.fail(tuple, message);
                    each(Term::Poison)
                });
                for (part, term) in taken {
                    self.bind(part, term, access);
                }
            }
            Pat::Slice(slice) => {
                let terms = self.taken_from_array(slice, term).map(|taken| taken.terms);
                let terms = terms.unwrap_or_else(|| vec![Term::Poison; slice.elems.len()]);
                for (part, term) in slice.elems.iter().zip(terms) {
                    self.bind(part, term, access);
                }
            }
            Pat::TupleStruct(variant) if matches!(term, Term::Maybe(_)) => {
                self.bind_variant(variant, term, access);
            }
            // They name nothing: what they compare with, a condition has.
            Pat::Struct(_) | Pat::TupleStruct(_) => self.bind_struct(pattern, term, access),
            Pat::Or(or) => self.bind_alternatives(or, &term, access),
            Pat::Lit(_) | Pat::Range(_) | Pat::Path(_) | Pat::Const(_) => {}
            // What it leaves out has no name.
            Pat::Rest(_) => {}
            other => {
                self.fail(other, "this pattern is not understood: use names, `_`, tuples and arrays of them");
            }
        }
    }

    /// Declares the variables of a pattern for an item.
    pub(super) fn bind_item(&mut self, pattern: &Pat, term: Term, form: &Form) {
        match (pattern, term, form) {
            (Pat::Paren(inner), term, form) => self.bind_item(&inner.pat, term, form),
            (Pat::Tuple(tuple), Term::Tuple(terms), Form::Tuple(forms))
                if terms.len() == tuple.elems.len() && forms.len() == terms.len() =>
            {
                for ((pattern, term), form) in tuple.elems.iter().zip(terms).zip(forms) {
                    self.bind_item(pattern, term, form);
                }
            }
            (pattern, term, form) => self.bind(pattern, term, form.access()),
        }
    }

    /// Declares what is in `Some(…)`, `Ok(…)` or `Err(…)`.
    fn bind_variant(&mut self, variant: &syn::PatTupleStruct, term: Term, access: Access) {
        let Term::Maybe(maybe) = term else { return };
        let is_error = variant.path.segments.last().is_some_and(|last| last.ident == "Err");
        let inside = if is_error { Term::Unset } else { maybe.value };
        for pattern in &variant.elems {
            self.bind(pattern, inside.clone(), access);
        }
    }

    /// Makes a value's type what an annotation says.
    pub(super) fn annotate(&mut self, term: &Term, ty: &syn::Type) {
        match (term, ty) {
            (_, syn::Type::Paren(inner)) => self.annotate(term, &inner.elem),
            (_, syn::Type::Group(inner)) => self.annotate(term, &inner.elem),
            (_, syn::Type::Reference(reference)) => self.annotate(term, &reference.elem),
            (Term::Tuple(terms), syn::Type::Tuple(tuple)) if terms.len() == tuple.elems.len() => {
                for (term, ty) in terms.iter().zip(&tuple.elems) {
                    self.annotate(term, ty);
                }
            }
            (Term::One(_), _) if self.is_annotated_number(term, ty) => {}
            (Term::One(value), _) => {
                if let Some(known) = self.annotation(ty)
                    && !self.graph.expect(*value, &known)
                {
                    let found = self.graph.type_text(&self.graph.ty(*value));
                    self.fail(ty, format!("the value is understood as {found}"));
                }
            }
            (Term::Maybe(maybe), syn::Type::Path(path)) => {
                let value = path.path.segments.last().and_then(|last| match &last.arguments {
                    syn::PathArguments::AngleBracketed(arguments) => arguments.args.first(),
                    _ => None,
                });
                if let Some(syn::GenericArgument::Type(ty)) = value {
                    self.annotate(&maybe.value, ty);
                }
            }
            (Term::Tuple(_), _) => {
                self.fail(ty, "the value is a tuple");
            }
            (Term::Rows(row), _) => self.annotate_rows(row, ty),
            // rustc knows these types.
            (Term::Struct(..) | Term::Closure(_) | Term::Sequence(_) | Term::Reference(_), _) => {}
            (Term::Never | Term::Unset | Term::Poison | Term::Maybe(_), _) => {}
            (Term::Record(record), _) => self.annotate_record(record, ty),
        }
    }

    /// Makes the type of a field what an annotation says, where it is that of a value.
    fn annotate_record(&mut self, record: &Rc<Record>, ty: &syn::Type) {
        if !self.is_understood(ty) {
            return;
        }
        let term = self.settled(Term::Record(record.clone()), ty);
        if let Term::One(_) = term {
            self.annotate(&term, ty);
        }
    }

    /// The type that an annotation means.
    pub(super) fn annotation(&mut self, ty: &syn::Type) -> Option<Type> {
        match ty {
            syn::Type::Paren(inner) => self.annotation(&inner.elem),
            syn::Type::Group(inner) => self.annotation(&inner.elem),
            syn::Type::Infer(_) => Some(self.graph.fresh_type()),
            syn::Type::Array(array) => {
                let element = self.annotation(&array.elem)?;
                Some(Type::array(element, self.length(&array.len)))
            }
            syn::Type::Slice(slice) => {
                let element = self.annotation(&slice.elem)?;
                Some(Type::array(element, self.graph.fresh_length()))
            }
            syn::Type::Path(path) if path.qself.is_none() => {
                let last = path.path.segments.last()?;
                if let Some(element) = element_of_vector(last) {
                    let element = self.annotation(element)?;
                    return Some(Type::array(element, self.graph.fresh_length()));
                }
                if let Some(Argument::Type) =
                    path.path.get_ident().and_then(|name| self.lengths.get(&plain(name)))
                {
                    return Some(self.graph.fresh_type());
                }
                if let Some(ty) = self.alias(&path.path) {
                    return self.annotation(&ty);
                }
                let word = last.ident.to_string();
                let scalar = self.graph.scalar_name().to_owned();
                match word.as_str() {
                    _ if integer_named(&word).is_some() => integer_named(&word).map(Type::Int),
                    "bool" => Some(Type::Bool),
                    _ if word == scalar => Some(Type::Real),
                    "f64" | "f32" => {
                        self.fail(
                            ty,
                            format!("the function computes in {scalar}: one scalar type is used throughout"),
                        );
                        None
                    }
                    _ => {
                        self.fail(
                            ty,
                            "this type is not understood: f64 or f32, arrays of it, usize, i32, bool",
                        );
                        None
                    }
                }
            }
            other => {
                self.fail(other, "this type is not understood: f64 or f32, arrays of it, usize, i32, bool");
                None
            }
        }
    }

    /// The length in an array type or a repeat expression.
    pub(super) fn length(&mut self, length: &syn::Expr) -> Length {
        use quote::ToTokens;
        if let syn::Expr::Infer(_) = bare_expression(length) {
            return self.graph.fresh_length();
        }
        match self.size(length) {
            Ok(Some(size)) => Length::of(size),
            Ok(None) => Length::Symbol(self.symbol(&length.to_token_stream())),
            Err(Refused::Reported) => Length::Unknown,
            Err(Refused::Unsettled(length)) => length,
        }
    }

    /// A length as a polynomial of constants, where it is one.
    fn size(&mut self, length: &syn::Expr) -> Result<Option<Polynomial>, Refused> {
        use quote::ToTokens;
        Ok(match bare_expression(length) {
            syn::Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Int(literal) => {
                    literal.base10_parse::<usize>().ok().map(|size| (size as i128).into())
                }
                _ => None,
            },
            syn::Expr::Path(path) => {
                if let Some(ident) = path.path.get_ident()
                    && self.find(ident).is_some()
                {
                    self.fail(ident, "a length is a literal or a constant, not a variable");
                    return Err(Refused::Reported);
                }
                if let Some(length) =
                    path.path.get_ident().and_then(|name| self.argument_length(&plain(name)))
                {
                    return match length.size() {
                        Some(size) => Ok(Some(size)),
                        None => Err(Refused::Unsettled(length)),
                    };
                }
                if let Some(size) = self.known_size(&path.path) {
                    return Ok(Some((size as i128).into()));
                }
                Some(Atom::Symbol(self.symbol(&path.to_token_stream())).into())
            }
            syn::Expr::Binary(binary) => {
                let (a, b) = (self.size(&binary.left)?, self.size(&binary.right)?);
                match (&binary.op, a, b) {
                    (syn::BinOp::Add(_), Some(a), Some(b)) => Some(a.plus(&b)),
                    (syn::BinOp::Sub(_), Some(a), Some(b)) => Some(a.minus(&b)),
                    (syn::BinOp::Mul(_), Some(a), Some(b)) => Some(a.times(&b)),
                    _ => None,
                }
            }
            _ => None,
        })
    }
}

/// The `T` of `Vec<T>`.
pub(super) fn element_of_vector(segment: &syn::PathSegment) -> Option<&syn::Type> {
    match &segment.arguments {
        syn::PathArguments::AngleBracketed(arguments) if segment.ident == "Vec" => {
            match arguments.args.first() {
                Some(syn::GenericArgument::Type(element)) if arguments.args.len() == 1 => Some(element),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Why there is no polynomial.
enum Refused {
    /// The length was reported.
    Reported,
    /// It is that of an argument, and not known yet.
    Unsettled(Length),
}

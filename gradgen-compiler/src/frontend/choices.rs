//! Enums without data: a parameter of such a type is known by what the function asks of it, `matches!(mode,
//! Mode::Linear)`. Each question is a truth value that is an input of the graph, and stands in generated code as the
//! user wrote it, before the call: so rustc decides what is a variant, and what is equal.

use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{BinOp, Expr, Pat, Token};

use super::body::{Lowering, Shape};
use super::names::plain;
use super::signature::{bare, bare_expression};
use super::structures::Leaf;
use super::terms::{Record, Term};
use crate::ir::{Type, Value};

/// A comparison that is a question, or the two values that are compared.
type Compared = Result<Term, (Option<Value>, Option<Value>)>;

/// What a function asks of a parameter, or of a field of one, that it does not read as a value.
#[derive(Clone)]
pub enum Question {
    /// `matches!(mode, Mode::Linear)`.
    Is(TokenStream),
    /// `mode == Mode::Linear`.
    Compared(BinOp, syn::Path),
    /// `Mode::Linear == mode`.
    ComparedWith(syn::Path, BinOp),
    /// `mode as usize`.
    Number(syn::Type),
}

impl Question {
    /// The question, of a place.
    #[must_use]
    pub fn of(&self, place: &TokenStream) -> TokenStream {
        match self {
            Self::Is(pattern) => quote!(::core::matches!(#place, #pattern)),
            Self::Compared(op, path) => quote!(#place #op #path),
            Self::ComparedWith(path, op) => quote!(#path #op #place),
            Self::Number(ty) => quote!(#place as #ty),
        }
    }

    /// Whether two are one.
    fn is_like(&self, other: &Self) -> bool {
        let text = |question: &Self| question.of(&TokenStream::new()).to_string();
        text(self) == text(other)
    }

    /// What the answer is called, behind the name of what is asked.
    #[must_use]
    pub fn name(&self) -> String {
        let variant = |path: &syn::Path| path.segments.last().map_or_else(String::new, snake_case);
        match self {
            Self::Is(pattern) => {
                let paths = Punctuated::<syn::Path, Token![|]>::parse_separated_nonempty;
                let paths = paths.parse2(pattern.clone()).unwrap_or_default();
                format!("is_{}", paths.iter().map(variant).collect::<Vec<_>>().join("_or_"))
            }
            Self::Compared(BinOp::Ne(_), path) | Self::ComparedWith(path, BinOp::Ne(_)) => {
                format!("is_not_{}", variant(path))
            }
            Self::Compared(_, path) | Self::ComparedWith(path, _) => format!("equals_{}", variant(path)),
            Self::Number(_) => "number".to_owned(),
        }
    }
}

/// `TwoWay` as `two_way`.
fn snake_case(segment: &syn::PathSegment) -> String {
    let mut name = String::new();
    let mut after_small = false;
    for letter in plain(&segment.ident).chars() {
        if letter.is_uppercase() && after_small {
            name.push('_');
        }
        after_small = letter.is_lowercase() || letter.is_ascii_digit();
        name.extend(letter.to_lowercase());
    }
    name
}

impl Lowering<'_> {
    /// Whether a part of a parameter is known to be an enum.
    pub(super) fn is_choice(&self, record: &Record) -> bool {
        let Some(ty) = self.type_of_record(record) else { return false };
        let syn::Type::Path(path) = bare(&ty) else { return false };
        path.path.get_ident().is_some_and(|name| self.context.has_enum(&plain(name)))
    }

    /// The answer to a question about a parameter.
    fn ask(&mut self, record: &Rc<Record>, question: Question, ty: Type) -> Value {
        let is_same = |leaf: &&Leaf| {
            leaf.record.is_at(record) && leaf.question.as_ref().is_some_and(|known| known.is_like(&question))
        };
        if let Some(leaf) = self.leaves.iter().find(is_same) {
            let value = leaf.value;
            return self.graph.get(value, &record.indices);
        }
        let lengths = self.lengths_on_the_way(record);
        let value = self.graph.late_input(lengths.into_iter().rev().fold(ty, Type::array));
        let of_all = Record { indices: vec![], ..(**record).clone() };
        self.leaves.push(Leaf { record: of_all, question: Some(question), value });
        self.graph.get(value, &record.indices)
    }

    /// Whether a part of a parameter is one of the variants that a pattern names.
    pub(super) fn is_variant(&mut self, record: &Rc<Record>, pattern: &Pat) -> Value {
        let named = self.with_own_paths(pattern).to_token_stream();
        self.ask(record, Question::Is(named), Type::Bool)
    }

    /// The pattern with `Self` by its name.
    fn with_own_paths(&self, pattern: &Pat) -> Pat {
        match pattern {
            Pat::Path(path) => match self.without_self(path) {
                Some(named) => Pat::Path(named),
                None => pattern.clone(),
            },
            Pat::Paren(inner) => self.with_own_paths(&inner.pat),
            Pat::Reference(inner) => self.with_own_paths(&inner.pat),
            Pat::Or(or) => {
                let mut or = or.clone();
                or.leading_vert = None;
                or.cases.iter_mut().for_each(|case| *case = self.with_own_paths(case));
                Pat::Or(or)
            }
            other => other.clone(),
        }
    }

    /// `mode == Mode::Linear` and `Mode::Linear != mode`. Nothing, if this is a comparison of values.
    pub(super) fn compared_with_variant(&mut self, binary: &syn::ExprBinary) -> Option<Compared> {
        let op = match binary.op {
            BinOp::Eq(_) | BinOp::Ne(_) => binary.op,
            _ => return None,
        };
        // A path has no effects, so the order of the two is of no consequence.
        let (path, other, is_left) = match (variant(&binary.left), variant(&binary.right)) {
            (None, Some(path)) => (path, &binary.left, false),
            (Some(path), None) => (path, &binary.right, true),
            _ => return None,
        };
        let path = self.without_self(path).map_or_else(|| path.path.clone(), |named| named.path);
        let term = self.expression(other, &Shape::Single);
        if let Term::Record(record) = &term
            && (record.path.is_empty() || self.is_choice(record) || !self.may_be_value(record, &path))
        {
            let question =
                if is_left { Question::ComparedWith(path, op) } else { Question::Compared(op, path) };
            return Some(Ok(Term::One(self.ask(record, question, Type::Bool))));
        }
        let value = self.one_of(term, other);
        Some(Err(if is_left {
            (self.single(&binary.left), value)
        } else {
            (value, self.single(&binary.right))
        }))
    }

    /// Whether a field that is compared with a path may be a number. To take it for an enum is right too, as the
    /// comparison is then the user's.
    fn may_be_value(&self, record: &Record, path: &syn::Path) -> bool {
        self.is_read(record)
            || names_a_constant(path)
            || self.type_of_record(record).is_some_and(|ty| self.is_understood(&ty))
    }

    /// `mode as usize`, of a parameter. Nothing, if this is a cast of a value.
    pub(super) fn number_of_variant(&mut self, cast: &syn::ExprCast, term: &Term) -> Option<Term> {
        let Term::Record(record) = term else { return None };
        // A field may be a number. A whole struct is none.
        if !record.path.is_empty() && !self.is_choice(record) {
            return None;
        }
        let ty = self.annotation(&cast.ty)?;
        if !matches!(ty, Type::Int(_)) {
            return Some(self.fail(&cast.ty, "an enum is cast to an integer"));
        }
        Some(Term::One(self.ask(record, Question::Number((*cast.ty).clone()), ty)))
    }
}

/// Whether a pattern is made of paths only, which cannot be names of variables.
pub(super) fn names_variants(pattern: &Pat) -> bool {
    match pattern {
        Pat::Path(path) => path.qself.is_none() && path.path.segments.len() > 1,
        Pat::Paren(inner) => names_variants(&inner.pat),
        Pat::Reference(inner) => names_variants(&inner.pat),
        Pat::Or(or) => or.cases.iter().all(names_variants),
        _ => false,
    }
}

/// The path that may be that of a variant: `Mode::Linear`.
fn variant(expression: &Expr) -> Option<&syn::ExprPath> {
    let Expr::Path(path) = bare_expression(expression) else { return None };
    (path.qself.is_none() && path.path.segments.len() > 1).then_some(path)
}

/// Whether a path is in the manner of constants: `limits::SPEED`.
fn names_a_constant(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| !plain(&last.ident).chars().any(char::is_lowercase))
}

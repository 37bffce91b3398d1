//! `#[gradgen::bound(50)]`: how often a loop is run at most.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, BinOp, Expr, Lit};

use super::body::Lowering;
use super::signature::bare_expression;
use crate::ir::{Atom, Int, Length, Type, Value};

const HINT: &str = "a bound is the number of iterations that a loop has at most, a literal, a constant or a size: \
                    `#[gradgen::bound(50)]`";

/// A bound that is understood.
pub(super) struct Bound {
    pub(super) length: Length,
    /// The same as a `usize`.
    pub(super) value: Value,
    pub(super) argument: Expr,
}

impl Lowering<'_> {
    /// The bound that is stated above a loop.
    pub(super) fn bound(&mut self, attributes: &[Attribute]) -> Option<Bound> {
        let mut bounds =
            attributes.iter().filter(|attribute| states_bound(&attribute.meta.to_token_stream()));
        let first = bounds.next()?;
        for other in bounds {
            self.fail(other, "a second bound of one loop");
        }
        let Ok(argument) = first.parse_args::<Expr>() else {
            self.fail(first, HINT);
            return None;
        };
        if !is_size(&argument) {
            self.fail(&argument, HINT);
            return None;
        }
        let length = if self.has_variable(&argument) {
            self.run_time_bound(&argument)?
        } else {
            self.length(&argument)
        };
        if length == Length::Fixed(0) {
            self.fail(&argument, "a loop of no iterations: a bound is at least 1");
            return None;
        }
        let value = self.graph.length(&length);
        Some(Bound { length, value, argument })
    }

    fn has_variable(&mut self, size: &Expr) -> bool {
        match bare_expression(size) {
            Expr::Path(path) => path.path.get_ident().is_some_and(|ident| self.find(ident).is_some()),
            Expr::Binary(binary) => self.has_variable(&binary.left) || self.has_variable(&binary.right),
            _ => false,
        }
    }

    /// A bound that only run time knows follows from the sizes of the inputs, as a length does.
    fn run_time_bound(&mut self, size: &Expr) -> Option<Length> {
        let value = self.single(size)?;
        let polynomial = self.graph.polynomial(value);
        let is_size = |atom: &Atom| !matches!(atom, Atom::Value(_));
        if self.graph.expect(value, &Type::Int(Int::Usize)) && polynomial.atoms().iter().all(is_size) {
            return Some(Length::of(polynomial));
        }
        let message = "a bound has to follow from the sizes of the inputs: from literals, constants, `usize` inputs \
                       and lengths";
        self.fail(size, message);
        None
    }
}

/// Whether an expression is made of whole numbers and paths.
fn is_size(expression: &Expr) -> bool {
    match bare_expression(expression) {
        Expr::Lit(literal) => {
            matches!(&literal.lit, Lit::Int(number) if matches!(number.suffix(), "" | "usize"))
        }
        Expr::Path(path) => path.qself.is_none(),
        Expr::Binary(binary) => {
            matches!(binary.op, BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_))
                && is_size(&binary.left)
                && is_size(&binary.right)
        }
        _ => false,
    }
}

/// The same tokens without the bounds that are stated in them: rustc knows no attributes of loops.
/// Nothing, if there are none.
#[must_use]
pub fn without_bounds(tokens: &TokenStream) -> Option<TokenStream> {
    let mut rest = tokens.clone().into_iter().peekable();
    let mut kept: Vec<TokenTree> = vec![];
    let mut found = false;
    while let Some(token) = rest.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                if rest.next_if(is_bracket_of_bound).is_some() {
                    found = true;
                } else {
                    kept.push(punct.into());
                }
            }
            TokenTree::Group(group) => match without_bounds(&group.stream()) {
                Some(inner) => {
                    found = true;
                    let mut new = proc_macro2::Group::new(group.delimiter(), inner);
                    new.set_span(group.span());
                    kept.push(new.into());
                }
                None => kept.push(group.into()),
            },
            token => kept.push(token),
        }
    }
    found.then(|| kept.into_iter().collect())
}

/// Whether a token is what follows the `#` of a bound.
fn is_bracket_of_bound(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket && states_bound(&group.stream()),
        _ => false,
    }
}

/// Whether the content of an attribute states a bound: its path ends in `gradgen::bound`.
pub(super) fn states_bound(content: &TokenStream) -> bool {
    let path = content.clone().into_iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
    let path: Vec<_> = path.map(|token| token.to_string()).collect();
    let path: Vec<_> = path.iter().map(String::as_str).collect();
    path.ends_with(&["gradgen", ":", ":", "bound"])
}

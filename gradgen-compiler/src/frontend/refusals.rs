//! Where a function has no value: it panics there, or yields `None` or an error. What is generated refuses the
//! call.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Stmt};

use super::body::Lowering;
use super::exits::is_panic;
use super::options::{is_none, variant};
use super::signature::{Wrapper, bare_expression};
use super::terms::Term;
use crate::ir::{Int, Type, Value};

/// Why there is no value.
#[derive(Clone)]
pub(super) enum Refusal {
    /// The function panics.
    Panic,
    /// It yields `None`.
    Nothing,
    /// It yields an error.
    Error(Expr),
}

impl Lowering<'_> {
    /// Whether an expression does nothing but say that the function has no value.
    pub(super) fn refuses(&self, expression: &Expr) -> Option<Refusal> {
        match bare_expression(expression) {
            Expr::Macro(call) if is_panic(&call.mac) => Some(Refusal::Panic),
            Expr::Block(block) if block.label.is_none() => self.block_refuses(&block.block),
            Expr::Return(end) if self.is_in_own_frame() => {
                let value = bare_expression(end.expr.as_ref()?);
                match self.wrapper {
                    Some(Wrapper::Option) if is_none(value) => Some(Refusal::Nothing),
                    Some(Wrapper::Result(_)) => variant(value, "Err").cloned().map(Refusal::Error),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Tells values by which the function itself says that it has none.
    pub(super) fn missing(&self) -> Option<fn(&Expr) -> bool> {
        match self.wrapper {
            Some(_) if !self.is_in_own_frame() => None,
            Some(Wrapper::Option) => Some(is_none),
            Some(Wrapper::Result(_)) => Some(|value| variant(value, "Err").is_some()),
            None => None,
        }
    }

    pub(super) fn block_refuses(&self, block: &syn::Block) -> Option<Refusal> {
        match &block.stmts[..] {
            [Stmt::Expr(value, _)] => self.refuses(value),
            [Stmt::Macro(call)] if is_panic(&call.mac) => Some(Refusal::Panic),
            _ => None,
        }
    }

    /// What panics has no value.
    pub(super) fn panics(&mut self, call: &syn::Macro) -> Term {
        self.at(call
            .path
            .segments
            .last()
            .map_or_else(proc_macro2::Span::call_site, |name| name.ident.span()));
        let no = self.graph.bool(false);
        self.demand(no, &Refusal::Panic);
        Term::Never
    }

    /// The call is refused unless a condition holds.
    pub(super) fn demand(&mut self, holds: Value, refusal: &Refusal) {
        let code = match refusal {
            Refusal::Panic => self.graph.int(0, Type::Int(Int::Usize)),
            Refusal::Nothing => self.graph.int(1, Type::Int(Int::Usize)),
            Refusal::Error(error) => match self.error(error) {
                Some(code) => code,
                None => return,
            },
        };
        self.graph.demand(holds, code);
    }

    /// The number of an error, by which it is told from others.
    pub(super) fn error(&mut self, error: &Expr) -> Option<Value> {
        let tokens = error.to_token_stream();
        if self.has_local(tokens.clone()) {
            let message = "an error is understood that is made of constants and inputs: this one has a variable in it; \
                           return an `Option`, or an error without the variable";
            self.fail(error, message);
            return None;
        }
        Some(self.number_of_error(tokens))
    }

    pub(super) fn number_of_error(&mut self, tokens: TokenStream) -> Value {
        let text = tokens.to_string();
        let known = self.errors.iter().position(|known| known.to_string() == text);
        let place = known.unwrap_or_else(|| {
            self.errors.push(tokens);
            self.errors.len() - 1
        });
        self.graph.int(place as i128 + 1, Type::Int(Int::Usize))
    }

    /// Whether a variable is an input that stays what it is: siblings have it too.
    fn is_input(&self, id: usize) -> bool {
        let is_first = self
            .graph
            .inputs()
            .get(id)
            .is_some_and(|&input| matches!(self.variables[id].term, Term::One(value) if value == input));
        is_first && !self.variables[id].mutable && self.is_in_own_frame()
    }

    fn has_local(&mut self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Group(group) => self.has_local(group.stream()),
            proc_macro2::TokenTree::Ident(word) => self.find(&word).is_some_and(|id| !self.is_input(id)),
            proc_macro2::TokenTree::Literal(literal) => {
                // The text of `format!` may name a variable.
                let text = literal.to_string();
                text.contains('"') && text.contains('{')
            }
            proc_macro2::TokenTree::Punct(_) => false,
        })
    }
}

//! Constants of the body, and tables: constant arrays of which the text says how long they are.

use std::collections::BTreeMap;
use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Block, Expr, Item, Stmt, Type};

use super::body::Lowering;
use super::names::plain;
use super::signature::{bare, bare_expression};
use super::terms::Term;
use crate::ir::Length;

/// A constant: what it is, and its value as the text has it.
#[derive(Clone)]
pub(super) struct Constant {
    pub(super) ty: Type,
    pub(super) value: Expr,
}

/// How often each identifier stands in a text.
pub(super) fn mentions(tokens: TokenStream, found: &mut BTreeMap<String, usize>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => mentions(group.stream(), found),
            TokenTree::Ident(word) => *found.entry(plain(&word)).or_default() += 1,
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

impl Lowering<'_> {
    /// The constants of a block: they are known from its start, and generated code has them at its own start.
    pub(super) fn declare_constants(&mut self, block: &Block) {
        for statement in &block.stmts {
            let (name, ty, value) = match statement {
                Stmt::Item(Item::Const(item)) => (&item.ident, &item.ty, &item.expr),
                Stmt::Item(Item::Static(item)) => (&item.ident, &item.ty, &item.expr),
                _ => continue,
            };
            let Stmt::Item(item) = statement else { continue };
            self.require(item.clone());
            let constant = Constant { ty: (**ty).clone(), value: (**value).clone() };
            self.constants.insert(plain(name), constant);
        }
    }

    /// Whether a constant can stand at the start of the function without a change of what other names mean.
    pub(super) fn stays_itself(&self, name: &Ident, block: &Block) -> bool {
        let text = plain(name);
        let mut inside = BTreeMap::new();
        mentions(block.to_token_stream(), &mut inside);
        let (inside, all) = (inside.get(&text), self.mentions.get(&text));
        let is_known = self.constants.contains_key(&text);
        inside == all || (all.is_none() && !is_known)
    }

    /// What is known of a constant.
    fn constant_of(&self, path: &syn::Path) -> Option<Constant> {
        let name = plain(path.get_ident()?);
        if let Some(constant) = self.constants.get(&name) {
            return Some(constant.clone());
        }
        if self.renamed.contains(&name) {
            return None;
        }
        let (ty, value) = self.context.constants.get(&name)?;
        Some(Constant { ty: ty.clone(), value: value.clone() })
    }

    /// A constant that is a number, or a table whose length is known.
    pub(super) fn table(&mut self, path: &syn::Path) -> Option<Term> {
        let constant = self.constant_of(path)?;
        let name = path.get_ident()?;
        let (element, length, is_slice) = match bare(&constant.ty) {
            Type::Array(array) => ((*array.elem).clone(), array.len.to_token_stream(), false),
            Type::Reference(reference) => match bare(&reference.elem) {
                Type::Array(array) => ((*array.elem).clone(), array.len.to_token_stream(), true),
                Type::Slice(slice) => {
                    let count = literal_length(&constant.value)?;
                    ((*slice.elem).clone(), count, true)
                }
                _ => return None,
            },
            _ => {
                let in_body = self.constants.contains_key(&plain(name));
                if !in_body || !self.is_understood(&constant.ty) {
                    return None;
                }
                let ty = self.annotation(&constant.ty)?;
                let symbol = self.symbol(&path.to_token_stream());
                return Some(Term::One(self.graph.constant(symbol, ty)));
            }
        };
        let count: Expr = syn::parse2(length.clone()).ok()?;
        let count = self.length(&count);
        if let Type::Tuple(columns) = bare(&element) {
            return self.columns(name, columns.elems.iter(), &length, count);
        }
        if !self.is_understood(&element) {
            return None;
        }
        let ty = self.annotation(&element)?;
        let path = if is_slice {
            let table = Ident::new(&format!("__GRADGEN_{name}"), Span::mixed_site());
            let zero = zero(&element)?;
            let item = syn::parse2(quote! {
                const #table: [#element; #length] = {
                    let mut table = [#zero; #length];
                    let mut place = 0;
                    while place < #length {
                        table[place] = #name[place];
                        place += 1;
                    }
                    table
                };
            });
            self.require(item.ok()?);
            table.to_token_stream()
        } else {
            path.to_token_stream()
        };
        let symbol = self.symbol(&path);
        Some(Term::One(self.graph.constant(symbol, crate::ir::Type::array(ty, count))))
    }

    /// A table of tuples: one array for each of their elements.
    fn columns<'t>(
        &mut self,
        name: &Ident,
        types: impl Iterator<Item = &'t Type>,
        length: &TokenStream,
        count: Length,
    ) -> Option<Term> {
        let mut columns = vec![];
        for (place, element) in types.enumerate() {
            if !self.is_understood(element) {
                return None;
            }
            let ty = self.annotation(element)?;
            let zero = zero(element)?;
            let column = Ident::new(&format!("__GRADGEN_{name}_{place}"), Span::mixed_site());
            let field = syn::Index::from(place);
            let item = syn::parse2(quote! {
                const #column: [#element; #length] = {
                    let mut column = [#zero; #length];
                    let mut place = 0;
                    while place < #length {
                        column[place] = #name[place].#field;
                        place += 1;
                    }
                    column
                };
            });
            self.require(item.ok()?);
            let symbol = self.symbol(&column.to_token_stream());
            let ty = crate::ir::Type::array(ty, count.clone());
            columns.push(Term::One(self.graph.constant(symbol, ty)));
        }
        Some(Term::Rows(Rc::new(Term::Tuple(columns))))
    }

    /// The value of a constant of the body that is a size.
    pub(super) fn size_in_body(&self, name: &str) -> Option<usize> {
        let constant = self.constants.get(name)?;
        let is_usize = matches!(bare(&constant.ty), Type::Path(path) if path.path.is_ident("usize"));
        if is_usize { self.size_of(&constant.value, 0) } else { None }
    }

    fn size_of(&self, value: &Expr, depth: usize) -> Option<usize> {
        match bare_expression(value) {
            _ if depth > 32 => None,
            Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Int(number) => number.base10_parse().ok(),
                _ => None,
            },
            Expr::Path(path) => {
                let name = plain(path.path.get_ident()?);
                match self.constants.get(&name) {
                    Some(constant) => self.size_of(&constant.value, depth + 1),
                    None if !self.renamed.contains(&name) => self.context.size(&name),
                    None => None,
                }
            }
            Expr::Binary(binary) => {
                let (a, b) =
                    (self.size_of(&binary.left, depth + 1)?, self.size_of(&binary.right, depth + 1)?);
                match binary.op {
                    syn::BinOp::Add(_) => a.checked_add(b),
                    syn::BinOp::Sub(_) => a.checked_sub(b),
                    syn::BinOp::Mul(_) => a.checked_mul(b),
                    syn::BinOp::Div(_) => a.checked_div(b),
                    syn::BinOp::Rem(_) => a.checked_rem(b),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// How many elements `&[…]` has.
fn literal_length(value: &Expr) -> Option<TokenStream> {
    let Expr::Reference(reference) = bare_expression(value) else { return None };
    match bare_expression(&reference.expr) {
        Expr::Array(array) => {
            let count = proc_macro2::Literal::usize_unsuffixed(array.elems.len());
            Some(count.to_token_stream())
        }
        Expr::Repeat(repeat) => Some(repeat.len.to_token_stream()),
        _ => None,
    }
}

/// A value of a type.
fn zero(ty: &Type) -> Option<TokenStream> {
    match bare(ty) {
        Type::Array(array) => {
            let (element, length) = (zero(&array.elem)?, &array.len);
            Some(quote!([#element; #length]))
        }
        Type::Path(path) => match plain(path.path.get_ident()?).as_str() {
            "f64" | "f32" => Some(quote!(0.0)),
            "bool" => Some(quote!(false)),
            _ => Some(quote!(0)),
        },
        _ => None,
    }
}

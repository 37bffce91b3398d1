//! `#[cfg(…)]` on a function, or on statements in it. Only rustc knows which conditions hold, and it is asked before
//! the function is read: what is on the function goes above the attribute, and of a function with conditions in its
//! body there is one for each way in which they can hold. In a module, where a function is read with what is around
//! it, all of them are.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Block, Expr, ItemFn, Local, Meta, Stmt};

use crate::diagnostics::Diagnostics;
use crate::frontend::{self, is_conditional, is_left_out};

/// So many conditions may a body have: there are two to this power of functions.
const MOST: usize = 4;

/// The function under its conditions, where it has any, to be read when rustc knows which of them hold.
pub(crate) fn decided_later(
    attribute: &TokenStream,
    item: &TokenStream,
    in_module: Option<&dyn Fn(TokenStream) -> TokenStream>,
) -> Option<TokenStream> {
    // Looked at as tokens first: a function is parsed only once.
    if !mentions_cfg(item.clone()) {
        return None;
    }
    let mut item: ItemFn = syn::parse2(item.clone()).ok()?;
    let runtime = frontend::Attribute::parse(attribute.clone(), &mut Diagnostics::default()).runtime();
    let (conditions, others): (Vec<_>, Vec<_>) = item.attrs.drain(..).partition(is_conditional);
    item.attrs = others;
    if !conditions.is_empty() {
        return Some(quote!(#(#conditions)* #[#runtime::gradgen(#attribute)] #item));
    }
    let mut found = vec![];
    in_block(&mut item.block.clone(), &mut |condition| {
        if !found.iter().any(|known: &TokenStream| known.to_string() == condition.to_string()) {
            found.push(condition.clone());
        }
        true
    });
    if found.is_empty() || found.len() > MOST {
        return None;
    }
    let ways = (0..1_usize << found.len()).map(|way| {
        let holds = |place: usize| way >> place & 1 == 1;
        let mut item = item.clone();
        in_block(&mut item.block, &mut |condition| {
            found.iter().position(|known| known.to_string() == condition.to_string()).is_some_and(holds)
        });
        let all = found
            .iter()
            .enumerate()
            .map(|(place, condition)| if holds(place) { condition.clone() } else { quote!(not(#condition)) });
        let condition = quote!(#[cfg(all(#(#all),*))]);
        let Some(expand) = in_module else {
            return quote!(#condition #[#runtime::gradgen(#attribute)] #item);
        };
        let expanded = expand(item.to_token_stream());
        match syn::parse2::<syn::File>(expanded.clone()) {
            Ok(file) => file.items.iter().map(|item| quote!(#condition #item)).collect(),
            // Errors that are no items.
            Err(_) => expanded,
        }
    });
    Some(ways.collect())
}

fn mentions_cfg(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions_cfg(group.stream()),
        TokenTree::Ident(word) => word == "cfg" || word == "cfg_attr",
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Asks about each condition on the statements and arms of a block, and leaves those where it holds. Assertions
/// and messages keep theirs, as generated code goes without them.
fn in_block(block: &mut Block, holds: &mut dyn FnMut(&TokenStream) -> bool) {
    block.stmts.retain_mut(|statement| {
        if is_left_out(statement.to_token_stream()) {
            return true;
        }
        let attributes = match statement {
            Stmt::Local(local) => &mut local.attrs,
            Stmt::Macro(call) => &mut call.attrs,
            Stmt::Item(item) => match attributes_of_item(item) {
                Some(attributes) => attributes,
                None => return true,
            },
            Stmt::Expr(expression, _) => match attributes_of(expression) {
                Some(attributes) => attributes,
                None => return true,
            },
        };
        take(attributes, holds)
    });
    for statement in &mut block.stmts {
        match statement {
            Stmt::Local(Local { init: Some(init), .. }) => {
                in_expression(&mut init.expr, holds);
                if let Some((_, otherwise)) = &mut init.diverge {
                    in_expression(otherwise, holds);
                }
            }
            Stmt::Expr(expression, _) => in_expression(expression, holds),
            Stmt::Item(syn::Item::Fn(function)) => in_block(&mut function.block, holds),
            Stmt::Local(_) | Stmt::Item(_) | Stmt::Macro(_) => {}
        }
    }
}

/// Those in the blocks of an expression that stands as a statement, or is assigned.
fn in_expression(expression: &mut Expr, holds: &mut dyn FnMut(&TokenStream) -> bool) {
    match expression {
        Expr::Block(block) => in_block(&mut block.block, holds),
        Expr::If(branch) => {
            in_block(&mut branch.then_branch, holds);
            if let Some((_, otherwise)) = &mut branch.else_branch {
                in_expression(otherwise, holds);
            }
        }
        Expr::ForLoop(repeat) => in_block(&mut repeat.body, holds),
        Expr::While(repeat) => in_block(&mut repeat.body, holds),
        Expr::Loop(repeat) => in_block(&mut repeat.body, holds),
        Expr::Match(choice) => {
            choice.arms.retain_mut(|arm| take(&mut arm.attrs, holds));
            choice.arms.iter_mut().for_each(|arm| in_expression(&mut arm.body, holds));
        }
        Expr::Assign(assign) => in_expression(&mut assign.right, holds),
        Expr::Closure(closure) => in_expression(&mut closure.body, holds),
        Expr::Return(syn::ExprReturn { expr: Some(value), .. }) => in_expression(value, holds),
        Expr::Paren(inner) => in_expression(&mut inner.expr, holds),
        _ => {}
    }
}

/// Removes the conditions that hold; whether all of them do.
fn take(attributes: &mut Vec<Attribute>, holds: &mut dyn FnMut(&TokenStream) -> bool) -> bool {
    let mut all = true;
    attributes.retain(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            all &= asked(&list.tokens, holds);
            false
        }
        _ => true,
    });
    all
}

/// `not(c)` is asked as `c`, so that both are one condition.
fn asked(condition: &TokenStream, holds: &mut dyn FnMut(&TokenStream) -> bool) -> bool {
    let mut tokens = condition.clone().into_iter();
    match (tokens.next(), tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Group(inner)), None) if word == "not" => {
            !asked(&inner.stream(), holds)
        }
        _ => holds(condition),
    }
}

fn attributes_of_item(item: &mut syn::Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        syn::Item::Const(item) => &mut item.attrs,
        syn::Item::Static(item) => &mut item.attrs,
        syn::Item::Fn(item) => &mut item.attrs,
        syn::Item::Use(item) => &mut item.attrs,
        syn::Item::Struct(item) => &mut item.attrs,
        _ => return None,
    })
}

fn attributes_of(expression: &mut Expr) -> Option<&mut Vec<Attribute>> {
    Some(match expression {
        Expr::Assign(inner) => &mut inner.attrs,
        Expr::Binary(inner) => &mut inner.attrs,
        Expr::Block(inner) => &mut inner.attrs,
        Expr::Break(inner) => &mut inner.attrs,
        Expr::Call(inner) => &mut inner.attrs,
        Expr::Continue(inner) => &mut inner.attrs,
        Expr::ForLoop(inner) => &mut inner.attrs,
        Expr::If(inner) => &mut inner.attrs,
        Expr::Loop(inner) => &mut inner.attrs,
        Expr::Macro(inner) => &mut inner.attrs,
        Expr::Match(inner) => &mut inner.attrs,
        Expr::MethodCall(inner) => &mut inner.attrs,
        Expr::Path(inner) => &mut inner.attrs,
        Expr::Return(inner) => &mut inner.attrs,
        Expr::While(inner) => &mut inner.attrs,
        _ => return None,
    })
}

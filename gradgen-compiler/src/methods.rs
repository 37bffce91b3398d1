//! `#[gradgen] impl Pendulum { … }`: methods and functions of a type.
//!
//! Each method with `#[gradgen(…)]` is a function whose first parameter is the struct; its siblings stand in the
//! block, and the function of fields that they call stands beside it. Calls of other methods of the block are run
//! in their place. In a block no types can be declared, so a method has no companion and no table.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{FnArg, ImplItem, ImplItemFn, ItemFn, ItemImpl, Pat, PatIdent, PatType, ReceiverKind, Type};

use crate::diagnostics::Diagnostics;
use crate::driver::{Outcome, compile_method, expand_function};
use crate::emit::{Target, emit_method, method_stubs};
use crate::frontend::{Context, hold_together, is_conditional, is_ours, without_bounds};

/// What `#[gradgen(attribute)] item` becomes.
#[must_use]
pub fn expand(attribute: TokenStream, item: TokenStream, target: Target) -> TokenStream {
    expand_in(&attribute, item, target, &Rc::default())
}

/// As [`expand`], of an item of which is known what is around it.
pub(crate) fn expand_in(
    attribute: &TokenStream,
    item: TokenStream,
    target: Target,
    context: &Rc<Context>,
) -> TokenStream {
    let item = hold_together(item);
    match block(attribute, &item, target, context) {
        Some(block) => block,
        None => expand_function(attribute, item, target, context),
    }
}

/// A block of methods. Nothing, if the item is something else.
fn block(
    attribute: &TokenStream,
    item: &TokenStream,
    target: Target,
    context: &Rc<Context>,
) -> Option<TokenStream> {
    // A function is the rule, and parsed only once.
    let is_block = item
        .clone()
        .into_iter()
        .any(|token| matches!(&token, proc_macro2::TokenTree::Ident(word) if word == "impl"))
        && !item
            .clone()
            .into_iter()
            .any(|token| matches!(&token, proc_macro2::TokenTree::Ident(word) if word == "fn"));
    if !is_block {
        return None;
    }
    let block: ItemImpl = syn::parse2(item.clone()).ok()?;
    let mut errors = Diagnostics::default();
    if !attribute.is_empty() {
        errors.error(attribute, "what is asked for stands on the methods: `#[gradgen] impl …`, and `#[gradgen(gradient(q))]` on each");
    }
    let ty = owner(&block, &mut errors);
    let Some(ty) = ty.filter(|_| errors.is_empty()) else {
        let bare = without_attributes(&block);
        return Some([errors.finish(), bare].into_iter().collect());
    };
    let mut known = (**context).clone();
    known.add(&syn::Item::Impl(block.clone()));
    Some(Block { ty, target, context: Rc::new(known) }.expand(&block))
}

/// The type that the block is of.
fn owner(block: &ItemImpl, errors: &mut Diagnostics) -> Option<Ident> {
    if let Some((path, _)) = &block.trait_ {
        errors.error(path, "methods of traits are not understood: put them into a block of the type's own");
        return None;
    }
    if !block.generics.params.is_empty() {
        errors.error(&block.generics, "a generic block is not understood: write it for one type");
        return None;
    }
    if let Some(condition) = block.attrs.iter().find(|attribute| is_conditional(attribute)) {
        errors.error(
            condition,
            "a condition on a block with `#[gradgen]` is not understood: put it on a module around",
        );
        return None;
    }
    match &*block.self_ty {
        Type::Path(path) if path.path.get_ident().is_some() => path.path.get_ident().cloned(),
        other => {
            errors.error(other, "a block of methods is that of a struct, by its name");
            None
        }
    }
}

struct Block {
    ty: Ident,
    target: Target,
    context: Rc<Context>,
}

impl Block {
    fn expand(&self, block: &ItemImpl) -> TokenStream {
        let mut beside = TokenStream::new();
        let mut items = vec![];
        for item in &block.items {
            let (outside, inside) = match item {
                ImplItem::Fn(method) if method.attrs.iter().any(is_ours) => self.method(method),
                other => {
                    let tokens = other.to_token_stream();
                    (TokenStream::new(), without_bounds(&tokens).unwrap_or(tokens))
                }
            };
            beside.extend(outside);
            items.push(inside);
        }
        let (attributes, ty) = (&block.attrs, &block.self_ty);
        quote! {
            #(#attributes)*
            impl #ty { #(#items)* }
            #beside
        }
    }

    /// What stands outside of the block for a method, and what in it.
    fn method(&self, method: &ImplItemFn) -> (TokenStream, TokenStream) {
        let mut bare = method.clone();
        let ours = bare.attrs.iter().position(is_ours).map(|place| bare.attrs.remove(place));
        let attribute = match ours.map(|attribute| attribute.meta) {
            Some(syn::Meta::List(list)) => list.tokens,
            _ => TokenStream::new(),
        };
        let tokens = bare.to_token_stream();
        let own = without_bounds(&tokens).unwrap_or(tokens);
        let mut errors = Diagnostics::default();
        let Some(function) = self.as_function(&bare, &mut errors) else {
            return (errors.finish(), own);
        };
        let item = function.to_token_stream();
        match compile_method(attribute, item, &self.ty, &self.context, &mut errors) {
            Outcome::Understood(function) if errors.is_empty() => {
                let (outside, inside) = emit_method(&function, self.target);
                (outside, quote!(#own #inside))
            }
            Outcome::Understood(function) => {
                let stubs = method_stubs(&function);
                (errors.finish(), quote!(#own #stubs))
            }
            Outcome::Refused => (errors.finish(), own),
        }
    }

    /// The method as a function whose first parameter is called `self`.
    fn as_function(&self, method: &ImplItemFn, errors: &mut Diagnostics) -> Option<ItemFn> {
        let mut sig = method.sig.clone();
        let ty = &self.ty;
        if let Some(FnArg::Receiver(receiver)) = sig.inputs.first() {
            let by: Type = match &receiver.kind {
                ReceiverKind::Value => syn::parse_quote!(#ty),
                ReceiverKind::Reference(_, _, None) => syn::parse_quote!(&#ty),
                ReceiverKind::Reference(_, _, Some(_)) => syn::parse_quote!(&mut #ty),
                _ => {
                    errors.error(receiver, "`self` is taken as `self`, `&self` or `&mut self`");
                    return None;
                }
            };
            let ident = Ident::new("self", receiver.self_token.span);
            let mutability = receiver.mutability;
            let pat = Pat::Ident(PatIdent { attrs: vec![], by_ref: None, mutability, ident, subpat: None });
            let colon_token = syn::token::Colon::default();
            let own = PatType { attrs: vec![], pat: Box::new(pat), colon_token, ty: Box::new(by) };
            if let Some(first) = sig.inputs.first_mut() {
                *first = FnArg::Typed(own);
            }
        }
        let block = Box::new(method.block.clone());
        let (attrs, vis) = (method.attrs.clone(), method.vis.clone());
        Some(ItemFn { attrs, vis, modifiers: Default::default(), sig, block })
    }
}

/// The block as rustc is to see it.
fn without_attributes(block: &ItemImpl) -> TokenStream {
    let mut bare = block.clone();
    for item in &mut bare.items {
        if let ImplItem::Fn(method) = item {
            method.attrs.retain(|attribute| !is_ours(attribute));
        }
    }
    let tokens = bare.into_token_stream();
    without_bounds(&tokens).unwrap_or(tokens)
}

//! `#[gradgen::module]`: a module whose functions know of each other.
//!
//! Each function with `#[gradgen]` is expanded as by itself, but with what is known of the module: constants and
//! other names of types mean what the module says, and functions without an attribute are run where they are
//! called. The results are those of the functions by themselves, wherever those are understood.

use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, ItemMod, Path, Token};

use crate::diagnostics::Diagnostics;
use crate::emit::Target;
use crate::frontend::{Attribute, Context, is_ours, library_items, plain, without_bounds};
use crate::methods::expand_in;

/// What `#[gradgen::module(attribute)] item` becomes.
#[must_use]
pub fn module(attribute: TokenStream, item: TokenStream, target: Target) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let krate = match syn::parse::Parser::parse2(words, attribute) {
        Ok(krate) => krate,
        Err(error) => {
            diagnostics.parse_error(&error);
            None
        }
    };
    let Ok(module) = syn::parse2::<ItemMod>(item.clone()) else {
        diagnostics.error(&item, "`#[gradgen::module]` stands on modules: `mod kernels { … }`");
        return [diagnostics.finish(), item].into_iter().collect();
    };
    let Some((_, items)) = &module.content else {
        let message =
            "a module in a file of its own cannot be read here: write `mod kernels { … }` around its items";
        diagnostics.error(&module, message);
        return [diagnostics.finish(), item].into_iter().collect();
    };
    let context = Rc::new(Context::of(items));
    let expanded = items.iter().map(|item| expand_item(item, target, &context));
    let list = list(items, krate.as_ref());
    let (inner, outer): (Vec<_>, Vec<_>) =
        module.attrs.iter().partition(|attribute| matches!(attribute.style, syn::AttrStyle::Inner(_)));
    let (visibility, safety, name) = (&module.vis, &module.unsafety, &module.ident);
    // The import of an attribute that is not there any more is of use all the same.
    let is_imported = items
        .iter()
        .any(|item| attribute_of(item).is_some_and(|attribute| attribute.path().is_ident("gradgen")));
    let import = is_imported.then(|| {
        quote!(
            #[allow(unused_imports)]
            use gradgen as _;
        )
    });
    let errors = diagnostics.finish();
    quote! {
        #errors
        #(#outer)*
        #visibility #safety mod #name {
            #(#inner)*
            #import
            #(#expanded)*
            #list
        }
    }
}

/// The functions of `gradgen::math`, in the crate that is it.
#[must_use]
pub fn library(target: Target) -> TokenStream {
    let items = match library_items() {
        Ok(items) => items,
        Err(error) => return error.into_compile_error(),
    };
    let context = Rc::new(Context::of_library(&items));
    let own = quote!(crate = crate);
    let expanded = items.into_iter().map(|item| match item {
        Item::Fn(mut function) => {
            let place = function.attrs.iter().position(is_ours);
            match place.map(|place| function.attrs.remove(place)) {
                Some(_) => expand_in(&own, function.into_token_stream(), target, &context),
                None => function.into_token_stream(),
            }
        }
        other => other.into_token_stream(),
    });
    expanded.collect()
}

/// `crate = path`.
fn words(input: syn::parse::ParseStream<'_>) -> syn::Result<Option<Path>> {
    if input.is_empty() {
        return Ok(None);
    }
    input.parse::<Token![crate]>()?;
    input.parse::<Token![=]>()?;
    let path = input.call(Path::parse_mod_style)?;
    input.parse::<Option<Token![,]>>()?;
    Ok(Some(path))
}

/// The `#[gradgen]` of an item.
fn attribute_of(item: &Item) -> Option<&syn::Attribute> {
    match item {
        Item::Fn(function) => function.attrs.iter().find(|attribute| is_ours(attribute)),
        Item::Impl(block) => block.attrs.iter().find(|attribute| is_ours(attribute)),
        _ => None,
    }
}

/// An item, with what `#[gradgen]` on it asks for.
fn expand_item(item: &Item, target: Target, context: &Rc<Context>) -> TokenStream {
    let mut bare = item.clone();
    let attributes = match &mut bare {
        Item::Fn(function) => Some(&mut function.attrs),
        Item::Impl(block) => Some(&mut block.attrs),
        _ => None,
    };
    let ours = attributes.and_then(|attributes| {
        let place = attributes.iter().position(is_ours)?;
        Some(attributes.remove(place))
    });
    match ours {
        Some(attribute) => {
            let requests = match attribute.meta {
                syn::Meta::List(list) => list.tokens,
                _ => TokenStream::new(),
            };
            expand_in(&requests, bare.into_token_stream(), target, context)
        }
        None => {
            let tokens = bare.into_token_stream();
            without_bounds(&tokens).unwrap_or(tokens)
        }
    }
}

/// The functions' tables, for the derive of Python modules.
fn list(items: &[Item], krate: Option<&Path>) -> TokenStream {
    let mut names = vec![];
    for item in items {
        let Item::Fn(function) = item else { continue };
        let Some(attribute) = attribute_of(item) else { continue };
        let has_conditions = function.attrs.iter().any(crate::frontend::is_conditional);
        let is_generic = function
            .sig
            .generics
            .params
            .iter()
            .any(|parameter| !matches!(parameter, syn::GenericParam::Lifetime(_)));
        let is_listed = !has_conditions && !is_generic;
        if is_listed {
            names.push((function.sig.ident.clone(), attribute));
        }
    }
    if names.iter().any(|(name, _)| plain(name) == "GRADGEN") {
        return TokenStream::new();
    }
    let own = |attribute: &syn::Attribute| match &attribute.meta {
        syn::Meta::List(list) => Attribute::parse(list.tokens.clone(), &mut Diagnostics::default()).krate,
        _ => None,
    };
    let krate = krate.cloned().or_else(|| names.iter().find_map(|(_, attribute)| own(attribute)));
    let runtime = krate.map_or_else(|| quote!(::gradgen), ToTokens::into_token_stream);
    let names = names.iter().map(|(name, _)| name);
    quote! {
        /// The tables of the functions with `#[gradgen]`, in their order.
        #[allow(dead_code)]
        pub const GRADGEN: &[&#runtime::FunctionInfo] = &[#(<#names as #runtime::Differentiable>::INFO),*];
    }
}

//! A function of slices as one of arrays: for callers, whose arrays have lengths that rustc knows.

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::{FnArg, ItemFn, Type, parse_quote};

/// The function with a const generic for the length of each slice, and these; `None` where there is no slice,
/// or one is written to.
#[must_use]
pub fn with_lengths(item: &ItemFn) -> Option<(ItemFn, Vec<Ident>)> {
    let mut item = item.clone();
    let mut lengths = vec![];
    for (place, argument) in item.sig.inputs.iter_mut().enumerate() {
        let FnArg::Typed(argument) = argument else { return None };
        let Type::Reference(reference) = &mut *argument.ty else { continue };
        if reference.mutability.is_some() {
            return None;
        }
        if let Type::Slice(slice) = &*reference.elem {
            let length = format_ident!("__L{place}", span = Span::mixed_site());
            let element = &slice.elem;
            *reference.elem = parse_quote!([#element; #length]);
            lengths.push(length);
        }
    }
    for length in &lengths {
        item.sig.generics.params.push(parse_quote!(const #length: usize));
    }
    (!lengths.is_empty()).then_some((item, lengths))
}

//! What stands beside a function that has errors: siblings with the right signatures, so that the
//! errors are all there is to see.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, Sizes, Target};
use crate::model::Function;

/// The user's function and its siblings without their bodies.
#[must_use]
pub fn stubs(function: &Function) -> TokenStream {
    let sizes = Sizes::new(function);
    let emitter = Emitter::new(function, &sizes, Target::default());
    let item = &function.item;
    let all = std::iter::once(&function.primal).chain(&function.siblings);
    let stubs = all.map(|compiled| emitter.stub(compiled));
    let (name, visibility, runtime) = (function.ident(), function.visibility(), &emitter.runtime);
    let (generics, arguments) = (emitter.generics(), emitter.generic_arguments());
    let defaults = emitter.generics_with_defaults();
    let hidden = emitter.hidden_stubs();
    let info = emitter.info();
    quote! {
        #item
        #(#stubs)*
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code)]
        #visibility struct #name #defaults {}
        #[doc(hidden)]
        #[allow(dead_code)]
        impl #generics #name #arguments { #hidden }
        impl #generics #runtime::Differentiable for #name #arguments {
            const INFO: &'static #runtime::FunctionInfo = #info;
        }
    }
}

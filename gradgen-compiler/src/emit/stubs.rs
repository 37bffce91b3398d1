//! What stands beside a function that has errors: siblings with the right signatures, so that the
//! errors are all there is to see.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::sibling::ignore;
use super::{Emitter, Sizes, Target};
use crate::differentiate::Kind;
use crate::model::{Compiled, Function};

/// The user's function and its siblings without their bodies.
#[must_use]
pub fn stubs(function: &Function) -> TokenStream {
    let sizes = Sizes::new(function);
    let emitter = Emitter::new(function, &sizes, Target::default());
    let item = &function.item;
    let all = std::iter::once(&function.primal).chain(&function.siblings);
    let stubs = all.map(|compiled| emitter.stub(compiled));
    let (name, visibility, runtime) = (function.ident(), function.visibility(), &emitter.runtime);
    let (generics, arguments, predicates) =
        (emitter.generics(), emitter.generic_arguments(), emitter.where_clause());
    let fields = emitter.companion_fields();
    let defaults = emitter.generics_with_defaults();
    let (hidden, entries) = (emitter.hidden_stubs(), emitter.entries());
    let (info, ways) = (emitter.info_of_stubs(), emitter.all_ways());
    quote! {
        #item
        #(#stubs)*
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code)]
        #visibility struct #name #defaults { #fields }
        #[doc(hidden)]
        #[allow(dead_code)]
        impl #generics #name #arguments #predicates { #entries #hidden }
        impl #generics #runtime::Differentiable for #name #arguments #predicates {
            const INFO: &'static #runtime::FunctionInfo = #info;
        }
        #ways
    }
}

/// The siblings of a method without their bodies.
#[must_use]
pub(crate) fn method_stubs(function: &Function) -> TokenStream {
    let sizes = Sizes::new(function);
    let emitter = Emitter::new(function, &sizes, Target::default());
    let all = std::iter::once(&function.primal).chain(&function.siblings);
    all.map(|compiled| emitter.stub(compiled)).collect()
}

impl Emitter<'_> {
    /// The table. That of structs would ask more of their types than the function that is written.
    fn info_of_stubs(&self) -> TokenStream {
        if !self.function.signature.has_structures() {
            return self.info();
        }
        let (runtime, name) = (&self.runtime, &self.function.primal.name);
        quote! {
            &#runtime::FunctionInfo::new(
                #name, #name, &[], &[], |_| 0, #runtime::Call::F64(|_, _, _| ::core::unreachable!())
            )
        }
    }

    /// The signatures of a sibling's forms, over bodies that are never run.
    fn stub(&self, compiled: &Compiled) -> TokenStream {
        let into = self.form_into(compiled, None, |outputs| {
            let unused = ignore(&[&self.input_idents(compiled)[..], outputs].concat());
            quote!(#unused ::core::unreachable!();)
        });
        let unused = ignore(&self.input_idents(compiled));
        let is_primal = (compiled.parts.iter().all(|part| part.kind == Kind::Primal) && !compiled.bundle)
            || self.function.signature.has_slices();
        let value = (!is_primal).then(|| {
            let result = quote!(::core::unreachable!());
            let value = self.value_form_of(compiled, &unused, &result, self.function.attribute.fallible);
            quote!(#[allow(dead_code, unreachable_code, clippy::diverging_sub_expression)] #value)
        });
        let workspace = self.workspace(compiled, &[]);
        quote! {
            #value
            #[allow(dead_code, unreachable_code)]
            #into
            #[allow(dead_code)]
            #workspace
        }
    }

    fn input_idents(&self, compiled: &Compiled) -> Vec<Ident> {
        compiled.inputs.iter().map(|port| self.input_ident(port)).collect()
    }
}

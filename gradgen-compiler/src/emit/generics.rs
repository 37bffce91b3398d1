//! The parameters of generic functions: those of the siblings are the user's, in the same order, with the
//! runtime's trait among the bounds of the scalar type.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;

impl Emitter<'_> {
    /// In the order of the user's: something for the type parameter, and something for each length.
    fn in_order(&self, ty: impl FnOnce() -> TokenStream, lengths: Vec<TokenStream>) -> Vec<TokenStream> {
        let mut all = lengths;
        if let Some(parameter) = &self.function.signature.parameter {
            all.insert(parameter.place, ty());
        }
        all
    }

    /// `T: Float + ::gradgen::Scalar, const M: usize`.
    pub(super) fn generic_parameters(&self) -> Vec<TokenStream> {
        let signature = &self.function.signature;
        let ty = || {
            let (runtime, parameter) = (&self.runtime, signature.parameter.as_ref());
            let bounds = parameter.map(|parameter| parameter.bounds.iter()).into_iter().flatten();
            let scalar = self.types.scalar();
            quote!(#scalar: #(#bounds +)* #runtime::Scalar)
        };
        let lengths = signature.generics.iter().map(|generic| quote!(const #generic: usize));
        self.in_order(ty, lengths.collect())
    }

    /// `<T: Float + ::gradgen::Scalar, const M: usize>`.
    pub(super) fn generics(&self) -> TokenStream {
        in_brackets(&self.generic_parameters())
    }

    /// `<const M: usize>`: all that lengths can depend on.
    pub(super) fn generic_lengths(&self) -> TokenStream {
        let lengths = self.function.signature.generics.iter().map(|generic| quote!(const #generic: usize));
        in_brackets(&lengths.collect::<Vec<_>>())
    }

    /// `<T = f64, const M: usize = 0>`: where no type and no length is said, it does not matter.
    pub(super) fn generics_with_defaults(&self) -> TokenStream {
        let lengths =
            self.function.signature.generics.iter().map(|generic| quote!(const #generic: usize = 0));
        let ty = || {
            let scalar = self.types.scalar();
            quote!(#scalar = f64)
        };
        in_brackets(&self.in_order(ty, lengths.collect()))
    }

    /// `<T, M>`.
    pub(super) fn generic_arguments(&self) -> TokenStream {
        let lengths = self.function.signature.generics.iter().map(|generic| quote!(#generic));
        in_brackets(&self.in_order(|| self.types.scalar(), lengths.collect()))
    }

    /// `::<T, M>`.
    pub(super) fn turbofish(&self) -> TokenStream {
        let arguments = self.generic_arguments();
        if arguments.is_empty() { arguments } else { quote!(::#arguments) }
    }

    /// `::<M>`: of `…_workspace`.
    pub(super) fn turbofish_of_lengths(&self) -> TokenStream {
        let generics = &self.function.signature.generics;
        if generics.is_empty() { TokenStream::new() } else { quote!(::<#(#generics),*>) }
    }

    /// What the user's function has behind `where`.
    pub(super) fn predicates(&self) -> Vec<TokenStream> {
        let parameter = self.function.signature.parameter.iter();
        let own = parameter.flat_map(|parameter| &parameter.predicates).map(|predicate| quote!(#predicate));
        own.chain(self.predicates_of_structures()).collect()
    }

    /// That structs of the type parameter are structs of its scalars.
    fn predicates_of_structures(&self) -> Vec<TokenStream> {
        let signature = &self.function.signature;
        if signature.parameter.is_none() || signature.is_of_fields {
            return vec![];
        }
        let inputs = signature.inputs.iter().filter(|input| !input.is_choice).map(|input| &input.structure);
        let outputs = signature.outputs.iter().map(|output| &output.structure);
        let (runtime, scalar) = (&self.runtime, self.types.scalar());
        let mut predicates: Vec<TokenStream> = vec![];
        for structure in inputs.chain(outputs).flatten() {
            let predicate = quote!(#structure: #runtime::Structure<Scalar = #scalar>);
            if predicates.iter().all(|known| known.to_string() != predicate.to_string()) {
                predicates.push(predicate);
            }
        }
        predicates
    }

    /// `where …`.
    pub(super) fn where_clause(&self) -> TokenStream {
        let predicates = self.predicates();
        if predicates.is_empty() { TokenStream::new() } else { quote!(where #(#predicates),*) }
    }

    /// What the companion has in its braces: every parameter of a type has to be used.
    pub(super) fn companion_fields(&self) -> TokenStream {
        if self.function.signature.parameter.is_none() {
            return TokenStream::new();
        }
        let scalar = self.types.scalar();
        quote!(__scalar: ::core::marker::PhantomData<#scalar>)
    }

    /// A check that the traits whose methods the function calls are those that they were taken for.
    pub(super) fn witnesses(&self) -> TokenStream {
        let bounds = self.function.signature.parameter.iter().flat_map(|parameter| parameter.traits());
        let scalar = self.types.scalar();
        let traits = bounds.chain(&self.function.traits);
        let witnesses: Vec<_> =
            traits.map(|known| known.witness(&scalar)).filter(|witness| !witness.is_empty()).collect();
        let names = self.names_in_patterns();
        if witnesses.is_empty() {
            return names;
        }
        let (generics, predicates, items) = (self.generics(), self.where_clause(), self.items());
        let lints = self.lints();
        quote! {
            #lints
            const _: () = {
                #[allow(dead_code)]
                fn __traits #generics() #predicates {
                    #items
                    #(#witnesses)*
                }
            };
            #names
        }
    }

    /// A check that names in the patterns of a `match` are not those of constants: such a pattern would be a
    /// comparison.
    fn names_in_patterns(&self) -> TokenStream {
        let mut names: Vec<_> = self.function.bindings.iter().collect();
        names.sort_by_key(|name| name.to_string());
        names.dedup_by_key(|name| name.to_string());
        if names.is_empty() {
            return TokenStream::new();
        }
        let (lints, items) = (self.lints(), self.items());
        quote! {
            #lints
            const _: () = {
                #items
                #(#[allow(unused_variables, non_snake_case)] let #names = ();)*
            };
        }
    }
}

fn in_brackets(parameters: &[TokenStream]) -> TokenStream {
    if parameters.is_empty() { TokenStream::new() } else { quote!(<#(#parameters),*>) }
}

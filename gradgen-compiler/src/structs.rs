//! The derive `Gradgen`: a struct of floats as an argument and a result of differentiable functions, an enum without
//! data as an argument.
//!
//! What it emits is an implementation of the runtime's trait `Structure`, field by field, or of `Choice`. The attribute
//! `#[structure(crate = path)]` on the struct says where `gradgen` is found.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Data, DataEnum, DeriveInput, Fields, Index, Member, Path, Token};

use crate::diagnostics::Diagnostics;

/// What `#[derive(Gradgen)]` adds to a struct or an enum.
#[must_use]
pub fn derive(input: TokenStream) -> TokenStream {
    let mut errors = Diagnostics::default();
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => {
            errors.parse_error(&error);
            return errors.finish();
        }
    };
    let krate = krate(&input, &mut errors);
    let fields = match &input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(data) => return choice(&input, data, &krate, errors),
        Data::Union(data) => {
            errors.error(data.union_token, "`Gradgen` is derived for structs: a union has no derivative");
            return errors.finish();
        }
    };
    let refused = |parameter: &&syn::GenericParam| !matches!(parameter, syn::GenericParam::Lifetime(_));
    if let Some(parameter) = input.generics.params.iter().find(refused) {
        errors.error(parameter, "generic structs are not understood: write the struct for f64 or f32");
    }
    if let Some(parameter) = input.generics.params.iter().find(|parameter| !refused(parameter)) {
        errors
            .error(parameter, "a struct of floats borrows nothing: its fields are floats and arrays of them");
    }
    if fields.is_empty() {
        errors.error(&input.ident, "a struct without fields has nothing to differentiate by");
    }
    fields.iter().for_each(|field| refuse_field(field, &mut errors));
    if !errors.is_empty() {
        return errors.finish();
    }
    implementation(&input, fields, &krate)
}

/// An enum: the variants by their numbers.
fn choice(input: &DeriveInput, data: &DataEnum, krate: &TokenStream, mut errors: Diagnostics) -> TokenStream {
    for variant in data.variants.iter().filter(|variant| !matches!(variant.fields, Fields::Unit)) {
        let message = "a variant with data is not understood: pass the data as parameters beside the enum, or as a \
                       struct, and the enum without them";
        errors.error(&variant.fields, message);
    }
    if data.variants.is_empty() {
        errors.error(&input.ident, "an enum without variants has no value");
    }
    if let Some(parameter) = input.generics.params.first() {
        errors.error(parameter, "an enum without data has no parameters");
    }
    if !errors.is_empty() {
        return errors.finish();
    }
    let name = &input.ident;
    let variants = data.variants.iter().map(|variant| {
        let ident = &variant.ident;
        quote! {
            if __number == Self::#ident as ::core::primitive::i128 {
                return ::core::option::Option::Some(Self::#ident);
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #krate::Choice for #name {
            fn of(number: i32) -> ::core::option::Option<Self> {
                let __number = ::core::primitive::i128::from(number);
                #(#variants)*
                ::core::option::Option::None
            }
        }
    }
}

/// What is certain to be no float; of other types rustc says whether they are structs of floats.
fn refuse_field(field: &syn::Field, errors: &mut Diagnostics) {
    const OTHERS: [&str; 15] = [
        "bool", "char", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8",
        "usize",
    ];
    let mut ty = &field.ty;
    while let syn::Type::Array(array) = ty {
        ty = &array.elem;
    }
    let message = match ty {
        syn::Type::Path(path) => match path.path.get_ident() {
            Some(ident) if OTHERS.contains(&ident.to_string().as_str()) => {
                "one cannot differentiate by this: pass it to the function as a parameter of its own"
            }
            _ => match path.path.segments.last() {
                Some(last) if last.ident == "Vec" || last.ident == "Box" => {
                    "the size of a struct is known when it is compiled: use an array"
                }
                _ => return,
            },
        },
        syn::Type::Tuple(_) => return,
        _ => "fields are floats, arrays of them, and other structs with `#[derive(gradgen::Gradgen)]`",
    };
    errors.error(ty, message);
}

/// `#[structure(crate = path)]`.
fn krate(input: &DeriveInput, errors: &mut Diagnostics) -> TokenStream {
    let mut found = quote!(::gradgen);
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("structure")) {
        let parsed = attribute.parse_args_with(|input: syn::parse::ParseStream<'_>| {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            input.call(Path::parse_mod_style)
        });
        match parsed {
            Ok(path) => found = path.into_token_stream(),
            Err(error) => errors.parse_error(&error),
        }
    }
    found
}

fn implementation(input: &DeriveInput, fields: &Fields, krate: &TokenStream) -> TokenStream {
    let name = &input.ident;
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    let members: Vec<_> = fields
        .iter()
        .enumerate()
        .map(|(place, field)| match &field.ident {
            Some(ident) => Member::Named(ident.clone()),
            None => {
                let index = u32::try_from(place).unwrap_or(u32::MAX);
                Member::Unnamed(Index { index, span: Span::call_site() })
            }
        })
        .collect();
    let first = types[0];
    quote! {
        #[automatically_derived]
        impl #krate::Structure for #name {
            type Scalar = <#first as #krate::Structure>::Scalar;

            const SIZE: usize = #(<#types as #krate::Structure>::SIZE)+*;

            const ZERO: Self = Self { #(#members: <#types as #krate::Structure>::ZERO),* };

            fn read(flat: &mut &[Self::Scalar]) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self { #(#members: <#types as #krate::Structure>::read(flat)?),* })
            }

            fn write(&self, flat: &mut &mut [Self::Scalar]) -> ::core::option::Option<()> {
                #(<#types as #krate::Structure>::write(&self.#members, flat)?;)*
                ::core::option::Option::Some(())
            }
        }
    }
}

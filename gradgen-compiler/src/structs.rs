//! The derive `Gradgen`: a struct of floats as an argument and a result of differentiable functions, an enum without
//! data as an argument.
//!
//! What it emits is an implementation of the runtime's trait `Structure`, field by field, or of `Parameter`. The attribute
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
    let is_lifetime = |parameter: &&syn::GenericParam| matches!(parameter, syn::GenericParam::Lifetime(_));
    if let Some(parameter) = input.generics.params.iter().find(is_lifetime) {
        errors
            .error(parameter, "a struct of floats borrows nothing: its fields are floats and arrays of them");
    }
    if fields.is_empty() {
        errors.error(&input.ident, "a struct without fields has nothing to differentiate by");
    }
    let parameters: Vec<bool> = fields.iter().map(|field| is_parameter(field, &mut errors)).collect();
    for (field, &is_parameter) in fields.iter().zip(&parameters) {
        refuse_field(field, is_parameter, &mut errors);
    }
    if !fields.is_empty() && parameters.iter().all(|&is_parameter| is_parameter) {
        errors.error(&input.ident, "a struct of parameters has nothing to differentiate by");
    }
    if !errors.is_empty() {
        return errors.finish();
    }
    implementation(&input, fields, &parameters, &krate)
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
    let idents: Vec<_> = data.variants.iter().map(|variant| &variant.ident).collect();
    let first = idents[0];
    quote! {
        #[automatically_derived]
        impl #krate::Parameter for #name {
            const FIRST: Self = Self::#first;

            fn of(number: i32) -> ::core::option::Option<Self> {
                #(if number == Self::#idents as i32 {
                    return ::core::option::Option::Some(Self::#idents);
                })*
                ::core::option::Option::None
            }

            fn number(&self) -> ::core::option::Option<i32> {
                ::core::option::Option::Some(match self { #(Self::#idents => Self::#idents as i32),* })
            }
        }

        const _: () = {
            #(::core::assert!(
                #name::#idents as i128 == #name::#idents as i32 as i128,
                "the numbers of variants fit an i32"
            );)*
        };
    }
}

/// What is certain to be no float; of other types rustc says whether they are structs of floats.
fn refuse_field(field: &syn::Field, is_parameter: bool, errors: &mut Diagnostics) {
    const PARAMETERS: [&str; 9] = ["bool", "i16", "i32", "i64", "i8", "u16", "u32", "u64", "u8"];
    const OTHERS: [&str; 6] = ["char", "i128", "isize", "str", "u128", "usize"];
    if is_parameter && matches!(&field.ty, syn::Type::Path(path) if !path.path.is_ident("usize")) {
        return;
    }
    let is_one = matches!(&field.ty, syn::Type::Path(_));
    let mut ty = &field.ty;
    while let syn::Type::Array(array) = ty {
        ty = &array.elem;
    }
    let message = match ty {
        syn::Type::Path(path) => match path.path.get_ident() {
            Some(ident) if is_one && PARAMETERS.contains(&ident.to_string().as_str()) => {
                "one cannot differentiate by this: put `#[structure(parameter)]` on the field, or pass it to the \
                 function as a parameter of its own"
            }
            Some(ident)
                if OTHERS.contains(&ident.to_string().as_str())
                    || PARAMETERS.contains(&ident.to_string().as_str()) =>
            {
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

/// Whether a field has `#[structure(parameter)]`.
fn is_parameter(field: &syn::Field, errors: &mut Diagnostics) -> bool {
    let mut found = false;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("structure")) {
        match attribute.parse_args::<syn::Ident>() {
            Ok(word) if word == "parameter" => found = true,
            Ok(word) => errors.error(&word, "on a field stands `#[structure(parameter)]`"),
            Err(error) => errors.parse_error(&error),
        }
    }
    found
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

/// The parameters of the struct, as an implementation has them, with what its fields have to be for them.
fn bounded(
    input: &DeriveInput,
    first: &syn::Type,
    parameters: &[bool],
    types: &[&syn::Type],
    krate: &TokenStream,
) -> (TokenStream, TokenStream, TokenStream) {
    let text = |ty: &syn::Type| ty.to_token_stream().to_string();
    let mut generics = input.generics.clone();
    if generics.type_params().next().is_some() {
        let predicates = &mut generics.make_where_clause().predicates;
        predicates.push(syn::parse_quote!(#first: #krate::Structure));
        for (ty, _) in types
            .iter()
            .zip(parameters)
            .filter(|(ty, is_parameter)| !**is_parameter && text(ty) != text(first))
        {
            predicates.push(
                syn::parse_quote!(#ty: #krate::Structure<Scalar = <#first as #krate::Structure>::Scalar>),
            );
        }
        for (ty, _) in types.iter().zip(parameters).filter(|(_, is_parameter)| **is_parameter) {
            predicates.push(syn::parse_quote!(#ty: #krate::Parameter));
        }
    }
    let (generics, arguments, predicates) = generics.split_for_impl();
    (quote!(#generics), quote!(#arguments), quote!(#predicates))
}

fn implementation(
    input: &DeriveInput,
    fields: &Fields,
    parameters: &[bool],
    krate: &TokenStream,
) -> TokenStream {
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
    let all = || types.iter().zip(parameters);
    let first = all().find(|(_, is_parameter)| !**is_parameter).map_or(types[0], |(ty, _)| ty);
    let (generics, arguments, predicates) = bounded(input, first, parameters, &types, krate);
    let (generics, arguments) = (&generics, &arguments);
    let sizes = all().map(
        |(ty, &is_parameter)| {
            if is_parameter { quote!(1) } else { quote!(<#ty as #krate::Structure>::SIZE) }
        },
    );
    let zeros = all().map(|(ty, &is_parameter)| {
        if is_parameter {
            quote!(<#ty as #krate::Parameter>::FIRST)
        } else {
            quote!(<#ty as #krate::Structure>::ZERO)
        }
    });
    let reads = all().map(|(ty, &is_parameter)| {
        if is_parameter {
            quote!(#krate::read_parameter::<Self::Scalar, #ty>(flat)?)
        } else {
            quote!(<#ty as #krate::Structure>::read(flat)?)
        }
    });
    let writes = all().zip(&members).map(|((ty, &is_parameter), member)| {
        if is_parameter {
            quote!(#krate::write_parameter::<Self::Scalar, #ty>(&self.#member, flat)?;)
        } else {
            quote!(<#ty as #krate::Structure>::write(&self.#member, flat)?;)
        }
    });
    quote! {
        #[automatically_derived]
        impl #generics #krate::Structure for #name #arguments #predicates {
            type Scalar = <#first as #krate::Structure>::Scalar;

            const SIZE: usize = #(#sizes)+*;

            const ZERO: Self = Self { #(#members: #zeros),* };

            fn read(flat: &mut &[Self::Scalar]) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self { #(#members: #reads),* })
            }

            fn write(&self, flat: &mut &mut [Self::Scalar]) -> ::core::option::Option<()> {
                #(#writes)*
                ::core::option::Option::Some(())
            }
        }
    }
}

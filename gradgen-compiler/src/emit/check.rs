//! `f_check` beside a function whose derivatives the user gives: one line of a test that compares them with
//! differences.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::Emitter;
use super::custom::local;
use super::types::tuple;
use crate::frontend::{Custom, Given, Passing, plain};
use crate::ir::Type;

/// Several values as nested pairs: as many as there are, they are one vector then.
fn nested(elements: &[TokenStream]) -> TokenStream {
    match elements {
        [] => quote!(()),
        [one] => one.clone(),
        [first, rest @ ..] => {
            let rest = nested(rest);
            quote!((#first, #rest))
        }
    }
}

impl Emitter<'_> {
    /// The function that compares what is given with differences.
    pub(super) fn check(&self, custom: &Custom) -> TokenStream {
        let signature = &self.function.signature;
        let (runtime, visibility, lints) = (&self.runtime, self.function.visibility(), self.lints());
        let function = plain(self.function.ident());
        let name = self.ident(&format!("{function}_check"));
        let parameters = self.parameters(&self.function.primal.inputs);
        let at = self.moving().map(|input| {
            let ident = &input.ident;
            if input.passing == Passing::Value { quote!(#ident) } else { quote!(*#ident) }
        });
        let at = nested(&at.collect::<Vec<_>>());
        let inputs = self.moving().map(|input| self.counted(&input.name(), &input.ty));
        let outputs = signature.outputs.iter().map(|output| self.counted(&output.name, &output.ty));
        let x = nested(&self.moving().map(|input| input.ident.to_token_stream()).collect::<Vec<_>>());
        let (own_value, passed) = (self.own_path("value"), self.checked_inputs());
        let y: Vec<_> = (0..signature.outputs.len())
            .map(|place| local(&format!("y_{place}")).to_token_stream())
            .collect();
        let (pattern, y) = (self.as_returned(&y), nested(&y));
        let comparisons =
            custom.given().map(|(given, path)| self.comparison(custom, given, &path.to_token_stream()));
        let (documentation, generics) = (self.check_documentation(), self.generics());
        quote! {
            #(#[doc = #documentation])*
            #lints
            #[allow(dead_code)]
            #visibility fn #name #generics(#(#parameters),*) -> ::core::result::Result<(), #runtime::Mismatch> {
                #runtime::check::Check::new(#function, &[#(#inputs),*], &[#(#outputs),*], #at, |#x| {
                    let #pattern = #own_value(#(#passed),*);
                    #y
                })
                #(#comparisons)*
                .finish()
            }
        }
    }

    /// An argument's name, and how many elements it has.
    fn counted(&self, name: &str, ty: &Type) -> TokenStream {
        let Type::Array(..) = ty else { return quote!((#name, ::core::option::Option::None)) };
        let (ty, runtime) = (self.types.ty(ty), &self.runtime);
        quote!((#name, ::core::option::Option::Some(<#ty as #runtime::elements::Elements>::LEN)))
    }

    /// The path of a function of the companion.
    fn own_path(&self, word: &str) -> TokenStream {
        let (name, arguments) = (self.function.ident(), self.generic_arguments());
        let function = format_ident!("__own_{word}");
        quote!(<#name #arguments>::#function)
    }

    /// The inputs as arguments, where those with derivatives are values.
    fn checked_inputs(&self) -> Vec<TokenStream> {
        let inputs = self.function.signature.inputs.iter();
        let passed = inputs.map(|input| {
            let ident = &input.ident;
            if input.is_differentiable() && input.passing != Passing::Value {
                quote!(&#ident)
            } else {
                quote!(#ident)
            }
        });
        passed.collect()
    }

    /// One comparison, as a method call.
    fn comparison(&self, custom: &Custom, given: Given, path: &TokenStream) -> TokenStream {
        let text = path.to_string().replace(' ', "");
        let x = nested(&self.moving().map(|input| input.ident.to_token_stream()).collect::<Vec<_>>());
        let v = self.by_input("v");
        let vectors = nested(&v.iter().map(ToTokens::to_token_stream).collect::<Vec<_>>());
        match given {
            Given::Gradient => {
                let gradient = self.checked_gradient(Given::Gradient);
                quote!(.gradient(#text, #gradient))
            }
            Given::Jvp => {
                let y = self.checked_outputs();
                let (function, inputs) = (self.own_path(given.word()), self.checked_inputs());
                let v = self.by_value_or_reference(self.moving().map(|input| &input.ty), &v);
                let (pattern, y) = (self.as_returned(&y), nested(&y));
                quote!(.jvp(#text, |#x, #vectors| { let #pattern = #function(#(#inputs,)* #(#v),*); #y }))
            }
            Given::Jacobian => {
                let (runtime, y) = (&self.runtime, self.checked_outputs());
                let (function, inputs) = (self.own_path(given.word()), self.checked_inputs());
                let (pattern, blocks) = self.blocks();
                let rows =
                    blocks.iter().zip(&self.function.signature.outputs).zip(&y).map(|((row, output), y)| {
                        let ty = self.types.ty(&output.ty);
                        let terms = row.iter().zip(&v);
                        let sum = self.sum(
                            terms.map(|(block, v)| quote!(#runtime::elements::matrix_vector(&#block, &#v))),
                        );
                        quote!(let #y: #ty = #sum;)
                    });
                let y = nested(&y);
                quote!(.jvp(#text, |#x, #vectors| { let #pattern = #function(#(#inputs),*); #(#rows)* #y }))
            }
            Given::Vjp => {
                let (function, inputs) = (self.own_path(given.word()), self.checked_inputs());
                let c = self.by_output("c");
                let cotangents = nested(&c.iter().map(ToTokens::to_token_stream).collect::<Vec<_>>());
                let c = self.by_value_or_reference(
                    self.function.signature.outputs.iter().map(|output| &output.ty),
                    &c,
                );
                let (pattern, g) = self.checked_cotangents();
                quote!(.vjp(#text, |#x, #cotangents| { let #pattern = #function(#(#inputs,)* #(#c),*); #g }))
            }
            Given::Hvp => {
                let gradient = self.checked_gradient(custom.reverse().unwrap_or(Given::Gradient));
                let (function, inputs) = (self.own_path(given.word()), self.checked_inputs());
                let v = self.by_value_or_reference(self.moving().map(|input| &input.ty), &v);
                let (pattern, g) = self.checked_cotangents();
                quote!(.hvp(#text, #gradient, |#x, #vectors| { let #pattern = #function(#(#inputs,)* #(#v),*); #g }))
            }
        }
    }

    /// A closure that yields the gradient.
    fn checked_gradient(&self, given: Given) -> TokenStream {
        let x = nested(&self.moving().map(|input| input.ident.to_token_stream()).collect::<Vec<_>>());
        let (function, inputs) = (self.own_path(given.word()), self.checked_inputs());
        let (pattern, g) = self.checked_cotangents();
        let seed = (given == Given::Vjp).then(|| quote!(1.0));
        quote!(|#x| { let #pattern = #function(#(#inputs,)* #seed); #g })
    }

    /// Values by input as the user's functions return them, and as one vector.
    fn checked_cotangents(&self) -> (TokenStream, TokenStream) {
        let g: Vec<_> = self.by_input("g").iter().map(ToTokens::to_token_stream).collect();
        (tuple(&g), nested(&g))
    }

    /// A local for each output.
    fn checked_outputs(&self) -> Vec<TokenStream> {
        self.by_output("r").iter().map(ToTokens::to_token_stream).collect()
    }

    fn by_value_or_reference<'t>(
        &self,
        types: impl Iterator<Item = &'t Type>,
        idents: &[proc_macro2::Ident],
    ) -> Vec<TokenStream> {
        let added = types.zip(idents);
        added
            .map(|(ty, ident)| if let Type::Array(..) = ty { quote!(&#ident) } else { quote!(#ident) })
            .collect()
    }

    fn check_documentation(&self) -> Vec<String> {
        let name = plain(self.function.ident());
        vec![
            format!(
                " Compares the derivatives that are given for [`{name}`](fn@{name}) with differences, at a point:"
            ),
            " a line for a test.".to_owned(),
            String::new(),
            " # Errors".to_owned(),
            " The worst entry that does not agree.".to_owned(),
        ]
    }
}

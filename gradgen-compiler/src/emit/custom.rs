//! The hidden functions of a companion whose derivatives the user gives: what is not given is made of what
//! is. What the user gives is called in one place each, where rustc reports a wrong signature once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::Emitter;
use super::hidden::method;
use super::sibling::ignore;
use super::types::tuple;
use crate::frontend::{Custom, Given, Input, Passing, has_one_scalar, plain};
use crate::ir::{Mode, Type};

/// A local name that is no user's.
pub(super) fn local(text: &str) -> Ident {
    Ident::new(&format!("__{text}"), Span::mixed_site())
}

/// The function of the companion through which one of the user's is called.
pub(super) fn own(given: Given) -> Ident {
    format_ident!("__own_{}", given.word())
}

/// What is computed of a list of values, with the statements before it.
struct Computed {
    statements: TokenStream,
    values: Vec<TokenStream>,
}

impl Emitter<'_> {
    /// The inputs that the user's functions have tangents of.
    pub(super) fn moving(&self) -> impl Iterator<Item = &Input> {
        self.function.signature.inputs.iter().filter(|input| input.is_differentiable())
    }

    /// What the user's functions take, as types: the inputs as the function itself takes them, then tangents
    /// or cotangents.
    fn given_arguments(&self, given: Given) -> Vec<TokenStream> {
        let signature = &self.function.signature;
        let inputs = signature.inputs.iter().map(|input| {
            let ty = self.types.ty(&input.ty);
            if input.passing == Passing::Value { ty } else { quote!(&#ty) }
        });
        let added: Vec<_> = match given {
            Given::Jvp | Given::Hvp => self.moving().map(|input| self.types.argument(&input.ty)).collect(),
            Given::Vjp => signature.outputs.iter().map(|output| self.types.argument(&output.ty)).collect(),
            Given::Gradient | Given::Jacobian => vec![],
        };
        inputs.chain(added).collect()
    }

    /// What they yield.
    fn given_result(&self, given: Given) -> TokenStream {
        let signature = &self.function.signature;
        let by_input: Vec<_> = self.moving().map(|input| self.types.ty(&input.ty)).collect();
        match given {
            Given::Jvp => self.value_type(),
            Given::Vjp | Given::Gradient | Given::Hvp => tuple(&by_input),
            Given::Jacobian => {
                let rows = signature.outputs.iter().map(|output| {
                    let blocks = self.moving().map(|input| crate::ir::nest(&output.ty, input.ty.clone()));
                    tuple(&blocks.map(|ty| self.types.ty(&ty)).collect::<Vec<_>>())
                });
                tuple(&rows.collect::<Vec<_>>())
            }
        }
    }

    /// The type of the function's own result.
    fn value_type(&self) -> TokenStream {
        let signature = &self.function.signature;
        let types: Vec<_> = signature.outputs.iter().map(|output| self.types.ty(&output.ty)).collect();
        self.as_returned(&types)
    }

    /// Outputs as the function returns them.
    pub(super) fn as_returned(&self, outputs: &[TokenStream]) -> TokenStream {
        match outputs {
            [one] if self.function.signature.returns_tuple => quote!((#one,)),
            several => tuple(several),
        }
    }

    /// The functions through which the user's are called, and the function itself.
    pub(super) fn given(&self, custom: &Custom) -> TokenStream {
        let (name, turbofish) = (self.function.ident(), self.turbofish());
        let inputs: Vec<_> = self.given_arguments(Given::Gradient);
        let itself = self.caller(
            &format_ident!("__own_value"),
            &inputs,
            &self.value_type(),
            &quote!(#name #turbofish),
        );
        let given = custom.given().map(|(given, path)| {
            let (arguments, result) = (self.given_arguments(given), self.given_result(given));
            self.caller(&own(given), &arguments, &result, &path.to_token_stream())
        });
        quote!(#itself #(#given)*)
    }

    fn caller(
        &self,
        name: &Ident,
        arguments: &[TokenStream],
        result: &TokenStream,
        path: &TokenStream,
    ) -> TokenStream {
        let idents: Vec<_> = (0..arguments.len()).map(|place| local(&format!("a_{place}"))).collect();
        let function = local("function");
        quote! {
            #[allow(deprecated)]
            #[inline]
            fn #name(#(#idents: #arguments),*) -> #result {
                let #function: fn(#(#arguments),*) -> #result = #path;
                #function(#(#idents),*)
            }
        }
    }

    /// The hidden functions that follow from what is given.
    pub(super) fn custom_hidden(&self, custom: &Custom) -> Vec<(Mode, TokenStream)> {
        let signature = &self.function.signature;
        let mut functions = vec![(Mode::Primal, self.custom_value(false))];
        if let Some(given) = custom.forward(signature) {
            functions.push((Mode::Jvp, self.custom_tangents(given, false)));
        }
        if let Some(given) = custom.reverse() {
            functions.push((Mode::Forward, self.custom_value(true)));
            let cotangents = self.cotangents(given, "c");
            functions.push((Mode::Reverse, self.custom_function(Mode::Reverse, cotangents)));
            if let Some(forward) = custom.forward(signature) {
                functions.push((Mode::ForwardJvp, self.custom_tangents(forward, true)));
            }
            if custom.is_twice() {
                let second = self.second(custom, given);
                functions.push((Mode::ReverseJvp, self.custom_function(Mode::ReverseJvp, second)));
            }
        }
        functions
    }

    /// A hidden function from what it yields: by output, or by differentiable input.
    fn custom_function(&self, mode: Mode, computed: Computed) -> TokenStream {
        let Computed { statements, values } = computed;
        let parameters = self.hidden_parameters(mode);
        let (types, values, packed) = self.hidden_results(mode, values);
        let (ty, result) = (tuple(&types), tuple(&values));
        let mentioned = quote!(#statements #result).to_string();
        let idents = parameters.iter().map(|parameter| parameter.ident.clone());
        // A name that is part of another one is mentioned twice then, which does no harm.
        let unused: Vec<_> = idents.filter(|ident| !mentioned.contains(&plain(ident))).collect();
        let unused = ignore(&unused);
        let parameters = parameters.iter().map(|parameter| {
            let (ident, ty) = (&parameter.ident, &parameter.ty);
            quote!(#ident: #ty)
        });
        let (name, visibility, runtime) = (method(mode), self.function.visibility(), &self.runtime);
        let error = if self.function.attribute.fallible {
            quote!(#runtime::Error)
        } else {
            quote!(#runtime::chain::CannotFail)
        };
        quote! {
            #[doc(hidden)]
            #[inline]
            #visibility fn #name(#(#parameters),*) -> ::core::result::Result<#ty, #error> {
                #unused
                #statements
                #packed
                ::core::result::Result::Ok(#result)
            }
        }
    }

    /// The inputs as arguments.
    fn passed(&self) -> Vec<TokenStream> {
        self.function.signature.inputs.iter().map(|input| input.ident.to_token_stream()).collect()
    }

    /// A local of a hidden function for each differentiable input.
    pub(super) fn by_input(&self, prefix: &str) -> Vec<Ident> {
        self.moving().map(|input| local(&format!("{prefix}_{}", input.name()))).collect()
    }

    /// A local of a hidden function for each output.
    pub(super) fn by_output(&self, prefix: &str) -> Vec<Ident> {
        let outputs = self.function.signature.outputs.iter();
        outputs.map(|output| local(&format!("{prefix}_{}", output.name))).collect()
    }

    /// References as the user's functions take what is added: scalars by value.
    fn as_added<'t>(&self, references: &[Ident], types: impl Iterator<Item = &'t Type>) -> Vec<TokenStream> {
        let added = references.iter().zip(types);
        added
            .map(|(ident, ty)| if let Type::Array(..) = ty { quote!(#ident) } else { quote!(*#ident) })
            .collect()
    }

    /// Tangents of the inputs, as the user's functions take them.
    fn added_tangents(&self) -> Vec<TokenStream> {
        self.as_added(&self.by_input("v"), self.moving().map(|input| &input.ty))
    }

    /// `let (pattern) = Self::__own_…(inputs, added);`
    fn bind(&self, given: Given, added: &[TokenStream], pattern: &TokenStream) -> TokenStream {
        let (name, passed) = (own(given), self.passed());
        quote!(let #pattern = Self::#name(#(#passed,)* #(#added),*);)
    }

    /// Derivatives by each input of one scalar output, as locals `{prefix}_x`.
    fn gradient(&self, given: Given, prefix: &str) -> (TokenStream, Vec<Ident>) {
        let locals = self.by_input(prefix);
        let pattern = tuple(&locals.iter().map(ToTokens::to_token_stream).collect::<Vec<_>>());
        let seed = if given == Given::Vjp { vec![quote!(1.0)] } else { vec![] };
        (self.bind(given, &seed, &pattern), locals)
    }

    /// The blocks of a Jacobian by output and input, as locals.
    pub(super) fn blocks(&self) -> (TokenStream, Vec<Vec<Ident>>) {
        let outputs = 0..self.function.signature.outputs.len();
        let blocks: Vec<Vec<_>> = outputs.map(|place| self.by_input(&format!("j{place}"))).collect();
        let rows =
            blocks.iter().map(|row| tuple(&row.iter().map(ToTokens::to_token_stream).collect::<Vec<_>>()));
        (tuple(&rows.collect::<Vec<_>>()), blocks)
    }

    pub(super) fn sum(&self, terms: impl Iterator<Item = TokenStream>) -> TokenStream {
        let runtime = &self.runtime;
        let sum = terms.reduce(|a, b| quote!(#runtime::chain::sum(&#a, &#b)));
        sum.unwrap_or_default()
    }

    fn custom_value(&self, with_tape: bool) -> TokenStream {
        let passed = self.passed();
        let locals = self.by_output("r");
        let values: Vec<_> = locals.iter().map(ToTokens::to_token_stream).collect();
        let pattern = self.as_returned(&values);
        let statements = quote!(let #pattern = Self::__own_value(#(#passed),*););
        let mode = if with_tape { Mode::Forward } else { Mode::Primal };
        self.custom_function(mode, Computed { statements, values })
    }

    fn custom_tangents(&self, given: Given, with_tape: bool) -> TokenStream {
        let mode = if with_tape { Mode::ForwardJvp } else { Mode::Jvp };
        let runtime = &self.runtime;
        let tangents = self.by_input("v");
        let computed = match given {
            Given::Jvp => {
                let locals = self.by_output("r");
                let values: Vec<_> = locals.iter().map(ToTokens::to_token_stream).collect();
                let statements = self.bind(given, &self.added_tangents(), &self.as_returned(&values));
                Computed { statements, values }
            }
            Given::Jacobian => {
                let (pattern, blocks) = self.blocks();
                let statements = self.bind(given, &[], &pattern);
                let values = blocks.iter().map(|row| {
                    let terms = row.iter().zip(&tangents);
                    self.sum(terms.map(|(block, v)| quote!(#runtime::elements::matrix_vector(&#block, #v))))
                });
                Computed { statements, values: values.collect() }
            }
            Given::Gradient | Given::Vjp | Given::Hvp => {
                let (statements, locals) = self.gradient(given, "g");
                let terms = locals.iter().zip(&tangents);
                let value = self.sum(terms.map(|(g, v)| quote!(#runtime::elements::dot(&#g, #v))));
                Computed { statements, values: vec![value] }
            }
        };
        self.custom_function(mode, computed)
    }

    /// Cotangents of the inputs, from those of the outputs, which are `__{prefix}_y`.
    fn cotangents(&self, given: Given, prefix: &str) -> Computed {
        let runtime = &self.runtime;
        let cotangents = self.by_output(prefix);
        match given {
            Given::Vjp => {
                let outputs = self.function.signature.outputs.iter().map(|output| &output.ty);
                let locals = self.by_input("g");
                let values: Vec<_> = locals.iter().map(ToTokens::to_token_stream).collect();
                let statements = self.bind(given, &self.as_added(&cotangents, outputs), &tuple(&values));
                Computed { statements, values }
            }
            Given::Jacobian => {
                let (pattern, blocks) = self.blocks();
                let statements = self.bind(given, &[], &pattern);
                Computed { statements, values: self.through_blocks(&blocks, &cotangents) }
            }
            Given::Gradient | Given::Jvp | Given::Hvp => {
                let (statements, locals) = self.gradient(given, "g");
                let c = &cotangents[0];
                let values = locals.iter().map(|g| quote!(#runtime::elements::times(&#g, #c))).collect();
                Computed { statements, values }
            }
        }
    }

    /// Cotangents of the outputs times the blocks of a Jacobian, by input.
    fn through_blocks(&self, blocks: &[Vec<Ident>], cotangents: &[Ident]) -> Vec<TokenStream> {
        let runtime = &self.runtime;
        let inputs = 0..self.moving().count();
        inputs
            .map(|place| {
                let terms = blocks.iter().zip(cotangents);
                self.sum(terms.map(|(row, c)| {
                    let block = &row[place];
                    quote!(#runtime::elements::vector_matrix(#c, &#block))
                }))
            })
            .collect()
    }

    /// Tangents of the cotangents of the inputs.
    fn second(&self, custom: &Custom, given: Given) -> Computed {
        let runtime = &self.runtime;
        if custom.path(Given::Hvp).is_some() {
            let first = self.one_gradient(given);
            let along = self.by_input("h");
            let pattern = tuple(&along.iter().map(ToTokens::to_token_stream).collect::<Vec<_>>());
            let second = self.bind(Given::Hvp, &self.added_tangents(), &pattern);
            return self.weighted(&first, &second, &along);
        }
        let path = custom.path(given).map(ToTokens::to_token_stream).unwrap_or_default();
        let added = match given {
            Given::Vjp => {
                let (c, v_c) = (self.by_output("c"), self.by_output("v_c"));
                let outputs = self.function.signature.outputs.iter().map(|output| &output.ty);
                (self.as_added(&c, outputs), v_c.iter().map(ToTokens::to_token_stream).collect())
            }
            _ => (vec![], vec![]),
        };
        let called = self.tangent_of_given(&path, &added.0, &added.1);
        match given {
            Given::Vjp => {
                let values: Vec<_> = self.by_input("h").iter().map(ToTokens::to_token_stream).collect();
                let pattern = tuple(&values);
                Computed { statements: quote!(let #pattern = #called;), values }
            }
            Given::Jacobian => {
                let (pattern, blocks) = self.blocks();
                let first = self.bind(given, &[], &pattern);
                let terms = self.through_blocks(&blocks, &self.by_output("v_c"));
                let firsts = self.by_input("g");
                let moved = self.through_blocks(&blocks, &self.by_output("c"));
                let values = firsts.iter().zip(moved).map(|(g, h)| quote!(#runtime::chain::sum(&#g, &#h)));
                let values = values.collect();
                let types: Vec<_> = self.moving().map(|input| self.types.ty(&input.ty)).collect();
                let statements = quote! {
                    #first
                    #(let #firsts: #types = #terms;)*
                    let #pattern = #called;
                };
                Computed { statements, values }
            }
            Given::Gradient | Given::Jvp | Given::Hvp => {
                let first = self.one_gradient(given);
                let along = self.by_input("h");
                let pattern = tuple(&along.iter().map(ToTokens::to_token_stream).collect::<Vec<_>>());
                self.weighted(&first, &quote!(let #pattern = #called;), &along)
            }
        }
    }

    /// The gradient of the one scalar output as locals `__g_x`.
    fn one_gradient(&self, given: Given) -> TokenStream {
        debug_assert!(has_one_scalar(&self.function.signature), "only such a function has a gradient");
        self.gradient(given, "g").0
    }

    /// The gradient times the cotangent's tangent, and what becomes of it along a direction times the
    /// cotangent.
    fn weighted(&self, first: &TokenStream, second: &TokenStream, along: &[Ident]) -> Computed {
        let runtime = &self.runtime;
        let (c, v_c) = (&self.by_output("c")[0], &self.by_output("v_c")[0]);
        let gradient = self.by_input("g");
        let values = gradient.iter().zip(along).map(|(g, h)| {
            quote! {
                #runtime::chain::sum(&#runtime::elements::times(&#g, #v_c), &#runtime::elements::times(&#h, #c))
            }
        });
        Computed { values: values.collect(), statements: quote!(#first #second) }
    }

    /// The tangent of what the user gives, through its companion.
    fn tangent_of_given(
        &self,
        path: &TokenStream,
        added: &[TokenStream],
        moved: &[TokenStream],
    ) -> TokenStream {
        let (passed, runtime) = (self.passed(), &self.runtime);
        let tangents = self.function.signature.inputs.iter().map(|input| {
            let v = local(&format!("v_{}", input.name()));
            if input.is_differentiable() { quote!(#v) } else { quote!(&()) }
        });
        let span =
            syn::parse2::<syn::Path>(path.clone()).map_or_else(|_| Span::call_site(), |path| path.span());
        let called = quote_spanned!(span=> #path::__jvp(#(#passed,)* #(#added,)* #(#tangents,)* #(#moved),*));
        if self.function.attribute.fallible {
            quote!(#called?)
        } else {
            quote_spanned!(span=> #runtime::chain::value(#called))
        }
    }
}

//! The metadata table.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::Emitter;
use super::call::is_given_as_usize;
use crate::frontend::Unused;
use crate::ir::{Atom, Length, Scalar, Type};
use crate::model::{Compiled, Port, Role};
use crate::passes::operations;

impl Emitter<'_> {
    /// The table of the function, with its siblings'.
    pub(super) fn info(&self) -> TokenStream {
        let siblings = self.function.siblings.iter().map(|sibling| {
            let documentation = self.summary(sibling);
            self.table(sibling, &documentation, None)
        });
        let siblings = quote!(&[#(#siblings),*]);
        let table = self.table(&self.function.primal, &self.function.documentation(), Some(siblings));
        quote!(&#table)
    }

    fn table(&self, compiled: &Compiled, documentation: &str, siblings: Option<TokenStream>) -> TokenStream {
        let runtime = &self.runtime;
        let name = &compiled.name;
        let is_primal = siblings.is_some();
        let inputs = compiled.inputs.iter().map(|port| self.argument_table(port, is_primal));
        let outputs = compiled.outputs.iter().map(|port| self.argument_table(port, is_primal));
        let signature = &self.function.signature;
        let (workspace, turbofish) = (self.ident(&format!("{name}_workspace")), self.turbofish_of_lengths());
        // A call that gives too few lengths gets the largest size: no workspace can have it.
        let given: Vec<_> = signature.taken_sizes().map(|place| format_ident!("__{place}")).collect();
        let workspace = if given.is_empty() {
            quote!(|_| #workspace #turbofish())
        } else {
            let all = signature.sizes().map(|place| {
                let taken = signature.inputs[place].is_taken().then(|| format_ident!("__{place}"));
                taken.map_or_else(|| quote!(0), |ident| quote!(#ident))
            });
            quote!(|__lengths| match *__lengths {
                [#(#given),*] => #workspace #turbofish(#(#all),*),
                _ => usize::MAX,
            })
        };
        let call = self.call(compiled);
        let cost = operations(&compiled.graph);
        let hash = Literal::u64_unsuffixed(self.signature_hash(compiled));
        let hash = if let Scalar::Generic(_) = self.types.scalar {
            let dtype = self.dtype();
            quote!((#hash as u64).wrapping_add(#dtype as u64))
        } else {
            quote!(#hash)
        };
        let siblings = siblings.map(|siblings| quote!(.with_siblings(#siblings)));
        quote! {
            #runtime::FunctionInfo::new(
                #name,
                ::core::concat!(::core::module_path!(), "::", #name),
                &[#(#inputs),*],
                &[#(#outputs),*],
                #workspace,
                #call,
            )
            #siblings
            .with_doc(#documentation)
            .with_facts(#cost, #hash)
        }
    }

    fn argument_table(&self, port: &Port, is_primal: bool) -> TokenStream {
        let runtime = &self.runtime;
        let mut shape = vec![];
        let mut ty = &port.ty;
        while let Type::Array(element, length) = ty {
            let of = match length.size().and_then(|size| size.atom()) {
                Some(Atom::Length(of) | Atom::Input(of)) => {
                    self.function.signature.taken_sizes().position(|place| place == of)
                }
                _ => None,
            };
            shape.push(match of {
                Some(place) => quote!(#runtime::Dim::Length(#place)),
                None => {
                    let length = self.types.length(length);
                    quote!(#runtime::Dim::Fixed(#length))
                }
            });
            ty = element;
        }
        let dtype = match (ty, self.types.scalar) {
            // Others are given as one of these, and refused where they do not fit.
            (Type::Int(int), _) if is_given_as_usize(*int) => quote!(#runtime::Dtype::Usize),
            (Type::Int(_), _) => quote!(#runtime::Dtype::I32),
            (Type::Bool, _) => quote!(#runtime::Dtype::Bool),
            (_, Scalar::F64) => quote!(#runtime::Dtype::F64),
            (_, Scalar::F32) => quote!(#runtime::Dtype::F32),
            (_, Scalar::Generic(_)) => self.dtype(),
        };
        let role = match port.role {
            Role::Input if ty.is_differentiable() => quote!(Input),
            Role::Input => quote!(Parameter),
            Role::Tangent => quote!(Tangent),
            Role::Cotangent => quote!(Cotangent),
            Role::Direction => quote!(Direction),
            Role::Output => quote!(Output),
        };
        let name = &port.name;
        let mut table = quote!(#runtime::ArgInfo::new(#name, &[#(#shape),*], #dtype, #runtime::Role::#role));
        if let (Role::Input, Some(place)) = (port.role, port.input) {
            let input = &self.function.signature.inputs[place];
            if let Some(rename) = &input.rename {
                table.extend(quote!(.renamed(#rename)));
            }
            if let Some(default) = &input.default {
                table.extend(quote!(.with_default(#runtime::Default::#default)));
            }
            if input.state && is_primal {
                table.extend(quote!(.kept()));
            }
            if !self.function.uses[place] {
                table.extend(quote!(.without_use()));
            }
        }
        table
    }

    /// The type of a type parameter's values.
    fn dtype(&self) -> TokenStream {
        let (scalar, runtime) = (self.types.scalar(), &self.runtime);
        quote!(<#scalar as #runtime::Scalar>::DTYPE)
    }

    /// FNV-1a over names and types: equal for equal signatures, on every machine.
    fn signature_hash(&self, compiled: &Compiled) -> u64 {
        let mut text = format!("{}{}", compiled.name, self.scalar_text());
        for port in compiled.inputs.iter().chain(&compiled.outputs) {
            text.push_str(&format!(";{}:{:?}:{}", port.name, port.role, self.type_text(&port.ty)));
        }
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    }

    fn scalar_text(&self) -> String {
        match self.types.scalar {
            Scalar::Generic(_) => self.types.scalar().to_string(),
            scalar => format!("{scalar:?}"),
        }
    }

    /// A type as text; lengths as written.
    pub(super) fn type_text(&self, ty: &Type) -> String {
        match ty {
            Type::Array(element, Length::Symbol(symbol)) => {
                format!("[{}; {}]", self.type_text(element), self.function.symbols[*symbol as usize])
            }
            Type::Array(element, Length::Fixed(length)) => format!("[{}; {length}]", self.type_text(element)),
            Type::Array(element, Length::Size(size)) => {
                format!("[{}; {}]", self.type_text(element), self.size_text(size))
            }
            other => self.types.ty(other).to_string(),
        }
    }

    /// A deprecation note for each input that nothing depends on, if the attribute asks for it: a
    /// macro has no other way to warn.
    pub(super) fn unused_notes(&self) -> TokenStream {
        if self.function.attribute.unused != Unused::Warn {
            return TokenStream::new();
        }
        let inputs =
            self.function.signature.inputs.iter().zip(&self.function.uses).filter(|(_, used)| !**used);
        inputs
            .map(|(input, _)| {
                let message =
                    format!("no output of `{}` depends on `{}`", self.function.primal.name, input.name());
                let span = input.ident.span();
                quote::quote_spanned! {span=>
                    const _: () = {
                        #[deprecated(note = #message)]
                        const UNUSED_INPUT: () = ();
                        UNUSED_INPUT
                    };
                }
            })
            .collect()
    }
}

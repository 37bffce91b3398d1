//! The uniform call of a function: flat slices in, flat slices out.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::Emitter;
use super::memory::flatten;
use crate::frontend::Passing;
use crate::ir::{Int, Scalar, Type};
use crate::model::{Compiled, Port, Role};

impl Emitter<'_> {
    /// A closure without captures over `inputs`, `outputs` and `work`, as a `Call`.
    pub(super) fn call(&self, compiled: &Compiled) -> TokenStream {
        let runtime = &self.runtime;
        let body = self.entry(compiled);
        match self.types.scalar {
            Scalar::F64 => quote!(#runtime::Call::F64(#body)),
            Scalar::F32 => quote!(#runtime::Call::F32(#body)),
            Scalar::Generic(_) => {
                let (scalar, entry) = (self.types.scalar(), self.entry_name(compiled));
                quote! {
                    #runtime::scalar::call::<#scalar>(
                        |__inputs, __outputs, __work| {
                            <#scalar as #runtime::Scalar>::__call_f64(Self::#entry, __inputs, __outputs, __work)
                        },
                        |__inputs, __outputs, __work| {
                            <#scalar as #runtime::Scalar>::__call_f32(Self::#entry, __inputs, __outputs, __work)
                        },
                    )
                }
            }
        }
    }

    /// The entries of a generic function and its siblings: the table has one adapter for each scalar type,
    /// and these have what the two have in common.
    pub(super) fn entries(&self) -> TokenStream {
        let Scalar::Generic(_) = self.types.scalar else { return TokenStream::new() };
        let (scalar, runtime) = (self.types.scalar(), &self.runtime);
        let all = std::iter::once(&self.function.primal).chain(&self.function.siblings);
        let entries = all.map(|compiled| {
            let (entry, body) = (self.entry_name(compiled), self.entry(compiled));
            quote!(const #entry: #runtime::Entry<#scalar> = #body;)
        });
        entries.collect()
    }

    fn entry_name(&self, compiled: &Compiled) -> Ident {
        format_ident!("__{}", compiled.name.to_uppercase(), span = Span::mixed_site())
    }

    /// A closure without captures over `inputs`, `outputs` and `work`.
    fn entry(&self, compiled: &Compiled) -> TokenStream {
        let runtime = &self.runtime;
        let local = |prefix: &str, place: usize| {
            let ident: Ident = format_ident!("__{prefix}_{place}", span = Span::mixed_site());
            ident
        };
        let inputs: Vec<_> = (0..compiled.inputs.len()).map(|place| local("input", place)).collect();
        let outputs: Vec<_> = (0..compiled.outputs.len()).map(|place| local("output", place)).collect();
        let reads = compiled.inputs.iter().zip(&inputs).map(|(port, ident)| self.read(port, ident));
        let places = compiled.outputs.iter().zip(&outputs).map(|(port, ident)| {
            let name = &port.name;
            if port.ty.is_slice() {
                let element = self.types.ty(&flatten(&port.ty).1);
                return quote!(let #ident = #runtime::places::<#element>(#ident, #name)?;);
            }
            if let Some(structure) = &port.structure {
                let value = value_of(ident);
                return quote! {
                    #runtime::room::<#structure>(#ident, #name)?;
                    let mut #value = <#structure as #runtime::Structure>::ZERO;
                };
            }
            let ty = self.types.ty(&port.ty);
            quote!(let #ident = #runtime::place::<#ty>(#ident, #name)?;)
        });
        let structures = || compiled.outputs.iter().zip(&outputs);
        let targets = structures().map(|(port, ident)| match &port.structure {
            Some(_) => {
                let value = value_of(ident);
                quote!(&mut #value)
            }
            None => quote!(#ident),
        });
        let stores: Vec<_> = structures()
            .filter(|(port, _)| port.structure.is_some())
            .map(|(port, ident)| {
                let (value, name) = (value_of(ident), &port.name);
                quote!(#runtime::flatten(&#value, #ident, #name)?;)
            })
            .collect();
        let (input_count, output_count) = (inputs.len(), outputs.len());
        let [all_inputs, all_outputs, work] = ["inputs", "outputs", "work"].map(|name| {
            let ident: Ident = format_ident!("__{name}", span = Span::mixed_site());
            ident
        });
        let turbofish = self.turbofish();
        let into = self.ident(&format!("{}_into", compiled.name));
        let call = quote!(#into #turbofish(#(#inputs,)* #(#targets,)* #work));
        let call =
            if stores.is_empty() { call } else { quote!(#call?; #(#stores)* ::core::result::Result::Ok(())) };
        quote! {
            |#all_inputs, #all_outputs, #work| {
                let &[#(#inputs),*] = #all_inputs else {
                    return ::core::result::Result::Err(
                        #runtime::Error::count("inputs", #input_count, #all_inputs.len())
                    );
                };
                #(#reads)*
                let __given = #all_outputs.len();
                let [#(#outputs),*] = #all_outputs else {
                    return ::core::result::Result::Err(
                        #runtime::Error::count("outputs", #output_count, __given)
                    );
                };
                #(#places)*
                #call
            }
        }
    }

    /// The value of an input, as the function takes it.
    fn read(&self, port: &Port, ident: &Ident) -> TokenStream {
        let name = &port.name;
        let by_reference = match (port.role, port.input) {
            (Role::Input, Some(place)) => self.function.signature.inputs[place].passing != Passing::Value,
            _ => matches!(port.ty, Type::Array(..)),
        };
        if port.ty.is_slice() {
            let element = flatten(&port.ty).1;
            if !element.is_differentiable() {
                return quote!(let #ident = #ident.indices(#name)?;);
            }
            let element = self.types.ty(&element);
            return quote!(let #ident = #ident.slice::<#element>(#name)?;);
        }
        if let Some(structure) = &port.structure {
            let runtime = &self.runtime;
            let by_reference = by_reference.then(|| quote!(&));
            let value = if let Type::Array(..) = port.ty { quote!(structure) } else { quote!(variant) };
            return quote!(let #ident = #by_reference #runtime::#value::<#structure>(#ident, #name)?;);
        }
        let ty = self.types.ty(&port.ty);
        let value = match &port.ty {
            Type::Array(..) if !port.ty.is_differentiable() && by_reference => {
                return quote!(let #ident = #ident.index_array(#name)?;);
            }
            Type::Array(..) if !port.ty.is_differentiable() => quote!(*#ident.index_array(#name)?),
            Type::Int(Int::Usize) => quote!(#ident.usize(#name)?),
            Type::Int(Int::I32) => quote!(#ident.i32(#name)?),
            Type::Int(int) => {
                let given = if is_given_as_usize(*int) { quote!(usize) } else { quote!(i32) };
                let (runtime, expected) = (&self.runtime, int.name());
                quote!(match <#ty as ::core::convert::TryFrom<_>>::try_from(#ident.#given(#name)?) {
                    ::core::result::Result::Ok(integer) => integer,
                    ::core::result::Result::Err(_) => return ::core::result::Result::Err(
                        #runtime::Error::kind(#name, #expected, "an integer outside of that type"),
                    ),
                })
            }
            Type::Bool => quote!(#ident.bool(#name)?),
            _ if by_reference => return quote!(let #ident = #ident.real::<#ty>(#name)?;),
            _ => return quote!(let #ident = *#ident.real::<#ty>(#name)?;),
        };
        if by_reference { quote!(let #ident = &#value;) } else { quote!(let #ident = #value;) }
    }
}

/// The struct that becomes the content of an output.
fn value_of(output: &Ident) -> Ident {
    format_ident!("{output}_value", span = output.span())
}

/// Whether callers outside of Rust give an integer as a `usize`; else as an `i32`.
pub(super) const fn is_given_as_usize(int: Int) -> bool {
    matches!(int, Int::Usize | Int::U32 | Int::U64)
}

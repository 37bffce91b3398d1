//! From the model to Rust. Nothing can fail here: what could was refused before.

mod call;
mod check;
mod code;
mod companion;
mod control;
mod custom;
mod documentation;
mod expression;
mod generics;
pub(crate) mod hidden;
mod info;
mod memory;
mod modes;
mod names;
mod numbers;
mod operands;
mod sibling;
mod structures;
mod stubs;
mod types;
mod windows;
mod workspace;
mod wrapped;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(crate) use stubs::method_stubs;
pub use stubs::stubs;

use crate::frontend;
use crate::model::Function;
use types::Types;

/// Where elementary functions come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Math {
    /// The methods of `f64` and `f32`.
    #[default]
    Std,
    /// The `libm` crate, through the runtime.
    Libm,
}

/// What code is emitted for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Where elementary functions come from.
    pub math: Math,
}

/// Everything that stands beside the user's function, and that function itself.
#[must_use]
pub fn emit(function: &Function, target: Target) -> TokenStream {
    let sizes = Sizes::new(function);
    let emitter = Emitter::new(function, &sizes, target);
    let item = &function.item;
    let forms = match &function.leaves {
        Some(leaves) => {
            let (beside, forms) = emitter.forms_of_structures(leaves);
            quote!(#beside #forms)
        }
        None => {
            let primal = emitter.primal();
            let siblings = function.siblings.iter().map(|sibling| emitter.sibling(sibling));
            quote!(#primal #(#siblings)*)
        }
    };
    let companion = emitter.companion();
    let check = function.attribute.custom.as_ref().map(|custom| emitter.check(custom));
    let (notes, witnesses) = (emitter.unused_notes(), emitter.witnesses());
    quote! {
        #item
        #forms
        #check
        #companion
        #notes
        #witnesses
    }
}

/// What stands beside a method and the block that it is in, and what stands in the block.
#[must_use]
pub(crate) fn emit_method(function: &Function, target: Target) -> (TokenStream, TokenStream) {
    let sizes = Sizes::new(function);
    let emitter = Emitter::new(function, &sizes, target);
    let forms = function.leaves.as_ref().map(|leaves| emitter.forms_of_structures(leaves));
    forms.unwrap_or_default()
}

/// What all parts of the code of one function need.
struct Emitter<'a> {
    function: &'a Function,
    target: Target,
    runtime: TokenStream,
    types: Types<'a>,
    /// The const generics that hidden functions have beside the companion's.
    lengths: &'a [Ident],
}

/// How sizes that only run time knows are reached in the code.
struct Sizes {
    lengths: Vec<TokenStream>,
    integers: Vec<TokenStream>,
}

impl Sizes {
    fn new(function: &Function) -> Self {
        let inputs = &function.signature.inputs;
        Self {
            lengths: inputs
                .iter()
                .map(|input| {
                    let ident = &input.ident;
                    quote!(#ident.len())
                })
                .collect(),
            integers: inputs
                .iter()
                .map(|input| {
                    let ident = &input.ident;
                    if input.passing == frontend::Passing::Value { quote!(#ident) } else { quote!((*#ident)) }
                })
                .collect(),
        }
    }
}

impl<'a> Emitter<'a> {
    fn new(function: &'a Function, sizes: &'a Sizes, target: Target) -> Self {
        let runtime = function.signature.runtime.clone();
        let types = Types {
            scalar: function.signature.scalar,
            symbols: &function.symbols,
            derived: &function.derived,
            lengths: &sizes.lengths,
            integers: &sizes.integers,
        };
        Self { function, target, runtime, types, lengths: &[] }
    }

    /// Style lints judge what a person wrote. To rustc's own lints generated code holds.
    fn lints(&self) -> TokenStream {
        let names = self.name_lints();
        // Of the functions of fields not all are called.
        let unused = self.function.signature.is_of_fields.then(|| quote!(#[allow(dead_code)]));
        quote!(#names #unused #[allow(clippy::all, clippy::pedantic, clippy::nursery)])
    }

    /// Generated names follow the user's, which may be `_x` or `A`.
    fn name_lints(&self) -> TokenStream {
        let signature = &self.function.signature;
        let inputs = signature.inputs.iter().map(frontend::Input::name);
        let outputs = signature.outputs.iter().map(|output| output.name.clone());
        let mut names = std::iter::once(frontend::plain(self.function.ident())).chain(inputs).chain(outputs);
        let odd = |name: String| {
            name.starts_with('_') || name.contains("__") || name.chars().any(char::is_uppercase)
        };
        if names.any(odd) { quote!(#[allow(non_snake_case)]) } else { TokenStream::new() }
    }
}

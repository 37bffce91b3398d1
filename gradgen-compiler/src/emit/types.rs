//! Types in generated code.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Length, Scalar, Type};

/// Writes types of one function.
#[derive(Clone, Copy)]
pub(super) struct Types<'a> {
    pub(super) scalar: Scalar,
    pub(super) symbols: &'a [TokenStream],
}

impl Types<'_> {
    pub(super) fn scalar(self) -> TokenStream {
        match self.scalar {
            Scalar::F64 => quote!(f64),
            Scalar::F32 => quote!(f32),
        }
    }

    pub(super) fn length(self, length: &Length) -> TokenStream {
        match length {
            Length::Fixed(length) => {
                let length = Literal::usize_unsuffixed(*length);
                quote!(#length)
            }
            Length::Symbol(symbol) => {
                let tokens = &self.symbols[*symbol as usize];
                quote!(#tokens)
            }
            Length::Variable(_) | Length::Unknown => quote!(_),
        }
    }

    /// The type; `_` for what only rustc knows.
    pub(super) fn ty(self, ty: &Type) -> TokenStream {
        match ty {
            Type::Real => self.scalar(),
            Type::Bool => quote!(bool),
            Type::Int(crate::ir::Int::Usize) => quote!(usize),
            Type::Int(crate::ir::Int::I32) => quote!(i32),
            Type::Array(element, length) => {
                let (element, length) = (self.ty(element), self.length(length));
                quote!([#element; #length])
            }
            Type::Variable(_) | Type::Opaque | Type::Several => quote!(_),
        }
    }

    /// The type of the tangents of values of a type.
    pub(super) fn tangent(self, ty: &Type) -> TokenStream {
        if ty.is_differentiable() { self.ty(ty) } else { quote!(()) }
    }

    /// The type as an added argument: scalars by value, arrays by reference.
    pub(super) fn argument(self, ty: &Type) -> TokenStream {
        let written = self.ty(ty);
        if let Type::Array(..) = ty { quote!(&#written) } else { written }
    }
}

/// The elements of a tuple: the one value where there is only one.
pub(super) fn tuple(elements: &[TokenStream]) -> TokenStream {
    match elements {
        [one] => one.clone(),
        several => quote!((#(#several),*)),
    }
}

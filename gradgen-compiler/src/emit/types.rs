//! Types in generated code.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Atom, DerivedSize, Length, Polynomial, Scalar, Type};

/// Writes types of one function.
#[derive(Clone, Copy)]
pub(super) struct Types<'a> {
    pub(super) scalar: Scalar,
    pub(super) symbols: &'a [TokenStream],
    pub(super) derived: &'a [DerivedSize],
    /// The lengths of the function's inputs, by position.
    pub(super) lengths: &'a [TokenStream],
    /// The function's inputs that are integers, by position.
    pub(super) integers: &'a [TokenStream],
}

impl Types<'_> {
    pub(super) fn scalar(self) -> TokenStream {
        match self.scalar {
            Scalar::F64 => quote!(f64),
            Scalar::F32 => quote!(f32),
            Scalar::Generic(symbol) => self.symbols[symbol as usize].clone(),
        }
    }

    /// 0 of the scalar type.
    pub(super) fn zero(self, runtime: &TokenStream) -> TokenStream {
        match self.scalar {
            Scalar::Generic(_) => {
                let scalar = self.scalar();
                quote!(#runtime::scalar::zero::<#scalar>())
            }
            _ => quote!(0.0),
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
            Length::Size(size) => self.size(size),
            Length::Variable(_) | Length::Unknown => quote!(_),
        }
    }

    /// A size as an expression that is at least what it says, whatever overflows.
    pub(super) fn size(self, size: &Polynomial) -> TokenStream {
        let (plus, minus) = size.parts();
        let sum = |part: &Polynomial| {
            part.terms()
                .map(|(product, coefficient)| self.product(product, coefficient))
                .reduce(|a, b| quote!(#a.saturating_add(#b)))
        };
        let plus = sum(&plus).unwrap_or_else(|| quote!(0_usize));
        match sum(&minus) {
            Some(minus) => quote!(#plus.saturating_sub(#minus)),
            None => plus,
        }
    }

    fn product(self, product: &[Atom], coefficient: i128) -> TokenStream {
        let number = Literal::usize_unsuffixed(usize::try_from(coefficient).unwrap_or(usize::MAX));
        let factors = product.iter().map(|&atom| self.atom(atom));
        let Some(product) = factors.reduce(|a, b| quote!(#a.saturating_mul(#b))) else {
            let number = Literal::usize_suffixed(usize::try_from(coefficient).unwrap_or(usize::MAX));
            return quote!(#number);
        };
        if coefficient == 1 { product } else { quote!(#product.saturating_mul(#number)) }
    }

    fn atom(self, atom: Atom) -> TokenStream {
        match atom {
            Atom::Symbol(symbol) => {
                let tokens = &self.symbols[symbol as usize];
                if tokens.clone().into_iter().count() == 1 { quote!(#tokens) } else { quote!((#tokens)) }
            }
            Atom::Length(place) => self.lengths[place].clone(),
            Atom::Input(place) => self.integers[place].clone(),
            Atom::Derived { place, .. } => match &self.derived[place as usize] {
                DerivedSize::Root(size) => {
                    let size = self.size(size);
                    quote!(#size.isqrt().saturating_add(1))
                }
                DerivedSize::Whole(size) => self.size(size),
            },
            Atom::Value(value) => unreachable!("{value} is no size"),
        }
    }

    /// The type; `_` for what only rustc knows.
    pub(super) fn ty(self, ty: &Type) -> TokenStream {
        match ty {
            Type::Real => self.scalar(),
            Type::Bool => quote!(bool),
            Type::Int(int) => {
                let name = proc_macro2::Ident::new(int.name(), proc_macro2::Span::call_site());
                quote!(#name)
            }
            Type::Array(element, length) => {
                let element = self.ty(element);
                match length {
                    Length::Size(size) if !length.is_static() => {
                        debug_assert!(!size.atoms().is_empty(), "a size that is no number has atoms");
                        quote!([#element])
                    }
                    Length::Size(_) => {
                        let length = self.length(length);
                        quote!([#element; { #length }])
                    }
                    _ => {
                        let length = self.length(length);
                        quote!([#element; #length])
                    }
                }
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

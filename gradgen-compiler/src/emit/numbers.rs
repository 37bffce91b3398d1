//! Numbers as literals.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::code::Code;

impl Code<'_> {
    /// A literal number.
    pub(super) fn number(&self, value: f64, suffix: bool) -> TokenStream {
        use crate::ir::Scalar::{F32, F64, Generic};
        if !value.is_finite() {
            return self.no_literal(value);
        }
        let magnitude = value.abs();
        #[expect(clippy::cast_possible_truncation, reason = "the graph's numbers are of the scalar type")]
        let literal = match (self.types.scalar, suffix) {
            (F64, false) => Literal::f64_unsuffixed(magnitude),
            (F64, true) => Literal::f64_suffixed(magnitude),
            (Generic(_), _) => return self.generic_number(value),
            (F32, false) => Literal::f32_unsuffixed(magnitude as f32),
            (F32, true) => Literal::f32_suffixed(magnitude as f32),
        };
        if value.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) }
    }

    /// Infinity and NaN, which have no literals.
    fn no_literal(&self, value: f64) -> TokenStream {
        let name = if value.is_nan() {
            "NAN"
        } else if value > 0.0 {
            "INFINITY"
        } else {
            "NEG_INFINITY"
        };
        let (name, scalar, runtime) =
            (Ident::new(name, Span::call_site()), self.types.scalar(), self.runtime);
        match self.types.scalar {
            crate::ir::Scalar::Generic(_) => {
                quote!(#runtime::scalar::number::<#scalar>(::core::primitive::f64::#name))
            }
            _ => quote!(::core::primitive::#scalar::#name),
        }
    }

    /// A literal number of a type parameter.
    fn generic_number(&self, value: f64) -> TokenStream {
        let (runtime, scalar) = (self.runtime, self.types.scalar());
        if value == 0.0 && value.is_sign_positive() {
            return self.types.zero(runtime);
        }
        if value == 1.0 {
            return quote!(#runtime::scalar::one::<#scalar>());
        }
        if let Some(&(name, _)) = crate::ir::NAMED.iter().find(|(_, constant)| *constant == value) {
            let name = Ident::new(name, Span::call_site());
            return quote!(#runtime::scalar::number::<#scalar>(::core::f64::consts::#name));
        }
        let literal = Literal::f64_unsuffixed(value.abs());
        let sign = value.is_sign_negative().then(|| quote!(-));
        quote!(#runtime::scalar::number::<#scalar>(#sign #literal))
    }
}

//! Errors: collected, and reported all at once, each at its token.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};

/// The errors of one expansion.
///
/// They cannot be forgotten: whoever holds them has to [`finish`](Self::finish).
#[derive(Debug, Default)]
#[must_use]
pub struct Diagnostics {
    errors: Vec<(Span, Span, String)>,
}

impl Diagnostics {
    /// Reports an error at a token or a sequence of tokens.
    pub fn error(&mut self, at: impl ToTokens, message: impl Into<String>) {
        let mut tokens = at.to_token_stream().into_iter();
        let first = tokens.next().map_or_else(Span::call_site, |token| token.span());
        let last = tokens.last().map_or(first, |token| token.span());
        self.errors.push((first, last, message.into()));
    }

    /// Reports an error at a place.
    pub fn error_at(&mut self, span: Span, message: impl Into<String>) {
        self.errors.push((span, span, message.into()));
    }

    /// Forgets all but the first errors.
    pub fn truncate(&mut self, count: usize) {
        self.errors.truncate(count);
    }

    /// Takes over an error of the parser's.
    pub fn parse_error(&mut self, error: &syn::Error) {
        for error in error.clone() {
            self.error_at(error.span(), error.to_string());
        }
    }

    /// Whether there is no error.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The messages.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        self.errors.iter().map(|error| error.2.as_str())
    }

    /// The errors as code that makes the compiler report them.
    pub fn finish(&self) -> TokenStream {
        let errors = self.errors.iter().map(|(first, last, message)| {
            let path = quote_spanned!(*first=> ::core::compile_error);
            quote_spanned!(*last=> #path! { #message })
        });
        errors.collect()
    }
}

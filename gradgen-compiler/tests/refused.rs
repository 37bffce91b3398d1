//! Refusals of functions that rustc would refuse as well, for their types: what the macro says of them. They stand here and not
//! among `tests/ui`, where nothing of rustc's may stand beside a message.
//!
//! For each function of `refused/*.rs` the `.txt` beside it has the messages, one a line.

use std::fmt::Write as _;

use expect_test::expect_file;
use gradgen_compiler::compile;
use gradgen_compiler::diagnostics::Diagnostics;
use quote::ToTokens;

/// The messages about each function of a text.
fn messages(text: &str) -> String {
    let file = syn::parse_file(text).expect("the text is Rust");
    let mut page = String::new();
    for item in file.items {
        let syn::Item::Fn(mut function) = item else { continue };
        let place = function.attrs.iter().position(|attribute| attribute.path().is_ident("gradgen"));
        let attribute = match place.map(|place| function.attrs.remove(place).meta) {
            Some(syn::Meta::List(list)) => list.tokens,
            Some(_) => proc_macro2::TokenStream::new(),
            None => continue,
        };
        let mut diagnostics = Diagnostics::default();
        let _ = compile(attribute, function.to_token_stream(), &mut diagnostics);
        writeln!(page, "{}", function.sig.ident).expect("a string takes everything");
        for message in diagnostics.messages() {
            writeln!(page, "    {message}").expect("a string takes everything");
        }
    }
    page
}

#[test]
fn values_of_another_kind() {
    expect_file!["refused/kinds.txt"].assert_eq(&messages(include_str!("refused/kinds.rs")));
}

#[test]
fn places_and_patterns_of_another_kind() {
    expect_file!["refused/places.txt"].assert_eq(&messages(include_str!("refused/places.rs")));
}

#[test]
fn structs_options_and_sequences_of_another_form() {
    expect_file!["refused/forms.txt"].assert_eq(&messages(include_str!("refused/forms.rs")));
}

//! Attributes beside ours: those that could change what the function computes after we have read
//! it are refused.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, FnArg, ItemFn};

use super::bounds::states_bound;
use super::statement_macros::is_left_out_of_code;
use crate::diagnostics::Diagnostics;

/// What stands on functions and changes nothing of what they compute.
const ON_FUNCTIONS: [&str; 22] = [
    "allow",
    "automatically_derived",
    "cfg",
    "cfg_attr",
    "clippy",
    "cold",
    "deny",
    "deprecated",
    "diagnostic",
    "doc",
    "expect",
    "export_name",
    "forbid",
    "inline",
    "link_section",
    "must_use",
    "no_mangle",
    "rustfmt",
    "target_feature",
    "track_caller",
    "unsafe",
    "warn",
];

/// What stands inside of functions and changes nothing of what they compute.
const IN_BODIES: [&str; 8] = ["allow", "clippy", "deny", "doc", "expect", "forbid", "rustfmt", "warn"];

/// Whether an attribute decides if the item, or another attribute, is there at all.
#[must_use]
pub fn is_conditional(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")
}

/// Whether an attribute is `#[gradgen]`.
#[must_use]
pub(crate) fn is_ours(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "gradgen")
}

/// Reports the attributes of a function, its parameters and its body that are not understood.
pub fn refuse_attributes(item: &mut ItemFn, diagnostics: &mut Diagnostics) {
    for attribute in &item.attrs {
        let first = attribute.path().segments.first().map(|segment| segment.ident.to_string());
        if is_ours(attribute) {
            diagnostics.error(attribute, "a second `#[gradgen]`: write all requests in one");
        } else if !first.is_some_and(|word| ON_FUNCTIONS.contains(&word.as_str())) {
            let message = "this attribute could change the function after `#[gradgen]` has read it: put it above \
                           `#[gradgen]`";
            diagnostics.error(attribute, message);
        }
    }
    // It is reported; run, it would report that everything is there twice.
    item.attrs.retain(|attribute| !is_ours(attribute));
    for input in &item.sig.inputs {
        let attributes = match input {
            FnArg::Typed(input) => &input.attrs,
            FnArg::Receiver(receiver) => &receiver.attrs,
        };
        for attribute in attributes {
            in_tokens(attribute.to_token_stream(), diagnostics);
        }
    }
    in_tokens(item.block.to_token_stream(), diagnostics);
}

/// Attributes anywhere in tokens: nothing else starts with `#`.
fn in_tokens(tokens: TokenStream, diagnostics: &mut Diagnostics) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        place += 1;
        match token {
            TokenTree::Group(group) => in_tokens(group.stream(), diagnostics),
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                if matches!(tokens.get(place), Some(TokenTree::Punct(bang)) if bang.as_char() == '!') {
                    place += 1;
                }
                if let Some(TokenTree::Group(group)) = tokens.get(place)
                    && group.delimiter() == Delimiter::Bracket
                {
                    place += 1;
                    one(group, &tokens[place..], diagnostics);
                }
            }
            _ => {}
        }
    }
}

/// An attribute and what follows it.
fn one(content: &Group, rest: &[TokenTree], diagnostics: &mut Diagnostics) {
    if states_bound(&content.stream()) {
        if !is_loop(rest) {
            diagnostics.error(content, "a bound stands above a loop: above `while`, `loop` or `for`");
        }
        return;
    }
    let harmless = match content.stream().into_iter().next() {
        Some(TokenTree::Ident(word)) => IN_BODIES.contains(&word.to_string().as_str()),
        _ => false,
    };
    let first = content.stream().into_iter().next();
    if matches!(first, Some(TokenTree::Ident(word)) if word == "cfg") {
        if !starts_left_out(rest) {
            let message = "whether this is there is not known to `#[gradgen]`: `#[cfg(…)]` is understood above \
                           statements and arms of a `match`, with up to four conditions in one function; put others \
                           on the whole function, one for each condition";
            diagnostics.error(content, message);
        }
        return;
    }
    if !harmless {
        let message = "this attribute could change what the function computes: it is not understood here";
        diagnostics.error(content, message);
    }
}

/// Whether a statement is one that generated code does without.
pub(crate) fn is_left_out(statement: TokenStream) -> bool {
    starts_left_out(&statement.into_iter().collect::<Vec<_>>())
}

/// Whether a statement starts here, after more attributes, that generated code does without.
fn starts_left_out(tokens: &[TokenTree]) -> bool {
    if let [TokenTree::Punct(hash), TokenTree::Group(_), rest @ ..] = tokens
        && hash.as_char() == '#'
    {
        return starts_left_out(rest);
    }
    let is_path = |token: &&TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    };
    let path: Vec<_> = tokens.iter().take_while(is_path).collect();
    let words: Vec<_> = path.iter().map(|token| token.to_string()).filter(|word| word != ":").collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let is_macro = matches!(tokens.get(path.len()), Some(TokenTree::Punct(bang)) if bang.as_char() == '!');
    is_macro && is_left_out_of_code(&words)
}

/// Whether a loop starts here, after more attributes and its label.
fn is_loop(tokens: &[TokenTree]) -> bool {
    match tokens {
        [TokenTree::Punct(hash), TokenTree::Group(_), rest @ ..] if hash.as_char() == '#' => is_loop(rest),
        [TokenTree::Punct(quote), TokenTree::Ident(_), TokenTree::Punct(_), rest @ ..]
            if quote.as_char() == '\'' =>
        {
            is_loop(rest)
        }
        [TokenTree::Ident(word), ..] => word == "for" || word == "while" || word == "loop",
        _ => false,
    }
}

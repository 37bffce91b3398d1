//! Macros that are statements: assertions and messages stay in the user's function, and generated code does
//! without them.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Macro;

use super::body::Lowering;
use super::exits::is_panic;
use super::terms::Term;

/// Assertions, and what prints, of the standard library.
const OF_STD: [&str; 10] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "print",
    "println",
];

/// The macros of `log` and `tracing`.
const OF_LOGS: [&str; 6] = ["debug", "error", "info", "log", "trace", "warn"];

/// Whether generated code does without a macro.
pub(super) fn is_left_out_of_code(path: &[&str]) -> bool {
    match path {
        [name] => OF_STD.contains(name) || OF_LOGS.contains(name),
        ["std" | "core", name] => OF_STD.contains(name),
        ["log" | "tracing", name] => OF_LOGS.contains(name) || *name == "event",
        _ => false,
    }
}

impl Lowering<'_> {
    /// A macro as a statement, or for its value.
    pub(super) fn statement_macro(&mut self, call: &Macro) -> Term {
        if is_panic(call) {
            return self.panics(call);
        }
        let path: Vec<_> = call.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let path: Vec<_> = path.iter().map(String::as_str).collect();
        match path[..] {
            ["matches"] | ["std" | "core", "matches"] => return self.matches_macro(call),
            ["vec"] | ["std" | "alloc", "vec"] => return self.vec_macro(call),
            ["cfg"] | ["std" | "core", "cfg"] => {
                let symbol = self.symbol(&quote::ToTokens::to_token_stream(call));
                return Term::One(self.graph.constant(symbol, crate::ir::Type::Bool));
            }
            ["dbg"] | ["std", "dbg"] => return self.dbg_macro(call),
            _ => {}
        }
        if !is_left_out_of_code(&path) {
            let name = path.join("::");
            let message = format!(
                "the macro `{name}!` is not understood: its effect on the result is unknown; assertions, `println!` \
                 and the macros of `log` and `tracing` are left out of generated code"
            );
            return self.fail(call, message);
        }
        if let Some(token) = assignment(call.tokens.clone(), false) {
            let message = "this is left out of generated code, and may not change anything: make what it assigns a \
                           statement before";
            return self.fail(token, message);
        }
        Term::UNIT
    }

    /// `dbg!(x)` is `x`.
    fn dbg_macro(&mut self, call: &Macro) -> Term {
        match call.parse_body::<syn::Expr>() {
            Ok(value) => self.expression(&value, &super::body::Shape::Single),
            Err(_) => self.fail(call, "`dbg!` is understood of one value"),
        }
    }
}

/// A token by which something is assigned to. `name = value` outside of braces is an argument with a name.
fn assignment(tokens: TokenStream, in_braces: bool) -> Option<TokenTree> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let punct = |place: usize| match tokens.get(place) {
            Some(TokenTree::Punct(punct)) => punct.as_char(),
            _ => ' ',
        };
        match token {
            TokenTree::Group(group) => {
                let in_braces = in_braces || group.delimiter() == Delimiter::Brace;
                if let Some(found) = assignment(group.stream(), in_braces) {
                    return Some(found);
                }
            }
            TokenTree::Punct(sign) if sign.as_char() == '=' => {
                let before = if place > 0 { punct(place - 1) } else { ' ' };
                let joined = matches!(
                    tokens.get(place.wrapping_sub(1)),
                    Some(TokenTree::Punct(punct)) if punct.spacing() == proc_macro2::Spacing::Joint
                );
                let shift = joined && place > 1 && matches!(before, '<' | '>') && punct(place - 2) == before;
                let compound = joined && "+-*/%&|^".contains(before) || shift;
                let compares = joined && matches!(before, '=' | '<' | '>' | '!');
                let plain = !compares && !matches!(punct(place + 1), '=' | '>');
                if compound || (plain && in_braces) {
                    return Some(token.clone());
                }
            }
            TokenTree::Punct(sign) if sign.as_char() == '&' => {
                if let Some(TokenTree::Ident(word)) = tokens.get(place + 1)
                    && word == "mut"
                {
                    return Some(token.clone());
                }
            }
            _ => {}
        }
    }
    None
}

//! Functions with a few tokens changed, taken away or put in: whatever comes of it, the compiler
//! does not panic, and what it emits is Rust as far as a parser sees.

use gradgen_compiler::{Target, expand};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;

/// Functions with an attribute, of all sorts.
const SOURCES: [&str; 8] = [
    include_str!("../../tests/semantics/evaluation.rs"),
    include_str!("../../tests/semantics/loops.rs"),
    include_str!("../../tests/semantics/outputs.rs"),
    include_str!("../../tests/semantics/parameters.rs"),
    include_str!("../../tests/semantics/vectors.rs"),
    include_str!("../../tests/ui/expressions.rs"),
    include_str!("../../tests/ui/loops.rs"),
    include_str!("../../tests/ui/vectors.rs"),
];

/// The attributes and functions in the sources.
fn functions() -> Vec<(TokenStream, TokenStream)> {
    let mut functions = vec![];
    for source in SOURCES {
        let file = syn::parse_file(source).expect("the sources are Rust");
        for item in file.items {
            let syn::Item::Fn(mut function) = item else { continue };
            let Some(place) =
                function.attrs.iter().position(|attribute| attribute.path().is_ident("gradgen"))
            else {
                continue;
            };
            if let syn::Meta::List(list) = function.attrs.remove(place).meta {
                functions.push((list.tokens, function.into_token_stream()));
            }
        }
    }
    functions
}

/// Numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        // A step of SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ (bits >> 31)) >> 33).expect("31 bits") % limit
    }
}

fn count(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 1 + count(group.stream()),
            _ => 1,
        })
        .sum()
}

fn flat(tokens: TokenStream, all: &mut Vec<TokenTree>) {
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            flat(group.stream(), all);
        }
        all.push(token);
    }
}

/// The tokens with something done to the one that `left` counts down to.
fn mutate(tokens: TokenStream, left: &mut Option<usize>, pool: &[TokenTree], dice: &mut Dice) -> TokenStream {
    let mut result = vec![];
    for token in tokens {
        let here = *left == Some(0);
        *left = left.and_then(|left| left.checked_sub(1));
        if here {
            let other = pool[dice.below(pool.len())].clone();
            match dice.below(5) {
                0 => {}
                1 => result.extend([token.clone(), token]),
                2 => result.extend([other, token]),
                3 => result.push(wrapped(token, dice)),
                _ => result.push(other),
            }
            continue;
        }
        result.push(match token {
            TokenTree::Group(group) => {
                let inner = mutate(group.stream(), left, pool, dice);
                Group::new(group.delimiter(), inner).into()
            }
            token => token,
        });
    }
    result.into_iter().collect()
}

fn wrapped(token: TokenTree, dice: &mut Dice) -> TokenTree {
    let delimiters = [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
    Group::new(delimiters[dice.below(4)], token.into()).into()
}

#[test]
fn changed_functions_do_not_panic() {
    let functions = functions();
    let mut pool = vec![];
    for (attribute, function) in &functions {
        flat(attribute.clone(), &mut pool);
        flat(function.clone(), &mut pool);
    }
    let mut understood = 0;
    for seed in 0..ROUNDS {
        let mut dice = Dice(seed);
        let (mut attribute, mut function) = functions[dice.below(functions.len())].clone();
        // Tokens of its own leave a function understood more often.
        let mut own = vec![];
        flat(function.clone(), &mut own);
        for _ in 0..=dice.below(3) {
            let pool = if dice.below(2) == 0 { &own } else { &pool };
            let target = if dice.below(8) == 0 { &mut attribute } else { &mut function };
            let mut left = Some(dice.below(count(target.clone()).max(1)));
            *target = mutate(target.clone(), &mut left, pool, &mut dice);
        }
        let text = format!("#[gradgen({attribute})] {function}");
        let expanded =
            std::panic::catch_unwind(|| expand(attribute, function, Target::default()).to_string());
        let code = expanded.unwrap_or_else(|_| panic!("the compiler panics at\n{text}"));
        if !code.contains("compile_error") {
            understood += 1;
            assert!(syn::parse_file(&code).is_ok(), "{text}\nbecomes what is no Rust:\n{code}");
        }
    }
    assert!(understood > 50, "of {ROUNDS} changed functions only {understood} are understood");
}

const ROUNDS: u64 = 2000;

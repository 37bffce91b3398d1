//! Prints what becomes of every function with `#[gradgen(...)]` in a file:
//!
//! ```text
//! cargo run -p gradgen-compiler --example dump -- FILE [FUNCTION] [graph|derivatives|schedule|rust]...
//! ```
//!
//! `graph` is the function's graph, `derivatives` those of its siblings, `schedule` what becomes a
//! statement in them, `rust` the code that the macro puts beside the function. Without a stage all are printed.

use gradgen_compiler::diagnostics::Diagnostics;
use gradgen_compiler::schedule::Schedule;
use gradgen_compiler::{Outcome, Target, compile, expand};
use quote::ToTokens;

const STAGES: [&str; 4] = ["graph", "derivatives", "schedule", "rust"];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: dump FILE [FUNCTION] [{}]...", STAGES.join("|"));
        std::process::exit(2);
    };
    let (stages, names): (Vec<_>, Vec<_>) = arguments.partition(|word| STAGES.contains(&word.as_str()));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| fail(&format!("{path}: {error}")));
    let file = syn::parse_file(&text).unwrap_or_else(|error| fail(&format!("{path}: {error}")));
    let wanted = |stage: &str| stages.is_empty() || stages.iter().any(|word| word == stage);
    print_functions(&file.items, &names, &wanted);
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(1)
}

fn print_functions(items: &[syn::Item], names: &[String], wanted: &dyn Fn(&str) -> bool) {
    for item in items {
        match item {
            syn::Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    print_functions(items, names, wanted);
                }
            }
            syn::Item::Fn(function)
                if names.is_empty() || names.iter().any(|name| function.sig.ident == name) =>
            {
                print_function(function, wanted);
            }
            _ => {}
        }
    }
}

fn print_function(function: &syn::ItemFn, wanted: &dyn Fn(&str) -> bool) {
    let mut function = function.clone();
    let is_ours = |attribute: &syn::Attribute| {
        attribute.path().segments.last().is_some_and(|segment| segment.ident == "gradgen")
    };
    let Some(place) = function.attrs.iter().position(is_ours) else { return };
    let attribute = match function.attrs.remove(place).meta {
        syn::Meta::List(list) => list.tokens,
        _ => proc_macro2::TokenStream::new(),
    };
    let mut diagnostics = Diagnostics::default();
    let outcome = compile(attribute.clone(), function.to_token_stream(), &mut diagnostics);
    for message in diagnostics.messages() {
        println!("// error: {message}");
    }
    if let Outcome::Understood(model) = outcome
        && diagnostics.is_empty()
    {
        if wanted("graph") {
            println!("// ==== {}: graph\n{}", model.primal.name, model.primal.graph);
        }
        if wanted("derivatives") {
            for sibling in &model.siblings {
                println!("// ==== {}: graph\n{}", sibling.name, sibling.graph);
            }
        }
        if wanted("schedule") {
            for sibling in &model.siblings {
                let schedule = Schedule::new(&sibling.graph).describe(&sibling.graph);
                println!("// ==== {}: schedule\n{schedule}", sibling.name);
            }
        }
    }
    if wanted("rust") {
        let code = expand(attribute, function.to_token_stream(), Target::default());
        match syn::parse2(code.clone()) {
            Ok(file) => println!("// ==== {}: code\n{}", function.sig.ident, prettyplease::unparse(&file)),
            Err(error) => println!("// error: {error}\n{code}"),
        }
    }
}

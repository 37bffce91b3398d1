//! Collects kernels from all over the project, and writes down all of their siblings.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use gradgen_compiler::{Math, Target};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{FnArg, GenericParam, Item, ItemFn, ReturnType, Visibility};

/// Where kernels are, from the project's folder, and the module that they stand in here.
const SOURCES: [(&str, &str); 3] = [
    ("tests/corpus/kernels", "corpus"),
    ("benchmarks/src/kernels", "benchmarks"),
    ("tests/crates/linked/src/kernels", "linked"),
];

/// Lengths, by the names that kernels have for them.
const LENGTHS: [(&str, usize); 2] = [("N", 6), ("S", 12)];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Without the feature the crate is empty.
    if env::var_os("CARGO_FEATURE_ALONE").is_none() {
        return;
    }
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut kernels = String::new();
    let mut siblings = Vec::new();
    for (folder, module) in SOURCES {
        let files = files_of(&project.join(folder));
        writeln!(kernels, "/// From `{folder}`.\npub mod {module} {{").expect("text");
        for file in files {
            let name = file.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
            let text = fs::read_to_string(&file).expect("a file of kernels");
            kernels.push_str(&as_module(&name, &text));
            add_siblings(&format!("{module}::{name}"), &text, &mut siblings);
        }
        kernels.push_str("}\n");
    }
    let library = library(&project);
    kernels.push_str(&as_module("library", &library));
    add_siblings("library", &library, &mut siblings);
    write("kernels.rs", &kernels);
    write("siblings.rs", &list(&siblings));
}

/// A file for `include!`.
fn write(name: &str, text: &str) {
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it"));
    fs::write(folder.join(name), text).expect("a file that can be written");
}

/// The files of a folder, but for the list of them.
fn files_of(folder: &Path) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.file_stem().is_some_and(|name| name != "mod"));
    files.sort();
    files
}

/// A file as a module that imports, as the methods of floats, what is there with `std`.
fn as_module(name: &str, text: &str) -> String {
    let is_head = |line: &&str| line.is_empty() || line.starts_with("//!");
    let head: Vec<_> = text.lines().take_while(is_head).collect();
    let rest: Vec<_> = text.lines().skip(head.len()).collect();
    format!("pub mod {name} {{\n{}\nuse crate::std_prelude::*;\n{}\n}}\n", head.join("\n"), rest.join("\n"))
}

/// The functions of `gradgen::math`, called by path, which runs them in the place of the call, and by name.
fn library(project: &Path) -> String {
    let mut text =
        String::from("//! Calls of all functions of `gradgen::math`.\n\nuse gradgen::{Scalar, gradgen};\n");
    for file in files_of(&project.join("gradgen-compiler/library")) {
        let items = syn::parse_file(&fs::read_to_string(file).expect("the library")).expect("Rust").items;
        for function in items.iter().filter_map(function) {
            let signature = &function.sig;
            let ReturnType::Type(_, result) = &signature.output else { continue };
            let requests = match &**result {
                syn::Type::Array(_) => "jacobian(*), jvp(*), vjp(*)",
                _ => "gradient(*), hvp(*), bundle(f, jvp(*), vjp(*))",
            };
            let arguments = signature.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(input) => Some(input.pat.to_token_stream().to_string()),
                FnArg::Receiver(_) => None,
            });
            let (name, arguments) = (signature.ident.to_string(), arguments.collect::<Vec<_>>().join(", "));
            for (prefix, path) in [("", format!("gradgen::math::{name}")), ("called_", format!("f_{name}"))] {
                let mut signature = signature.clone();
                signature.ident = quote::format_ident!("{prefix}{name}");
                let import = if prefix.is_empty() {
                    String::new()
                } else {
                    format!("use gradgen::math::{name} as {path};\n")
                };
                let mut signature = signature.to_token_stream().to_string();
                if !prefix.is_empty() {
                    // A function that is called by name takes what has a length.
                    signature = signature.replace("& [T]", "& [T; 6]");
                }
                writeln!(
                    text,
                    "{import}/// A call.\n#[gradgen({requests})]\npub {signature} {{ {path}({arguments}) }}"
                )
                .expect("text");
            }
        }
    }
    text
}

/// A function with `#[gradgen]`.
fn function(item: &Item) -> Option<&ItemFn> {
    let Item::Fn(function) = item else { return None };
    function.attrs.iter().any(is_ours).then_some(function)
}

fn is_ours(attribute: &syn::Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "gradgen")
}

/// What the macro puts beside the functions of a module, as expressions of pointers to it.
fn add_siblings(module: &str, text: &str, siblings: &mut Vec<(String, String)>) {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{module}: {error}"));
    for function in file.items.iter().filter_map(function) {
        if !is_public(&function.vis) {
            continue;
        }
        let mut item = function.clone();
        let place = item.attrs.iter().position(is_ours).expect("it was found");
        let attribute = match item.attrs.remove(place).meta {
            syn::Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        let expansion =
            gradgen_compiler::expand(attribute, item.to_token_stream(), Target { math: Math::Libm });
        let expansion: syn::File = syn::parse2(expansion).expect("Rust");
        let name = &function.sig.ident;
        for beside in &expansion.items {
            match beside {
                Item::Fn(sibling) if is_public(&sibling.vis) && sibling.sig.ident != *name => {
                    for arguments in arguments(sibling) {
                        let path = format!("{module}::{}{arguments}", sibling.sig.ident);
                        let pointer = format!("crate::kernels::{path} as *const ()");
                        siblings.push((path, pointer));
                    }
                }
                Item::Impl(implementation) if implements(implementation, "Differentiable") => {
                    for arguments in arguments(function) {
                        let path = format!("{module}::{name}{arguments}");
                        let table = format!("<crate::kernels::{path} as gradgen::Differentiable>::INFO");
                        siblings.push((path, format!("core::ptr::from_ref({table}).cast::<()>()")));
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn implements(implementation: &syn::ItemImpl, name: &str) -> bool {
    let path = implementation.trait_.as_ref().map(|(path, _)| path);
    path.is_some_and(|path| path.segments.last().is_some_and(|segment| segment.ident == name))
}

/// What stands for the parameters of a generic function: both floats for a type, and a number for a length.
fn arguments(function: &ItemFn) -> Vec<String> {
    let mut all = vec![vec![]];
    for parameter in &function.sig.generics.params {
        let choices = match parameter {
            GenericParam::Type(_) => vec!["f64".to_owned(), "f32".to_owned()],
            GenericParam::Const(length) => {
                let known = LENGTHS.iter().find(|(name, _)| length.ident == name);
                vec![known.map_or(5, |(_, length)| *length).to_string()]
            }
            GenericParam::Lifetime(_) => continue,
        };
        all = choices
            .iter()
            .flat_map(|choice| all.iter().map(move |all| [&all[..], std::slice::from_ref(choice)].concat()))
            .collect();
    }
    all.iter()
        .map(|list| if list.is_empty() { String::new() } else { format!("::<{}>", list.join(", ")) })
        .collect()
}

/// A function for each sibling that yields a pointer to it, under the sibling's name, and one for all.
fn list(siblings: &[(String, String)]) -> String {
    let mut text = String::new();
    let mut all = String::new();
    for (place, (name, pointer)) in siblings.iter().enumerate() {
        writeln!(
            text,
            "#[unsafe(export_name = \"sibling {name}\")]\nextern \"C\" fn sibling_{place}() -> *const () {{ {pointer} }}"
        )
        .expect("text");
        writeln!(all, "    core::hint::black_box({pointer});").expect("text");
    }
    format!(
        "{text}\n/// Refers to all of them.\n#[unsafe(no_mangle)]\nextern \"C\" fn every_sibling() {{\n{all}}}\n"
    )
}

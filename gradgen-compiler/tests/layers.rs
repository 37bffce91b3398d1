//! The layers of the compiler: imports go down only, and below the frontend there is no syntax.
//!
//! [`LAYERS`] is the table in ARCHITECTURE.md. A module that is not in it fails the test, so that
//! whoever adds one decides where it belongs.

use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// A module of the crate's root, and what it may import.
struct Layer {
    module: &'static str,
    imports: &'static [&'static str],
    /// Whether it may know `syn`, `quote` and `proc_macro2`.
    syntax: bool,
}

const fn layer(module: &'static str, imports: &'static [&'static str], syntax: bool) -> Layer {
    Layer { module, imports, syntax }
}

/// From the lowest to the highest: a module may import only such as stand before it.
const LAYERS: [Layer; 18] = [
    layer("map", &[], false),
    layer("diagnostics", &[], true),
    layer("ir", &["map"], false),
    layer("passes", &["ir", "map"], false),
    layer("interpret", &["ir", "passes", "map"], false),
    layer("differentiate", &["ir", "passes", "map"], false),
    layer("schedule", &["ir", "passes", "map"], false),
    // Of `differentiate` only what a request is: `Kind`, `Part`.
    layer("frontend", &["diagnostics", "differentiate", "ir", "passes", "map"], true),
    layer("model", &["differentiate", "frontend", "ir"], true),
    layer("emit", &["differentiate", "frontend", "ir", "model", "passes", "schedule", "map"], true),
    layer("python", &["diagnostics"], true),
    layer("structs", &["diagnostics"], true),
    layer("fields", &["diagnostics", "differentiate", "frontend", "ir", "model"], true),
    layer("conditions", &["diagnostics", "frontend"], true),
    layer(
        "driver",
        &[
            "conditions",
            "diagnostics",
            "differentiate",
            "emit",
            "fields",
            "frontend",
            "ir",
            "model",
            "passes",
        ],
        true,
    ),
    layer("methods", &["diagnostics", "driver", "emit", "frontend"], true),
    layer("module", &["diagnostics", "emit", "frontend", "methods"], true),
    layer("lib", &["driver", "emit", "methods", "module"], true),
];

/// The crates that know Rust's syntax.
const SYNTAX: [&str; 4] = ["syn", "quote", "proc_macro2", "proc_macro"];

#[test]
fn the_table_is_in_order() {
    for (place, layer) in LAYERS.iter().enumerate() {
        for import in layer.imports {
            let below = LAYERS[..place].iter().any(|lower| lower.module == *import);
            assert!(below, "`{}` may import `{import}`, which does not stand before it", layer.module);
        }
    }
}

#[test]
fn imports_go_down() {
    let mut wrong = vec![];
    for file in files() {
        let Some(layer) = LAYERS.iter().find(|layer| layer.module == file.module()) else {
            wrong.push(format!("{}: `{}` is in no layer", file.path.display(), file.module()));
            continue;
        };
        let mut found = vec![];
        imports(&file.tokens, file.depth(), &mut found);
        let known = |name: &String| LAYERS.iter().any(|layer| layer.module == *name);
        for import in found.into_iter().filter(known) {
            if import != layer.module && !layer.imports.contains(&&*import) {
                wrong.push(format!("{}: `{}` imports `{import}`", file.path.display(), layer.module));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn below_the_frontend_there_is_no_syntax() {
    let mut wrong = vec![];
    for file in files() {
        let layer = LAYERS.iter().find(|layer| layer.module == file.module());
        if layer.is_none_or(|layer| layer.syntax) {
            continue;
        }
        let mut names = vec![];
        idents(&file.tokens, &mut names);
        for name in names.iter().filter(|name| SYNTAX.contains(&&***name)) {
            wrong.push(format!("{}: `{name}`", file.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file of the crate.
struct File {
    /// From the crate's folder of sources.
    path: PathBuf,
    tokens: TokenStream,
}

impl File {
    /// The module of the root that it is, or is part of.
    fn module(&self) -> String {
        let first = self.path.iter().next().map_or("", |first| first.to_str().unwrap_or_default());
        first.trim_end_matches(".rs").to_owned()
    }

    /// How many times `super` leads to the root.
    fn depth(&self) -> usize {
        let folders = self.path.iter().count() - 1;
        let is_folder = self.path.ends_with("mod.rs") || self.module() == "lib";
        folders + usize::from(!is_folder)
    }
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = vec![];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                let tokens = text.parse().expect("the file is Rust");
                let path = path.strip_prefix(&root).expect("the file is in the folder").to_path_buf();
                files.push(File { path, tokens });
            }
        }
    }
    assert!(files.len() > 30, "{} files: these are not all", files.len());
    files
}

/// The root's modules that are named by `crate::…`, or by as many `super` as lead there. Tests may
/// import everything.
fn imports(tokens: &TokenStream, depth: usize, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let word = |place: usize| match trees.get(place) {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => String::new(),
    };
    let colons = |place: usize| {
        [place, place + 1]
            .iter()
            .all(|&place| matches!(trees.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == ':'))
    };
    for place in 0..trees.len() {
        let mut after = place;
        let mut up = 0;
        while word(after) == "super" && colons(after + 1) {
            up += 1;
            after += 3;
        }
        let is_root = if word(place) == "crate" && colons(place + 1) {
            after = place + 3;
            true
        } else {
            up > 0 && up == depth
        };
        if is_root {
            match trees.get(after) {
                Some(TokenTree::Ident(ident)) => found.push(ident.to_string()),
                Some(TokenTree::Group(group)) => first_segments(&group.stream(), found),
                _ => {}
            }
        }
        if let TokenTree::Group(group) = &trees[place] {
            let is_module = place >= 2 && word(place - 2) == "mod";
            if is_module && word(place - 1) == "tests" {
                continue;
            }
            imports(&group.stream(), depth + usize::from(is_module), found);
        }
    }
}

/// Of `{a::b, c}`: `a` and `c`.
fn first_segments(tokens: &TokenStream, found: &mut Vec<String>) {
    let mut starts = true;
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(ident) if starts => {
                found.push(ident.to_string());
                starts = false;
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' => starts = true,
            _ => {}
        }
    }
}

fn idents(tokens: &TokenStream, found: &mut Vec<String>) {
    for tree in tokens.clone() {
        match tree {
            TokenTree::Ident(ident) => found.push(ident.to_string()),
            TokenTree::Group(group) => idents(&group.stream(), found),
            _ => {}
        }
    }
}

#[test]
fn paths_are_found() {
    let text = "use crate::ir::{Graph, Op}; use crate::{emit, model::Function}; \
                fn f() { crate::passes::live(super::super::driver::g(), super::near()) } \
                mod inner { use super::super::super::python; } mod tests { use crate::schedule; }";
    let mut found = vec![];
    imports(&text.parse().expect("this is Rust"), 2, &mut found);
    assert_eq!(found, ["ir", "emit", "model", "passes", "driver", "python"]);
}

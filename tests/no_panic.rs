//! Neither panics nor allocation in what is compiled of derivatives: the assembly of the kernels, optimised,
//! is searched for all that can be reached from their tables.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// The assembly of the crate `hygiene-optimised`.
fn assembly() -> String {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_panic");
    std::fs::create_dir_all(&directory).expect("a directory");
    let file = directory.join("kernels.s");
    let profile = ["panic=\"abort\"", "codegen-units=1", "opt-level=3", "debug=false", "incremental=false"];
    let output = Command::new(env!("CARGO"))
        .args(["rustc", "--package", "hygiene-optimised", "--release"])
        .args(profile.iter().flat_map(|setting| ["--config".into(), format!("profile.release.{setting}")]))
        .arg("--target-dir")
        .arg(&directory)
        .arg("--")
        .arg(format!("--emit=asm={}", file.display()))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(file).expect("assembly")
}

/// What each function and constant refers to.
struct Symbols<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Symbols<'a> {
    fn of(assembly: &'a str) -> Self {
        let mut symbols: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut current = "";
        for line in assembly.lines() {
            let label = line.strip_suffix(':').filter(|label| !label.starts_with([' ', '\t', '#']));
            if let Some(label) = label {
                // Places inside of a function.
                let inside = [".LBB", ".Ltmp", ".LFB", ".Lfunc", "LBB", "Ltmp", "Lfunc"];
                if !inside.iter().any(|start| label.starts_with(start)) {
                    current = label.trim_matches('"');
                    symbols.entry(current).or_default();
                }
            } else if !is_directive(line) {
                let is_part = |c: char| c.is_alphanumeric() || "_.$".contains(c);
                let words = line.split(|c: char| !is_part(c)).filter(|word| word.len() > 2);
                symbols.entry(current).or_default().extend(words);
            }
        }
        Self(symbols)
    }

    /// The only symbol of a function of this name.
    fn function(&self, name: &str) -> &'a str {
        let mangled = format!("{}{name}", name.len());
        let found: Vec<_> = self.0.keys().filter(|symbol| symbol.contains(&mangled)).collect();
        assert_eq!(found.len(), 1, "symbols of {name}: {found:?}");
        found[0]
    }

    /// All that is reached from a function, and what is wrong among it, with the way that leads there.
    fn reached(&self, start: &'a str) -> (BTreeSet<&'a str>, Vec<String>) {
        let mut ways = BTreeMap::from([(start, vec![start])]);
        let (mut open, mut wrong) = (vec![start], Vec::new());
        while let Some(symbol) = open.pop() {
            for next in self.0.get(symbol).into_iter().flatten() {
                let is_known = self.0.contains_key(next);
                if ways.contains_key(next) || !is_known && !is_rust(next) {
                    continue;
                }
                let way = [&ways[symbol][..], &[next]].concat();
                // What another crate has compiled can't be seen.
                if !is_known || is_refused(next) {
                    wrong.push(way.join("\n    -> "));
                }
                ways.insert(next, way);
                open.push(next);
            }
        }
        (ways.into_keys().collect(), wrong)
    }
}

/// Directives other than data.
fn is_directive(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or("");
    word.starts_with('.') && ![".quad", ".xword", ".long", ".word", ".8byte"].contains(&word)
}

/// Whether it is a mangled name.
fn is_rust(symbol: &str) -> bool {
    let symbol = symbol.trim_start_matches('_');
    (symbol.starts_with("ZN") || symbol.starts_with('R')) && symbol.len() > 12
}

/// Panics, under all of their names, and the allocator.
fn is_refused(symbol: &str) -> bool {
    ["panic", "_fail", "failed", "rust_alloc", "alloc_error"].iter().any(|part| symbol.contains(part))
}

#[test]
fn derivatives_of_loops_do_not_panic() {
    let assembly = assembly();
    let symbols = Symbols::of(&assembly);
    for control in ["indexes", "allocates"] {
        let (_, wrong) = symbols.reached(symbols.function(control));
        assert!(!wrong.is_empty(), "the search does not see what `{control}` does");
    }
    let (reached, wrong) = symbols.reached(symbols.function("tables"));
    assert!(reached.len() > 100, "the search does not follow tables: {reached:?}");
    assert!(wrong.is_empty(), "{} panics can be reached:\n{}", wrong.len(), wrong.join("\n"));
    let (_, wrong) = symbols.reached(symbols.function("value_forms"));
    assert!(wrong.is_empty(), "{} panics can be reached:\n{}", wrong.len(), wrong.join("\n"));
}

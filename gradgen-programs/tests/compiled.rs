//! Programs with `#[gradgen]` on them, compiled by rustc: values to the bit, derivatives as the
//! oracle says, through the tables and through the value forms.
//!
//! All programs are one crate, built by one offline call of Cargo. It is left under the target
//! directory; a failure prints the program.

use gradgen_compiler::{compile, diagnostics::Diagnostics};
use gradgen_programs::{
    Program, batch,
    cases::cases,
    generate::{self, Features},
    print,
    requests::{self, Request},
    seeds,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const PROGRAMS: u64 = 240;
const POINTS: u64 = 3;

fn program(seed: u64) -> (Program, Vec<Request>) {
    seeds::make(seed, 1500, |bytes| {
        let program = generate::program(bytes, Features::accepted())?;
        let requests = requests::requests(bytes, program.main(), 4)?;
        Ok((program, requests))
    })
    .expect("bytes never run out")
}

/// Whether the compiler refuses a function: what it may refuse, the tests of its graphs tell.
fn is_refused(program: &Program, requests: &[Request]) -> bool {
    program.functions.iter().enumerate().any(|(position, function)| {
        let item = print::function(&program.functions[..position], function);
        let attribute = batch::options(program, function, requests);
        let mut diagnostics = Diagnostics::default();
        compile(attribute.parse().unwrap(), item.parse().unwrap(), &mut diagnostics);
        !diagnostics.is_empty()
    })
}

/// The crate, with what its programs are called.
fn write(directory: &Path, seeds: impl Iterator<Item = u64>) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (mut main, mut lines) = (batch::HEAD.to_owned() + "mod calls;\n", String::new());
    let mut texts = BTreeMap::new();
    for seed in seeds {
        let (program, requests) = program(seed);
        if is_refused(&program, &requests) {
            continue;
        }
        let name = format!("program{seed}");
        let cases = cases(&program, &requests, seed, POINTS).unwrap();
        main += &batch::derivative_module(&name, &program, &requests, &cases.calls);
        cases.calls.iter().for_each(|case| lines += &batch::lines(&name, case));
        texts.insert(name, batch::attributed(&program, &requests));
    }
    main += &batch::main(&texts.keys().cloned().collect::<Vec<_>>());
    let manifest = format!(
        "[package]\nname = \"programs\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         gradgen = {{ path = {root:?} }}\n\n[workspace]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
    );
    fs::create_dir_all(directory.join("src")).unwrap();
    fs::write(directory.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
    for (file, text) in [
        ("main.rs", main.as_str()),
        ("cases.txt", &lines),
        ("calls.rs", batch::CALLS),
        ("harness.rs", batch::HARNESS),
    ] {
        fs::write(directory.join("src").join(file), text).unwrap();
    }
    texts
}

fn run(directory: &Path) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(directory)
        .args(["run", "--quiet", "--offline"])
        .env("CARGO_TARGET_DIR", directory.join("target"))
        .output()
        .unwrap();
    if output.status.success() {
        String::from_utf8(output.stdout).unwrap()
    } else {
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

#[test]
fn compiled_siblings_compute_what_the_oracle_says() {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled");
    let texts = write(&directory, seeds::first()..seeds::first() + PROGRAMS);
    let printed = run(&directory);
    let named = |name: &&String| printed.lines().any(|line| line.starts_with(&format!("{name}:")));
    let wrong: Vec<&String> = texts.keys().filter(named).take(3).collect();
    for name in &wrong {
        println!("{name}:\n{}", texts[*name]);
    }
    assert_eq!(printed.trim(), "done", "in {}", directory.display());
}

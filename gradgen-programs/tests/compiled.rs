//! Programs with `#[gradgen]` on them, compiled by rustc: values to the bit, derivatives as the
//! oracle says, through the tables and through the value forms.
//!
//! All programs are one crate, built by one offline call of Cargo, left under the target directory.
//! A failure is made small by the same means, many candidates a crate, and printed.

use gradgen_compiler::{Target, compile, diagnostics::Diagnostics, expand};
use gradgen_programs::{
    Program, batch,
    cases::cases,
    generate::{self, Features},
    print,
    requests::{self, Request},
    seeds, shrink,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const PROGRAMS: u64 = 240;
const POINTS: u64 = 3;

/// How many candidates of a shrinker stand in one crate.
const CANDIDATES: usize = 100;

/// A program with what is requested of it, and the seed of its points.
#[derive(Clone)]
struct Subject {
    seed: u64,
    program: Program,
    requests: Vec<Request>,
}

impl Subject {
    fn new(seed: u64) -> Self {
        let (program, requests) = seeds::make(seed, 1500, |bytes| {
            let program = generate::program(bytes, Features::accepted())?;
            let requests = requests::requests(bytes, program.main(), 4)?;
            Ok((program, requests))
        })
        .expect("bytes never run out");
        Self { seed, program, requests }
    }

    /// Whether the compiler refuses a function: what it may refuse, the tests of its graphs tell.
    fn is_refused(&self) -> bool {
        let functions = &self.program.functions;
        functions.iter().enumerate().any(|(position, function)| {
            let item = print::function(&functions[..position], function);
            let attribute = batch::options(&self.program, function, &self.requests);
            let mut diagnostics = Diagnostics::default();
            compile(attribute.parse().unwrap(), item.parse().unwrap(), &mut diagnostics);
            !diagnostics.is_empty()
        })
    }

    /// The names of the functions beside the one under test: the value form of a sibling is left out
    /// where its workspace is not known when it is compiled.
    fn emitted(&self) -> Vec<String> {
        let (function, callees) = self.program.functions.split_last().expect("a program has a function");
        let item = print::function(callees, function);
        let attribute = batch::options(&self.program, function, &self.requests);
        let code = expand(attribute.parse().unwrap(), item.parse().unwrap(), Target::default());
        let tokens: Vec<String> = code.into_iter().map(|token| token.to_string()).collect();
        let functions = tokens.windows(2).filter(|pair| pair[0] == "fn");
        functions.map(|pair| pair[1].clone()).collect()
    }

    fn text(&self) -> String {
        batch::attributed(&self.program, &self.requests)
    }

    /// The same with other programs.
    fn with(&self, program: Program) -> Self {
        Self { program, ..self.clone() }
    }
}

/// What came of a crate.
enum Outcome {
    /// It was built; lines for what is wrong.
    Ran(String),
    /// It was not.
    Failed(String),
}

impl Outcome {
    /// Whether this subject of the crate is wrong.
    fn accuses(&self, place: usize) -> bool {
        match self {
            Self::Ran(printed) => printed.lines().any(|line| line.starts_with(&format!("program{place}:"))),
            Self::Failed(_) => false,
        }
    }

    fn is_good(&self) -> bool {
        matches!(self, Self::Ran(printed) if printed.trim() == "done")
    }

    fn text(&self) -> &str {
        match self {
            Self::Ran(text) | Self::Failed(text) => text,
        }
    }
}

/// Builds and runs a crate of these subjects.
fn run(directory: &Path, subjects: &[Subject]) -> Outcome {
    write(directory, subjects);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(directory)
        .args(["run", "--quiet", "--offline"])
        .env("CARGO_TARGET_DIR", directory.join("target"))
        .output()
        .unwrap();
    if output.status.success() {
        Outcome::Ran(String::from_utf8(output.stdout).unwrap())
    } else {
        Outcome::Failed(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn write(directory: &Path, subjects: &[Subject]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (mut main, mut lines) = (batch::HEAD.to_owned() + "mod calls;\n", String::new());
    let mut modules = Vec::new();
    for (place, subject) in subjects.iter().enumerate() {
        // A shrinker's candidate need not be a program.
        let Ok(cases) = cases(&subject.program, &subject.requests, subject.seed, POINTS) else { continue };
        let name = format!("program{place}");
        let emitted = subject.emitted();
        let has_value_form = |sibling: &str| emitted.iter().any(|name| name == sibling);
        main += &batch::derivative_module(
            &name,
            &subject.program,
            &subject.requests,
            &cases.calls,
            has_value_form,
        );
        cases.calls.iter().for_each(|case| lines += &batch::lines(&name, case));
        modules.push(name);
    }
    main += &batch::main(&modules);
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
}

/// The first subject that is wrong, of a crate that may not even build.
fn first_wrong(directory: &Path, subjects: &[Subject]) -> Option<usize> {
    match run(directory, subjects) {
        outcome @ Outcome::Ran(_) => (0..subjects.len()).find(|place| outcome.accuses(*place)),
        Outcome::Failed(_) if subjects.len() == 1 => Some(0),
        Outcome::Failed(_) => {
            let (left, right) = subjects.split_at(subjects.len() / 2);
            first_wrong(directory, left)
                .or_else(|| first_wrong(directory, right).map(|place| place + left.len()))
        }
    }
}

/// A small program that is wrong in some way, from one that is.
fn shrunk(directory: &Path, subject: &Subject) -> Subject {
    let alone = |request: &Request| Subject { requests: vec![request.clone()], ..subject.clone() };
    let single: Vec<Subject> = subject.requests.iter().map(alone).collect();
    let mut best = match first_wrong(directory, &single) {
        Some(place) => single[place].clone(),
        None => subject.clone(),
    };
    loop {
        let candidates: Vec<Subject> = shrink::candidates(&best.program)
            .into_iter()
            .map(|program| best.with(program))
            .filter(|candidate| !candidate.is_refused())
            .collect();
        let mut parts = candidates.chunks(CANDIDATES);
        let smaller = parts.find_map(|part| first_wrong(directory, part).map(|place| part[place].clone()));
        match smaller {
            Some(smaller) => best = smaller,
            None => return best,
        }
    }
}

#[test]
fn compiled_siblings_compute_what_the_oracle_says() {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compiled");
    let first = seeds::first();
    let subjects: Vec<Subject> =
        (first..first + PROGRAMS).map(Subject::new).filter(|subject| !subject.is_refused()).collect();
    assert!(subjects.len() > 200, "{} programs", subjects.len());
    let outcome = run(&directory, &subjects);
    if !outcome.is_good() {
        println!("{}", outcome.text());
        let wrong = first_wrong(&directory, &subjects).expect("one of them is wrong");
        let small = shrunk(&directory, &subjects[wrong]);
        let outcome = run(&directory, std::slice::from_ref(&small));
        panic!("seed {}, in {}:\n{}\n{}", small.seed, directory.display(), small.text(), outcome.text());
    }
}

//! Neither panics nor memory from the heap: every sibling of every kernel of the project is linked, without the
//! standard library, with a panic handler and an allocator that refer to symbols which nobody has. What could
//! reach them does not link. What was linked runs, without an operating system's libraries.
#![cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What rustc is told besides `--release`.
const PROFILE: [&str; 4] = ["panic=\"abort\"", "opt-level=3", "debug=false", "incremental=false"];

/// Integers that overflow panic, as in a debug build. What `libm` does with integers is its own matter.
const CHECKED: [&str; 2] = ["overflow-checks=true", "package.libm.overflow-checks=false"];

/// The kernels as an archive of object files, for this machine or another one.
fn archive(name: &str, settings: &[&str], target: Option<&str>) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("linked");
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["rustc", "--package", "hygiene-linked", "--features", "alone", "--release", "--lib"])
        .args(["--crate-type", "staticlib", "--target-dir"])
        .arg(&directory)
        .args(
            PROFILE
                .iter()
                .chain(settings)
                .flat_map(|set| ["--config".into(), format!("profile.release.{set}")]),
        )
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    if let Some(target) = target {
        command.args(["--target", target]);
    }
    succeed(&command.output().expect("cargo runs"));
    let built = directory.join(target.unwrap_or(".")).join("release/libhygiene_linked.a");
    let archive = directory.join(format!("{name}.a"));
    std::fs::rename(built, &archive).expect("an archive");
    archive
}

fn succeed(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Links what can be reached from a symbol; what can't be is left out.
fn link(archive: &Path, symbol: &str, program: &Path) -> Output {
    Command::new("cc")
        .args(["-nostdlib", "-static", "-Wl,--gc-sections"])
        .args(["-Xlinker", "-u", "-Xlinker", symbol, "-Xlinker", "-e", "-Xlinker", symbol])
        .arg(archive)
        .arg("-o")
        .arg(program)
        .output()
        .expect("the linker that rustc needs too")
}

/// The symbols of siblings in an archive.
fn siblings(archive: &Path) -> Vec<String> {
    let output = Command::new("nm").arg("--defined-only").arg(archive).output().expect("nm runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let names = text.lines().filter_map(|line| line.find("sibling ").map(|start| line[start..].to_owned()));
    names.collect()
}

fn links_and_runs(name: &str, settings: &[&str]) {
    let archive = archive(name, settings, None);
    let program = archive.with_extension("");
    for (control, missing) in
        [("control_panics", "a_panic_can_be_reached"), ("control_allocates", "an_allocation_can_be_reached")]
    {
        let output = link(&archive, control, &program);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && text.contains(missing), "`{control}` links: {text}");
    }
    let siblings = siblings(&archive);
    assert!(siblings.len() > 5000, "{} siblings", siblings.len());
    let all = link(&archive, "every_sibling", &program);
    if !all.status.success() {
        let refused = |sibling: &&String| !link(&archive, sibling, &program).status.success();
        let refused: Vec<_> = siblings.iter().filter(refused).map(String::as_str).collect();
        panic!("{}\nin\n{}", String::from_utf8_lossy(&all.stderr), refused.join("\n"));
    }
    succeed(&link(&archive, "_start", &program));
    let status = Command::new(&program).status().expect("it was linked");
    assert_eq!(status.code(), Some(0), "so many figures are wrong");
}

/// With overflow checks, the optimiser has to prove more.
#[test]
fn every_sibling_links_without_panics() {
    links_and_runs("checked", &CHECKED);
}

/// As a program is released.
#[test]
#[ignore = "builds everything again: `cargo xtask proof`"]
fn every_sibling_links_without_panics_as_released() {
    links_and_runs("released", &[]);
}

/// For processors without an operating system, where their standard library is installed.
#[test]
#[ignore = "needs `rustup target add thumbv7em-none-eabihf riscv32imac-unknown-none-elf`"]
fn every_sibling_compiles_for_bare_processors() {
    for target in ["thumbv7em-none-eabihf", "riscv32imac-unknown-none-elf"] {
        let output = Command::new("rustc").args(["--print", "target-libdir", "--target", target]).output();
        let folder = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        if folder.is_ok_and(|folder| Path::new(&folder).is_dir()) {
            archive(target, &[], Some(target));
        } else {
            eprintln!("{target}: skipped, not installed");
        }
    }
}

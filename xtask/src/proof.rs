//! `cargo xtask proof`: what takes too long for every change, or needs tools that not everybody has.

use std::process::Command;

use crate::project::{Project, answer};
use crate::steps::Steps;

/// Runs all of it, also after a check that failed.
pub(crate) fn run(project: &Project) -> Result<(), String> {
    let mut steps = Steps::start();
    let linked = "test --test linked -- --include-ignored --nocapture --test-threads 1";
    if has("nm") {
        steps.tests("panic-freedom, by linking", &mut project.cargo(linked.split(' ')));
    } else {
        steps.skip("panic-freedom, by linking", "there is no `nm`: install binutils");
    }
    steps.finish()
}

/// Whether there is a program of this name.
fn has(program: &str) -> bool {
    answer(Command::new(program).arg("--version")).is_some()
}

//! `cargo xtask docs`: pages that are made from the code.

use crate::project::Project;
use crate::steps::Steps;

/// Writes docs/functions.md and docs/edges.md. The tests that compare them with the table are what knows how.
pub(crate) fn run(project: &Project) -> Result<(), String> {
    let mut test = project.cargo([
        "test",
        "--quiet",
        "--package",
        "gradgen-compiler",
        "--test",
        "functions",
        "--test",
        "edges",
    ]);
    Steps::start().run("docs", test.env("UPDATE_EXPECT", "1"))
}

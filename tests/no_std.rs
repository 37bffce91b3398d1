//! A crate whose dependencies do not link the standard library is built by itself: in the workspace
//! features are united, and then everything has it.

use std::path::Path;
use std::process::Command;

#[test]
fn a_crate_without_std_builds() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no_std");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--package", "hygiene-no-std", "--features", "alone", "--target-dir"])
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

//! Where the project is and how its tools are called.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the workspace.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The workspace that this program is a member of.
    pub(crate) fn here() -> Self {
        // Cargo sets the variable when it runs a program, to where the package is now.
        let package =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package).parent().map_or_else(PathBuf::new, Path::to_path_buf);
        Self { root }
    }

    /// A path in the project.
    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// Cargo's target folder: where this program was built.
    pub(crate) fn target(&self) -> PathBuf {
        let program = std::env::current_exe().ok();
        let folder = program.as_deref().and_then(Path::parent).and_then(Path::parent);
        folder.map_or_else(|| self.path("target"), Path::to_path_buf)
    }

    /// A program, run in the project's folder.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }

    /// The Cargo that runs this program.
    pub(crate) fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments);
        command
    }
}

/// What a program prints, without its line end; nothing if it cannot be run or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

//! Programs run one after the other, with a line before and after each.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::tally::Tally;

/// What was run so far.
pub(crate) struct Steps {
    started: Instant,
    tally: Tally,
    failed: Vec<String>,
}

impl Steps {
    /// Nothing yet.
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), tally: Tally::default(), failed: vec![] }
    }

    /// Runs a program; it has to succeed.
    pub(crate) fn run(&mut self, name: &str, command: &mut Command) -> Result<(), String> {
        if self.check(name, command) { Ok(()) } else { Err(format!("{name} failed")) }
    }

    /// Runs a program that is one check.
    pub(crate) fn check(&mut self, name: &str, command: &mut Command) -> bool {
        let passed = self.timed(name, |_| run(command));
        self.tally.add(passed);
        passed
    }

    /// Runs a program that counts its tests itself, on standard output.
    pub(crate) fn tests(&mut self, name: &str, command: &mut Command) -> bool {
        self.timed(name, |steps| {
            let mut tally = Tally::default();
            let outcome = run_and_read(command, |line| tally.read(line));
            // A program that fails without a failed test could not even be built or started.
            if outcome.is_err() && tally.failed == 0 {
                tally.failed = 1;
            }
            steps.tally.passed += tally.passed;
            steps.tally.failed += tally.failed;
            steps.tally.skipped += tally.skipped;
            outcome
        })
    }

    /// Does something that can fail.
    pub(crate) fn work<T>(
        &mut self,
        name: &str,
        work: impl FnOnce() -> Result<T, String>,
    ) -> Result<T, String> {
        let mut result = None;
        let passed = self.timed(name, |_| match work() {
            Ok(value) => {
                result = Some(value);
                Ok(())
            }
            Err(message) => Err(message),
        });
        self.tally.add(passed);
        result.ok_or_else(|| format!("{name} failed"))
    }

    /// Counts a check that cannot be made here.
    pub(crate) fn skip(&mut self, name: &str, reason: &str) {
        self.say(&format!("{name}: skipped: {reason}"));
        self.tally.skipped += 1;
    }

    fn timed(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Result<(), String>) -> bool {
        self.say(&format!("{name} ..."));
        let started = Instant::now();
        let outcome = work(self);
        let seconds = started.elapsed().as_secs_f64();
        match &outcome {
            Ok(()) => self.say(&format!("{name}: ok, {seconds:.1} s")),
            Err(message) => {
                self.say(&format!("{name}: FAILED, {seconds:.1} s: {message}"));
                self.failed.push(name.to_owned());
            }
        }
        outcome.is_ok()
    }

    /// A line of progress.
    fn say(&self, text: &str) {
        println!("[{:4.0} s] {text}", self.started.elapsed().as_secs_f64());
    }

    /// The closing line, in the form of Cargo's.
    pub(crate) fn finish(self) -> Result<(), String> {
        let Tally { passed, failed, skipped } = self.tally;
        let seconds = self.started.elapsed().as_secs_f64();
        let word = if self.failed.is_empty() { "ok" } else { "FAILED" };
        println!(
            "\ntest result: {word}. {passed} passed; {failed} failed; {skipped} ignored; \
             finished in {seconds:.2}s"
        );
        if self.failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", self.failed.join(", "))) }
    }
}

/// Runs a program with its output as it comes.
fn run(command: &mut Command) -> Result<(), String> {
    judge(command, command_status)
}

fn command_status(command: &mut Command) -> std::io::Result<std::process::ExitStatus> {
    command.status()
}

/// Runs a program and passes the lines of its standard output on.
fn run_and_read(command: &mut Command, mut read: impl FnMut(&str)) -> Result<(), String> {
    judge(command, |command| {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        if let Some(output) = child.stdout.take() {
            let mut lines = BufReader::new(output);
            let mut line = vec![];
            while lines.read_until(b'\n', &mut line)? > 0 {
                std::io::stdout().write_all(&line)?;
                read(String::from_utf8_lossy(&line).trim_end());
                line.clear();
            }
        }
        child.wait()
    })
}

fn judge(
    command: &mut Command,
    run: impl FnOnce(&mut Command) -> std::io::Result<std::process::ExitStatus>,
) -> Result<(), String> {
    match run(command) {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(linker_is_missing().unwrap_or_else(|| status.to_string())),
        Err(error) => Err(format!("{}: {error}", command.get_program().display())),
    }
}

/// Where rustc has no linker, everything that is built fails with pages of text: this is the line
/// that matters.
fn linker_is_missing() -> Option<String> {
    let missing = |program: &str| {
        let run = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        matches!(run, Err(error) if error.kind() == std::io::ErrorKind::NotFound)
    };
    (cfg!(unix) && missing("cc")).then(|| {
        "there is no C compiler `cc`, which rustc links with: install gcc or clang (Debian and Ubuntu: \
         `apt install build-essential`)"
            .to_owned()
    })
}

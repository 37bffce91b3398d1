//! An opponent that is a program of its own, and is told over its standard input what to do.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A program that runs.
pub(super) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a program and tells it the inputs of its function.
    pub(super) fn start(program: &Path, inputs: &[f64]) -> Self {
        let child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let (input, output) = child.stdin.take().zip(child.stdout.take()).expect("both are pipes");
        let mut process = Self { child, input: Some(input), output: BufReader::new(output) };
        let inputs: Vec<_> = inputs.iter().map(|x| format!("{x:e}")).collect();
        process.say(&format!("{} {}", inputs.len(), inputs.join(" ")));
        process
    }

    /// Calls the function so often; yields the nanoseconds that took.
    pub(super) fn time(&mut self, calls: u64) -> f64 {
        self.say(&format!("time {calls}"));
        self.answer()[0]
    }

    /// What the function yields.
    pub(super) fn result(&mut self) -> Vec<f64> {
        self.say("result");
        self.answer()
    }

    fn say(&mut self, line: &str) {
        let input = self.input.as_mut().expect("open until the end");
        writeln!(input, "{line}").and_then(|()| input.flush()).expect("the program listens");
    }

    fn answer(&mut self) -> Vec<f64> {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the program answers");
        assert!(!line.is_empty(), "the program has ended");
        line.split_whitespace().map(|word| word.parse().expect("a number")).collect()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The end of its input is the end of the program.
        drop(self.input.take());
        drop(self.child.wait());
    }
}

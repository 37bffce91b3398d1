//! One kernel at one size.

use std::fmt;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use super::output::Output;
use super::process::Process;
use super::race::{Racer, race};
use super::table::Row;

/// How far opponents may be apart, relative to a number and to the largest of its kind.
const TOLERANCE: f64 = 1e-9;

/// Who computes the derivatives, or the value alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opponent {
    /// The kernel: no derivatives.
    Primal,
    /// What is written by hand.
    Hand,
    /// What the macro writes.
    Gradgen,
    /// num-dual.
    Dual,
    /// CasADi's C.
    Casadi,
}

impl fmt::Display for Opponent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Primal => "primal",
            Self::Hand => "by hand",
            Self::Gradgen => "gradgen",
            Self::Dual => "num-dual",
            Self::Casadi => "CasADi",
        })
    }
}

type Run<'a, O> = Box<dyn FnMut(&mut O) + 'a>;

/// Opponents that write the same to an `O`.
pub struct Contest<'a, O> {
    kernel: &'static str,
    size: String,
    out: O,
    opponents: Vec<(Opponent, Run<'a, O>)>,
    program: Option<(String, Vec<f64>)>,
}

impl<'a, O: Output> Contest<'a, O> {
    /// Nobody yet; `out` is what each of them gets a copy of.
    pub fn new(kernel: &'static str, size: impl Into<String>, out: O) -> Self {
        Self { kernel, size: size.into(), out, opponents: vec![], program: None }
    }

    /// The function's value, for comparison.
    #[must_use]
    pub fn primal<R>(self, mut value: impl FnMut() -> R + 'a) -> Self {
        self.with(Opponent::Primal, move |_: &mut O| {
            black_box(value());
        })
    }

    /// What is written by hand.
    #[must_use]
    pub fn hand(self, run: impl FnMut(&mut O) + 'a) -> Self {
        self.with(Opponent::Hand, run)
    }

    /// What the macro writes.
    #[must_use]
    pub fn gradgen(self, run: impl FnMut(&mut O) + 'a) -> Self {
        self.with(Opponent::Gradgen, run)
    }

    /// num-dual.
    #[must_use]
    pub fn dual(self, run: impl FnMut(&mut O) + 'a) -> Self {
        self.with(Opponent::Dual, run)
    }

    /// A function of `casadi/generate.py`, and its inputs.
    #[must_use]
    pub fn casadi(mut self, function: impl Into<String>, inputs: &[&[f64]]) -> Self {
        self.program = Some((function.into(), inputs.concat()));
        self
    }

    fn with(mut self, opponent: Opponent, run: impl FnMut(&mut O) + 'a) -> Self {
        self.opponents.push((opponent, Box::new(run)));
        self
    }

    /// Checks and times. CasADi takes part if there is a folder with its programs.
    pub(super) fn run(mut self, casadi: Option<&Path>) -> Row {
        let mut process = match (casadi, &self.program) {
            (Some(folder), Some((function, inputs))) => Some(Process::start(&folder.join(function), inputs)),
            _ => None,
        };
        self.check(process.as_mut());
        let Self { kernel, size, out, opponents, .. } = self;
        let mut names = vec![];
        let mut racers: Vec<Racer<'_>> = vec![];
        for (opponent, mut run) in opponents {
            let mut out = out.clone();
            names.push(opponent);
            racers.push(Box::new(move |calls| {
                let start = Instant::now();
                for _ in 0..calls {
                    run(black_box(&mut out));
                }
                start.elapsed().as_nanos() as f64
            }));
        }
        if let Some(process) = &mut process {
            names.push(Opponent::Casadi);
            racers.push(Box::new(|calls| process.time(calls)));
        }
        let times = names.into_iter().zip(race(&mut racers)).collect();
        Row { kernel, size, times }
    }

    /// All write what the one by hand writes.
    fn check(&mut self, process: Option<&mut Process>) {
        let mut results = vec![];
        for (opponent, run) in &mut self.opponents {
            if *opponent != Opponent::Primal {
                let mut out = self.out.clone();
                // Whoever adds to what is there is found out by the second time.
                run(&mut out);
                run(&mut out);
                results.push((*opponent, out.numbers()));
            }
        }
        results.extend(process.map(|process| (Opponent::Casadi, process.result())));
        let Some((_, expected)) = results.iter().find(|(opponent, _)| *opponent == Opponent::Hand) else {
            panic!("{}: nobody to compare with", self.kernel);
        };
        for (opponent, numbers) in &results {
            assert_eq!(numbers.len(), expected.len(), "{} {}: {opponent}", self.kernel, self.size);
            let largest = expected.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
            for (i, (number, expected)) in numbers.iter().zip(expected).enumerate() {
                assert!(
                    (number - expected).abs() <= TOLERANCE * expected.abs().max(1e-3 * largest),
                    "{} {}: number {i} of {opponent} is {number}, expected {expected}",
                    self.kernel,
                    self.size,
                );
            }
        }
    }
}

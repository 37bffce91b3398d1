//! Contests: opponents that compute the same derivatives, timed in turns.

mod contest;
mod output;
mod process;
mod race;
mod table;

use std::path::PathBuf;

pub use contest::{Contest, Opponent};
pub use output::Output;
pub use table::Row;

/// All contests of a run.
#[derive(Debug, Default)]
pub struct Bench {
    /// Where the programs are that CasADi's code was compiled to, if it was.
    pub casadi: Option<PathBuf>,
    /// The contests so far.
    pub rows: Vec<Row>,
}

impl Bench {
    /// Checks that the opponents of a contest agree, and times them.
    ///
    /// # Panics
    /// They do not agree.
    pub fn run<O: Output>(&mut self, contest: Contest<'_, O>) {
        let row = contest.run(self.casadi.as_deref());
        eprintln!("{row}");
        self.rows.push(row);
    }

    /// The table of all contests.
    pub fn table(&self) -> String {
        table::markdown(&self.rows)
    }
}

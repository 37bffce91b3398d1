//! Times as a table.

use std::fmt;

use super::contest::Opponent::{self, Casadi, Dual, Gradgen, Hand, Primal};

/// The times of a contest.
#[derive(Clone, Debug)]
pub struct Row {
    /// The kernel.
    pub kernel: &'static str,
    /// Its size.
    pub size: String,
    /// Nanoseconds of a call.
    pub times: Vec<(Opponent, f64)>,
}

impl Row {
    /// The nanoseconds of an opponent that took part.
    pub fn time(&self, opponent: Opponent) -> Option<f64> {
        self.times.iter().find(|(other, _)| *other == opponent).map(|(_, time)| *time)
    }

    fn ratio(&self, above: Opponent, below: Opponent) -> String {
        match self.time(above).zip(self.time(below)) {
            Some((above, below)) => format!("{:.2}", above / below),
            None => "–".to_owned(),
        }
    }

    fn nanoseconds(&self, opponent: Opponent) -> String {
        match self.time(opponent) {
            Some(time) if time < 1e3 => format!("{time:.1}"),
            Some(time) => format!("{time:.0}"),
            None => "–".to_owned(),
        }
    }
}

/// For the one who waits.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}:", self.kernel, self.size)?;
        for (opponent, _) in &self.times {
            write!(f, " {opponent} {} ns", self.nanoseconds(*opponent))?;
        }
        Ok(())
    }
}

const HEAD: [&str; 12] = [
    "kernel",
    "size",
    "primal, ns",
    "hand, ns",
    "gradgen, ns",
    "CasADi, ns",
    "gradgen / hand",
    "gradgen / primal",
    "hand / primal",
    "num-dual / hand",
    "CasADi / hand",
    "CasADi / gradgen",
];

/// A table with aligned columns.
pub(super) fn markdown(rows: &[Row]) -> String {
    let mut lines = vec![HEAD.map(str::to_owned)];
    lines.extend(rows.iter().map(|row| {
        [
            row.kernel.to_owned(),
            row.size.clone(),
            row.nanoseconds(Primal),
            row.nanoseconds(Hand),
            row.nanoseconds(Gradgen),
            row.nanoseconds(Casadi),
            row.ratio(Gradgen, Hand),
            row.ratio(Gradgen, Primal),
            row.ratio(Hand, Primal),
            row.ratio(Dual, Hand),
            row.ratio(Casadi, Hand),
            row.ratio(Casadi, Gradgen),
        ]
    }));
    let widths: [usize; 12] =
        std::array::from_fn(|i| lines.iter().map(|line| line[i].chars().count()).max().unwrap_or(0));
    let mut table = String::new();
    for (at, line) in lines.iter().enumerate() {
        for (i, cell) in line.iter().enumerate() {
            let width = widths[i];
            table += &if i < 2 { format!("| {cell:width$} ") } else { format!("| {cell:>width$} ") };
        }
        table += "|\n";
        if at == 0 {
            for (i, width) in widths.iter().enumerate() {
                table += &format!("|{}{}", "-".repeat(width + 1), if i < 2 { "-" } else { ":" });
            }
            table += "|\n";
        }
    }
    table
}

//! Recorded joint angles: a CSV file with the header `time,q1,q2,q3,q4,q5,q6`, then one line per
//! sample – seconds, and six angles in radians.

use std::fmt;
use std::path::Path;

use crate::kinematics::Joints;

const HEADER: &str = "time,q1,q2,q3,q4,q5,q6";

/// The joints of the arm turn by a full turn to either side.
const LIMIT: f64 = std::f64::consts::TAU;

/// A line of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Seconds.
    pub time: f64,
    /// Joint angles, radians.
    pub q: Joints,
}

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrajectoryError {
    /// The file cannot be read.
    Unreadable {
        /// What the operating system says.
        reason: String,
    },
    /// Something in the text is wrong.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column of the field's first character, from 1.
        column: usize,
        /// What is wrong.
        problem: String,
    },
}

impl fmt::Display for TrajectoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { reason } => write!(f, "cannot be read: {reason}"),
            Self::Malformed { line, column, problem } => write!(f, "line {line}, column {column}: {problem}"),
        }
    }
}

impl std::error::Error for TrajectoryError {}

/// Reads a file.
///
/// # Errors
/// The file cannot be read, or its text is not a trajectory.
pub fn read(path: &Path) -> Result<Vec<Sample>, TrajectoryError> {
    let bytes =
        std::fs::read(path).map_err(|error| TrajectoryError::Unreadable { reason: error.to_string() })?;
    match str::from_utf8(&bytes) {
        Ok(text) => parse(text),
        Err(error) => {
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            Err(malformed(line, column, "not UTF-8 text".into()))
        }
    }
}

/// Reads a text. Lines may end in `\r\n`; empty lines at the end are ignored.
///
/// # Errors
/// The text is not a trajectory.
pub fn parse(text: &str) -> Result<Vec<Sample>, TrajectoryError> {
    let mut lines = text.trim_end().lines().enumerate().map(|(index, line)| (index + 1, line));
    let (_, header) = lines.next().unwrap_or((1, ""));
    if header.trim_start_matches('\u{feff}') != HEADER {
        return Err(malformed(1, 1, format!("the header is `{header}`, expected `{HEADER}`")));
    }
    let mut samples: Vec<Sample> = Vec::new();
    for (number, line) in lines {
        let sample = sample(number, line)?;
        if let Some(last) = samples.last()
            && sample.time <= last.time
        {
            let problem = format!("time {} does not come after {}", sample.time, last.time);
            return Err(malformed(number, 1, problem));
        }
        samples.push(sample);
    }
    if samples.is_empty() {
        return Err(malformed(2, 1, "no samples".into()));
    }
    Ok(samples)
}

fn sample(line: usize, text: &str) -> Result<Sample, TrajectoryError> {
    let names = HEADER.split(',');
    let mut values = [0.0; 7];
    let mut column = 1;
    let mut fields = text.split(',');
    for (value, name) in values.iter_mut().zip(names) {
        let Some(field) = fields.next() else {
            return Err(malformed(line, column, format!("the line ends before `{name}`")));
        };
        *value = number(field).map_err(|problem| malformed(line, column, format!("`{name}` {problem}")))?;
        if name != "time" && value.abs() > LIMIT {
            return Err(malformed(
                line,
                column,
                format!("`{name}` is {value}: joints turn by at most a full turn"),
            ));
        }
        column += field.chars().count() + 1;
    }
    if fields.next().is_some() {
        return Err(malformed(line, column, "more than seven fields".into()));
    }
    let [time, q @ ..] = values;
    Ok(Sample { time, q })
}

fn number(field: &str) -> Result<f64, String> {
    let field = field.trim();
    match field.parse::<f64>() {
        _ if field.is_empty() => Err("is empty".into()),
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(format!("is `{field}`, which is not finite")),
        Err(_) => Err(format!("is `{field}`, which is not a number")),
    }
}

fn malformed(line: usize, column: usize, problem: String) -> TrajectoryError {
    TrajectoryError::Malformed { line, column, problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "time,q1,q2,q3,q4,q5,q6\n0.0,1,2,3,4,5,6\n";

    #[test]
    fn reads_what_is_right() {
        let samples = parse(&format!("\u{feff}{FIRST}0.5, -1e-3,0,0,0,0,.5\r\n\n")).unwrap();
        assert_eq!(samples[0], Sample { time: 0.0, q: [1.0, 2.0, 3.0, 4.0, 5.0, 6.0] });
        assert_eq!(samples[1], Sample { time: 0.5, q: [-1e-3, 0.0, 0.0, 0.0, 0.0, 0.5] });
    }

    #[test]
    fn tells_line_and_column() {
        let cases = [
            ("", "line 1, column 1: the header is ``"),
            ("time,q1\n", "line 1, column 1: the header is `time,q1`"),
            ("time,q1,q2,q3,q4,q5,q6\n", "line 2, column 1: no samples"),
            (&format!("{FIRST}0.5,1,2,x3,4,5,6"), "line 3, column 9: `q3` is `x3`, which is not a number"),
            (&format!("{FIRST}0.5,1,,3,4,5,6"), "line 3, column 7: `q2` is empty"),
            (&format!("{FIRST}0.5,1,2,3,4,5"), "line 3, column 15: the line ends before `q6`"),
            (&format!("{FIRST}\n0.5,1,2,3,4,5,6"), "line 3, column 1: `time` is empty"),
            (&format!("{FIRST}0.5,1,2,3,4,5,6,7"), "line 3, column 17: more than seven fields"),
            (&format!("{FIRST}0.5,1,2,3,4,5,NaN"), "line 3, column 15: `q6` is `NaN`, which is not finite"),
            (&format!("{FIRST}0.5,1,2,3,4,5,-7"), "line 3, column 15: `q6` is -7: joints turn"),
            (&format!("{FIRST}0.0,1,2,3,4,5,6"), "line 3, column 1: time 0 does not come after 0"),
        ];
        for (text, message) in cases {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn tells_what_cannot_be_read() {
        let error = read(Path::new("no/such/file.csv")).unwrap_err();
        assert!(error.to_string().starts_with("cannot be read: "), "{error}");
    }

    #[test]
    fn the_recording_is_read() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/trajectory.csv");
        let samples = read(&path).unwrap();
        assert_eq!((samples.len(), samples[500].time), (501, 4.0));
        // Angles are multiples of the encoder's step.
        let step = LIMIT / f64::from(1 << 17);
        for angle in samples.iter().flat_map(|sample| sample.q) {
            assert!(((angle / step).round() * step - angle).abs() < 1e-9, "{angle}");
        }
    }
}

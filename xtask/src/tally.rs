//! Counting tests from the closing lines of Cargo and pytest.

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    /// Adds what a line of a program's output says.
    pub(crate) fn read(&mut self, line: &str) {
        let counts = if let Some((_, counts)) = line.split_once("test result: ") {
            counts
        } else if let Some(counts) = line.strip_suffix(" =").or_else(|| line.strip_suffix("==")) {
            // `===== 3 failed, 120 passed, 1 skipped in 4.56s =====`
            if !counts.contains(" in ") {
                return;
            }
            counts
        } else {
            return;
        };
        let words: Vec<_> = counts.split([' ', ',', ';', '=']).filter(|word| !word.is_empty()).collect();
        for pair in words.windows(2) {
            let Ok(count) = pair[0].parse::<u64>() else { continue };
            match pair[1] {
                "passed" | "xfailed" => self.passed += count,
                "failed" | "error" | "errors" | "xpassed" => self.failed += count,
                "ignored" | "skipped" => self.skipped += count,
                _ => {}
            }
        }
    }

    /// Adds one check that is not a test of its own program.
    pub(crate) const fn add(&mut self, passed: bool) {
        if passed {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn read(lines: &[&str]) -> (u64, u64, u64) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        (tally.passed, tally.failed, tally.skipped)
    }

    #[test]
    fn closing_lines_of_cargo_are_added_up() {
        let lines = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.00s",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
        ];
        assert_eq!(read(&lines), (13, 2, 1));
    }

    #[test]
    fn closing_lines_of_pytest_are_added_up() {
        let lines = [
            "============ test session starts ============",
            "==== 1 failed, 120 passed, 4 skipped, 1 error in 3.21s ====",
            "===== 7 passed in 0.02s =====",
        ];
        assert_eq!(read(&lines), (127, 2, 4));
    }

    #[test]
    fn other_lines_say_nothing() {
        assert_eq!(read(&["3 passed", "== 3 passed ==", "", "assert 3 failed == in 4"]), (0, 0, 0));
    }
}

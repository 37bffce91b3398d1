//! The words of messages: lists of names, shapes, and the name that was probably meant.

use std::fmt::Write as _;

use pyo3::prelude::*;

/// Longer words are shown in part, and nobody meant anything by them.
const MAX_WORD: usize = 100;

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`: CPython's way.
pub(crate) fn names(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("'{one}'"),
        [one, two] => format!("'{one}' and '{two}'"),
        [init @ .., last] => {
            let mut text = String::new();
            for name in init {
                let _ = write!(text, "'{name}', ");
            }
            let _ = write!(text, "and '{last}'");
            text
        }
    }
}

/// `'a' or 'b'`, `'a', 'b' or 'c'`.
pub(crate) fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    match quoted.as_slice() {
        [init @ .., last] if !init.is_empty() => format!("{} or {last}", init.join(", ")),
        _ => quoted.concat(),
    }
}

/// `[1][0]`: where the element with this position, row-major, stands.
pub(crate) fn spot(position: usize, shape: &[usize]) -> String {
    let (mut position, mut indices) = (position, Vec::with_capacity(shape.len()));
    for length in shape.iter().rev() {
        indices.push(position % length.max(&1));
        position /= length.max(&1);
    }
    indices.iter().rev().map(|index| format!("[{index}]")).collect()
}

/// `a list`, `an int`, `None`: what an object is.
pub(crate) fn article(object: &Bound<'_, PyAny>) -> String {
    if object.is_none() {
        return "None".to_owned();
    }
    let class = class(object);
    let vowel = class.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    format!("{} {class}", if vowel { "an" } else { "a" })
}

/// The name of an object's class.
pub(crate) fn class(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "object".to_owned(), |name| cut(&name.to_string_lossy()))
}

/// A name that somebody gave us, short enough for a message.
pub(crate) fn cut(name: &str) -> String {
    match name.char_indices().nth(MAX_WORD) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// A shape as Python prints it; an open length is shown as `n`.
pub(crate) fn shape(lengths: impl IntoIterator<Item = Option<usize>>) -> String {
    let words: Vec<String> =
        lengths.into_iter().map(|length| length.map_or_else(|| "n".to_owned(), |n| n.to_string())).collect();
    match words.as_slice() {
        [one] => format!("({one},)"),
        _ => format!("({})", words.join(", ")),
    }
}

/// The shape of an argument that may have further axes before its own: `(..., 2)`.
pub(crate) fn open_shape(lengths: impl IntoIterator<Item = Option<usize>>) -> String {
    let words = lengths.into_iter().map(|length| length.map_or_else(|| "n".to_owned(), |n| n.to_string()));
    let words: Vec<String> = std::iter::once("...".to_owned()).chain(words).collect();
    format!("({})", words.join(", "))
}

/// The candidate that is so close to `word` that it was probably meant; the first of several.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(MAX_WORD + 1).collect();
    if word.len() > MAX_WORD {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.chars().collect();
            let cost = distance(&word, &letters);
            (cost <= (word.len() + letters.len() + 3) / 3).then_some((cost, candidate))
        })
        .min_by_key(|(cost, _)| *cost)
        .map(|(_, candidate)| candidate)
}

/// The edits that turn one word into the other: 2 for a letter that is added, removed, replaced or
/// swapped with its neighbour, 1 for a change of case.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).map(|j| 2 * j).collect();
    for (i, &letter) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(2 * (i + 1));
        for (j, &other) in b.iter().enumerate() {
            let mut cost = above[j] + replacement(letter, other);
            cost = cost.min(above[j + 1] + 2).min(row[j] + 2);
            if i > 0 && j > 0 && letter == b[j - 1] && a[i - 1] == other {
                cost = cost.min(before[j - 1] + 2);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

fn replacement(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_in_cpython() {
        assert_eq!(names(&["x"]), "'x'");
        assert_eq!(names(&["x", "w"]), "'x' and 'w'");
        assert_eq!(names(&["x", "w", "v"]), "'x', 'w', and 'v'");
    }

    #[test]
    fn long_names_are_cut_between_letters() {
        assert_eq!(cut("magic"), "magic");
        assert_eq!(cut(&"ä".repeat(101)), format!("{}…", "ä".repeat(100)));
    }

    #[test]
    fn shapes_read_as_in_python() {
        assert_eq!(shape([]), "()");
        assert_eq!(shape([Some(2)]), "(2,)");
        assert_eq!(shape([None, Some(3)]), "(n, 3)");
    }

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["energy", "magic", "magic_grad_x"];
        assert_eq!(nearest("magci", names), Some("magic"));
        assert_eq!(nearest("Energy", names), Some("energy"));
        assert_eq!(nearest("magic_grad_w", names), Some("magic_grad_x"));
        assert_eq!(nearest("temperature", names), None);
        assert_eq!(nearest("q", ["x", "w"]), None);
        assert_eq!(nearest("X", ["x", "w"]), Some("x"));
        assert_eq!(nearest(&"e".repeat(1_000_000), names), None);
    }
}

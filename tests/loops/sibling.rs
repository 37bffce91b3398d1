//! What a sibling takes and gives, from its name.

/// A part of a sibling's name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Label {
    Value,
    Gradient,
    Jacobian,
    Hessian,
    Jvp,
    Vjp,
    Hvp,
}

/// The words for them.
const LABELS: [(&str, Label); 7] = [
    ("f", Label::Value),
    ("grad", Label::Gradient),
    ("jf", Label::Jacobian),
    ("hessian", Label::Hessian),
    ("jvp", Label::Jvp),
    ("vjp", Label::Vjp),
    ("hvp", Label::Hvp),
];

/// What is computed, with respect to which inputs.
#[derive(Debug)]
pub struct Sibling {
    pub labels: Vec<Label>,
    pub inputs: Vec<String>,
}

impl Sibling {
    /// Reads what follows the function's own name: labels, then inputs; none means all of them.
    pub fn parse(suffix: &str, inputs: &[&str]) -> Self {
        let mut rest = suffix;
        let mut labels = Vec::new();
        while let Some((word, label)) = LABELS.iter().find(|(word, _)| begins(rest, word)) {
            labels.push(*label);
            rest = rest[word.len()..].trim_start_matches('_');
        }
        let mut chosen = Vec::new();
        while !rest.is_empty() {
            let name = inputs.iter().find(|name| begins(rest, name));
            let name = name.unwrap_or_else(|| panic!("{rest} of {suffix} is no input"));
            chosen.push((*name).to_owned());
            rest = rest[name.len()..].trim_start_matches('_');
        }
        if chosen.is_empty() {
            chosen = inputs.iter().map(|name| (*name).to_owned()).collect();
        }
        Self { labels, inputs: chosen }
    }

    pub fn takes_directions(&self) -> bool {
        self.labels.iter().any(|label| matches!(label, Label::Jvp | Label::Hvp))
    }

    pub fn takes_cotangents(&self) -> bool {
        self.labels.contains(&Label::Vjp)
    }
}

/// Whether the words, with underscores between them, begin with this one.
fn begins(words: &str, word: &str) -> bool {
    words.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

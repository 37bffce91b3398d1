//! What a function was told beside its arguments: how to convert, what is given already, which outputs
//! are wanted.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::signature::{CASTING, NAN, STRICT, Signature};
use crate::wording;

/// How arguments are converted and results are looked at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Options {
    pub(crate) casting: Casting,
    pub(crate) strict: bool,
    pub(crate) nan: Nan,
}

/// Which conversions of arrays are made, in NumPy's words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Casting {
    No,
    Equiv,
    #[default]
    Safe,
    SameKind,
    Unsafe,
}

/// What becomes of a result that is not a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Nan {
    #[default]
    Ignore,
    Raise,
}

const CASTINGS: [(&str, Casting); 5] = [
    ("no", Casting::No),
    ("equiv", Casting::Equiv),
    ("safe", Casting::Safe),
    ("same_kind", Casting::SameKind),
    ("unsafe", Casting::Unsafe),
];

const NANS: [(&str, Nan); 2] = [("ignore", Nan::Ignore), ("raise", Nan::Raise)];

impl Casting {
    /// NumPy's word.
    pub(crate) fn word(self) -> &'static str {
        CASTINGS.iter().find(|(_, casting)| *casting == self).map_or("", |(word, _)| word)
    }
}

impl Nan {
    pub(crate) fn word(self) -> &'static str {
        NANS.iter().find(|(_, nan)| *nan == self).map_or("", |(word, _)| word)
    }
}

impl Options {
    /// With the words that are given.
    pub(crate) fn with(
        mut self,
        signature: &Signature,
        casting: Option<Borrowed<'_, '_, PyAny>>,
        strict: Option<Borrowed<'_, '_, PyAny>>,
        nan: Option<Borrowed<'_, '_, PyAny>>,
    ) -> PyResult<Self> {
        if let Some(word) = casting {
            self.casting = one_of(signature, CASTING, &word, &CASTINGS)?;
        }
        if let Some(strict) = strict {
            let name = signature.info.name;
            self.strict = strict.extract().map_err(|_| {
                let (argument, got) = (signature.extra(STRICT), wording::article(&strict));
                PyTypeError::new_err(format!("{name}(): argument '{argument}' is {got}, expected a bool"))
            })?;
        }
        if let Some(word) = nan {
            self.nan = one_of(signature, NAN, &word, &NANS)?;
        }
        Ok(self)
    }
}

fn one_of<T: Copy>(
    signature: &Signature,
    which: usize,
    object: &Bound<'_, PyAny>,
    words: &[(&str, T)],
) -> PyResult<T> {
    let (function, argument) = (signature.info.name, signature.extra(which));
    let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
    let expected = wording::alternatives(&names);
    let Ok(text) = object.cast::<PyString>() else {
        let got = wording::article(object);
        return Err(PyTypeError::new_err(format!(
            "{function}(): argument '{argument}' is {got}, expected {expected}"
        )));
    };
    let text = text.to_string_lossy();
    words.iter().find(|(name, _)| *name == text).map(|(_, value)| *value).ok_or_else(|| {
        let got = wording::cut(&text);
        PyValueError::new_err(format!("{function}(): argument '{argument}' is '{got}', expected {expected}"))
    })
}

/// The outputs that a call returns.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(crate) enum Selection {
    /// All, in a dict.
    #[default]
    All,
    /// These, in a dict.
    Some(Box<[usize]>),
    /// This one, by itself.
    One(usize),
}

impl Selection {
    /// Whether this output is returned.
    pub(crate) fn has(&self, output: usize) -> bool {
        match self {
            Self::All => true,
            Self::Some(outputs) => outputs.contains(&output),
            Self::One(one) => *one == output,
        }
    }
}

/// A value for an input that callers may leave out, read when it was given.
#[derive(Clone, PartialEq)]
pub(crate) enum Data {
    F64(Box<[f64]>),
    Indices(Box<[usize]>),
    Usize(usize),
    I32(i32),
    Bool(bool),
}

/// What an input is when it is left out.
#[derive(Clone, PartialEq)]
pub(crate) struct Preset {
    /// The lengths of its axes.
    pub(crate) shape: Box<[usize]>,
    pub(crate) data: Data,
    /// Whether it can be given by keyword only: then it does not count among the positions.
    pub(crate) hidden: bool,
}

/// All of it.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Settings {
    pub(crate) options: Options,
    pub(crate) selection: Selection,
    /// One for every input, or none at all.
    pub(crate) presets: Box<[Option<Preset>]>,
}

impl Settings {
    pub(crate) fn preset(&self, input: usize) -> Option<&Preset> {
        self.presets.get(input)?.as_ref()
    }

    pub(crate) fn is_hidden(&self, input: usize) -> bool {
        self.preset(input).is_some_and(|preset| preset.hidden)
    }
}

//! The variables that a function in the making can see.

use crate::{Parameter, Type};

/// A variable.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub(super) name: String,
    pub(super) kind: Type,
    pub(super) mutable: bool,
    /// The values that an integer can have.
    pub(super) range: (i64, i64),
    /// Whether an integer is known only at run time.
    pub(super) runtime: bool,
    pub(super) hidden: bool,
    /// The slice that an integer is an index of, whatever its length.
    pub(super) within: Option<String>,
}

impl Local {
    pub(super) fn new(name: &str, kind: Type, mutable: bool) -> Self {
        Self { name: name.into(), kind, mutable, range: (0, 0), runtime: false, hidden: false, within: None }
    }
}

/// All variables, innermost last.
#[derive(Default)]
pub(super) struct Locals {
    all: Vec<Local>,
    /// Those before are not to be written.
    frozen: usize,
}

impl Locals {
    pub(super) fn add(&mut self, local: Local) {
        self.all.push(local);
    }

    pub(super) fn add_parameter(&mut self, parameter: &Parameter) {
        for name in &parameter.pattern {
            self.all.push(Local::new(name, Type::Real, parameter.passing.is_mutable()));
        }
        if !parameter.pattern.is_empty() {
            return;
        }
        let mut local = Local::new(&parameter.name, parameter.kind.clone(), parameter.passing.is_mutable());
        local.range = parameter.range;
        local.runtime = true;
        self.all.push(local);
    }

    pub(super) fn hide(&mut self, name: &str) {
        self.all.iter_mut().filter(|local| local.name == name).for_each(|local| local.hidden = true);
    }

    pub(super) fn unhide(&mut self, name: &str) {
        self.all.iter_mut().filter(|local| local.name == name).for_each(|local| local.hidden = false);
    }

    /// Those that a name can reach: not shadowed, not hidden. Innermost first.
    pub(super) fn visible(&self) -> Vec<&Local> {
        self.indexed().map(|(_, local)| local).collect()
    }

    /// Those that may be written.
    pub(super) fn writable(&self) -> Vec<&Local> {
        self.indexed()
            .filter(|(position, local)| local.mutable && *position >= self.frozen)
            .map(|(_, local)| local)
            .collect()
    }

    fn indexed(&self) -> impl Iterator<Item = (usize, &Local)> {
        let shadowed =
            |position: usize| self.all[position + 1..].iter().any(|l| l.name == self.all[position].name);
        self.all
            .iter()
            .enumerate()
            .rev()
            .filter(move |(position, local)| !local.hidden && !shadowed(*position))
    }

    /// How many there are: for [`leave`](Self::leave).
    pub(super) fn depth(&self) -> usize {
        self.all.len()
    }

    /// Drops those added since.
    pub(super) fn leave(&mut self, depth: usize) {
        self.all.truncate(depth);
    }

    /// Forbids writes to what there is now; the answer undoes it.
    pub(super) fn freeze(&mut self) -> usize {
        std::mem::replace(&mut self.frozen, self.all.len())
    }

    pub(super) fn thaw(&mut self, frozen: usize) {
        self.frozen = frozen;
    }
}

//! Sequences: what an iterator goes through, and parts of arrays.

use crate::ir::Value;

/// So many terms, each from its place.
pub(super) struct Sequence {
    length: Value,
}

impl Sequence {
    pub(super) fn is_like(&self, _other: &Self) -> bool {
        false
    }

    pub(super) fn values(&self) -> Vec<Value> {
        vec![self.length]
    }

    pub(super) fn with_values(&self, values: &mut dyn Iterator<Item = Value>) -> Self {
        Self { length: values.next().unwrap_or(self.length) }
    }
}

//! What a function's body is read in: that of the function itself, and of what is run in its place.

use syn::{Block, Type};

use super::body::{Lowering, Shape};
use super::exits::block_leaves;
use super::flow::Then;
use super::jumps::{Expected, Kind};
use super::terms::Term;

impl Lowering<'_> {
    /// The value of a body, where `return` ends it.
    pub(super) fn in_frame(&mut self, block: &Block, output: Option<&Type>, shape: &Shape) -> Term {
        if !block_leaves(block) {
            return self.block(block, shape);
        }
        self.enter(None, Kind::Frame, Expected { shape: shape.clone(), ty: output.cloned() });
        let target = self.around.len() - 1;
        self.flow_block(
            block,
            shape,
            &mut Then { again: true, run: &mut |this, term| this.leave(target, term) },
        );
        self.left()
    }
}

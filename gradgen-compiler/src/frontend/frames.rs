//! What a function's body is read in: that of the function itself, and of what is run in its place.

use syn::{Block, Expr, Stmt, Type};

use super::body::{Lowering, Shape};
use super::terms::Term;

impl Lowering<'_> {
    /// The value of a body, where `return` ends it.
    pub(super) fn in_frame(&mut self, block: &Block, _output: Option<&Type>, shape: &Shape) -> Term {
        if let Some((Stmt::Expr(Expr::Return(last), _), before)) = block.stmts.split_last() {
            for statement in before {
                self.statement(statement);
            }
            return match &last.expr {
                Some(value) => self.expression(value, shape),
                None => Term::UNIT,
            };
        }
        self.block(block, shape)
    }
}

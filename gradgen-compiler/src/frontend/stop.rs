//! `stop_gradient(x)`: what derivatives take for a constant.

use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, ExprPath};

use super::body::Lowering;
use super::calls::without_arguments;
use super::terms::Term;

/// Whether a call is one of a function of that name: the last one in its path.
pub(super) fn is_stop(call: &ExprCall) -> bool {
    let Expr::Path(callee) = &*call.func else { return false };
    call.args.len() == 1
        && callee.path.segments.last().is_some_and(|segment| segment.ident == "stop_gradient")
}

impl Lowering<'_> {
    /// The value, which counts as a constant. That the function is gradgen's own, rustc checks.
    pub(super) fn stop(&mut self, callee: &ExprPath, argument: &Expr) -> Term {
        let (path, runtime) = (without_arguments(callee.path.clone()), self.runtime.clone());
        let span = path.segments.last().map_or_else(|| callee.span(), |segment| segment.ident.span());
        let check = quote_spanned!(span=> const _: () = #runtime::chain::stops::<#path>(););
        if let Ok(check) = syn::parse2(check) {
            self.require(check);
        }
        let Some(value) = self.single(argument) else { return Term::Poison };
        if self.graph.ty(value).is_slice() {
            let message =
                "`stop_gradient` of a slice is not understood: take the elements, `stop_gradient(x[i])`";
            return self.fail(argument, message);
        }
        self.at(span);
        Term::One(self.graph.stop(value))
    }
}

//! How values are kept from one sweep to the other: as floats, so that they fit in a workspace.

use crate::ir::{Comparison, Graph, Int, Scalar, Type, Value};

/// The pieces in which a value is kept, each a float or an array of them.
pub(super) fn pieces(graph: &mut Graph, value: Value) -> Vec<Value> {
    match graph.ty(value) {
        Type::Bool => {
            let (one, zero) = (graph.real(1.0), graph.real(0.0));
            vec![graph.select(value, one, zero)]
        }
        ty @ Type::Int(int) => bases(graph.scalar(), int)
            .windows(2)
            .map(|pair| {
                let (low, high) = (graph.int(pair[0], ty.clone()), graph.int(pair[1] / pair[0], ty.clone()));
                let quotient = graph.div(value, low);
                let digit = if pair[1] == LAST { quotient } else { graph.rem(quotient, high) };
                graph.cast(digit, Type::Real)
            })
            .collect(),
        _ => vec![value],
    }
}

/// How many pieces a value of a type has.
pub(super) fn count(graph: &Graph, ty: &Type) -> usize {
    match ty {
        Type::Int(int) => bases(graph.scalar(), *int).len() - 1,
        _ => 1,
    }
}

/// The type of a piece.
pub(super) fn piece(ty: &Type) -> Type {
    match ty {
        Type::Bool | Type::Int(_) => Type::Real,
        ty => ty.clone(),
    }
}

/// The value from its pieces.
pub(super) fn restore(graph: &mut Graph, pieces: &[Value], ty: &Type) -> Value {
    match ty {
        Type::Bool => {
            let zero = graph.real(0.0);
            graph.compare(Comparison::Ne, pieces[0], zero)
        }
        Type::Int(int) => {
            let bases = bases(graph.scalar(), *int);
            let mut sum = graph.int(0, ty.clone());
            for (&piece, &base) in pieces.iter().zip(&bases) {
                let base = graph.int(base, ty.clone());
                let digit = graph.cast(piece, ty.clone());
                let term = graph.mul(digit, base);
                sum = graph.add(sum, term);
            }
            sum
        }
        _ => pieces[0],
    }
}

/// Stands behind the highest base.
const LAST: i128 = i128::MAX;

/// The bases between which the digits of an integer are exact as floats.
fn bases(scalar: Scalar, int: Int) -> Vec<i128> {
    match (scalar, int.bits()) {
        (Scalar::F64, ..=32) | (_, ..=16) => vec![1, LAST],
        (Scalar::F64, _) => vec![1, 1 << 32, LAST],
        (Scalar::F32 | Scalar::Generic(_), ..=32) => vec![1, 1 << 16, LAST],
        (Scalar::F32 | Scalar::Generic(_), _) => vec![1, 1 << 24, 1 << 48, LAST],
    }
}

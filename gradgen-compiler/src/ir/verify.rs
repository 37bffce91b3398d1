//! The invariants of a graph, and a check of them.

use super::{BODY, Graph, Length, Op, RegionId, Type, Value};

/// Checks a graph whose types are settled.
///
/// 1. Every argument and result is of a region that is seen from where it is used: the same one or
///    one around it.
/// 2. Every node stands in the list of its region, after its arguments.
/// 3. Every operation has as many arguments and regions as it takes, of the types it takes.
/// 4. The regions of an `if` yield as many values, of the same types; a `for` carries as many
///    values as its body has parameters after the first and results, of the same types. A length
///    that only rustc knows is the same as any.
/// 5. A projection is of a node that has several results, and of no other.
/// 6. No type is a variable.
///
/// # Errors
/// The first node that breaks an invariant, and which one.
pub fn verify(graph: &Graph) -> Result<(), String> {
    let mut seen = vec![false; graph.len()];
    verify_region(graph, BODY, &mut seen)
}

fn verify_region(graph: &Graph, id: RegionId, seen: &mut [bool]) -> Result<(), String> {
    let region = graph.region(id);
    for &value in &region.nodes {
        let node = graph.node(value);
        let fail = |what: &str| Err(format!("{value} ({:?}): {what}", node.op));
        if node.region != id {
            return fail("stands in another region's list");
        }
        for &arg in &node.args {
            if !seen[arg.index()] {
                return fail(&format!("uses {arg}, which comes later"));
            }
            if !graph.is_within(id, graph.node(arg).region) {
                return fail(&format!("uses {arg}, which is out of sight"));
            }
        }
        if matches!(graph.ty(value), Type::Variable(_)) {
            return fail("has no type");
        }
        for &inner in &node.regions {
            if graph.region(inner).parent != Some(id) {
                return fail("has a region of another parent");
            }
            verify_region(graph, inner, seen)?;
        }
        if let Err(what) = verify_node(graph, value) {
            return fail(&what);
        }
        seen[value.index()] = true;
    }
    match region.results.iter().find(|result| !seen[result.index()]) {
        Some(result) => Err(format!("{id:?} yields {result}, which it does not see")),
        None => Ok(()),
    }
}

fn expect(what: &str, holds: bool) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

fn verify_node(graph: &Graph, value: Value) -> Result<(), String> {
    let node = graph.node(value);
    let ty = |place: usize| graph.ty(node.args[place]);
    let arguments = |count: usize| expect("takes another number of arguments", node.args.len() == count);
    let all_real = || expect("takes reals", node.args.iter().all(|&arg| graph.ty(arg) == Type::Real));
    let several = matches!(node.op, Op::If | Op::For(_) | Op::Call(_));
    expect("has several results", several == (node.ty == Type::Several))?;
    match &node.op {
        Op::Neg | Op::Not | Op::Cast | Op::Splat(_) | Op::ZerosLike | Op::Check(..) | Op::NonZero => {
            arguments(1)
        }
        Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem => {
            arguments(2)?;
            expect("mixes types", ty(0) == ty(1) && ty(0) == node.ty)?;
            expect("is of numbers", matches!(node.ty, Type::Real | Type::Int(_)))
        }
        Op::Elementary(function) => {
            let partials = function.row().partials;
            arguments(partials.len())?;
            let fits = partials.iter().enumerate().all(|(place, partial)| {
                if partial.is_some() { ty(place) == Type::Real } else { matches!(ty(place), Type::Int(_)) }
            });
            expect("takes other types", fits)
        }
        Op::Compare(_) => {
            arguments(2)?;
            expect("mixes types", ty(0) == ty(1))
        }
        Op::Select => {
            arguments(3)?;
            expect("takes a truth value", ty(0) == Type::Bool)?;
            expect("mixes types", alike(&ty(1), &ty(2)))
        }
        Op::Array => {
            let Type::Array(element, _) = &node.ty else { return Err("is not an array".to_owned()) };
            expect("mixes types", node.args.iter().all(|&arg| alike(&graph.ty(arg), element)))
        }
        Op::Get => {
            let element = ty(0).element(node.args.len() - 1).cloned();
            expect("has no such element", element.is_some_and(|element| alike(&element, &node.ty)))
        }
        Op::Set => expect("has no such element", ty(0).element(node.args.len() - 2).is_some()),
        Op::Sum => arguments(2),
        Op::If => verify_if(graph, value),
        Op::For(_) => verify_for(graph, value),
        Op::Project(_) => {
            arguments(1)?;
            expect("projects a single value", ty(0) == Type::Several)
        }
        Op::Real(_) => all_real(),
        _ => Ok(()),
    }
}

fn types(graph: &Graph, values: &[Value]) -> Vec<Type> {
    values.iter().map(|&value| graph.ty(value)).collect()
}

/// Whether types agree as far as is seen here: a literal and a constant can be one length.
fn alike(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Array(a, Length::Fixed(n)), Type::Array(b, Length::Fixed(m))) => n == m && alike(a, b),
        (Type::Array(a, _), Type::Array(b, _)) => alike(a, b),
        (Type::Opaque, _) | (_, Type::Opaque) => true,
        _ => a == b,
    }
}

fn all_alike(a: &[Type], b: &[Type]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b))
}

fn verify_if(graph: &Graph, value: Value) -> Result<(), String> {
    let node = graph.node(value);
    expect("takes one condition", node.args.len() == 1 && graph.ty(node.args[0]) == Type::Bool)?;
    let [then, otherwise] = node.regions[..] else { return Err("has two regions".to_owned()) };
    let (then, otherwise) = (graph.region(then), graph.region(otherwise));
    expect("yields other types", all_alike(&types(graph, &then.results), &types(graph, &otherwise.results)))
}

fn verify_for(graph: &Graph, value: Value) -> Result<(), String> {
    let node = graph.node(value);
    let [body] = node.regions[..] else { return Err("has one region".to_owned()) };
    let body = graph.region(body);
    expect("has a start and an end", node.args.len() >= 2)?;
    let carried = types(graph, &node.args[2..]);
    expect("carries other types", all_alike(&types(graph, &body.results), &carried))?;
    expect(
        "has other parameters",
        all_alike(&types(graph, body.parameters.get(1..).unwrap_or_default()), &carried),
    )
}

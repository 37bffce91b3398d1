//! Constructors of array values. Reading an element that was written, or that stands in a
//! literal, is that element: arrays with literal indices dissolve into scalars.

use super::ranges::Verdict;
use super::{Atom, Graph, Length, Op, Type, Value};

/// Up to this many elements a written-to array of literal length becomes an array literal.
pub(super) const LITERAL: usize = 8;

impl Graph {
    /// An array from its elements.
    pub fn array(&mut self, elements: Vec<Value>, element: Type) -> Value {
        let ty = Type::array(element, Length::Fixed(elements.len()));
        self.push(Op::Array, elements, ty)
    }

    /// An array of equal elements.
    pub fn splat(&mut self, element: Value, length: Length) -> Value {
        let ty = Type::array(self.ty(element), length.clone());
        if self.as_real(element).is_some_and(|zero| zero.to_bits() == 0) && ty.is_known() {
            return self.zeros(&ty);
        }
        self.push(Op::Splat(length), vec![element], ty)
    }

    /// Zeros of a type whose lengths can be written down.
    pub fn zeros(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Real => self.real(0.0),
            _ => self.push(Op::Zeros(ty.clone()), vec![], ty.clone()),
        }
    }

    /// Zeros in the shape of a value.
    pub fn zeros_like(&mut self, value: Value) -> Value {
        let ty = self.ty(value);
        if ty.is_known() && ty.is_differentiable() {
            return self.zeros(&ty);
        }
        self.push(Op::ZerosLike, vec![value], ty)
    }

    /// An array without values yet.
    pub fn scratch(&mut self, ty: &Type) -> Value {
        self.scratches += 1;
        self.append(Op::Scratch(ty.clone(), self.scratches), vec![], vec![], ty.clone())
    }

    /// The value as one of which nothing is known.
    pub fn hold(&mut self, value: Value) -> Value {
        let ty = self.ty(value);
        self.push(Op::Hold, vec![value], ty)
    }

    /// The value as a constant. What is no float is one already.
    pub fn stop(&mut self, value: Value) -> Value {
        let ty = self.ty(value);
        if self.is_integer(&ty) || ty == Type::Bool || matches!(self.node(value).op, Op::Real(_)) {
            return value;
        }
        self.push(Op::Stop, vec![value], ty)
    }

    /// A length as a `usize`.
    pub fn length(&mut self, length: &Length) -> Value {
        if let Some(Atom::Input(place)) = length.size().and_then(|size| size.atom()) {
            return self.inputs()[place];
        }
        match length {
            Length::Fixed(length) => self.usize(*length),
            _ => self.push(Op::Length(length.clone()), vec![], Type::Int(super::Int::Usize)),
        }
    }

    /// An index, checked where it is not a literal below a literal length.
    pub fn check(&mut self, index: Value, length: Length, array: &str) -> Value {
        if let (Some(index_value), Length::Fixed(length)) = (self.as_int(index), &length)
            && (0..*length as i128).contains(&index_value)
        {
            return index;
        }
        if let (Some(bound), Length::Fixed(length)) = (self.upper_bound(index), &length)
            && bound < *length as i128
        {
            return index;
        }
        match self.verdict(index, &length, array) {
            Verdict::Inside => return index,
            Verdict::If(conditions) => {
                self.require(conditions);
                return index;
            }
            Verdict::Unknown => {}
        }
        // A literal index into an array whose length only rustc knows: rustc checks it.
        if self.as_int(index).is_some() && matches!(length, Length::Symbol(_) | Length::Unknown) {
            return index;
        }
        let ty = self.ty(index);
        self.push(Op::Check(length, array.to_owned()), vec![index], ty)
    }

    /// A number that a `usize` is never above, where its computation shows one.
    pub(super) fn upper_bound(&self, index: Value) -> Option<i128> {
        let node = self.node(index);
        if self.ty(index) != Type::Int(super::Int::Usize) {
            return None;
        }
        match node.op {
            // A negative one is of a subtraction that went below 0.
            Op::Int(value) => Some(value).filter(|&value| value >= 0),
            Op::Rem => self.as_int(node.args[1]).filter(|&divisor| divisor > 0).map(|divisor| divisor - 1),
            Op::Check(Length::Fixed(length), _) => Some(length as i128 - 1),
            Op::Select => {
                let (Some(a), Some(b)) = (self.upper_bound(node.args[1]), self.upper_bound(node.args[2]))
                else {
                    return self.minimum_bound(node);
                };
                Some(a.max(b))
            }
            _ => None,
        }
    }

    /// The bound of `if a < b { a } else { b }`: that of either.
    fn minimum_bound(&self, select: &super::Node) -> Option<i128> {
        let condition = self.node(select.args[0]);
        let smaller =
            condition.op == Op::Compare(super::Comparison::Lt) && condition.args == select.args[1..];
        if !smaller {
            return None;
        }
        self.upper_bound(select.args[1]).or_else(|| self.upper_bound(select.args[2]))
    }

    /// Whether rustc knows an integer when it compiles: a literal, a constant, or arithmetic on
    /// some.
    #[must_use]
    pub fn is_static(&self, value: Value) -> bool {
        let node = self.node(value);
        match node.op {
            Op::Int(_) | Op::Constant(_) => true,
            Op::Length(ref length) => length.is_static(),
            Op::Add | Op::Sub | Op::Mul => node.args.iter().all(|&arg| self.is_static(arg)),
            _ => false,
        }
    }

    /// The indices as literals, if they all are.
    #[must_use]
    pub fn literal_indices(&self, indices: &[Value]) -> Option<Vec<usize>> {
        indices.iter().map(|&index| usize::try_from(self.as_int(index)?).ok()).collect()
    }

    /// The element of an array at some indices.
    pub fn get(&mut self, array: Value, indices: &[Value]) -> Value {
        let (mut array, mut indices) = (array, indices.to_vec());
        while !indices.is_empty() {
            let node = self.node(array);
            match &node.op {
                Op::Set => {
                    let (inner, element, written) = (node.args[0], node.args[1], node.args[2..].to_vec());
                    match self.overlap(&written, &indices) {
                        Overlap::None => array = inner,
                        Overlap::Covers => {
                            array = element;
                            indices.drain(..written.len());
                        }
                        Overlap::Inside => {
                            let row = self.get(inner, &indices);
                            return self.set(row, element, &written[indices.len()..]);
                        }
                        Overlap::Unknown => break,
                    }
                }
                Op::Array => {
                    let Some(place) = self.as_int(indices[0]).and_then(|i| usize::try_from(i).ok()) else {
                        break;
                    };
                    let Some(&element) = node.args.get(place) else { break };
                    array = element;
                    indices.remove(0);
                }
                Op::Splat(_) => {
                    array = node.args[0];
                    indices.remove(0);
                }
                Op::Zeros(ty) => {
                    let Some(element) = ty.element(indices.len()).cloned() else { break };
                    return self.zeros(&element);
                }
                Op::ZerosLike if self.ty(array).element(indices.len()) == Some(&Type::Real) => {
                    return self.real(0.0);
                }
                Op::Get => {
                    indices.splice(0..0, node.args[1..].iter().copied());
                    array = node.args[0];
                    if !matches!(self.node(array).op, Op::Set | Op::Array | Op::Splat(_) | Op::Zeros(_)) {
                        break;
                    }
                }
                Op::Sum => {
                    let (a, b) = (node.args[0], node.args[1]);
                    let (a, b) = (self.get(a, &indices), self.get(b, &indices));
                    return self.sum(a, b);
                }
                _ => break,
            }
        }
        if indices.is_empty() {
            return array;
        }
        let ty = self.ty(array).element(indices.len()).cloned().unwrap_or(Type::Opaque);
        indices.insert(0, array);
        self.push(Op::Get, indices, ty)
    }

    /// The array with one element (or sub-array) replaced.
    pub fn set(&mut self, array: Value, element: Value, indices: &[Value]) -> Value {
        let Some((&first, rest)) = indices.split_first() else { return element };
        let node = self.node(element);
        if node.op == Op::Get && node.args[0] == array && node.args[1..] == *indices {
            return array;
        }
        let node = self.node(array);
        if node.op == Op::Set && node.args[2..] == *indices {
            let inner = node.args[0];
            return self.set(inner, element, indices);
        }
        if let Some(place) = self.as_int(first).and_then(|i| usize::try_from(i).ok())
            && let Some(mut elements) = self.elements(array)
            && let Some(&old) = elements.get(place)
        {
            elements[place] = self.set(old, element, rest);
            let Type::Array(inner, _) = self.ty(array) else { unreachable!("an array has array type") };
            return self.array(elements, (*inner).clone());
        }
        let ty = self.ty(array);
        let mut args = vec![array, element];
        args.extend_from_slice(indices);
        self.push(Op::Set, args, ty)
    }

    /// The elements of a short array of literal length, as values.
    fn elements(&mut self, array: Value) -> Option<Vec<Value>> {
        let node = self.node(array);
        if node.op == Op::Array {
            return (node.args.len() <= LITERAL).then(|| node.args.clone());
        }
        let Type::Array(element, Length::Fixed(length)) = self.ty(array) else { return None };
        if length > LITERAL
            || element.is_slice()
            || !matches!(node.op, Op::Zeros(_) | Op::Splat(_) | Op::Input(_))
        {
            return None;
        }
        Some(self.read_elements(array, length))
    }

    /// The first `length` elements of an array.
    pub fn read_elements(&mut self, array: Value, length: usize) -> Vec<Value> {
        (0..length)
            .map(|place| {
                let place = self.usize(place);
                self.get(array, &[place])
            })
            .collect()
    }

    /// Names a value after a variable; the elements of an array literal, which may stand alone
    /// later, after their places in it.
    pub fn set_array_name(&mut self, value: Value, name: u32) {
        self.set_name(value, name);
        let node = self.node(value);
        if node.op == Op::Array && node.args.len() <= LITERAL {
            for (place, element) in node.args.clone().into_iter().enumerate() {
                let element_name = format!("{}_{place}", self.names[name as usize]);
                let element_name = self.intern_name(&element_name);
                self.set_array_name(element, element_name);
            }
        }
    }

    /// The element-wise sum, of reals, arrays or values of unknown type.
    pub fn sum(&mut self, a: Value, b: Value) -> Value {
        if self.ty(a) == Type::Real {
            return self.add(a, b);
        }
        for (zeros, other) in [(a, b), (b, a)] {
            if matches!(self.node(zeros).op, Op::Zeros(_) | Op::ZerosLike) {
                return other;
            }
        }
        if let (Some(a), Some(b)) = (self.elements(a), self.elements(b))
            && a.len() == b.len()
        {
            let elements: Vec<_> = a.into_iter().zip(b).map(|(a, b)| self.sum(a, b)).collect();
            if let Some(&first) = elements.first() {
                let element = self.ty(first);
                return self.array(elements, element);
            }
        }
        let ty = self.ty(a);
        self.push(Op::Sum, vec![a, b], ty)
    }

    /// How a write at some indices bears on a read at others.
    fn overlap(&self, written: &[Value], read: &[Value]) -> Overlap {
        for (&w, &r) in written.iter().zip(read) {
            if w == r {
                continue;
            }
            return match (self.as_int(w), self.as_int(r)) {
                (Some(w), Some(r)) if w != r => Overlap::None,
                (Some(_), Some(_)) => continue,
                _ => {
                    let apart = self.polynomial(w).minus(&self.polynomial(r));
                    match apart.constant() {
                        Some(0) => continue,
                        Some(_) => Overlap::None,
                        None if self.is_positive(&apart) || self.is_positive(&apart.times(&(-1).into())) => {
                            Overlap::None
                        }
                        None => Overlap::Unknown,
                    }
                }
            };
        }
        if written.len() <= read.len() { Overlap::Covers } else { Overlap::Inside }
    }
}

/// See [`Graph::overlap`].
enum Overlap {
    /// Another element is read.
    None,
    /// The element that is read was written, whole.
    Covers,
    /// A part of what is read was written.
    Inside,
    /// Only run time tells.
    Unknown,
}

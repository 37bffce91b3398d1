//! What every kernel of the corpus has to pass.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gradgen::{ArgInfo, Dim, Dtype, FunctionInfo, Role};

use super::forms::{Forms, assert_primal, assert_same, check_kinds, into_outputs, run_call, run_into, slots};
use super::points::Points;
use super::reference::{Oracle, Reference, assert_close};
use super::siblings::{Argument, Directions, ExpectedOutput, Input, Output, Primal, size};
use super::typed::{Datum, Kind, Leaf, Scalar};

/// A kernel under test.
pub(crate) struct Kernel<T, O> {
    pub(crate) name: &'static str,
    pub(crate) inputs: Vec<&'static str>,
    pub(crate) outputs: Vec<&'static str>,
    pub(crate) info: &'static FunctionInfo,
    pub(crate) primal: Forms<T>,
    pub(crate) siblings: Vec<Forms<T>>,
    pub(crate) oracle: O,
    pub(crate) points: Points,
}

/// The arguments at a point.
struct At<T> {
    inputs: Vec<Datum<T>>,
    directions: Directions,
    reference: Reference,
}

impl<T: Scalar, O: Oracle> Kernel<T, O> {
    /// Runs everything.
    pub(crate) fn check(&self) {
        let primal = self.layout();
        self.check_table(&primal);
        self.check_special_values(&primal);
        for (x, parameters) in self.points.of(&primal) {
            let x: Vec<f64> = x.into_iter().map(|x| T::from_f64(x).to_f64()).collect();
            let inputs = data(&primal, &x, &parameters);
            let exact = (self.primal.value)(slots(&inputs));
            let reference = Reference::of(&self.oracle, &x, &parameters);
            let got: Vec<f64> = exact.iter().flat_map(|leaf| &leaf.data).map(|y| y.to_f64()).collect();
            for (o, want) in reference.value.iter().enumerate() {
                assert_close(got[o], *want, T::TOLERANCE, || format!("{}: oracle at {x:?}", self.name));
            }
            if T::TOLERANCE < 1e-9 {
                let f = |x: &[f64]| {
                    let leaves = (self.primal.value)(slots(&data(&primal, x, &parameters)));
                    leaves.iter().flat_map(|leaf| &leaf.data).map(|y| y.to_f64()).collect()
                };
                reference.check_by_differences(self.name, &self.oracle, f, &x, &parameters);
            }
            let directions = self.points.directions::<T>(x.len(), reference.value.len());
            let at = At { inputs, directions, reference };
            self.check_into(&primal, &at, &exact);
            for forms in &self.siblings {
                self.check_sibling(forms, &primal, &at, &exact);
            }
        }
    }

    /// Where no derivative is defined, still: values equal to the last bit, no panic. (A kernel
    /// itself may panic, as `clamp` does on NaN; what is generated must not.)
    fn check_special_values(&self, primal: &Primal) {
        const SPECIAL: [f64; 8] =
            [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 5e-324, 1e300, -1.0];
        let shapes: Vec<Vec<usize>> = primal.outputs.iter().map(|output| output.shape.clone()).collect();
        let outputs = shapes.iter().map(|shape| size(shape)).sum();
        let inputs: usize = primal.differentiable().iter().map(|input| input.range().len()).sum();
        for (at, special) in SPECIAL.into_iter().enumerate() {
            // Every other scalar is the next special value, so that they meet.
            let x: Vec<f64> =
                (0..inputs).map(|i| if i % 2 == 0 { special } else { SPECIAL[(at + i) % 8] }).collect();
            for parameters in self.points.extreme_parameters(primal) {
                let inputs = data(primal, &x, &parameters);
                let exact = catch_unwind(AssertUnwindSafe(|| (self.primal.value)(slots(&inputs)))).ok();
                let what = format!("{} at {inputs:?}", self.name);
                let directions = self.points.directions::<T>(x.len(), outputs);
                for forms in std::iter::once(&self.primal).chain(&self.siblings) {
                    let mut inputs = inputs.clone();
                    let mut values = primal.outputs.len();
                    let mut shapes = shapes.clone();
                    if !forms.suffix.is_empty() {
                        let sibling = primal.sibling(forms.suffix);
                        let added = sibling.added_inputs(primal);
                        inputs.extend(added.iter().map(|argument| direction(argument, &directions)));
                        values = sibling.values(primal);
                        shapes = forms.output_shapes();
                    }
                    let got = into_outputs(forms, &inputs, &shapes);
                    if let (Some(exact), Ok(got)) = (&exact, got) {
                        assert_primal(&what, &got[..values], &exact[..values]);
                    }
                }
            }
        }
    }

    /// The layout of inputs and outputs, read off the function's type.
    fn layout(&self) -> Primal {
        let kinds = &self.primal.value_kinds;
        assert_eq!(kinds.len(), self.inputs.len(), "{}: number of inputs", self.name);
        let mut at = 0;
        let inputs: Vec<Input> = self
            .inputs
            .iter()
            .zip(kinds)
            .map(|(name, kind)| {
                let input = Input { name, kind: kind.clone(), at };
                at += if let Kind::Real(shape) = kind { size(shape) } else { 0 };
                input
            })
            .collect();
        let places: Vec<&Vec<usize>> = self
            .primal
            .into_kinds
            .iter()
            .filter_map(|kind| if let Kind::Output(shape) = kind { Some(shape) } else { None })
            .collect();
        assert_eq!(places.len(), self.outputs.len(), "{}: number of outputs", self.name);
        let mut at = 0;
        let outputs = self
            .outputs
            .iter()
            .zip(places)
            .map(|(name, shape)| {
                let output = Output { name, shape: shape.clone(), at };
                at += size(shape);
                output
            })
            .collect();
        Primal { inputs, outputs }
    }

    /// The metadata against the rules of naming.
    fn check_table(&self, primal: &Primal) {
        assert_eq!(self.info.name, self.name);
        assert!(self.info.rust_name.ends_with(&format!("::{}", self.name)), "{}", self.info.rust_name);
        assert_eq!(self.info.dtype(), if size_of::<T>() == 8 { Dtype::F64 } else { Dtype::F32 });
        check_arguments(self.name, self.info.inputs, &primal.arguments());
        let outputs: Vec<Argument> =
            primal.outputs.iter().map(|o| expected_output(o.name, &o.shape)).collect();
        check_arguments(self.name, self.info.outputs, &outputs);
        let names: Vec<&str> = self.info.siblings.iter().map(|sibling| sibling.name).collect();
        let tested: Vec<String> =
            self.siblings.iter().map(|forms| format!("{}_{}", self.name, forms.suffix)).collect();
        assert_eq!(names, tested, "{}: every sibling is tested, in the order of the requests", self.name);
    }

    /// The primal's own `_into` form and uniform call.
    fn check_into(&self, primal: &Primal, at: &At<T>, exact: &[Leaf<T>]) {
        let shapes: Vec<Vec<usize>> = primal.outputs.iter().map(|output| output.shape.clone()).collect();
        let what = format!("{}_into", self.name);
        assert_eq!(exact.iter().map(|leaf| leaf.shape.clone()).collect::<Vec<_>>(), shapes, "{what}");
        let got = run_into(&what, &self.primal, &at.inputs, &shapes);
        assert_primal(&what, &got, exact);
        let got = run_call(&what, self.info, &self.primal, &at.inputs, &shapes);
        assert_primal(&format!("{what}, called through the table"), &got, exact);
    }

    fn check_sibling(&self, forms: &Forms<T>, primal: &Primal, at: &At<T>, exact: &[Leaf<T>]) {
        let name = format!("{}_{}", self.name, forms.suffix);
        let sibling = primal.sibling(forms.suffix);
        let expected = sibling.outputs(primal, &at.reference, &at.directions);
        let shapes: Vec<Vec<usize>> = expected.iter().map(|output| output.shape.clone()).collect();
        let info = self.info.siblings.iter().find(|info| info.name == name).expect("a table");
        let added = sibling.added_inputs(primal);
        check_arguments(&name, info.inputs, &[primal.arguments(), added.clone()].concat());
        let outputs: Vec<Argument> = expected.iter().map(|o| expected_output(&o.name, &o.shape)).collect();
        check_arguments(&name, info.outputs, &outputs);

        let mut inputs = at.inputs.clone();
        inputs.extend(added.iter().map(|argument| direction(argument, &at.directions)));
        check_kinds(&name, forms, &inputs, &shapes);
        let value = (forms.value)(slots(&inputs));
        for (output, leaf) in expected.iter().zip(&value) {
            assert_eq!(leaf.shape, output.shape, "{name}: shape of {}", output.name);
            for (at, (got, want)) in leaf.data.iter().zip(&output.data).enumerate() {
                let what = || format!("{name}: {}[{at}] at {inputs:?}", output.name);
                assert_close(got.to_f64(), *want, T::TOLERANCE, what);
            }
        }
        assert_eq!(value.len(), expected.len(), "{name}: number of outputs");
        let values = sibling.values(primal);
        assert_primal(&name, &value[..values], &exact[..values]);
        let got = run_into(&format!("{name}_into"), forms, &inputs, &shapes);
        assert_same(&format!("{name}_into"), &got, &value);
        let got = run_call(&name, info, forms, &inputs, &shapes);
        assert_same(&format!("{name}, called through the table"), &got, &value);
        check_duality(&name, &expected, &value, at);
    }
}

/// Forward against reverse, where one sibling has both: what the JVP gives along the cotangent is
/// what the VJP gives along the tangent.
fn check_duality<T: Scalar>(name: &str, outputs: &[ExpectedOutput], value: &[Leaf<T>], at: &At<T>) {
    let along = |kind: &str, direction: &[f64]| {
        let data = outputs.iter().zip(value).filter(|(output, _)| output.name.starts_with(kind));
        let data: Vec<T> = data.flat_map(|(_, leaf)| leaf.data.clone()).collect();
        let product = data.iter().zip(direction).map(|(a, b)| a.to_f64() * b).sum::<f64>();
        (data.len() == direction.len()).then_some(product)
    };
    let (forward, reverse) = (along("jvp_", &at.directions.cotangent), along("vjp_", &at.directions.tangent));
    if let (Some(forward), Some(reverse)) = (forward, reverse) {
        assert_close(forward, reverse, T::TOLERANCE, || format!("{name}: jvp against vjp"));
    }
}

fn expected_output(name: &str, shape: &[usize]) -> Argument {
    Argument { name: name.into(), role: Role::Output, shape: shape.to_vec(), at: 0 }
}

/// The flat inputs as arguments.
fn data<T: Scalar>(primal: &Primal, x: &[f64], parameters: &[i32]) -> Vec<Datum<T>> {
    let mut parameters = parameters.iter().copied();
    let mut parameter = || parameters.next().expect("a value for every parameter");
    let datum = |input: &Input| match input.kind {
        Kind::Real(_) => Datum::Real(x[input.range()].iter().map(|x| T::from_f64(*x)).collect()),
        Kind::Usize => Datum::Usize(parameter().try_into().expect("a usize")),
        Kind::I32 => Datum::I32(parameter()),
        Kind::Bool => Datum::Bool(parameter() != 0),
        Kind::Output(_) | Kind::Work => panic!("{} is no input", input.name),
    };
    primal.inputs.iter().map(datum).collect()
}

/// A tangent or cotangent at a point.
fn direction<T: Scalar>(argument: &Argument, directions: &Directions) -> Datum<T> {
    let all = if argument.role == Role::Cotangent { &directions.cotangent } else { &directions.tangent };
    let part = &all[argument.at..argument.at + size(&argument.shape)];
    Datum::Real(part.iter().map(|x| T::from_f64(*x)).collect())
}

/// A table's list of arguments.
fn check_arguments(name: &str, got: &[ArgInfo], want: &[Argument]) {
    let told: Vec<(&str, Role, Vec<usize>)> = got
        .iter()
        .map(|argument| {
            let fixed = |dim: &Dim| if let Dim::Fixed(n) = dim { *n } else { panic!("{name}: {dim:?}") };
            (argument.name, argument.role, argument.shape.iter().map(fixed).collect())
        })
        .collect();
    let want: Vec<(&str, Role, Vec<usize>)> =
        want.iter().map(|argument| (argument.name.as_str(), argument.role, argument.shape.clone())).collect();
    assert_eq!(told, want, "{name}: table of arguments");
}

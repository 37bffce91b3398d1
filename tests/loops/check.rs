//! All siblings of a function, at a point.

use std::ops::Range;

use gradgen::{ArgInfo, Dim, Error, FunctionInfo, Role, Value};
use gradgen_benchmarks::inputs::Numbers;

use crate::oracle::{Oracle, Reference};
use crate::sibling::{Label, Sibling};

/// Of derivatives, relative to `1 + |exact|`.
const TOLERANCE: f64 = 1e-10;

/// What no function computes: outputs and workspaces hold it before a call.
const UNTOUCHED: f64 = f64::from_bits(0x7ff8_dead_beef_cafe);

/// Whether nothing has been written to the list.
pub fn is_untouched(list: &[f64]) -> bool {
    list.iter().all(|number| number.to_bits() == UNTOUCHED.to_bits())
}

/// A list to be written to.
pub fn untouched(length: usize) -> Vec<f64> {
    vec![UNTOUCHED; length]
}

/// A function, what it was called with and what it returned.
pub struct Subject<'a> {
    pub info: &'static FunctionInfo,
    pub inputs: Vec<Value<'a>>,
    /// The inputs that the oracle has, in its order, which is that of the parameters.
    pub wrt: &'a [&'a str],
    /// All outputs, from the function itself.
    pub values: Vec<f64>,
}

/// An output with what it has to be.
struct Expected {
    name: String,
    data: Vec<f64>,
    /// Whether it has to be equal to the bit.
    exact: bool,
}

impl Subject<'_> {
    /// Compares the function's own table and all of its siblings with the oracle.
    pub fn check(&self, oracle: &impl Oracle) {
        let reference = Reference::of(oracle, &self.point());
        for (got, want) in self.values.iter().zip(&reference.values) {
            assert_close(self.info.name, *got, *want);
        }
        let values = self.split(self.values.clone());
        self.call(self.info, &self.inputs, &values);
        assert!(!self.info.siblings.is_empty(), "{} has no siblings", self.info.name);
        for sibling in self.info.siblings {
            self.check_sibling(sibling, &reference);
        }
    }

    fn check_sibling(&self, info: &FunctionInfo, reference: &Reference) {
        let suffix = &info.name[self.info.name.len() + 1..];
        let of_role = |role: Role| self.info.inputs.iter().filter(move |input| input.role == role);
        let names: Vec<&str> = of_role(Role::Input).map(|input| input.name).collect();
        let sibling = Sibling::parse(suffix, &names);
        let mut numbers = Numbers::new(1);
        let directions = numbers.vector(reference.hessian.len(), -1.0, 1.0);
        let cotangents = numbers.vector(reference.values.len(), -1.0, 1.0);
        let mut inputs = self.inputs.clone();
        if sibling.takes_directions() {
            inputs.extend(sibling.inputs.iter().map(|name| Value::F64(&directions[self.range(name)])));
        }
        if sibling.takes_cotangents() {
            inputs.extend(self.outputs().into_iter().map(|(_, range)| Value::F64(&cotangents[range])));
        }
        let mut expected = Vec::new();
        for label in &sibling.labels {
            expected.extend(self.expected(*label, &sibling.inputs, reference, &directions, &cotangents));
        }
        self.call(info, &inputs, &expected);
    }

    fn expected(
        &self,
        label: Label,
        wrt: &[String],
        reference: &Reference,
        directions: &[f64],
        cotangents: &[f64],
    ) -> Vec<Expected> {
        let Reference { jacobian, hessian, .. } = reference;
        let of = |name: &String| if wrt.len() > 1 { format!("_{name}") } else { String::new() };
        let along = |row: &[f64]| {
            let columns = wrt.iter().flat_map(|name| self.range(name));
            columns.map(|column| row[column] * directions[column]).sum::<f64>()
        };
        let outputs = self.outputs();
        let first = &outputs[0].0;
        let derivative = |name: String, data| Expected { name, data, exact: false };
        match label {
            Label::Value => self.split(self.values.clone()),
            Label::Gradient | Label::Jacobian => {
                let kind = if label == Label::Gradient { "gradient" } else { "jacobian" };
                let pairs = outputs.iter().flat_map(|output| wrt.iter().map(move |name| (output, name)));
                let block = |((output, rows), name): (&(String, Range<usize>), &String)| {
                    let rows = rows.clone().flat_map(|row| &jacobian[row][self.range(name)]);
                    derivative(format!("{kind}_{output}{}", of(name)), rows.copied().collect())
                };
                pairs.map(block).collect()
            }
            Label::Hessian => {
                let (rows, columns) = (self.range(&wrt[0]), self.range(&wrt[wrt.len() - 1]));
                let data = rows.flat_map(|row| &hessian[row][columns.clone()]).copied().collect();
                vec![derivative(format!("hessian_{first}{}", wrt.iter().map(of).collect::<String>()), data)]
            }
            Label::Jvp => {
                let product = |(output, rows): &(String, Range<usize>)| {
                    derivative(
                        format!("jvp_{output}"),
                        rows.clone().map(|row| along(&jacobian[row])).collect(),
                    )
                };
                outputs.iter().map(product).collect()
            }
            Label::Vjp => {
                let product = |name: &String| {
                    let column =
                        |column: usize| cotangents.iter().zip(jacobian).map(|(c, row)| c * row[column]).sum();
                    derivative(format!("vjp_{name}"), self.range(name).map(column).collect())
                };
                wrt.iter().map(product).collect()
            }
            Label::Hvp => {
                let product = |name: &String| {
                    let rows = self.range(name);
                    derivative(
                        format!("hvp_{first}{}", of(name)),
                        rows.map(|row| along(&hessian[row])).collect(),
                    )
                };
                wrt.iter().map(product).collect()
            }
        }
    }

    /// One function of the table: its results, and what it refuses.
    fn call(&self, info: &FunctionInfo, inputs: &[Value<'_>], expected: &[Expected]) {
        let name = info.name;
        let names: Vec<&str> = info.outputs.iter().map(|output| output.name).collect();
        let due: Vec<&str> = expected.iter().map(|output| output.name.as_str()).collect();
        assert_eq!(names, due, "{name}");
        for (described, output) in info.outputs.iter().zip(expected) {
            assert_eq!(self.size(described), output.data.len(), "{name}: size of {}", output.name);
        }
        let size = (info.workspace_size)(&self.lengths());
        let sizes: Vec<usize> = expected.iter().map(|output| output.data.len()).collect();
        let (result, got, _) = run(info, inputs, &sizes, size);
        assert_eq!(result, Ok(()), "{name}");
        for (output, got) in expected.iter().zip(&got) {
            for (at, (got, want)) in got.iter().zip(&output.data).enumerate() {
                let what = format!("{name}: {}[{at}]", output.name);
                if output.exact {
                    assert_eq!(got.to_bits(), want.to_bits(), "{what}: {got} is not {want} to the bit");
                } else {
                    assert_close(&what, *got, *want);
                }
            }
        }

        let (result, again, work) = run(info, inputs, &sizes, size + 3);
        assert_eq!((result, again), (Ok(()), got), "{name}, with more workspace than needed");
        assert!(is_untouched(&work[size..]), "{name} writes behind the {size} scalars of its workspace");
        self.refuses(info, inputs, &sizes, size);
    }

    /// Wrong lengths of everything: the right error, and nothing is written.
    fn refuses(&self, info: &FunctionInfo, inputs: &[Value<'_>], sizes: &[usize], size: usize) {
        let name = info.name;
        if size > 0 {
            let (result, got, _) = run(info, inputs, sizes, size - 1);
            assert_eq!(result, Err(Error::Workspace { expected: size, got: size - 1 }), "{name}");
            assert!(got.iter().all(|list| is_untouched(list)), "{name} writes before it refuses");
        }
        for (place, output) in info.outputs.iter().enumerate() {
            let mut wrong = sizes.to_vec();
            wrong[place] += 1;
            let (result, got, _) = run(info, inputs, &wrong, size);
            let (expected, got_length) = (sizes[place], sizes[place] + 1);
            let error = Error::Length { argument: output.rust_name, expected, got: got_length };
            assert_eq!(result, Err(error), "{name}");
            assert!(got.iter().all(|list| is_untouched(list)), "{name} writes before it refuses");
        }
        for (place, input) in info.inputs.iter().enumerate().skip(self.inputs.len()) {
            let Value::F64(list) = inputs[place] else { panic!("{} is no list", input.name) };
            let longer = [list, &[0.5]].concat();
            let mut wrong = inputs.to_vec();
            wrong[place] = Value::F64(&longer);
            let (result, got, _) = run(info, &wrong, sizes, size);
            let error =
                Error::Length { argument: input.rust_name, expected: list.len(), got: list.len() + 1 };
            assert_eq!(result, Err(error), "{name}");
            assert!(got.iter().all(|list| is_untouched(list)), "{name} writes before it refuses");
        }
    }

    /// The place of an input among the oracle's.
    fn range(&self, name: &str) -> Range<usize> {
        let mut start = 0;
        for known in self.wrt {
            let end = start + self.list(known).len();
            if *known == name {
                return start..end;
            }
            start = end;
        }
        panic!("the oracle of {} has no {name}", self.info.name)
    }

    fn list(&self, name: &str) -> &[f64] {
        let place = self.info.inputs.iter().position(|input| input.name == name);
        match self.inputs[place.expect("an input of this name")] {
            Value::F64(list) => list,
            _ => panic!("{name} is no list of floats"),
        }
    }

    fn point(&self) -> Vec<f64> {
        self.wrt.iter().flat_map(|name| self.list(name)).copied().collect()
    }

    /// The outputs, with their places among all values.
    fn outputs(&self) -> Vec<(String, Range<usize>)> {
        let mut start = 0;
        let place = |output: &ArgInfo| {
            let before = start;
            start += self.size(output);
            (output.name.to_owned(), before..start)
        };
        self.info.outputs.iter().map(place).collect()
    }

    /// What a workspace may depend on: the lengths of slices and the sizes, in order.
    fn lengths(&self) -> Vec<usize> {
        let length = |(input, value): (&ArgInfo, &Value<'_>)| match (*value, input.shape.split_first()) {
            (Value::Usize(size), _) => Some(size),
            (Value::Indices(list), _) => Some(list.len()),
            (Value::F64(list), Some((Dim::Length(_), row))) => Some(list.len() / product(row, &[])),
            _ => None,
        };
        self.info.inputs.iter().zip(&self.inputs).filter_map(length).collect()
    }

    fn size(&self, argument: &ArgInfo) -> usize {
        product(argument.shape, &self.lengths())
    }

    fn split(&self, values: Vec<f64>) -> Vec<Expected> {
        let output = |(name, range): (String, Range<usize>)| Expected {
            name,
            data: values[range].to_vec(),
            exact: true,
        };
        self.outputs().into_iter().map(output).collect()
    }
}

fn product(shape: &[Dim], lengths: &[usize]) -> usize {
    let dim = |dim: &Dim| match dim {
        Dim::Fixed(length) => *length,
        Dim::Length(place) => lengths[*place],
        _ => panic!("{dim:?}"),
    };
    shape.iter().map(dim).product()
}

/// Calls with outputs and a workspace of these sizes.
fn run(
    info: &FunctionInfo,
    inputs: &[Value<'_>],
    sizes: &[usize],
    work: usize,
) -> (Result<(), Error>, Vec<Vec<f64>>, Vec<f64>) {
    let mut lists: Vec<Vec<f64>> = sizes.iter().map(|size| untouched(*size)).collect();
    let mut work = untouched(work);
    let mut places: Vec<&mut [f64]> = lists.iter_mut().map(Vec::as_mut_slice).collect();
    let result = info.call_f64(inputs, &mut places, &mut work);
    (result, lists, work)
}

fn assert_close(what: &str, got: f64, want: f64) {
    let error = (got - want).abs();
    assert!(error <= TOLERANCE * (1.0 + want.abs()), "{what}: got {got:e}, want {want:e}, error {error:e}");
}

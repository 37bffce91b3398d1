//! The three forms of a function – value, `_into`, uniform call – and what holds for each of them
//! whatever the function: they agree to the last bit, and nothing is written when they refuse.

use gradgen::{Error, FunctionInfo, Value};

use super::siblings::size;
use super::typed::{Datum, Kind, Leaf, Scalar, Slot};

/// A function with its type forgotten.
pub(crate) type Erased<T, R> = Box<dyn Fn(Vec<Slot<'_, T>>) -> R>;

/// A function in its three parts: value form, `_into` form, `_workspace`.
pub(crate) struct Forms<T> {
    /// Behind the primal's name; empty for the primal itself.
    pub(crate) suffix: &'static str,
    pub(crate) value: Erased<T, Vec<Leaf<T>>>,
    pub(crate) value_kinds: Vec<Kind>,
    pub(crate) into: Erased<T, Result<(), Error>>,
    pub(crate) into_kinds: Vec<Kind>,
    pub(crate) workspace: Erased<T, usize>,
}

impl<T: Scalar> Forms<T> {
    /// How many scalars of workspace the call needs.
    fn workspace(&self, inputs: &[Datum<T>]) -> usize {
        let lengths: Vec<Datum<T>> =
            inputs.iter().filter(|input| matches!(input, Datum::Usize(_))).cloned().collect();
        (self.workspace)(slots(&lengths))
    }

    /// The shapes of the `_into` form's outputs.
    pub(crate) fn output_shapes(&self) -> Vec<Vec<usize>> {
        let place = |kind: &Kind| if let Kind::Output(shape) = kind { Some(shape.clone()) } else { None };
        self.into_kinds.iter().filter_map(place).collect()
    }
}

/// The inputs as arguments.
pub(crate) fn slots<T>(inputs: &[Datum<T>]) -> Vec<Slot<'_, T>> {
    inputs.iter().map(Slot::Input).collect()
}

/// The types of both forms' arguments.
pub(crate) fn check_kinds<T: Scalar>(
    name: &str,
    forms: &Forms<T>,
    inputs: &[Datum<T>],
    shapes: &[Vec<usize>],
) {
    let (taken, places) = forms.into_kinds.split_at(inputs.len().min(forms.into_kinds.len()));
    assert_eq!(taken, forms.value_kinds, "{name}: both forms take the same inputs");
    let mut wanted: Vec<Kind> = shapes.iter().cloned().map(Kind::Output).collect();
    wanted.push(Kind::Work);
    assert_eq!(places, wanted, "{name}_into: outputs, then the workspace");
}

/// Calls the `_into` form; the outputs are untouched where it refuses.
fn run_with<T: Scalar>(
    forms: &Forms<T>,
    inputs: &[Datum<T>],
    shapes: &[Vec<usize>],
    work: usize,
) -> (Result<(), Error>, Vec<Leaf<T>>) {
    let mut work = vec![T::NAN; work];
    let mut outputs = untouched(shapes);
    let mut slots = slots(inputs);
    slots.extend(outputs.iter_mut().map(|output| Slot::Output(&mut output.data)));
    slots.push(Slot::Output(&mut work));
    let result = (forms.into)(slots);
    if result.is_err() {
        assert_eq!(outputs, untouched(shapes), "{}: written to although {result:?}", forms.suffix);
    }
    (result, outputs)
}

/// What the `_into` form writes, or why it refuses.
pub(crate) fn into_outputs<T: Scalar>(
    forms: &Forms<T>,
    inputs: &[Datum<T>],
    shapes: &[Vec<usize>],
) -> Result<Vec<Leaf<T>>, Error> {
    let (result, outputs) = run_with(forms, inputs, shapes, forms.workspace(inputs));
    result.map(|()| outputs)
}

/// Calls the `_into` form with as much workspace as it asks for, with more, and with too little.
pub(crate) fn run_into<T: Scalar>(
    what: &str,
    forms: &Forms<T>,
    inputs: &[Datum<T>],
    shapes: &[Vec<usize>],
) -> Vec<Leaf<T>> {
    let needed = forms.workspace(inputs);
    let run = |work: usize| run_with(forms, inputs, shapes, work);
    let (result, outputs) = run(needed);
    assert_eq!(result, Ok(()), "{what}");
    let (result, more) = run(needed + 3);
    assert_eq!(result, Ok(()), "{what}: more workspace than needed");
    assert_same(what, &more, &outputs);
    if let Some(short) = needed.checked_sub(1) {
        let (result, _) = run(short);
        assert_eq!(result, Err(Error::workspace(needed, short)), "{what}");
    }
    outputs
}

/// Calls through the table; then with arguments that have to be refused.
pub(crate) fn run_call<T: Scalar>(
    what: &str,
    info: &FunctionInfo,
    forms: &Forms<T>,
    inputs: &[Datum<T>],
    shapes: &[Vec<usize>],
) -> Vec<Leaf<T>> {
    let values: Vec<Value<'_>> = inputs.iter().map(value).collect();
    let lengths: Vec<usize> =
        inputs.iter().filter_map(|input| if let Datum::Usize(n) = input { Some(*n) } else { None }).collect();
    let needed = (info.workspace_size)(&lengths);
    assert_eq!(needed, forms.workspace(inputs), "{what}: workspace size in the table");
    let run = |values: &[Value<'_>], shapes: &[Vec<usize>], work: usize| {
        let mut outputs = untouched(shapes);
        let mut places: Vec<&mut [T]> = outputs.iter_mut().map(|leaf| &mut leaf.data[..]).collect();
        let result = T::call_info(info, values, &mut places, &mut vec![T::NAN; work]);
        (result, outputs)
    };
    let refused = |values: &[Value<'_>], shapes: &[Vec<usize>], work: usize| {
        let (result, outputs) = run(values, shapes, work);
        assert!(result.is_err(), "{what}: accepted {values:?} for outputs of {shapes:?}");
        assert_eq!(outputs, untouched(shapes), "{what}: written to although {result:?}");
    };
    refused(&values[..values.len() - 1], shapes, needed);
    refused(&[&values[..], &values[..1]].concat(), shapes, needed);
    refused(&values, &shapes[..shapes.len() - 1], needed);
    refused(&values, &[shapes, &shapes[..1]].concat(), needed);
    for at in 0..values.len() {
        let mut wrong = values.clone();
        wrong[at] = Value::Indices(&[]);
        refused(&wrong, shapes, needed);
        let longer =
            if let Datum::Real(data) = &inputs[at] { vec![T::NAN; data.len() + 1] } else { continue };
        wrong[at] = T::value(&longer);
        refused(&wrong, shapes, needed);
    }
    for at in 0..shapes.len() {
        let mut wrong = shapes.to_vec();
        wrong[at] = vec![size(&shapes[at]) + 1];
        refused(&values, &wrong, needed);
    }
    if needed > 0 {
        refused(&values, shapes, needed - 1);
    }
    let (result, outputs) = run(&values, shapes, needed);
    assert_eq!(result, Ok(()), "{what}");
    outputs
}

fn value<T: Scalar>(datum: &Datum<T>) -> Value<'_> {
    match datum {
        Datum::Real(data) => T::value(data),
        Datum::Usize(value) => Value::Usize(*value),
        Datum::I32(value) => Value::I32(*value),
        Datum::Bool(value) => Value::Bool(*value),
    }
}

fn untouched<T: Scalar>(shapes: &[Vec<usize>]) -> Vec<Leaf<T>> {
    shapes.iter().map(|shape| Leaf { shape: shape.clone(), data: vec![T::UNTOUCHED; size(shape)] }).collect()
}

/// Fails unless the values are those of the user's function: to the last bit if both take their
/// elementary functions from the standard library. With `libm` on one side only, up to rounding.
pub(crate) fn assert_primal<T: Scalar>(what: &str, got: &[Leaf<T>], want: &[Leaf<T>]) {
    if cfg!(feature = "std") {
        return assert_same(what, got, want);
    }
    let scalars = |leaves: &[Leaf<T>]| -> Vec<f64> {
        leaves.iter().flat_map(|leaf| &leaf.data).map(|x| x.to_f64()).collect()
    };
    let (got, want) = (scalars(got), scalars(want));
    assert_eq!(got.len(), want.len(), "{what}");
    for (got, want) in got.iter().zip(&want) {
        let same = got == want || got.is_nan() && want.is_nan();
        assert!(
            same || (got - want).abs() <= T::TOLERANCE * want.abs(),
            "{what}: got {got:e}, want {want:e}"
        );
    }
}

/// Fails unless the two are equal to the last bit; any NaN is equal to any other.
pub(crate) fn assert_same<T: Scalar>(what: &str, got: &[Leaf<T>], want: &[Leaf<T>]) {
    let bits = |x: &T| if x.to_f64().is_nan() { T::NAN.bits() } else { x.bits() };
    let bits = |leaves: &[Leaf<T>]| -> Vec<Vec<u64>> {
        leaves.iter().map(|leaf| leaf.data.iter().map(bits).collect()).collect()
    };
    assert_eq!(bits(got), bits(want), "{what}: got {got:?}, want {want:?} to the last bit");
}

//! Runs the cases of a file through the tables of the functions.

use crate::harness::{bits, same_bits};
use gradgen::{FunctionInfo, Value};

/// An argument as it stands in the file.
enum Argument {
    /// Of an array or a scalar.
    Reals(Vec<f64>),
    Slice(Vec<f64>),
    Indices(Vec<usize>),
    Usize(usize),
    I32(i32),
    Bool(bool),
}

impl Argument {
    /// What a workspace may depend on.
    fn length(&self) -> Option<usize> {
        match self {
            Self::Slice(list) => Some(list.len()),
            Self::Indices(list) => Some(list.len()),
            Self::Usize(value) => Some(*value),
            _ => None,
        }
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::Reals(list) | Self::Slice(list) => Value::F64(list),
            Self::Indices(list) => Value::Indices(list),
            Self::Usize(value) => Value::Usize(*value),
            Self::I32(value) => Value::I32(*value),
            Self::Bool(value) => Value::Bool(*value),
        }
    }
}

struct Output {
    name: String,
    shape: Vec<usize>,
    values: Vec<f64>,
    tolerances: Vec<f64>,
}

struct Case {
    function: String,
    arguments: Vec<Argument>,
    outputs: Vec<Output>,
}

impl Case {
    fn lengths(&self) -> Vec<usize> {
        self.arguments.iter().filter_map(Argument::length).collect()
    }
}

fn numbers(words: &[&str]) -> Vec<f64> {
    bits(&words.iter().map(|word| u64::from_str_radix(word, 16).unwrap()).collect::<Vec<_>>())
}

/// The cases of one program.
fn cases(program: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut here = false;
    for line in include_str!("cases.txt").lines() {
        let words: Vec<&str> = line.split(' ').collect();
        if let ["case", owner, function] = words.as_slice() {
            here = *owner == program;
            if here {
                cases.push(Case { function: (*function).into(), arguments: vec![], outputs: vec![] });
            }
        }
        let Some(case) = cases.last_mut().filter(|_| here) else { continue };
        match words.as_slice() {
            ["reals", list @ ..] => case.arguments.push(Argument::Reals(numbers(list))),
            ["slice", list @ ..] => case.arguments.push(Argument::Slice(numbers(list))),
            ["indices", list @ ..] => {
                let list = list.iter().map(|word| word.parse().unwrap()).collect();
                case.arguments.push(Argument::Indices(list));
            }
            ["usize", value] => case.arguments.push(Argument::Usize(value.parse().unwrap())),
            ["i32", value] => case.arguments.push(Argument::I32(value.parse().unwrap())),
            ["bool", value] => case.arguments.push(Argument::Bool(*value == "true")),
            ["output", name, shape] => case.outputs.push(Output {
                name: (*name).into(),
                shape: shape.split('x').filter_map(|length| length.parse().ok()).collect(),
                values: vec![],
                tolerances: vec![],
            }),
            ["values", list @ ..] => case.outputs.last_mut().unwrap().values = numbers(list),
            ["tolerances", list @ ..] => case.outputs.last_mut().unwrap().tolerances = numbers(list),
            _ => {}
        }
    }
    cases
}

fn table(info: &'static FunctionInfo, name: &str) -> Option<&'static FunctionInfo> {
    std::iter::once(info).chain(info.siblings).find(|table| table.name == name)
}

/// What no function computes: the outputs and the workspace hold it before a call.
const UNTOUCHED: f64 = f64::from_bits(0x7ff8_dead_beef_cafe);

fn untouched(list: &[f64]) -> bool {
    list.iter().all(|number| number.to_bits() == UNTOUCHED.to_bits())
}

/// What the function yields, or why not. Outputs of other lengths and workspaces that are too short
/// or longer than needed are tried as well.
fn call(table: &FunctionInfo, case: &Case) -> Result<Vec<Vec<f64>>, String> {
    let values: Vec<Value<'_>> = case.arguments.iter().map(Argument::value).collect();
    let size = (table.workspace_size)(&case.lengths());
    let run = |longer: usize, work: usize| {
        let mut lists: Vec<Vec<f64>> =
            case.outputs.iter().map(|output| vec![UNTOUCHED; output.values.len()]).collect();
        lists[0].extend(vec![UNTOUCHED; longer]);
        let mut places: Vec<&mut [f64]> = lists.iter_mut().map(Vec::as_mut_slice).collect();
        let mut work = vec![UNTOUCHED; work];
        let result = table.call_f64(&values, &mut places, &mut work);
        (result, lists, work)
    };
    let refused = |longer: usize, size: usize| {
        let (result, lists, _) = run(longer, size);
        result.is_err() && lists.iter().all(|list| untouched(list))
    };
    if !refused(1, size) {
        return Err("takes an output that is too long, or writes to it".into());
    }
    if size > 0 && !refused(0, size - 1) {
        return Err("takes a workspace that is too short, or writes".into());
    }
    let (result, lists, _) = run(0, size);
    result.map_err(|error| error.to_string())?;
    let (result, again, work) = run(0, size + 5);
    let same = again.iter().flatten().zip(lists.iter().flatten()).all(|(a, b)| a == b || a.is_nan());
    if result.is_err() || !same || !untouched(&work[size..]) {
        return Err(format!("uses more than the {size} scalars of its workspace"));
    }
    Ok(lists)
}

fn dims(output: &gradgen::ArgInfo, case: &Case) -> Vec<usize> {
    output
        .shape
        .iter()
        .map(|dim| match dim {
            gradgen::Dim::Fixed(length) => *length,
            gradgen::Dim::Length(place) => case.lengths()[*place],
            _ => usize::MAX,
        })
        .collect()
}

/// Prints every difference of a program. `names` says whether the names of outputs are known.
pub fn check(program: &str, info: &'static FunctionInfo, names: bool) {
    for case in cases(program) {
        let what = format!("{program}: {}", case.function);
        let Some(table) = table(info, &case.function) else {
            println!("{what}: is missing");
            continue;
        };
        for (output, described) in case.outputs.iter().zip(table.outputs) {
            if dims(described, &case) != output.shape || names && described.name != output.name {
                println!("{what}: {described:?}, expected {} of {:?}", output.name, output.shape);
            }
        }
        match call(table, &case) {
            Err(error) => println!("{what}: {error}"),
            Ok(lists) => {
                for (output, got) in case.outputs.iter().zip(&lists) {
                    compare(&format!("{what}: {}", output.name), output, got);
                }
            }
        }
    }
}

fn compare(what: &str, output: &Output, got: &[f64]) {
    let near = |place: usize| (got[place] - output.values[place]).abs() <= output.tolerances[place];
    if output.tolerances.iter().all(|tolerance| *tolerance == 0.0) {
        same_bits(what, got, &output.values);
    } else if !(0..got.len()).all(near) {
        println!("{what}: got {got:?}, want {:?}", output.values);
    }
}

/// Compares what the value form returned for the first case of a function with the table's call.
pub fn form(program: &str, info: &'static FunctionInfo, function: &str, got: &[f64]) {
    let case = cases(program).into_iter().find(|case| case.function == function);
    if let (Some(case), Some(table)) = (case, table(info, function)) {
        if let Ok(lists) = call(table, &case) {
            same_bits(&format!("{program}: {function}: value form"), got, &lists.concat());
        }
    }
}

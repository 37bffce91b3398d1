//! Thousands of programs through the compiler as a library: the graphs of all siblings are run by
//! the compiler's interpreter and compared with the oracle.

use gradgen_compiler::{
    Outcome, compile,
    diagnostics::Diagnostics,
    interpret::{Failure, Value, World, interpret},
    ir::{Call, Graph, Length, Mode, Type, verify},
    model::Function,
};
use gradgen_programs::{
    Constant, Program, batch,
    cases::{Case, cases},
    evaluate,
    generate::{self, Features},
    print,
    requests::{self, Request},
    seeds, shrink,
};
use std::collections::BTreeMap;

const POINTS: u64 = 2;

/// What the compiler says of arithmetic on the result of a call that nothing else is done with: it
/// does not know the callee's signature, which rustc does.
const UNKNOWN_TYPE: &str = "the type of this is not known here";

/// What it says of the result of a call, indexed by what only run time tells.
const UNKNOWN_LENGTH: &str = "the length of what is indexed is not known here";

/// What it says of expressions with assignments in them, whose order depends on types, or that may leave what is
/// around them.
const UNKNOWN_ORDER: &str = "this assigns to a variable";

/// What it says of a loop whose `break` was taken away to find a smaller program.
const ENDLESS: &str = "this loop never ends";

/// What it says of a loop that changes the result of a call.
const UNKNOWN_CARRIED: &str = "the type of a variable that this loop changes is not known here";

/// What it says of a loop that ends at a variable which an earlier loop has assigned to.
const UNKNOWN_TRIPS: &str = "reverse mode needs to know how often this loop is run at most";

/// What it says of a `break` from a loop whose number of trips is a quotient of lengths.
const BREAK_AMONG_STEPS: &str = "reverse mode does not understand `break` in a loop";

/// Why a program does not pass.
enum Fault {
    /// Valid, and refused.
    Refused(String),
    /// Not a program: what shrinking may lead to.
    Invalid(String),
    /// Anything else.
    Wrong(String),
}

impl Fault {
    fn is_wrong(&self) -> bool {
        match self {
            Self::Refused(message) => {
                let known = [UNKNOWN_TYPE, UNKNOWN_LENGTH, UNKNOWN_ORDER, UNKNOWN_CARRIED, UNKNOWN_TRIPS];
                !known.iter().chain(&[BREAK_AMONG_STEPS, ENDLESS]).any(|known| message.starts_with(known))
            }
            Self::Invalid(_) => false,
            Self::Wrong(_) => true,
        }
    }

    fn message(&self) -> &str {
        match self {
            Self::Refused(message) | Self::Invalid(message) | Self::Wrong(message) => message,
        }
    }
}

fn program(seed: u64) -> (Program, Vec<Request>) {
    seeds::make(seed, 1500, |bytes| {
        let program = generate::program(bytes, Features::accepted())?;
        let requests = requests::requests(bytes, program.main(), 4)?;
        Ok((program, requests))
    })
    .expect("bytes never run out")
}

fn lifted(value: &evaluate::Value<f64>) -> Value {
    match value {
        evaluate::Value::Real(number) => Value::Real(*number),
        evaluate::Value::Integer(value) => Value::Int(i128::from(*value)),
        evaluate::Value::Bool(value) => Value::Bool(*value),
        evaluate::Value::Array(elements) | evaluate::Value::Tuple(elements) => {
            Value::Array(elements.iter().map(lifted).collect())
        }
    }
}

fn flat(value: &Value) -> Vec<f64> {
    match value {
        Value::Real(number) => vec![*number],
        Value::Array(elements) => elements.iter().flat_map(flat).collect(),
        _ => Vec::new(),
    }
}

/// The functions of a program, by name, and the constants of `std`.
#[derive(Default)]
struct Functions(BTreeMap<String, Box<Function>>);

impl Functions {
    /// How many scalars each value on a function's tape has.
    fn stored(&self, callee: &str) -> Vec<usize> {
        let function = &self.0[callee];
        let reverse = function.chain.as_ref().and_then(|chain| chain.reverse.as_ref());
        let size = |ty: &Type| match ty {
            Type::Array(_, Length::Symbol(symbol)) => {
                let text = &function.primal.graph.symbols[*symbol as usize].text;
                match self.constant(text) {
                    Some(Value::Int(size)) => usize::try_from(size).expect("a size"),
                    other => unreachable!("{other:?} is no size"),
                }
            }
            ty => ty.size().expect("a size"),
        };
        reverse.map_or(vec![], |reverse| reverse.stored.iter().map(size).collect())
    }

    /// What is on a tape.
    fn untaped(&self, callee: &str, tape: &Value) -> Vec<Value> {
        let Value::Array(scalars) = tape else { unreachable!("{tape:?} is no tape") };
        let function = &self.0[callee];
        let reverse = function.chain.as_ref().and_then(|chain| chain.reverse.as_ref());
        let types = reverse.map_or(&[][..], |reverse| &reverse.stored);
        let mut rest = &scalars[..];
        let part = |(size, ty): (usize, &Type)| {
            let (part, others) = rest.split_at(size);
            rest = others;
            if *ty == Type::Real { part[0].clone() } else { Value::Array(part.to_vec()) }
        };
        self.stored(callee).into_iter().zip(types).map(part).collect()
    }
}

impl World for Functions {
    fn constant(&self, text: &str) -> Option<Value> {
        let text = text.replace(' ', "");
        if let Some(length) = (0..16).find(|length| print::length_name(*length) == text) {
            return Some(Value::Int(length as i128));
        }
        if let Some(callee) = text.strip_prefix('<').and_then(|text| text.strip_suffix(">::__TAPE")) {
            return Some(Value::Int(self.stored(callee).iter().sum::<usize>() as i128));
        }
        let constant = Constant::ALL.into_iter().find(|constant| constant.path() == text)?;
        Some(Value::Real(constant.value()))
    }

    fn call(&self, callee: &str, call: &Call, args: &[Value]) -> Result<Vec<Value>, Failure> {
        let function = &self.0[callee];
        let differentiable: Vec<bool> =
            function.signature.inputs.iter().map(|input| input.is_differentiable()).collect();
        let active = |values: &[Value]| -> Vec<Value> {
            let chosen = values.iter().zip(&differentiable).filter(|(_, chosen)| **chosen);
            chosen.map(|(value, _)| value.clone()).collect()
        };
        let (inputs, rest) = args.split_at(differentiable.len());
        let run = |graph: &Graph, added: Vec<Value>| interpret(graph, &[inputs, &added].concat(), self);
        // A cotangent for every input, of which only the floats have one.
        let spread = |results: Vec<Value>| {
            let mut results = results.into_iter();
            let cotangent = |(input, chosen): (&Value, &bool)| {
                if *chosen { results.next().expect("a cotangent") } else { input.clone() }
            };
            inputs.iter().zip(&differentiable).map(cotangent).collect()
        };
        let chain = function.chain.as_ref().expect("callees have no slices");
        let reverse = chain.reverse.as_ref().expect("callees have bounded loops");
        match call.mode {
            Mode::Primal => run(&function.primal.graph, Vec::new()),
            Mode::Jvp => run(&chain.jvp, active(rest)),
            Mode::Forward => run(&reverse.forward, Vec::new()).map(|results| taped(results, call.outputs)),
            Mode::ForwardJvp => {
                run(&reverse.forward_jvp, active(rest)).map(|results| taped(results, call.outputs))
            }
            Mode::Reverse => {
                let (tape, cotangents) = rest.split_first().expect("a tape");
                run(&reverse.reverse, [self.untaped(callee, tape), cotangents.to_vec()].concat()).map(spread)
            }
            Mode::ReverseJvp => {
                let (tape, rest) = rest.split_first().expect("a tape");
                let (cotangents, rest) = rest.split_at(call.outputs);
                let (moves, rest) = rest.split_at(differentiable.len());
                let (tape_moves, cotangent_moves) = rest.split_first().expect("tangents of a tape");
                let added = [
                    self.untaped(callee, tape),
                    cotangents.to_vec(),
                    active(moves),
                    self.untaped(callee, tape_moves),
                    cotangent_moves.to_vec(),
                ];
                run(&reverse.reverse_jvp, added.concat()).map(spread)
            }
        }
    }
}

/// Outputs, and the rest as a tape: scalars.
fn taped(mut results: Vec<Value>, outputs: usize) -> Vec<Value> {
    let tape = results.split_off(outputs);
    let scalars = tape.into_iter().flat_map(|value| match value {
        Value::Array(scalars) => scalars,
        scalar => vec![scalar],
    });
    results.push(Value::Array(scalars.collect()));
    results
}

fn compiled(program: &Program, requests: &[Request]) -> Result<Functions, Fault> {
    let mut functions = Functions::default();
    for (position, function) in program.functions.iter().enumerate() {
        let item = print::function(&program.functions[..position], function);
        let (attribute, item) =
            (batch::options(program, function, requests).parse().unwrap(), item.parse().unwrap());
        let mut diagnostics = Diagnostics::default();
        let outcome = compile(attribute, item, &mut diagnostics);
        if let Some(message) = diagnostics.messages().next() {
            return Err(Fault::Refused(message.into()));
        }
        match outcome {
            Outcome::Understood(compiled) => functions.0.insert(function.name.clone(), compiled),
            Outcome::Refused => return Err(Fault::Wrong("refused without a message".into())),
        };
    }
    Ok(functions)
}

fn verified(function: &Function) -> Result<(), Fault> {
    let siblings = function.siblings.iter().map(|sibling| (&*sibling.name, &sibling.graph));
    let mut own = vec![("primal", &function.primal.graph)];
    if let Some(chain) = &function.chain {
        own.push(("jvp", &chain.jvp));
    }
    // There is none where the trips of a loop are not known.
    if let Some(reverse) = function.chain.as_ref().and_then(|chain| chain.reverse.as_ref()) {
        own.extend([
            ("forward", &reverse.forward),
            ("forward_jvp", &reverse.forward_jvp),
            ("reverse", &reverse.reverse),
            ("reverse_jvp", &reverse.reverse_jvp),
        ]);
    }
    for (name, graph) in own.into_iter().chain(siblings) {
        verify(graph).map_err(|error| Fault::Wrong(format!("{name} is malformed: {error}")))?;
    }
    Ok(())
}

/// One call, by the interpreter.
fn compared(functions: &Functions, program: &Program, case: &Case) -> Result<(), Fault> {
    let function = program.main();
    let compiled = &functions.0[&function.name];
    let name = &case.sibling.name;
    let sibling = std::iter::once(&compiled.primal)
        .chain(&compiled.siblings)
        .find(|sibling| sibling.name == *name)
        .ok_or_else(|| Fault::Wrong(format!("{name} is missing")))?;
    if !batch::takes_names(function) {
        let due: Vec<&String> = case.arguments.iter().map(|argument| &argument.name).collect();
        let found: Vec<&String> = sibling.inputs.iter().map(|port| &port.name).collect();
        let due_outputs: Vec<&String> = case.outputs.iter().map(|output| &output.name).collect();
        let found_outputs: Vec<&String> = sibling.outputs.iter().map(|port| &port.name).collect();
        if due != found || due_outputs != found_outputs {
            let message =
                format!("{name}: {found:?} -> {found_outputs:?}, expected {due:?} -> {due_outputs:?}");
            return Err(Fault::Wrong(message));
        }
    }
    // The graph has all parameters as inputs, those that are only written as well.
    let mut given = case.arguments.iter().map(|argument| lifted(&argument.value));
    let mut inputs = Vec::new();
    for parameter in &function.parameters {
        inputs.extend(if parameter.passing.is_input() { given.next() } else { Some(Value::Bool(false)) });
    }
    inputs.extend(given);
    let results = interpret(&sibling.graph, &inputs, functions)
        .map_err(|failure| Fault::Wrong(format!("{name}: {failure:?}")))?;
    let results: Vec<Vec<f64>> = results.iter().map(flat).collect();
    match case.difference(&results) {
        None => Ok(()),
        Some(difference) => Err(Fault::Wrong(format!("{name}: {difference}; called with {inputs:?}"))),
    }
}

/// How many calls were compared, and how many left out.
fn tested(program: &Program, requests: &[Request], seed: u64) -> Result<(usize, usize), Fault> {
    let functions = compiled(program, requests)?;
    functions.0.values().try_for_each(|function| verified(function))?;
    let cases = cases(program, requests, seed, POINTS).map_err(|fault| Fault::Invalid(fault.0))?;
    cases.calls.iter().try_for_each(|case| compared(&functions, program, case))?;
    Ok((cases.calls.len(), cases.skipped))
}

/// As [`tested`], with a panic as a fault.
fn guarded(program: &Program, requests: &[Request], seed: u64) -> Result<(usize, usize), Fault> {
    let test = std::panic::AssertUnwindSafe(|| tested(program, requests, seed));
    std::panic::catch_unwind(test).unwrap_or_else(|_| Err(Fault::Wrong("a panic".into())))
}

/// The failure with the smallest program and the fewest requests that can be found.
fn reproducer(program: &Program, requests: &[Request], seed: u64) -> String {
    let fails = |program: &Program, requests: &[Request]| {
        guarded(program, requests, seed).is_err_and(|fault| fault.is_wrong())
    };
    let one = requests.iter().map(std::slice::from_ref).find(|one| fails(program, one));
    let requests = one.unwrap_or(requests);
    let first = guarded(program, requests, seed).expect_err("it fails");
    let small = shrink::shrink(program, |candidate| fails(candidate, requests));
    let fault = guarded(&small, requests, seed).expect_err("it still fails");
    let texts = [program, &small].map(|program| batch::attributed(program, requests));
    let [whole, small] = texts;
    let (first, message) = (first.message(), fault.message());
    // A smaller program may fail for another reason, as that it is none.
    let origin = if first == message && std::env::var_os("GRADGEN_WHOLE").is_none() {
        String::new()
    } else {
        format!("\nfrom: {first}\n{whole}")
    };
    format!("seed {seed}: {message}\n{small}{origin}")
}

fn all_pass(part: u64) {
    let programs = 600;
    let first = seeds::first() + part * programs;
    let (mut compared, mut skipped, mut refused) = (0, 0, 0);
    for seed in first..first + programs {
        let (program, requests) = program(seed);
        match guarded(&program, &requests, seed) {
            Ok((calls, left_out)) => {
                compared += calls;
                skipped += left_out;
            }
            Err(fault) if fault.is_wrong() => panic!("{}", reproducer(&program, &requests, seed)),
            Err(Fault::Invalid(message)) => panic!("program {seed}: {message}"),
            Err(_) => refused += 1,
        }
    }
    println!("{programs} programs: {compared} calls compared, {skipped} skipped, {refused} programs refused");
    assert!(compared > 5 * skipped, "{compared} calls compared, {skipped} skipped");
    assert!(100 * refused <= 4 * programs, "{refused} of {programs} programs refused");
}

// In parts, so that they run side by side.

#[test]
fn graphs_compute_what_the_oracle_says_1() {
    all_pass(0);
}

#[test]
fn graphs_compute_what_the_oracle_says_2() {
    all_pass(1);
}

#[test]
fn graphs_compute_what_the_oracle_says_3() {
    all_pass(2);
}

#[test]
fn graphs_compute_what_the_oracle_says_4() {
    all_pass(3);
}

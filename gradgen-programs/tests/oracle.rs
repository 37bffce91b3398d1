//! The oracle's derivatives against differences of its values, which are those of rustc.

use gradgen_programs::{
    Program,
    derivatives::{Entry, Point, derivatives, point, values},
    evaluate::Value,
    generate::{self, Features},
    print, seeds,
};

const PROGRAMS: u64 = 400;

/// The point with the scalar at this position moved.
fn moved(point: &Point, position: usize, step: f64) -> Point {
    fn visit(value: &mut Value<f64>, left: &mut Option<usize>, step: f64) {
        match value {
            Value::Real(number) => match left {
                Some(0) => {
                    *number += step;
                    *left = None;
                }
                Some(left) => *left -= 1,
                None => {}
            },
            Value::Array(elements) | Value::Tuple(elements) => {
                elements.iter_mut().for_each(|element| visit(element, left, step));
            }
            Value::Integer(_) | Value::Bool(_) => {}
        }
    }
    let (mut point, mut left) = (point.clone(), Some(position));
    point.iter_mut().for_each(|value| visit(value, &mut left, step));
    point
}

/// Differences with two steps: `None` where they disagree, at kinks and jumps and where the third
/// derivative is large.
fn difference(f: impl Fn(f64) -> f64) -> Option<f64> {
    let at = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    let (coarse, fine) = (at(2e-5), at(1e-5));
    let one_sided = (f(1e-5) - f(0.0)) / 1e-5;
    let scale = 1.0 + fine.abs();
    let smooth = (coarse - fine).abs() < 1e-6 * scale && (one_sided - fine).abs() < 1e-2 * scale;
    smooth.then_some(fine)
}

/// Whether the point is in no special place, such as on a jump at zero.
fn is_general(point: &Point) -> bool {
    point.iter().flat_map(Value::reals).all(|number| number.fract() != 0.0)
}

fn program(seed: u64) -> Program {
    seeds::make(seed, 1500, |bytes| generate::program(bytes, Features::all())).expect("bytes never run out")
}

#[derive(Default)]
struct Count {
    compared: usize,
    skipped: usize,
}

impl Count {
    fn compare(&mut self, program: &Program, entry: Entry, difference: Option<f64>) {
        match difference {
            Some(difference) if entry.spread < 1e-8 * (1.0 + entry.value.abs()) => {
                self.compared += 1;
                assert!(
                    (difference - entry.value).abs() < 1e-4 * (1.0 + entry.value.abs()),
                    "difference {difference}, oracle {}\n{}",
                    entry.value,
                    print::program(program, |_| String::new())
                );
            }
            _ => self.skipped += 1,
        }
    }

    fn assert_mostly_compared(&self) {
        assert!(self.compared > 4 * self.skipped, "{} compared, {} skipped", self.compared, self.skipped);
    }
}

#[test]
fn first_derivatives_are_differences_of_values() {
    let mut count = Count::default();
    for seed in 0..PROGRAMS {
        let program = program(seed);
        let point = point(&program, seed).unwrap();
        let found = derivatives(&program, &point, false).unwrap();
        if !is_general(&point) {
            continue;
        }
        if !found.first {
            count.skipped += 1;
            continue;
        }
        for (row, entries) in found.jacobian.iter().enumerate() {
            for (column, entry) in entries.iter().enumerate() {
                let value = |step| values(&program, &moved(&point, column, step)).unwrap().concat()[row];
                count.compare(&program, *entry, difference(value));
            }
        }
    }
    count.assert_mostly_compared();
}

#[test]
fn second_derivatives_are_differences_of_first_ones() {
    let mut count = Count::default();
    for seed in 0..PROGRAMS / 4 {
        let program = program(seed);
        let point = point(&program, seed).unwrap();
        let found = derivatives(&program, &point, true).unwrap();
        if !is_general(&point) {
            continue;
        }
        if !found.second {
            count.skipped += 1;
            continue;
        }
        for (row, entries) in found.hessian.iter().enumerate() {
            for (column, entry) in entries.iter().enumerate() {
                let slope = |step| {
                    derivatives(&program, &moved(&point, column, step), false).unwrap().jacobian[0][row].value
                };
                count.compare(&program, *entry, difference(slope));
            }
        }
    }
    count.assert_mostly_compared();
}

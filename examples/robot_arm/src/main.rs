//! Reads a joint trajectory, computes pose and Jacobian of every sample, and solves the inverse
//! problem back from a start that is off by up to 0.2 radians in every joint.
//!
//! `cargo run -p robot_arm [trajectory.csv]`
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use ur5::inverse::{Solution, solve_pose};
use ur5::kinematics::{Joints, geometric_jacobian, pose};
use ur5::matrix::singular_values;
use ur5::trajectory::{Sample, read};

/// What is asked of the inverse kinematics, in metres.
const WANTED: f64 = 1e-10;

fn main() -> ExitCode {
    let recording = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/trajectory.csv");
    let path = std::env::args_os().nth(1).map_or(recording, PathBuf::from);
    match read(&path) {
        Ok(samples) => report(&path, &samples),
        Err(error) => {
            eprintln!("robot_arm: {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn report(path: &Path, samples: &[Sample]) -> ExitCode {
    let name = path.file_name().unwrap_or_default().display();
    let last = samples.last().map_or(0.0, |sample| sample.time);
    println!("UR5, {name}: {} samples, {} s to {last} s\n", samples.len(), samples[0].time);
    println!("{:<42}{:>12}{:>12}{:>12}", "", "smallest", "median", "largest");

    let reach = samples.iter().map(|sample| norm(&pose(&sample.q).0));
    row("distance of the tool from the base [m]", reach);
    let jacobians: Vec<_> = samples.iter().map(|sample| geometric_jacobian(&sample.q)).collect();
    let translation = jacobians.iter().map(|jacobian| {
        let [x, y, z, ..] = *jacobian;
        singular_values(&[x, y, z])[0]
    });
    row("smallest singular value, translation [m]", translation);
    row("manipulability [m^3]", jacobians.iter().map(|jacobian| singular_values(jacobian).iter().product()));

    let clock = Instant::now();
    let solutions: Vec<Solution> = samples
        .iter()
        .enumerate()
        .map(|(index, sample)| solve_pose(&pose(&sample.q), &disturbed(index, &sample.q)))
        .collect();
    let elapsed = clock.elapsed().as_secs_f64();
    row("inverse kinematics: iterations", solutions.iter().map(|solution| solution.iterations as f64));
    row("inverse kinematics: position error [m]", solutions.iter().map(|solution| solution.position_error));
    row("inverse kinematics: angle error [rad]", solutions.iter().map(|solution| solution.orientation_error));
    println!("\n{:.1} microseconds a solution", 1e6 * elapsed / samples.len() as f64);

    let unsolved: Vec<usize> = (0..samples.len())
        .filter(|index| !solutions[*index].is_solved() || solutions[*index].position_error > WANTED)
        .collect();
    if unsolved.is_empty() {
        println!("all {} poses reached to {WANTED:e} m", samples.len());
        ExitCode::SUCCESS
    } else {
        eprintln!("robot_arm: samples {unsolved:?} are not solved to {WANTED:e} m");
        ExitCode::FAILURE
    }
}

/// Joint angles off by up to 0.2 radians, in another way for every sample and joint.
fn disturbed(index: usize, q: &Joints) -> Joints {
    std::array::from_fn(|joint| q[joint] + 0.2 * ((index * (joint + 1)) as f64 + joint as f64).sin())
}

fn row(label: &str, values: impl Iterator<Item = f64>) {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let [smallest, median, largest] = [0, values.len() / 2, values.len() - 1].map(|at| shown(values[at]));
    println!("{label:<42}{smallest:>12}{median:>12}{largest:>12}");
}

fn shown(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e6 {
        format!("{value}")
    } else if value.abs() < 1e-3 {
        format!("{value:.2e}")
    } else {
        format!("{value:.4}")
    }
}

fn norm(x: &[f64; 3]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

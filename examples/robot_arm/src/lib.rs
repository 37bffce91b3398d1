//! A UR5 arm: where its tool is ([`kinematics`]), which joint angles put it there ([`inverse`]),
//! and how it moved ([`trajectory`]). With the feature `python` also the Python extension `ur5`.
#![forbid(unsafe_code)]

pub mod inverse;
pub mod kinematics;
pub mod matrix;
pub mod trajectory;

/// The pose of a UR5 arm's tool and its derivatives by the joint angles.
#[cfg(feature = "python")]
#[derive(gradgen_py::PythonModule)]
#[python(name = "ur5", functions(pose))]
pub struct Ur5;

#[cfg(feature = "python")]
use kinematics::pose;

//! A module whose functions the derive lists by the module's name.

/// Points on curves.
#[gradgen::module]
pub(crate) mod curves {
    const TURNS: f64 = 3.0;

    fn square(x: f64) -> f64 {
        x * x
    }

    /// How far a point of a spiral is from the centre.
    #[gradgen(gradient)]
    pub(crate) fn spiral(t: f64) -> f64 {
        square(TURNS * t)
    }

    /// The length of two steps.
    #[gradgen(jacobian, outputs(length))]
    pub(crate) fn steps(a: &[f64; 2], b: &[f64; 2]) -> f64 {
        (square(a[0]) + square(a[1])).sqrt() + (square(b[0]) + square(b[1])).sqrt()
    }
}

//! Methods that have no derivative.

use gradgen::{Gradgen, gradgen};

#[derive(Gradgen, Clone, Copy)]
struct Spring {
    stiffness: f64,
    rest: f64,
}

#[gradgen]
impl Spring {
    #[gradgen(gradient(self))]
    fn stretch(&mut self, by: f64) -> f64 {
        self.rest += by;
        self.rest
    }

    #[gradgen(gradient(x))]
    fn boxed(self: Box<Self>, x: f64) -> f64 {
        self.stiffness * x
    }

    #[gradgen(gradient(x), gradient(y), hessian(self))]
    fn energy(&self, x: f64) -> f64 {
        self.force(x) * x.ride()
    }

    fn force(&self, x: f64) -> f64 {
        if x > 1.0 { self.force(x - 1.0) } else { self.stiffness * x }
    }
}

trait Ride {
    fn ride(self) -> Self;
}

#[gradgen]
impl Ride for f64 {
    fn ride(self) -> Self {
        self
    }
}

struct Any<T>(T);

#[gradgen]
impl<T> Any<T> {}

#[gradgen(gradient)]
impl Spring {}

impl Spring {
    #[gradgen(gradient(x))]
    fn alone(&self, x: f64) -> f64 {
        self.stiffness * x
    }
}

fn main() {
    // Siblings are there all the same.
    let spring = Spring { stiffness: 1.0, rest: 0.0 };
    let _ = spring.energy_grad_x(1.0);
}

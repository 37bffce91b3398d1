//! A function that is refused stands beside functions that call it and its siblings: there is one error.
#![deny(warnings)]

mod kernels {
    use gradgen::gradgen;

    /// Refused.
    #[gradgen(gradient, hessian(x), hvp(x), bundle(f, grad(x)), jvp(*))]
    pub fn refused(x: &[f64; 3], w: f64) -> f64 {
        let (above, _): (Vec<f64>, Vec<f64>) = x.iter().partition(|v| **v > 0.0);
        w * above[0]
    }

    /// Understood, and calls it.
    #[gradgen(gradient)]
    pub fn caller(x: &[f64; 3]) -> f64 {
        refused(x, 2.0) * x[0]
    }
}

fn main() {
    let x = [1.0, 2.0, 3.0];
    let value: f64 = kernels::refused(&x, 1.0) + kernels::caller(&x);
    let gradient: [f64; 3] = kernels::refused_grad_x(&x, 1.0);
    let hessian: [[f64; 3]; 3] = kernels::refused_hessian_x(&x, 1.0);
    let product: [f64; 3] = kernels::refused_hvp_x(&x, 1.0, &x);
    let (again, _): (f64, [f64; 3]) = kernels::refused_f_grad_x(&x, 1.0);
    let along: f64 = kernels::refused_jvp(&x, 1.0, &x, 0.5);
    let through: [f64; 3] = kernels::caller_grad(&x);
    let mut written = 0.0;
    let mut work = [0.0; kernels::refused_workspace()];
    kernels::refused_into(&x, 1.0, &mut written, &mut work).unwrap();
    let table = <kernels::refused as gradgen::Differentiable>::INFO;
    println!("{value} {gradient:?} {hessian:?} {product:?} {again} {along} {through:?} {}", table.name);
}

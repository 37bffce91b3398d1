//! Functions over any float with workspaces: slices, loops with a bound, arrays as long as the input.

use std::ops::AddAssign;

use gradgen::gradgen;
use num_traits::Float;

use crate::generic::assert_near;

/// Lengths that only run time knows: workspaces of the scalar type.
#[gradgen(gradient, hvp)]
fn chain<T: Float + AddAssign>(x: &[T]) -> T {
    let mut state = T::one();
    let mut sum = T::zero();
    for i in 0..x.len() {
        state = (state * x[i] + T::from(0.1).unwrap()).tanh();
        sum += state * state;
    }
    sum
}

/// A function that the generic siblings are called from.
fn descend<T: Float + gradgen::Scalar>(
    x: &mut [T],
    work: &mut [T],
    gradient: &mut [T],
) -> Result<(), gradgen::Error> {
    chain_grad_into(x, gradient, work)?;
    for (x, slope) in x.iter_mut().zip(gradient.iter()) {
        *x = *x - T::from(0.1).unwrap() * *slope;
    }
    Ok(())
}

#[test]
fn slices_of_any_float() {
    let x: Vec<f64> = (0..20).map(|i| (f64::from(i) * 0.7).sin() + 1.1).collect();
    let single: Vec<f32> = x.iter().map(|x| *x as f32).collect();
    let mut work = vec![0.0; chain_grad_workspace(x.len())];
    let mut gradient = vec![0.0; x.len()];
    chain_grad_into(&x, &mut gradient, &mut work).expect("lengths fit");
    for place in 0..x.len() {
        let slope = crate::difference(|step| {
            let mut moved = x.clone();
            moved[place] += step;
            chain(&moved)
        });
        crate::assert_close(gradient[place], slope);
    }
    let mut work_32 = vec![0.0_f32; chain_grad_workspace(x.len())];
    let mut gradient_32 = vec![0.0_f32; x.len()];
    chain_grad_into(&single, &mut gradient_32, &mut work_32).expect("lengths fit");
    for (a, b) in gradient_32.iter().zip(&gradient) {
        assert!((f64::from(*a) - b).abs() < 1e-4, "{a} is not {b}");
    }
    // The direction of the gradient's change.
    let direction: Vec<f64> = (0..20).map(|i| f64::from(i % 3) - 1.0).collect();
    let mut along = vec![0.0; x.len()];
    let mut work = vec![0.0; chain_hvp_workspace(x.len())];
    chain_hvp_into(&x, &direction, &mut along, &mut work).expect("lengths fit");
    for place in 0..x.len() {
        let slope = crate::difference(|step| {
            let moved: Vec<f64> = x.iter().zip(&direction).map(|(x, v)| x + step * v).collect();
            let mut gradient = vec![0.0; x.len()];
            chain_grad_into(&moved, &mut gradient, &mut vec![0.0; chain_grad_workspace(20)])
                .expect("lengths fit");
            gradient[place]
        });
        crate::assert_close(along[place], slope);
    }
    let mut moved = single.clone();
    descend(&mut moved, &mut work_32, &mut gradient_32).expect("lengths fit");
    assert!(chain(&moved) < chain(&single));
}

#[gradgen(gradient, hvp)]
fn newton<T: Float>(a: T) -> T {
    let mut x = a;
    #[gradgen::bound(60)]
    while (x * x - a).abs() > T::epsilon() * T::from(4).unwrap() * a {
        x = T::from(0.5).unwrap() * (x + a / x);
    }
    x
}

#[gradgen(gradient)]
fn sums<T: Float>(x: &[T]) -> T {
    let mut y = vec![T::zero(); x.len()];
    let mut sum = T::zero();
    for i in 0..x.len() {
        sum = sum + x[i];
        y[i] = sum * sum.sin();
    }
    y.iter().fold(T::zero(), |a, &b| a + b * b)
}

#[gradgen(jvp(*))]
fn add<T: Float>(a: T, x: &[T], y: &mut [T]) {
    for (y, &x) in y.iter_mut().zip(x) {
        *y = *y + a * x;
    }
}

#[gradgen(gradient, hvp)]
fn checked<T: Float>(x: &[T; 2]) -> Option<T> {
    if x[0] <= T::zero() {
        return None;
    }
    Some(x[0].ln() * x[1])
}

/// Calls a function that takes slices.
#[gradgen(gradient, hvp)]
fn caller<T: Float + AddAssign>(x: &[T; 4], y: T) -> T {
    chain(x) * y + chain(&[y, x[0]])
}

#[test]
fn slices_of_any_float_are_handed_on() {
    let x = [0.3, -0.8, 1.1, 0.6];
    let gradient = caller_grad_x(&x, 0.7);
    for place in 0..4 {
        let along = |step: f64| {
            let mut moved = x;
            moved[place] += step;
            moved
        };
        crate::assert_close(gradient[place], crate::difference(|step| caller(&along(step), 0.7)));
        let slope = crate::difference(|step| caller_grad_x(&along(step), 0.7)[0]);
        let mut direction = [0.0; 4];
        direction[place] = 1.0;
        crate::assert_close(caller_hvp_x(&x, 0.7, &direction)[0], slope);
    }
    let single = caller_grad_x(&x.map(|x| x as f32), 0.7_f32);
    for (single, slope) in single.iter().zip(gradient) {
        assert!((f64::from(*single) - slope).abs() < 1e-5);
    }
}

#[test]
fn in_both_types() {
    assert!((newton_grad(4.0_f64).expect("it ends") - 0.25).abs() < 1e-12);
    assert!((newton_grad(4.0_f32).expect("it ends") - 0.25).abs() < 1e-5);
    assert!((newton_hvp(4.0_f64, 1.0).expect("it ends") + 1.0 / 32.0).abs() < 1e-9);

    let x = [0.3, -0.8, 1.1];
    let mut gradient = [0.0; 3];
    sums_grad_into(&x, &mut gradient, &mut vec![0.0; sums_grad_workspace(3)]).expect("lengths fit");
    for place in 0..3 {
        let slope = crate::difference(|step| {
            let mut moved = x;
            moved[place] += step;
            sums(&moved)
        });
        crate::assert_close(gradient[place], slope);
    }
    let (near, mut single) = (x.map(|x| x as f32), [0.0; 3]);
    sums_grad_into(&near, &mut single, &mut vec![0.0; sums_grad_workspace(3)]).expect("lengths fit");
    assert_near(&single, &gradient);

    let mut along = [0.0_f32; 2];
    let work = &mut vec![0.0; add_jvp_workspace(2, 2)];
    add_jvp_into(2.0, &[1.0, 3.0], &[5.0, 7.0], 0.5, &[1.0, 0.0], &[0.0, 1.0], &mut along, work)
        .expect("lengths fit");
    assert_eq!(along, [2.5, 2.5]);

    assert_eq!(checked_grad(&[1.0, 3.0]), Some([3.0, 0.0]));
    assert_eq!(checked_grad(&[-1.0_f32, 3.0]), None);
    assert_eq!(checked_hvp(&[1.0_f32, 3.0], &[1.0, 1.0]), Some([-2.0, 1.0]));
}

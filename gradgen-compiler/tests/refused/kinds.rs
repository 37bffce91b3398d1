//! Values of another kind than what stands around them is understood of.

#[gradgen]
fn slices_by_value(x: &[f64; 2], y: [f64]) -> f64 {
    x[0]
}

#[gradgen]
fn items(x: f64) -> f64 {
    trait Twice {
        fn twice(self) -> f64;
    }
    x
}

#[gradgen]
fn result_of_another_length(x: f64) -> (f64, f64) {
    (x, x, x)
}

#[gradgen]
fn result_of_another_kind(x: f64) -> f64 {
    x > 1.0
}

#[gradgen]
fn exchanges(x: &[f64; 2]) -> f64 {
    let (mut a, mut b) = (x[0], x[1]);
    std::mem::swap(&mut a);
    std::mem::swap(&mut (a + 1.0), &mut b);
    a
}

#[gradgen]
fn functions_inside(x: f64) -> f64 {
    async fn later(x: f64) -> f64 {
        x
    }
    x
}

#[gradgen]
fn no_closure(x: &[f64; 3]) -> f64 {
    x.iter().map(x[0]).sum()
}

#[gradgen]
fn arguments_of_closures(x: &[f64; 3]) -> f64 {
    let f = |a: f64| a * a;
    f(x[0], x[1])
}

#[gradgen]
fn filters(x: &[f64; 3]) -> f64 {
    x.iter().filter(|v| **v + 1.0).sum()
}

#[gradgen]
fn filter_maps(x: &[f64; 3]) -> f64 {
    x.iter().filter_map(|v| *v + 1.0).sum()
}

#[gradgen]
fn truth_values_summed(x: &[f64; 3]) -> f64 {
    x.iter().map(|v| *v > 0.0).sum()
}

#[gradgen]
fn unzipped(x: &[f64; 3]) -> f64 {
    let (a, b): (Vec<f64>, Vec<f64>) = x.iter().copied().unzip();
    a[0] + b[0]
}

#[gradgen]
fn from_functions(x: &[f64; 3]) -> f64 {
    let y: [f64; 3] = std::array::from_fn(|i| x[i], 3);
    let z = std::array::from_fn(|i| x[i]);
    y[0] + z[0]
}

#[gradgen]
fn truth_values_collected(x: &[f64; 3]) -> f64 {
    let a: Vec<bool> = x.iter().map(|v| *v > 0.0).collect();
    if a[0] { x[0] } else { x[1] }
}

#[gradgen]
fn pairs_summed(x: &[f64; 3]) -> f64 {
    x.iter().zip(x).sum()
}

#[gradgen]
fn pairs_folded(x: &[f64; 3]) -> f64 {
    let y = x.iter().zip(x).fold(0.0, f64::max);
    let z = x.iter().zip(x).reduce(f64::max);
    y
}

#[gradgen]
fn branches(x: &[f64; 3]) -> f64 {
    let a = if x[0] > 0.0 { (x[0], x[1]) } else { x[0] };
    let b = if x[0] > 0.0 { Some(x[0]) } else { (x[0], x[1], x[2]) };
    let c = if x[0] > 0.0 { x.iter() } else { Ok(x[0]) };
    let d = if x[0] > 0.0 { None } else { x[0] };
    let e = if x[0] > 0.0 { |v: f64| v } else { x[0] };
    x[0]
}

#[gradgen]
fn conversions(x: f64, n: usize, c: bool) -> f64 {
    let a: f64 = x.into();
    f64::from(c)
}

#[gradgen]
fn elements(x: &[f64; 3], y: f64) -> f64 {
    let [a, b] = x;
    let [c, d] = y;
    y[0]
}

#[gradgen]
fn conditions(x: f64) -> f64 {
    if x {
        x
    } else if 340282366920938463463374607431768211456 > 1 {
        -true
    } else {
        1e999
    }
}

#[gradgen]
fn operands(x: f64, n: usize, c: bool) -> f64 {
    let a = x + n;
    let b = c + c;
    let d = c * x;
    let e = c as f64;
    let f = x as bool;
    let g = [x, x] as f64;
    x
}

#[gradgen]
fn unusual(x: f64) -> f64 {
    let a = (let Some(y) = Some(x));
    let b = x as char;
    let c = "text";
    let d = yield x;
    x
}


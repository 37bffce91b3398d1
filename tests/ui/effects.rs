use gradgen::gradgen;

#[gradgen(gradient)]
fn stops(x: &[f64; 3]) -> f64 {
    let mut product = 1.0;
    let sum: f64 = x
        .iter()
        .map(|v| {
            product *= v;
            *v
        })
        .take_while(|v| *v > 0.0)
        .sum();
    sum * product
}

#[gradgen(gradient)]
fn decides(x: &[f64; 3]) -> f64 {
    let mut product = 1.0;
    let found = x.iter().inspect(|v| product *= **v).any(|v| *v > 0.0);
    if found { product } else { 0.0 }
}

#[gradgen(gradient)]
fn parts(x: &[f64; 3]) -> f64 {
    let mut product = 1.0;
    let all = x
        .iter()
        .flat_map(|v| {
            product *= v;
            [*v, 2.0]
        })
        .all(|v| v > 0.0);
    if all { product } else { 0.0 }
}

fn main() {
    let _: fn(&[f64; 3]) -> [f64; 3] = stops_grad;
    let _: fn(&[f64; 3]) -> [f64; 3] = decides_grad;
    let _: fn(&[f64; 3]) -> [f64; 3] = parts_grad;
}

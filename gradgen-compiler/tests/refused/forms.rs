//! Structs, options, sequences and conditions of another form than is understood.

#[gradgen]
fn slice_in_a_tuple(x: &([f64], f64)) -> f64 {
    x.1
}

#[gradgen]
fn exchanged_sequences(x: &[f64; 3]) -> f64 {
    let mut a = x[0];
    std::mem::swap(&mut a, &mut (x[1], x[2]));
    let b = std::mem::replace(&a, 1.0);
    a
}

#[gradgen]
fn collected_options(x: &[f64; 3]) -> f64 {
    let a: Vec<Option<f64>> = x.iter().map(|v| if *v > 0.0 { Some(*v) } else { None }).collect();
    let b: Vec<_> = x.iter().map(|v| |w: f64| w * *v).collect();
    let c = x.iter().map(|v| |w: f64| w * *v).last();
    let d = x.iter().map(|v| Some(*v)).find(|v| v.is_some());
    x[0]
}

#[gradgen]
fn struct_branches(x: f64, p: &Pose, q: &Pose) -> f64 {
    let a = if x > 0.0 { p } else { q };
    let b = if x > 0.0 { p } else { x };
    let c = if x > 0.0 { x } else { (x, p) };
    a.x
}

#[gradgen]
fn option_branches(x: &[f64; 3], p: &[(f64, f64); 3]) -> f64 {
    let a = if x[0] > 0.0 { x[0] } else { x[0].sqrt().checked() };
    let b = if x[0] > 0.0 { Ok(x[0]) } else { x[0] };
    let c = if x[0] > 0.0 { p } else { x };
    let d = if x[0] > 0.0 { &x[1..] } else { (x[0], x[1]) };
    let e = if x[0] > 0.0 { return x[1]; } else { x[0] };
    x[0]
}

#[gradgen]
fn into_scalars<T: Float>(x: T, n: usize) -> T {
    let a: T = x.into();
    let b = T::from(true).unwrap();
    a
}

#[gradgen]
fn behind_references(x: &mut f64, y: &mut [f64; 3]) -> f64 {
    let r = &mut *x;
    let a = x + 1.0;
    a + r
}

#[gradgen]
fn signs(x: f64, c: bool, n: u32) -> f64 {
    let a = -[x, x];
    let b = -c;
    let d = -(x > 1.0);
    x
}

#[gradgen]
fn casts(x: f64) -> f64 {
    let a = foo(x);
    let b = a as f64;
    x + b
}

#[gradgen]
fn after_filters(x: &[f64; 3]) -> f64 {
    let a = x.iter().filter(|v| **v > 0.0).last().unwrap();
    let b = x.iter().filter(|v| **v > 0.0).nth(1).unwrap();
    let c = x.iter().filter(|v| **v > 0.0).rev().next().unwrap();
    *a
}

#[gradgen]
fn integer_methods(x: f64, i: i32, n: usize) -> f64 {
    let a = i.abs_diff(3);
    let b = i.saturating_sub(3);
    let c = n.min(1, 2);
    let d = n.abs_diff();
    x
}

#[gradgen]
fn lengths(x: f64) -> f64 {
    let y = foo(x);
    let mut s = 0.0;
    for v in y.iter() {
        s += v;
    }
    s
}

#[gradgen]
fn conditions(x: f64, c: bool) -> f64 {
    if c || let Some(y) = Some(x) {
        return x;
    }
    if !(let Some(y) = Some(x)) {
        return x;
    }
    x
}

#[gradgen]
fn patterns(x: f64, p: &[f64; 2]) -> f64 {
    match Some(x) {
        Some(v) => v,
        _ => x,
    };
    match (x, x) {
        3.0 => x,
        _ => x,
    };
    match p.iter() {
        [a, b] => *a,
        _ => x,
    };
    match x {
        (a, b) => a,
        Some(a) => a,
        [a, ..] => a,
        _ => x,
    }
}

#[gradgen]
fn numbers_outside(x: f32) -> f32 {
    const BIG: f64 = 1e300;
    let a = 1e60;
    let b: f32 = 1e60_f64 as f32;
    x * 1e39
}

#[gradgen]
fn defaults_of_options(x: &[f64; 2]) -> f64 {
    let a = Some((x[0], x[1])).unwrap_or_default();
    let b = Some(*x).unwrap_or_default();
    let c = None.map(|v| v + 1.0).unwrap_or(2.0);
    x[0]
}

#[gradgen]
fn methods_of_parts(x: &mut [f64; 4]) -> f64 {
    x[1..3].sort();
    x[1..3].swap(0);
    x[..2].rotate_left(1, 2);
    x[0]
}

#[gradgen]
fn unknown_arrays(x: f64) -> f64 {
    let mut y = foo(x);
    y[0] = 1.0;
    let mut z;
    z[0] = 1.0;
    x
}

#[gradgen]
fn structs_of_the_body(x: f64) -> f64 {
    struct Pair {
        a: f64,
        b: f64,
    }
    let p = Pair { a: x, b: x };
    let q = p.c;
    let t = (x, x).2;
    let Pair { a, d } = p;
    let Pair { a, b } = x;
    let n = (x > 1.0).field;
    {
        struct Pair {
            e: f64,
        }
        let p = Pair { e: x };
    }
    p.length()
}

#[gradgen]
fn array_of_structs(x: f64) -> f64 {
    struct Pair {
        a: f64,
    }
    let mut rows = [Pair { a: x }, Pair { a: 1.0 }];
    rows[0] = Pair { a: true };
    rows[1] = x;
    let other: [f64; 2] = rows;
    x
}

#[gradgen]
fn result_of_kinds(x: f64) -> (f64, usize, &f64) {
    (x, 1, &x)
}

#[gradgen]
fn written_numbers(x: &mut f64, y: &mut [f64; 3], n: &mut Pose) -> f64 {
    x.fill(1.0);
    n.x = true;
    n.y = (1.0, 2.0);
    n.z = Some(1.0);
    y.rotate_left(7);
    let mut unknown = foo(1.0);
    unknown.fill(2.0);
    1.0
}

#[gradgen(default(w = 1.0, w = 2.0, n = 1.5, q = 1.0), rename(w = "a", w = "b"), state(s, s))]
fn options_of_inputs(x: f64, w: f64, n: usize, s: &mut f64) -> f64 {
    *s = x;
    x * w
}

#[gradgen]
fn endless(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0.. {
        s += x[0];
    }
    s
}

#[gradgen]
fn ranges(x: &[f64; 3], n: usize) -> f64 {
    let a = match n {
        0..=2 => 1.0,
        _ => 2.0,
    };
    let b = (..3).contains(&n);
    let c = &x[..=1.0];
    for i in ..3 {}
    a
}

#[gradgen]
fn leaves(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for v in x {
        s += [s, if *v > 0.0 { break } else { 1.0 }][0];
    }
    let f = |v: f64| v * if v > 0.0 { return 1.0 } else { 2.0 };
    f(s) + s.max(return 1.0)
}

#[gradgen(vjp, custom(jvp = along))]
fn own(x: f64) -> f64 {
    x
}

#[gradgen]
fn no_closures(x: &[f64; 3]) -> f64 {
    let a = x.iter().fold(0.0);
    let b = x.iter().fold(0.0, |a| a);
    let c = x.iter().sum(1.0);
    let d = x.iter().zip(x, x);
    let e = x.iter().take_while(|v| **v);
    let f = x.iter().enumerate(1);
    a
}

//! Loops, patterns, places and options of another kind than is understood.

#[gradgen]
fn nth_again(x: &[f64; 3]) -> f64 {
    let mut items = x.iter();
    let a = items.nth(0).unwrap();
    let b = x.iter().nth(x[0]).unwrap();
    let c = x.iter().find(|v| **v + 1.0).unwrap();
    let d = x.iter().filter(|v| **v > 0.0).position(|v| *v > 1.0).unwrap();
    *a
}

#[gradgen]
fn leaves_inside(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    s += { s = 2.0; if x[0] > 0.0 { return s; } x[1] };
    s
}

#[gradgen]
fn integers(x: f64, n: usize, i: i32) -> f64 {
    let a = n.min(i);
    let b = i.div_euclid(n as i32);
    let c = i.is_power_of_two();
    let d = n.pow();
    x
}

#[gradgen]
fn counts(x: &[f64; 3]) -> f64 {
    let a: f64 = x.iter().take(x[0]).sum();
    let b: f64 = x.iter().skip(x[0]).sum();
    let c: f64 = x[0].iter().sum();
    let f = |v: [f64; 3]| v;
    a
}

#[gradgen]
fn labels(x: &[f64; 3]) -> f64 {
    'outer: for i in 0..3 {
        for j in 0..3 {
            if x[j] > 0.0 {
                break 'other;
            }
        }
    }
    x[0]
}

#[gradgen]
fn empty_match(x: f64, n: usize) -> f64 {
    match n {}
}

#[gradgen]
fn guarded_last(x: f64, n: usize) -> f64 {
    match n {
        0 => x,
        _ if x > 1.0 => x * x,
    }
}

#[gradgen]
fn guards(x: f64, n: usize) -> f64 {
    match n {
        0 if x => x,
        _ => x,
    }
}

#[gradgen]
fn patterns(x: f64, n: usize, p: [f64; 2]) -> f64 {
    match (x, n) {
        (a, b, c) => a,
        _ => x,
    }
}

#[gradgen]
fn options_in_patterns(x: f64) -> f64 {
    let o = if x > 0.0 { Some(x) } else { None };
    match o {
        Full(v) => v,
        None => x,
    }
}

#[gradgen]
fn patterns_of_arrays(x: f64, p: [f64; 2]) -> f64 {
    match p {
        3 => x,
        "text" => x,
        _ => x,
    }
}

#[gradgen]
fn compared(x: f64, p: [f64; 2], c: bool) -> f64 {
    let a = match c {
        1.0 => x,
        _ => x,
    };
    let b = match x {
        true => x,
        _ => x,
    };
    a
}

#[gradgen]
fn matching(x: f64) -> f64 {
    if matches!(x) { x } else { 1.0 }
}

#[gradgen]
fn methods(x: f64, p: &[f64; 3], n: usize, c: bool) -> f64 {
    let a = (x, x).sin();
    let b = x.len();
    let d = x.sin(1.0);
    let e = c.sin();
    let f = x.powi(2.0);
    let g = p.sin();
    x
}

#[gradgen]
fn numbers(x: f64) -> f64 {
    let a: i32 = 3000000000;
    let b: u8 = 300;
    x
}

#[gradgen]
fn options(x: f64) -> f64 {
    let a = Some(x, x);
    let b = Some(x).unwrap_or();
    let c: f64 = None.unwrap();
    let d = Some(x).unwrap_or_default();
    let e = Some(x).ok_or_else(3).unwrap();
    x
}

#[gradgen]
fn parts(x: &[f64; 5]) -> f64 {
    let a = &x[0.5..2];
    let b = x.split_at(x[0]);
    let c = x[x[0]];
    let d = x.first_chunk(x[0]);
    let e = &x[..2].to_owned().rev();
    let f = x.get(x[0]);
    c
}

#[gradgen]
fn second_name(x: &mut [f64; 2]) -> f64 {
    let y = x;
    y[0]
}

#[gradgen]
fn types_of_lets(x: f64, n: usize) -> f64 {
    let a: String = x;
    let b: char = x;
    let c: [f64; n] = [0.0; 3];
    x
}

#[gradgen]
fn tuples(x: f64) -> f64 {
    let (a, b) = (x, x, x);
    let c: f64 = (x, x);
    x
}

#[gradgen]
fn places(x: &[f64; 3], y: &mut [f64; 3], n: usize) -> f64 {
    let mut a = x[0];
    a[0] = 1.0;
    y[0.5] = 2.0;
    y = x;
    n = 3;
    f(x) = 3.0;
    let mut b = [0.0; 3];
    b[0] = [1.0, 2.0];
    b = 3.0;
    let c = [0.0; 3];
    c[0] = 1.0;
    (a, b) = (1.0, [0.0; 3], 2.0);
    [a, a] = 3.0;
    UNKNOWN = 3.0;
    UNKNOWN[1] = 3.0;
    let r = &b;
    r[0] = 3.0;
    *r = [0.0; 3];
    a
}

#[gradgen]
fn ranges(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    for i in 0.. {
        s += x[0];
    }
    for i in 0.0..3.0 {
        s += x[0];
    }
    for i in (0..340282366920938463463374607431768211456).step_by(2) {
        s += x[0];
    }
    for i in (0..10).step_by(0.5) {
        s += x[0];
    }
    s
}

#[gradgen]
fn macros(x: f64) -> f64 {
    dbg!(x, x) + x
}

#[gradgen]
fn vectors(x: &[f64; 3]) -> f64 {
    let a = vec![x[0]; 0.5];
    let mut b = [0.0; 3];
    b.swap(1);
    b.fill([1.0]);
    x[0].swap(0, 1);
    b.rotate_left(x.len());
    b.copy_from_slice(&[1.0, 2.0]);
    b.copy_from_slice(3.0);
    let v = vec![1.0, 2.0; 3, 4];
    b[0]
}

#[gradgen]
fn variadic(x: f64, ...) -> f64 {
    x
}

#[gradgen(default(w = 1.0), default(w = 2.0), rename(w = "a"), rename(w = "b"))]
fn twice(x: f64, w: f64) -> f64 {
    x * w
}

#[gradgen]
fn scans(x: &[f64; 3]) -> f64 {
    x.iter().map_while(|v| *v + 1.0).sum()
}


//! `return`, labelled blocks, loops with values, and variables that get their value later.

use gradgen::gradgen;

use crate::against_differences;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn guards(x: &[f64; 3]) -> f64 {
    if x[0] > 2.0 {
        return x[1] * x[2];
    }
    if x[1] < -1.0 {
        return x[0].exp() * x[2];
    } else if x[2] < -2.0 {
        return x[2] * x[2] * x[1];
    }
    let y = x[0] * x[1];
    if y > 1.0 {
        if x[2] > 0.0 {
            return y.ln() * x[2];
        }
        return y.sqrt();
    }
    y * y * x[2]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn on_some_paths(x: &[f64; 3]) -> f64 {
    let mut s = x[0];
    if x[0] > 0.0 {
        s *= x[1];
        if x[1] > 1.0 {
            return s * x[2];
        }
        s += x[2];
    } else {
        s -= x[2];
        if x[2] < 0.0 {
            s = s * s * s;
        }
    }
    s * s + x[1]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_loops(x: &[f64; 3]) -> f64 {
    let mut s = 1.0;
    for i in 0..3 {
        s *= x[i];
        for j in 0..3 {
            if x[j] * s > 2.0 {
                return s * x[j] * x[j];
            }
            if s < -4.0 {
                break;
            }
            s += x[j] * x[i] * 0.5;
        }
        if s > 3.0 {
            continue;
        }
        s = s.sin() + x[i];
    }
    s * x[0]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_while(x: &[f64; 3]) -> f64 {
    let mut a = x[0] * x[0] + 1.0;
    let mut k = 0;
    #[gradgen::bound(20)]
    while k < 20 {
        a = a * 0.7 + x[1] * 0.1;
        if a < 0.5 {
            return a * x[2];
        }
        if k == 9 {
            return a * a * x[1];
        }
        k += 1;
    }
    0.0
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn nothing_after(x: &[f64; 3]) -> f64 {
    if x[0] > x[1] { return x[0] * x[2] } else { return x[1] * x[1] }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_values(x: &[f64; 3]) -> f64 {
    let y = if x[0] > 0.0 { x[0].ln() } else { return x[1] * x[2] };
    let z = 2.0 * if x[1] > 0.0 { x[1].sqrt() } else { return y * y };
    let w = {
        let x = [y, z, y * z];
        if x[0] > 0.3 {
            return x[2];
        }
        x[0] * x[1]
    };
    (w + if x[2] < 0.2 { return w } else { x[2] }) * y
}

/// What is not finite where it is not run poisons nothing.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn no_poison(x: &[f64; 3]) -> f64 {
    for i in 0..3 {
        if x[i] <= 0.0 {
            return x[0] * x[1];
        }
    }
    let mut s = 0.0;
    for i in 0..3 {
        s += x[i].ln() / x[i].sqrt();
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn labelled_blocks(x: &[f64; 3]) -> f64 {
    let y = 'a: {
        if x[0] > 1.0 {
            break 'a x[1] * x[0];
        }
        let z = 'b: {
            if x[1] > 0.5 {
                break 'a x[2];
            }
            if x[2] > 0.0 {
                break 'b x[2] * 2.0;
            }
            x[0] * x[0]
        };
        z * x[1]
    };
    let mut s = y;
    'c: {
        s *= 2.0;
        for i in 0..3 {
            if x[i] > 2.0 {
                break 'c;
            }
            s += x[i] * y;
        }
        s *= s;
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn values_of_loops(x: &[f64; 3]) -> f64 {
    let mut a = x[0] * x[0] + 0.2;
    let mut n = 0;
    let (y, z) = #[gradgen::bound(12)]
    loop {
        a = a * 1.7 + x[1] * x[1] * 0.01;
        n += 1;
        if a > 5.0 {
            break (a * x[2], x[1]);
        }
        if n == 12 {
            break (x[1], a);
        }
    };
    let last;
    #[gradgen::bound(1)]
    loop {
        last = a * y;
        break;
    }
    last * z + a
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn labels(x: &[f64; 3]) -> f64 {
    let mut s = 0.0;
    'outer: for i in 0..3 {
        for j in 0..3 {
            if x[i] * x[j] > 4.0 {
                s += x[i];
                continue 'outer;
            }
            if s > 3.0 {
                s *= x[j];
                break 'outer;
            }
            s += x[i] * x[j] * x[j];
        }
        s *= 1.5;
    }
    s
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn later(x: &[f64; 3]) -> f64 {
    let y;
    let (a, b);
    if x[0] > 0.0 {
        y = x[0] * x[1];
        (a, b) = (y, x[2]);
    } else {
        let z: f64;
        z = x[2] * 3.;
        y = z * z;
        a = x[1];
        b = z;
    }
    let mut s = 0.;
    s += a * y;
    s * b + y
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn shadowed(x: &[f64; 3]) -> f64 {
    let y = x[0];
    let y = y * x[1];
    let z = {
        let y = y + 1.0;
        if y > 2.0 {
            return y * x[2];
        }
        let y = y * y;
        y * x[0]
    };
    let x = [y, z];
    for i in 0..2 {
        let y = x[i];
        if y > 1.0 {
            let x = y * 2.0;
            return x * z;
        }
    }
    x[0] * y + x[1]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_closures(x: &[f64; 3]) -> f64 {
    let soft = |v: f64| {
        if v > 1.0 {
            return v * v;
        }
        if v < 0.0 {
            return 0.5 * v;
        }
        v + v * v * v
    };
    fn first(x: &[f64; 3], from: f64) -> f64 {
        for i in 0..3 {
            if x[i] > from {
                return x[i] * x[i];
            }
        }
        from
    }
    let mut s = soft(x[0]) * x[1];
    if s > 2.0 {
        return soft(s) + x[2];
    }
    for i in 0..3 {
        s += soft(x[i] * s) * 0.1;
    }
    s * first(x, 0.5) + first(x, 9.0) * x[2]
}

against_differences!(
    guards,
    on_some_paths,
    in_loops,
    nothing_after,
    in_values,
    no_poison,
    labelled_blocks,
    labels,
    later,
    shadowed,
    in_closures,
);

crate::refusing_against_differences!(in_while, values_of_loops);

/// An output that is written before the function is left, and one that is not.
#[gradgen(jacobian, vjp)]
fn writes(x: &[f64; 3], y: &mut [f64; 2]) {
    y[0] = x[0] * x[1];
    if x[0] > 1.0 {
        return;
    }
    y[1] = x[2] * x[2];
    if y[0] > 1.0 {
        y[0] *= x[2];
        return;
    }
    y[0] += y[1];
}

#[test]
fn outputs_of_functions_that_are_left() {
    for x in crate::POINTS {
        let value = |x: &[f64; 3], place: usize| {
            let mut y = [0.5, 0.25];
            writes(x, &mut y);
            y[place]
        };
        let (jacobian, old) = (writes_jf_x(&x, &[0.5, 0.25]), [0.5, 0.25]);
        let adjoint = writes_vjp_x(&x, &old, &[1.0, 10.0]);
        for place in 0..3 {
            let slope = |output: usize| {
                crate::difference(|step| {
                    let mut moved = x;
                    moved[place] += step;
                    value(&moved, output)
                })
            };
            crate::assert_close(jacobian[0][place], slope(0));
            crate::assert_close(jacobian[1][place], slope(1));
            crate::assert_close(adjoint[place], slope(0) + 10.0 * slope(1));
        }
    }
}

//! Vectors, matrices, cameras.

use gradgen::gradgen;

#[gradgen(jacobian, jacobian(*), jvp, jvp(*), vjp, vjp(*), bundle(f, jf(a), jvp(a), vjp(a)))]
pub fn cross_product(a: &[f64; 3], b: &[f64; 3]) -> [f64; 3] {
    let mut c = [0.0; 3];
    for i in 0..3 {
        let (j, k) = ((i + 1) % 3, (i + 2) % 3);
        c[i] = a[j] * b[k] - a[k] * b[j];
    }
    c
}

/// The angle between two vectors.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(a, b),
    hvp,
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(a), hessian(a), hvp(a))
)]
pub fn angle_between(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let c = cross_product(a, b);
    let mut dot = 0.0;
    let mut square = 0.0;
    for i in 0..3 {
        dot += a[i] * b[i];
        square += c[i] * c[i];
    }
    square.sqrt().atan2(dot)
}

/// A point turned by a quaternion, which is normalised first.
#[gradgen(
    jacobian,
    jacobian(*),
    jvp(*),
    vjp(*),
    bundle(f, jf(q), jvp(q), vjp(q))
)]
pub fn turned(q: &[f64; 4], point: &[f64; 3]) -> [f64; 3] {
    let norm = (q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]).sqrt();
    let axis = [q[1] / norm, q[2] / norm, q[3] / norm];
    let t = cross_product(&axis, point);
    let u = cross_product(&axis, &t);
    let mut y = *point;
    for i in 0..3 {
        y[i] += 2.0 * (q[0] / norm * t[i] + u[i]);
    }
    y
}

/// What a camera sees wrongly: the distance of a projected point from where it was found, with
/// radial distortion.
#[gradgen(
    jacobian,
    jacobian(*),
    jvp(*),
    vjp(*),
    bundle(f, jf(camera), jvp(camera), vjp(camera)),
    outputs(residual)
)]
pub fn reprojection(camera: &[f64; 5], point: &[f64; 3], found: &[f64; 2]) -> [f64; 2] {
    let [tx, ty, focal, k1, k2] = *camera;
    let depth = point[2] + 4.0;
    let seen = [(point[0] + tx) / depth, (point[1] + ty) / depth];
    let r2 = seen[0] * seen[0] + seen[1] * seen[1];
    let distortion = 1.0 + r2 * (k1 + k2 * r2);
    [focal * distortion * seen[0] - found[0], focal * distortion * seen[1] - found[1]]
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(m), hessian(m), hvp(m)))]
pub fn determinant(m: &[[f64; 3]; 3]) -> f64 {
    let mut d = 0.0;
    for i in 0..3 {
        let (j, k) = ((i + 1) % 3, (i + 2) % 3);
        d += m[0][i] * (m[1][j] * m[2][k] - m[1][k] * m[2][j]);
    }
    d
}

/// The adjugate over the determinant.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(m), jvp(m), vjp(m)))]
pub fn inverse(m: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let scale = 1.0 / determinant(m);
    let mut y = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..3 {
            let (i1, i2) = ((i + 1) % 3, (i + 2) % 3);
            let (j1, j2) = ((j + 1) % 3, (j + 2) % 3);
            y[j][i] = scale * (m[i1][j1] * m[i2][j2] - m[i1][j2] * m[i2][j1]);
        }
    }
    y
}

/// The logarithm of the determinant of a positive definite matrix by Cholesky's factors, in place.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(a), hessian(a), hvp(a)))]
pub fn log_determinant(a: &[[f64; 3]; 3]) -> f64 {
    let mut l = *a;
    let mut logarithm = 0.0;
    for j in 0..3 {
        for k in 0..3 {
            if k < j {
                l[j][j] -= l[j][k] * l[j][k];
            }
        }
        l[j][j] = l[j][j].sqrt();
        logarithm += 2.0 * l[j][j].ln();
        for i in 0..3 {
            if i > j {
                for k in 0..3 {
                    if k < j {
                        l[i][j] -= l[i][k] * l[j][k];
                    }
                }
                l[i][j] /= l[j][j];
            }
        }
    }
    logarithm
}

/// The great-circle distance of two places given in degrees.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(from, to),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(from), hessian(from), hvp(from))
)]
pub fn great_circle(from: [f64; 2], to: [f64; 2]) -> f64 {
    let (lat1, lat2) = (from[0].to_radians(), to[0].to_radians());
    let half_lat = 0.5 * (lat2 - lat1);
    let half_lon = 0.5 * (to[1] - from[1]).to_radians();
    let h = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
    2.0 * h.sqrt().asin()
}

//! Bundle adjustment: where a camera sees a point.

use gradgen::gradgen;

/// The cross product.
#[gradgen]
pub fn cross(a: &[f64; 3], b: &[f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// `x` turned around the axis `rotation` by its length.
#[gradgen]
pub fn rotate(rotation: &[f64; 3], x: &[f64; 3]) -> [f64; 3] {
    let mut square = 0.0;
    for i in 0..3 {
        square += rotation[i] * rotation[i];
    }
    let mut turned = [0.0; 3];
    if square > 0.0 {
        let angle = square.sqrt();
        let (sine, cosine) = angle.sin_cos();
        let axis = [rotation[0] / angle, rotation[1] / angle, rotation[2] / angle];
        let across = cross(&axis, x);
        let mut along = 0.0;
        for i in 0..3 {
            along += axis[i] * x[i];
        }
        for i in 0..3 {
            turned[i] = x[i] * cosine + across[i] * sine + axis[i] * along * (1.0 - cosine);
        }
    } else {
        // The first order of the above.
        let across = cross(rotation, x);
        for i in 0..3 {
            turned[i] = x[i] + across[i];
        }
    }
    turned
}

/// Where the camera sees the point: rotation, centre, focal length, principal point and two coefficients of
/// distortion.
#[gradgen]
pub fn project(camera: &[f64; 11], point: &[f64; 3]) -> [f64; 2] {
    let rotation = [camera[0], camera[1], camera[2]];
    let from_centre = [point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]];
    let seen = rotate(&rotation, &from_centre);
    let x = seen[0] / seen[2];
    let y = seen[1] / seen[2];
    let r = x * x + y * y;
    let distortion = 1.0 + camera[9] * r + camera[10] * r * r;
    [camera[7] + camera[6] * x * distortion, camera[8] + camera[6] * y * distortion]
}

/// The weighted distance from what was seen.
#[gradgen(jacobian(camera, point, weight), bundle(f, jf(camera, point, weight)))]
pub fn reprojection(camera: &[f64; 11], point: &[f64; 3], weight: f64, feature: &[f64; 2]) -> [f64; 2] {
    let seen = project(camera, point);
    [weight * (seen[0] - feature[0]), weight * (seen[1] - feature[1])]
}

//! [`bundle_adjustment`](crate::kernels::bundle_adjustment) by hand: two cotangents pulled back through
//! one evaluation.

/// Value and Jacobian, by input.
#[allow(clippy::too_many_arguments, reason = "inputs, and for each what is written")]
pub fn jacobian(
    camera: &[f64; 11],
    point: &[f64; 3],
    weight: f64,
    feature: &[f64; 2],
    value: &mut [f64; 2],
    d_camera: &mut [[f64; 11]; 2],
    d_point: &mut [[f64; 3]; 2],
    d_weight: &mut [f64; 2],
) {
    let from_centre = [point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]];
    let turn = Turn::new([camera[0], camera[1], camera[2]]);
    let seen = turn.apply(&from_centre);
    let [x, y] = [seen[0] / seen[2], seen[1] / seen[2]];
    let r = x * x + y * y;
    let distortion = 1.0 + camera[9] * r + camera[10] * r * r;
    let focal = camera[6];
    let misses =
        [camera[7] + focal * x * distortion - feature[0], camera[8] + focal * y * distortion - feature[1]];

    let scale = weight * focal;
    let slope = 2.0 * scale * (camera[9] + 2.0 * camera[10] * r);
    let mixed = slope * x * y;
    let d_places = [[scale * distortion + slope * x * x, mixed], [mixed, scale * distortion + slope * y * y]];
    let inverse = 1.0 / seen[2];
    for (i, (place, d)) in [x, y].into_iter().zip(d_places).enumerate() {
        let d_seen = [d[0] * inverse, d[1] * inverse, -(d[0] * x + d[1] * y) * inverse];
        let (d_rotation, d_x) = turn.adjoint(&from_centre, &d_seen);
        let along = scale * place * r;
        let d_camera = &mut d_camera[i];
        d_camera[..3].copy_from_slice(&d_rotation);
        d_camera[3..6].copy_from_slice(&d_x.map(|d| -d));
        d_camera[6] = weight * place * distortion;
        d_camera[7] = 0.0;
        d_camera[8] = 0.0;
        d_camera[7 + i] = weight;
        d_camera[9] = along;
        d_camera[10] = along * r;
        value[i] = weight * misses[i];
        d_point[i] = d_x;
        d_weight[i] = misses[i];
    }
}

fn cross(a: &[f64; 3], b: &[f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// A rotation.
enum Turn {
    /// By a vector so short that only the first order is left.
    None([f64; 3]),
    /// Around an axis of length 1.
    Around { axis: [f64; 3], angle: f64, sine: f64, cosine: f64 },
}

impl Turn {
    #[inline]
    fn new(rotation: [f64; 3]) -> Self {
        let square = dot(&rotation, &rotation);
        if square > 0.0 {
            let angle = square.sqrt();
            let (sine, cosine) = angle.sin_cos();
            Self::Around { axis: rotation.map(|r| r / angle), angle, sine, cosine }
        } else {
            Self::None(rotation)
        }
    }

    #[inline]
    fn apply(&self, x: &[f64; 3]) -> [f64; 3] {
        match self {
            Self::None(rotation) => {
                let across = cross(rotation, x);
                [x[0] + across[0], x[1] + across[1], x[2] + across[2]]
            }
            Self::Around { axis, sine, cosine, .. } => {
                let across = cross(axis, x);
                let along = dot(axis, x);
                let turned = |i: usize| x[i] * cosine + across[i] * sine + axis[i] * along * (1.0 - cosine);
                [turned(0), turned(1), turned(2)]
            }
        }
    }

    /// The cotangent of the turned vector, pulled back to the rotation and to `x`.
    #[inline]
    fn adjoint(&self, x: &[f64; 3], d: &[f64; 3]) -> ([f64; 3], [f64; 3]) {
        match self {
            Self::None(rotation) => {
                let d_x = cross(d, rotation);
                (cross(x, d), [d[0] + d_x[0], d[1] + d_x[1], d[2] + d_x[2]])
            }
            Self::Around { axis, angle, sine, cosine } => {
                let (along, d_axis) = (dot(axis, x), dot(axis, d));
                let rest = 1.0 - cosine;
                let (x_by_d, d_by_axis) = (cross(x, d), cross(d, axis));
                let d_angle = sine * (along * d_axis - dot(x, d)) + cosine * dot(axis, &x_by_d);
                let d_unit = |i: usize| sine * x_by_d[i] + rest * (along * d[i] + d_axis * x[i]);
                let d_unit = [d_unit(0), d_unit(1), d_unit(2)];
                let inverse = 1.0 / angle;
                let radial = d_angle - inverse * dot(axis, &d_unit);
                let d_rotation = |i: usize| inverse * d_unit[i] + radial * axis[i];
                let d_x = |i: usize| cosine * d[i] + sine * d_by_axis[i] + rest * d_axis * axis[i];
                ([d_rotation(0), d_rotation(1), d_rotation(2)], [d_x(0), d_x(1), d_x(2)])
            }
        }
    }
}

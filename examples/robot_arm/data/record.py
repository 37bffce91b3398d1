"""Writes trajectory.csv: a pick-and-place motion of a UR5 arm as its encoders would report it.

The motion is made, not measured. Six waypoints are joined by minimum-jerk segments
(10 u^3 - 15 u^4 + 6 u^5) of 0.8 s; the controller reports at 125 Hz. To every angle Gaussian noise
of one encoder step is added, and the sum is rounded to the step of a 17-bit encoder, 2 pi / 2^17.

    python record.py > trajectory.csv

writes the same bytes every time.
"""

import math
import random

RATE = 125  # samples per second
SEGMENT = 0.8  # seconds
STEP = 2.0 * math.pi / 2**17  # radians
WAYPOINTS = [
    (-0.60, -1.20, 1.40, -1.80, -1.50, 0.30),  # rest
    (0.40, -1.50, 1.90, -2.00, -1.60, 0.90),  # above the part
    (0.40, -1.25, 2.00, -2.35, -1.60, 0.90),  # at the part
    (1.30, -1.60, 1.70, -1.70, -1.30, -0.20),  # above the tray
    (1.30, -1.30, 1.80, -2.10, -1.30, -0.20),  # at the tray
    (-0.60, -1.20, 1.40, -1.80, -1.50, 0.30),  # rest
]


def main():
    noise = random.Random(5)
    print("time,q1,q2,q3,q4,q5,q6")
    per_segment = round(SEGMENT * RATE)
    for sample in range((len(WAYPOINTS) - 1) * per_segment + 1):
        segment = min(sample // per_segment, len(WAYPOINTS) - 2)
        u = sample / per_segment - segment
        s = u**3 * (10.0 + u * (6.0 * u - 15.0))
        angles = (
            a + s * (b - a) + noise.gauss(0.0, STEP)
            for a, b in zip(WAYPOINTS[segment], WAYPOINTS[segment + 1])
        )
        steps = (round(angle / STEP) * STEP for angle in angles)
        print(f"{sample / RATE:.3f}", *(f"{angle:.9f}" for angle in steps), sep=",")


if __name__ == "__main__":
    main()

"""What the peers in Python share: what they begin from, and how they are asked.

A peer says one line, its name and version. Then for each line of its input:
    check WORK STEPS     the cost after that many steps from the start, or the mean logit of the field
    time WORK SECONDS    seconds a step takes of the processor, the median of pieces that last that long together
WORK is course, deep_tanh, wide_relu or field.
"""
import os
import statistics
import sys
import time

import numpy as np

RATE = 0.01
ACTIVATION = {"course": "relu", "deep_tanh": "tanh", "wide_relu": "relu"}


def load(folder, work):
    """Inputs (features, m), labels (1, m) and [W (units, inputs), b (units, 1)] of each layer."""
    place = os.path.join(folder, work)
    layers = []
    while os.path.exists(os.path.join(place, f"w{len(layers) + 1}.npy")):
        number = len(layers) + 1
        layers.append([np.load(os.path.join(place, f"w{number}.npy")),
                       np.load(os.path.join(place, f"b{number}.npy")).reshape(-1, 1)])
    return np.load(os.path.join(place, "x.npy")), np.load(os.path.join(place, "y.npy")), layers


def load_field(folder):
    """The cells' centres (2, 512 * 512), made before the clock runs, and the course's layers."""
    _, _, layers = load(folder, "course")
    with open(os.path.join(folder, "course", "field.txt")) as file:
        x_min, x_max, y_min, y_max = (float(word) for word in file.read().split()[:4])
    cells = (np.arange(512) + 0.5) / 512
    x, y = np.meshgrid(x_min + cells * (x_max - x_min), y_max - cells * (y_max - y_min))
    return np.array([x.ravel(), y.ravel()]), layers


PIECES = 15


def seconds_a_step(work, seconds):
    """The median over pieces of the time: a neighbour on the machine disturbs some, not half of them."""
    def seconds_of(steps):
        start = time.process_time()
        for _ in range(steps):
            work.step()
        return time.process_time() - start

    work.step()
    steps = 1
    while (took := seconds_of(steps)) < seconds / PIECES / 2:
        steps *= 2
    steps = max(1, round(steps * seconds / PIECES / took))
    return statistics.median(seconds_of(steps) for _ in range(PIECES)) / steps


def serve(make, name):
    """`make(folder, work)` gives an object with step(), which returns the cost before the step."""
    folder = sys.argv[1]
    print(name, flush=True)
    for line in sys.stdin:
        verb, work, number = line.split()
        timed = make(folder, work)
        if verb == "check":
            for _ in range(int(number)):
                timed.step()
            print(repr(float(timed.step())), flush=True)
        else:
            print(repr(seconds_a_step(timed, float(number))), flush=True)

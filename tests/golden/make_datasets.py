#!/usr/bin/env python3
"""Writes datasets.json: the project's data sets as numpy and scikit-learn make them, with 17 significant digits.

Circles and moons are scikit-learn's own; the others are written here in numpy, whole arrays at a time, as a notebook
would. Needs numpy 1.24 and scikit-learn 1.2. Their AVX-512 code has other sines and cosines than the C library, so it
is switched off here, before numpy is loaded, on whatever processor this runs. Usage: make_datasets.py > datasets.json
"""
import os

AVX512 = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL"
os.environ["NPY_DISABLE_CPU_FEATURES"] = AVX512

import json
import math
import warnings

warnings.filterwarnings("ignore", message=".*NPY_DISABLE_CPU_FEATURES.*")

import numpy as np
import sklearn
from sklearn.datasets import make_circles, make_moons

LARGEST_SEED = 4294967295


def require_c_library_functions():
    angles = np.linspace(0, 2 * np.pi, 20001)
    checks = ((np.sin, math.sin), (np.cos, math.cos), (lambda x: x**3, lambda x: math.pow(x, 3)))
    for ours, theirs in checks:
        if any(ours(angles) != np.array([theirs(a) for a in angles])):
            raise SystemExit("numpy does not use the C library's sine, cosine and power here")


def class_sizes(samples, classes, balance):
    """Of `samples` points, those of each class; `balance` is the share of the last one, 0: all alike."""
    if balance == 0:
        edges = [samples * c // classes for c in range(classes + 1)]
        return [b - a for a, b in zip(edges, edges[1:])]
    last = int(math.floor(balance * samples + 0.5))
    if samples >= 2:
        last = min(max(last, 1), samples - 1)
    return class_sizes(samples - last, classes - 1, 0) + [last]


def scattered(rng, x, sizes, noise):
    """Shuffled, with noise: the order of draws of scikit-learn's generators."""
    labels = np.repeat(np.arange(len(sizes)), sizes)
    order = np.arange(len(x))
    rng.shuffle(order)
    return x[order] + rng.normal(scale=noise, size=x.shape), labels[order]


def circles(rng, samples, noise, factor=0.8, balance=0):
    sizes = class_sizes(samples, 2, balance)
    return make_circles(tuple(sizes), noise=noise, factor=factor, random_state=rng)


def moons(rng, samples, noise, balance=0):
    sizes = class_sizes(samples, 2, balance)
    return make_moons(tuple(sizes), noise=noise, random_state=rng)


def blob_centres(classes, features):
    if features == 1:
        return np.array([[0.6 * (2 * c - (classes - 1))] for c in range(classes)])
    centres = np.zeros((classes, features))
    for c in range(classes):
        if classes == 2:
            centres[c, :2] = -0.6 if c == 0 else 0.6
        else:
            angle = 2 * math.pi * (c / classes + 0.625)
            centres[c, :2] = 0.6 * math.sqrt(2) * math.cos(angle), 0.6 * math.sqrt(2) * math.sin(angle)
    return centres


def blobs(rng, samples, noise, features=2, classes=2, balance=0):
    sizes = class_sizes(samples, classes, balance)
    centres = np.repeat(blob_centres(classes, features), sizes, axis=0)
    return scattered(rng, centres + 0.25 * rng.randn(samples, features), sizes, noise)


def xor(rng, samples, noise, balance=0):
    sizes = class_sizes(samples, 2, balance)
    x = rng.uniform(0.1, 1, (samples, 2))
    first = np.concatenate([np.where(np.arange(size) % 2 == 0, 1, -1) for size in sizes])
    second = first * np.repeat([1, -1], sizes)
    return scattered(rng, np.column_stack((first, second)) * x, sizes, noise)


def spiral(rng, samples, noise, classes=2, balance=0):
    sizes = class_sizes(samples, classes, balance)
    position = np.concatenate([np.arange(size) for size in sizes])
    label = np.repeat(np.arange(classes), sizes)
    s = np.sqrt((position + rng.random_sample(samples)) / np.repeat(sizes, sizes))
    radius = 0.1 + (1 - 0.1) * s
    angle = 2 * np.pi * 1.25 * s + 2 * np.pi * label / classes
    return scattered(rng, np.column_stack((radius * np.cos(angle), radius * np.sin(angle))), sizes, noise)


def gaussian_features(rng, samples, noise, features=2, balance=0):
    x = rng.randn(samples, features)
    y = rng.random_sample(samples) < (balance or 0.5)
    return (x + noise * rng.randn(samples, features) if noise else x), y


def curve(function):
    def points(rng, samples, noise, low=-3, high=3):
        x = rng.uniform(low, high, samples)
        return x[:, np.newaxis], function(x) + noise * rng.randn(samples)

    return points


KINDS = {
    "circles": circles, "moons": moons, "blobs": blobs, "xor": xor, "spiral": spiral,
    "gaussian_features": gaussian_features, "x_sin_x": curve(lambda x: x * np.sin(x)), "sine": curve(np.sin),
    "cubic": curve(lambda x: x**3), "absolute": curve(np.abs),
}

# (kind, samples, noise, seed, what else is set)
SETS = [
    ("circles", 300, 0.05, 1, {}), ("circles", 100, 0.05, 2, {}), ("circles", 1, 0.05, 1, {}),
    ("circles", 2, 0.05, 1, {}), ("circles", 3, 0.1, 7, {"factor": 0.5}),
    ("circles", 20, 0.0, 0, {}), ("circles", 21, 0.0, LARGEST_SEED, {"factor": 0.0}),
    ("circles", 33, 1.0, 42, {"factor": 0.3}), ("circles", 64, 0.2, 123456789, {"factor": 0.99}),
    ("circles", 7, 10.0, 3, {"factor": 0.1}), ("circles", 40, 0.05, 5, {"balance": 0.05}),
    ("moons", 1, 0.05, 0, {}), ("moons", 2, 0.0, 0, {}), ("moons", 3, 0.0, 5, {}), ("moons", 4, 0.1, 1, {}),
    ("moons", 21, 0.0, LARGEST_SEED, {}), ("moons", 50, 0.2, 3, {}), ("moons", 99, 0.05, 42, {}),
    ("moons", 64, 1.0, 123456789, {}), ("moons", 30, 0.1, 8, {"balance": 0.9}),
    ("blobs", 31, 0.05, 1, {}), ("blobs", 20, 0.0, 4, {"classes": 5}), ("blobs", 23, 0.1, 9, {"features": 1}),
    ("blobs", 19, 0.1, 6, {"features": 4, "classes": 3, "balance": 0.5}),
    ("blobs", 12, 0.0, 2, {"features": 1, "classes": 4}),
    ("xor", 30, 0.05, 1, {}), ("xor", 17, 0.0, 6, {"balance": 0.3}),
    ("spiral", 41, 0.05, 1, {}), ("spiral", 30, 0.0, 2, {"classes": 3}),
    ("spiral", 37, 0.02, 3, {"classes": 10, "balance": 0.4}),
    ("gaussian_features", 10, 0.0, 1, {"features": 7}), ("gaussian_features", 25, 0.0, 3, {"balance": 0.95}),
    ("gaussian_features", 9, 0.5, 5, {"features": 3}),
    ("x_sin_x", 50, 0.2, 1, {}), ("x_sin_x", 7, 0.0, 2, {"low": 0, "high": 10}),
    ("sine", 20, 0.1, 3, {}), ("cubic", 40, 0.05, 4, {}), ("absolute", 20, 0.1, 5, {"low": -1, "high": 0.5}),
]


def numbers(values):
    return "[" + ", ".join("%.17g" % v for v in values) + "]"


def entry(kind, samples, noise, seed, others):
    x, y = KINDS[kind](np.random.RandomState(seed), samples, noise, **others)
    head = json.dumps({"kind": kind, "samples": samples, "noise": noise, "seed": seed, **others})
    rows = ",\n         ".join(numbers(row) for row in x.T)
    return f'  {{"data": {head},\n   "x": [{rows}],\n   "y": {numbers(y)}}}'


def main():
    require_c_library_functions()
    print('{"numpy": "%s", "scikit_learn": "%s",\n "sets": [' % (np.__version__, sklearn.__version__))
    print(",\n".join(entry(*row) for row in SETS))
    print("]}")


main()

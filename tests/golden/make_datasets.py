#!/usr/bin/env python3
"""Writes datasets.json: scikit-learn's circles and moons, every number with 17 significant digits.

Needs numpy 1.24 and scikit-learn 1.2. Their AVX-512 code has other sines and cosines than the C library, so it is
switched off here, before numpy is loaded, on whatever processor this runs. Usage: make_datasets.py > datasets.json
"""
import os

AVX512 = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL"
os.environ["NPY_DISABLE_CPU_FEATURES"] = AVX512

import math
import warnings

warnings.filterwarnings("ignore", message=".*NPY_DISABLE_CPU_FEATURES.*")

import numpy as np
import sklearn
from sklearn.datasets import make_circles, make_moons

# (samples, noise, factor, seed)
CIRCLES = [
    (300, 0.05, 0.8, 1), (100, 0.05, 0.8, 2), (1, 0.05, 0.8, 1), (2, 0.05, 0.8, 1), (3, 0.1, 0.5, 7),
    (20, 0.0, 0.8, 0), (21, 0.0, 0.0, 4294967295), (33, 1.0, 0.3, 42), (64, 0.2, 0.99, 123456789), (7, 10.0, 0.1, 3),
]
MOONS = [
    (1, 0.05, 0), (2, 0.0, 0), (3, 0.0, 5), (4, 0.1, 1), (21, 0.0, 4294967295), (50, 0.2, 3), (99, 0.05, 42),
    (64, 1.0, 123456789),
]


def require_c_library_sines():
    angles = np.linspace(0, 2 * np.pi, 20001)
    for ours, theirs in ((np.sin, math.sin), (np.cos, math.cos)):
        if any(ours(angles) != np.array([theirs(a) for a in angles])):
            raise SystemExit("numpy does not use the C library's sine and cosine here")


def numbers(values):
    return "[" + ", ".join("%.17g" % v for v in values) + "]"


def entry(kind, samples, noise, factor, seed, x, y):
    head = f'"kind": "{kind}", "samples": {samples}, "noise": {noise!r}, "factor": {factor!r}, "seed": {seed}'
    labels = "[" + ", ".join(str(int(v)) for v in y) + "]"
    return f'  {{{head},\n   "x1": {numbers(x[:, 0])},\n   "x2": {numbers(x[:, 1])},\n   "y": {labels}}}'


def main():
    require_c_library_sines()
    entries = []
    for samples, noise, factor, seed in CIRCLES:
        x, y = make_circles(samples, noise=noise, factor=factor, random_state=seed)
        entries.append(entry("circles", samples, noise, factor, seed, x, y))
    for samples, noise, seed in MOONS:
        x, y = make_moons(samples, noise=noise, random_state=seed)
        entries.append(entry("moons", samples, noise, 0.8, seed, x, y))
    print('{"numpy": "%s", "scikit_learn": "%s",\n "sets": [' % (np.__version__, sklearn.__version__))
    print(",\n".join(entries))
    print("]}")


main()

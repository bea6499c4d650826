#!/usr/bin/python3
"""Writes numpy_random_more.json and numpy_histogram.json beside itself, with numpy 1.24's legacy RandomState.

Doubles are written as Python's repr, which reads back to the same bits. A digest is FNV-1a (64 bits) over the
little-endian bytes of the values, so that long streams are held to the bit in one line.
"""
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
SEEDS = [0, 1, 2, 3, 7, 42, 1234, 65535, 2**31 - 1, 2**31, 3141592653, 2**32 - 1]
MAXIMA = [0, 1, 2, 6, 255, 256, 1000, 2**31, 2**32 - 2, 2**32 - 1, 2**32, 2**40 + 12345, 2**63, 2**64 - 1]


def digest(values):
    state = 0xCBF29CE484222325
    for byte in np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<")).tobytes():
        state = ((state ^ byte) * 0x100000001B3) % 2**64
    return state


def random_case(seed):
    draw = lambda: np.random.RandomState(seed)
    mixed = draw()
    intervals = draw()
    return {
        "seed": seed,
        "raw": [int(v) for v in draw()._bit_generator.random_raw(3)],
        "rand": draw().rand(3).tolist(),
        "randn": draw().randn(5).tolist(),
        "uniform": draw().uniform(-2.5, 7.25, 3).tolist(),
        "rand_2000_digest": digest(draw().rand(2000)),
        "randn_2000_digest": digest(draw().randn(2000)),
        "shuffle_13": draw().permutation(13).tolist(),
        "shuffle_1000_digest": digest(draw().permutation(1000).astype(np.int64)),
        # A cached second normal must outlive other draws.
        "mixed": [mixed.randn(), mixed.rand(), mixed.randn(), mixed.uniform(0, 3), mixed.randn()],
        # randint draws by numpy's masked rejection; (maximum, value), one generator for all of them in order.
        "intervals": [[m, int(intervals.randint(0, m + 1, dtype=np.uint64))] for m in MAXIMA],
    }


def histogram_case(seed, count, grid, scale, low, high, bins):
    """Values are rint(randn * grid) / grid * scale, so many stand exactly on an edge."""
    values = np.rint(np.random.RandomState(seed).randn(count) * grid) / grid * scale
    return {
        "seed": seed, "count": count, "grid": grid, "scale": scale, "low": low, "high": high,
        "counts": np.histogram(values, bins=bins, range=(low, high))[0].tolist(),
        "underflow": int((values < low).sum()), "overflow": int((values > high).sum()),
        # numpy squares as it stands, so only values of ordinary size have a standard deviation there.
        "mean": float(values.mean()),
        "std": float(values.std()) if 1e-100 < scale < 1e100 else None,
    }


def write(name, cases):
    lines = ",\n".join(" " + json.dumps(case) for case in cases)
    (HERE / name).write_text("[\n" + lines + "\n]\n")


write("numpy_random_more.json", [random_case(seed) for seed in SEEDS])
write("numpy_histogram.json", [
    histogram_case(1, 4000, 10.0, 1.0, -1.0, 1.0, 20),
    histogram_case(2, 4000, 10.0, 1.0, 0.0, 1.0, 10),
    histogram_case(3, 4000, 10.0, 1.0, -0.3, 2.1, 24),
    histogram_case(4, 4000, 100.0, 1.0, -3.0, 3.0, 61),
    histogram_case(5, 4000, 7.0, 1.0, -2.0, 1.0, 21),
    histogram_case(6, 4000, 3.0, 0.1, -0.1, 0.1, 6),
    histogram_case(7, 4000, 1000.0, 1e-200, -1e-200, 2e-200, 37),
    histogram_case(8, 4000, 1000.0, 1e200, -1e200, 2e200, 37),
    histogram_case(9, 4000, 50.0, 1.0, 0.1, 0.7, 3),
])

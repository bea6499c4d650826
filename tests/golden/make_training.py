"""Writes training.json: trainings that numpy makes, beside the course's, for test_core_experiment to meet.

Needs numpy and scikit-learn only. Each is a plain multilayer perceptron in the notation of the project: samples
are columns, W[l] is (n_l, n_{l-1}), Z = W A + b. One np.random.seed draws the weights layer by layer.

    NPY_DISABLE_CPU_FEATURES="AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL" \
        python3 make_training.py

(with numpy's AVX-512 code its sine and cosine differ from the C library's in the last bit, and so would the data).
"""

import json

import numpy as np
from sklearn.datasets import make_moons

EPSILON = 1e-5  # batch normalization

ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "leaky_relu": (lambda z: np.where(z > 0, z, 0.2 * z), lambda z: np.where(z > 0, 1.0, 0.2)),
    "silu": (lambda z: z / (1 + np.exp(-z)),
             lambda z: (lambda s: s * (1 + z * (1 - s)))(1 / (1 + np.exp(-z)))),
    "elu": (lambda z: np.where(z > 0, z, np.expm1(z)), lambda z: np.where(z > 0, 1.0, np.exp(z))),
    "softplus": (lambda z: np.logaddexp(0, z), lambda z: 1 / (1 + np.exp(-z))),
    "sine": (np.sin, np.cos),
}


def moons(samples, noise, seed):
    np.random.seed(seed)
    x, y = make_moons(samples, noise=noise)
    return x.T, y.reshape(1, -1).astype(float)


def x_sin_x(samples, noise, seed, low=-3.0, high=3.0):
    np.random.seed(seed)
    x = np.random.uniform(low, high, samples)
    y = x * np.sin(x) + noise * np.random.randn(samples)
    return x.reshape(1, -1), y.reshape(1, -1)


def gaussian_features(samples, features, seed):
    np.random.seed(seed)
    x = np.random.randn(samples, features)
    y = np.random.random_sample(samples) < 0.5
    return x.T, y.reshape(1, -1).astype(float)


def draw(scheme, n_out, n_in):
    if scheme == "xavier_normal":
        return np.random.randn(n_out, n_in) * np.sqrt(2 / (n_in + n_out))
    if scheme == "lecun_uniform":
        return np.random.uniform(-np.sqrt(3 / n_in), np.sqrt(3 / n_in), (n_out, n_in))
    if scheme == "he_uniform_leaky":
        a = np.sqrt(2 / (1 + 0.2**2)) * np.sqrt(3 / n_in)
        return np.random.uniform(-a, a, (n_out, n_in))
    if scheme == "he_normal":
        return np.random.randn(n_out, n_in) * np.sqrt(2 / n_in)
    raise ValueError(scheme)


class Optimizer:
    def __init__(self, kind, rate):
        self.kind, self.rate, self.first, self.second, self.steps = kind, rate, {}, {}, 0

    def begin(self):
        self.steps += 1

    def move(self, key, w, g):
        if self.kind == "gradient_descent":
            return w - self.rate * g
        if self.kind == "momentum":
            self.first[key] = 0.9 * self.first.get(key, 0.0) + g
            return w - self.rate * self.first[key]
        if self.kind == "rmsprop":
            self.second[key] = 0.99 * self.second.get(key, 0.0) + 0.01 * g * g
            return w - self.rate * g / (np.sqrt(self.second[key]) + 1e-8)
        m = self.first[key] = 0.9 * self.first.get(key, 0.0) + 0.1 * g
        v = self.second[key] = 0.999 * self.second.get(key, 0.0) + 0.001 * g * g
        m_hat, v_hat = m / (1 - 0.9**self.steps), v / (1 - 0.999**self.steps)
        return w - self.rate * m_hat / (np.sqrt(v_hat) + 1e-8)


def loss(output, z, y):
    """Cost and its gradient by z."""
    m = z.shape[1]
    if output == "sigmoid":
        p = 1 / (1 + np.exp(-z))
        return np.mean(np.logaddexp(0, z) - y * z), (p - y) / m
    if output == "softmax":
        one_hot = np.vstack([y == k for k in range(z.shape[0])]).astype(float)
        shifted = z - z.max(axis=0)
        log_sum = np.log(np.exp(shifted).sum(axis=0))
        p = np.exp(shifted - log_sum)
        return np.mean(log_sum - (one_hot * shifted).sum(axis=0)), (p - one_hot) / m
    return np.mean((z - y) ** 2), 2 * (z - y) / z.size


def train(run):
    x, y = DATA[run["data"]["kind"]](run["data"])
    outputs = 2 if run["output"] == "softmax" else 1
    sizes = [x.shape[0], *run["hidden"], outputs]
    value, derivative = ACTIVATIONS[run["activation"]]
    np.random.seed(run["seed"])
    w = [draw(run["scheme"], sizes[l + 1], sizes[l]) for l in range(len(sizes) - 1)]
    b = [np.zeros((n, 1)) for n in sizes[1:]]
    gamma = [np.ones((n, 1)) for n in sizes[1:]]
    beta = [np.zeros((n, 1)) for n in sizes[1:]]
    last = len(w) - 1
    optimizer = Optimizer(run["optimizer"], run["learning_rate"])
    order = np.random.RandomState(run.get("order_seed", 0))
    batch, batches, costs = run.get("batch", 0), [], []
    for step in range(run["steps"] + 1):
        if batch:
            if not batches:
                permutation = order.permutation(x.shape[1])
                batches = [permutation[i:i + batch] for i in range(0, len(permutation), batch)]
            chosen = batches.pop(0)
            bx, by = x[:, chosen], y[:, chosen]
        else:
            bx, by = x, y
        a, kept = bx, []
        for l in range(len(w)):
            z = w[l] @ a + b[l]
            u, hat, std = z, None, None
            if run.get("batch_norm") and l < last:
                mean, std = z.mean(axis=1, keepdims=True), np.sqrt(z.var(axis=1, keepdims=True) + EPSILON)
                hat = (z - mean) / std
                u = gamma[l] * hat + beta[l]
            kept.append((a, u, hat, std))
            a = value(u) if l < last else u
        cost, d = loss(run["output"], a, by)
        cost += sum(run.get("l2", 0) / 2 * (v * v).sum() + run.get("l1", 0) * np.abs(v).sum() for v in w)
        if step % 100 == 0:
            costs.append([step, cost])
        optimizer.begin()
        for l in reversed(range(len(w))):
            a_in, u, hat, std = kept[l]
            if l < last:
                d = d * derivative(u)
                if hat is not None:
                    d_gamma, d_beta = (d * hat).sum(axis=1, keepdims=True), d.sum(axis=1, keepdims=True)
                    n = d.shape[1]
                    d_z = gamma[l] / std * (d - d_beta / n - hat * d_gamma / n)
                    gamma[l] = optimizer.move(("g", l), gamma[l], d_gamma)
                    beta[l] = optimizer.move(("s", l), beta[l], d_beta)
                    d = d_z
            d_w = d @ a_in.T + run.get("l2", 0) * w[l] + run.get("l1", 0) * np.sign(w[l])
            d_b = d.sum(axis=1, keepdims=True)
            d_in = w[l].T @ d
            w[l] = optimizer.move(("w", l), w[l], d_w)
            b[l] = optimizer.move(("b", l), b[l], d_b)
            d = d_in
    return costs


DATA = {
    "moons": lambda d: moons(d["samples"], d["noise"], d["seed"]),
    "x_sin_x": lambda d: x_sin_x(d["samples"], d["noise"], d["seed"]),
    "gaussian_features": lambda d: gaussian_features(d["samples"], d["features"], d["seed"]),
}

RUNS = [
    {"name": "tanh, Xavier, L2", "data": {"kind": "moons", "samples": 200, "noise": 0.15, "seed": 4},
     "hidden": [12, 7], "activation": "tanh", "output": "sigmoid", "scheme": "xavier_normal", "seed": 21,
     "optimizer": "gradient_descent", "learning_rate": 0.1, "l2": 0.001, "steps": 2000},
    {"name": "SiLU, LeCun, Adam, L1", "data": {"kind": "x_sin_x", "samples": 100, "noise": 0.2, "seed": 9},
     "hidden": [16, 16], "activation": "silu", "output": "linear", "scheme": "lecun_uniform", "seed": 5,
     "optimizer": "adam", "learning_rate": 0.001, "l1": 0.0001, "steps": 2000},
    {"name": "leaky ReLU, He, softmax, mini-batches, momentum",
     "data": {"kind": "gaussian_features", "samples": 150, "features": 4, "noise": 0, "seed": 3},
     "hidden": [10], "activation": "leaky_relu", "slope": 0.2, "output": "softmax",
     "scheme": "he_uniform_leaky", "seed": 8, "optimizer": "momentum", "learning_rate": 0.01, "batch": 32,
     "order_seed": 17, "steps": 2000},
    {"name": "ReLU, He, batch normalization", "data": {"kind": "moons", "samples": 160, "noise": 0.1, "seed": 6},
     "hidden": [8, 8], "activation": "relu", "output": "sigmoid", "scheme": "he_normal", "seed": 2,
     "batch_norm": True, "optimizer": "gradient_descent", "learning_rate": 0.05, "steps": 2000},
    {"name": "ELU, Xavier, RMSProp", "data": {"kind": "moons", "samples": 120, "noise": 0.2, "seed": 12},
     "hidden": [9, 5], "activation": "elu", "output": "sigmoid", "scheme": "xavier_normal", "seed": 30,
     "optimizer": "rmsprop", "learning_rate": 0.001, "steps": 2000},
    {"name": "sine, LeCun, momentum", "data": {"kind": "x_sin_x", "samples": 80, "noise": 0.1, "seed": 2},
     "hidden": [20], "activation": "sine", "output": "linear", "scheme": "lecun_uniform", "seed": 14,
     "optimizer": "momentum", "learning_rate": 0.002, "steps": 2000},
]

for one in RUNS:
    one["cost"] = train(one)
with open("training.json", "w") as file:
    json.dump({"runs": RUNS}, file, indent=1)
    file.write("\n")

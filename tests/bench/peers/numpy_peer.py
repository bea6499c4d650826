"""The timed work in numpy, as a good student writes it: one product a line, no needless copies.

Started with the folder that `initlab_bench --write-work` made; see peer.py for what it is asked.
"""
import numpy as np
import peer


class Training:
    def __init__(self, folder, work):
        self.x, labels, self.layers = peer.load(folder, work)
        self.hidden = np.tanh if peer.ACTIVATION[work] == "tanh" else lambda z: np.maximum(0, z)
        self.slope = (lambda a: 1 - a * a) if peer.ACTIVATION[work] == "tanh" else lambda a: a > 0
        classes = self.layers[-1][0].shape[0]
        self.y = labels if classes == 1 else np.ascontiguousarray(np.eye(classes)[labels[0].astype(int)].T)

    def output(self, z):
        """The output's probabilities, and the cost."""
        y, m = self.y, self.y.shape[1]
        if len(y) == 1:
            p = 1 / (1 + np.exp(-z))
            return p, np.sum(-np.log(p) * y - np.log(1 - p) * (1 - y)) / m
        z -= z.max(axis=0)
        e = np.exp(z)
        total = e.sum(axis=0)
        return e / total, (np.log(total) - (z * y).sum(axis=0)).mean()

    def step(self):
        """One step; returns the cost before it."""
        a = [self.x]
        for w, b in self.layers[:-1]:
            z = w @ a[-1]
            z += b
            a.append(self.hidden(z))
        w, b = self.layers[-1]
        p, cost = self.output(w @ a[-1] + b)
        d = (p - self.y) / self.y.shape[1]
        for l in range(len(self.layers) - 1, -1, -1):
            w, b = self.layers[l]
            dw = d @ a[l].T
            db = d.sum(axis=1, keepdims=True)
            if l > 0:
                d = (w.T @ d) * self.slope(a[l])
            w -= peer.RATE * dw
            b -= peer.RATE * db
        return cost


class Field:
    def __init__(self, folder):
        self.grid, self.layers = peer.load_field(folder)

    def step(self):
        """The decision field; returns the mean of its logits."""
        a = self.grid
        for w, b in self.layers[:-1]:
            z = w @ a
            z += b
            a = np.maximum(0, z)
        w, b = self.layers[-1]
        return (w @ a + b).mean()


def blas():
    np.ones((64, 64)) @ np.ones((64, 64))
    with open("/proc/self/maps") as maps:
        loaded = maps.read()
    for name in ("openblas", "mkl", "blis"):
        if name in loaded:
            return name
    return "the reference BLAS"


if __name__ == "__main__":
    peer.serve(lambda folder, work: Field(folder) if work == "field" else Training(folder, work),
               f"numpy {np.__version__} on {blas()}")

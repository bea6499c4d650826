"""The timed work in PyTorch, as its tutorial has it: nn.Sequential, a loss, SGD.

Started with the folder that `initlab_bench --write-work` made, and "float32" for single precision; see peer.py
for what it is asked.
"""
import sys

import torch
from torch import nn

import peer

DTYPE = torch.float32 if "float32" in sys.argv else torch.float64


def network(layers, activation):
    modules = []
    for w, b in layers:
        linear = nn.Linear(w.shape[1], w.shape[0], dtype=DTYPE)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w))
            linear.bias.copy_(torch.from_numpy(b[:, 0]))
        modules += [linear, nn.Tanh() if activation == "tanh" else nn.ReLU()]
    return nn.Sequential(*modules[:-1])


class Training:
    def __init__(self, folder, work):
        x, labels, layers = peer.load(folder, work)
        self.x = torch.from_numpy(x.T.copy()).to(DTYPE)
        self.net = network(layers, peer.ACTIVATION[work])
        if layers[-1][0].shape[0] == 1:
            self.y = torch.from_numpy(labels.T.copy()).to(DTYPE)
            self.loss = nn.BCEWithLogitsLoss()
        else:
            self.y = torch.from_numpy(labels[0]).long()
            self.loss = nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=peer.RATE)

    def step(self):
        """One step; returns the cost before it."""
        self.optimizer.zero_grad()
        loss = self.loss(self.net(self.x), self.y)
        loss.backward()
        self.optimizer.step()
        return loss.item()


class Field:
    def __init__(self, folder):
        grid, layers = peer.load_field(folder)
        self.grid = torch.from_numpy(grid.T.copy()).to(DTYPE)
        self.net = network(layers, "relu")

    def step(self):
        """The decision field; returns the mean of its logits."""
        with torch.no_grad():
            return self.net(self.grid).mean().item()


if __name__ == "__main__":
    torch.set_num_threads(1)
    peer.serve(lambda folder, work: Field(folder) if work == "field" else Training(folder, work),
               f"PyTorch {torch.__version__}")

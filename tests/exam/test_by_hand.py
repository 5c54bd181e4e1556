"""Every `Try it yourself` runs as it stands, beside the candidate's file, and shows what the card says."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

import groundup as gu
from groundup.exam.candidates import by_hand, candidate, facade, torch_models
from groundup.exam.checks import experiment
from groundup.exam.loading import load

COLUMNS = """
import numpy as np
def train(X, y, learning_rate, epochs, w_in, b_in, tolerance=1e-3):
    w, b = w_in, b_in
    for _ in range(epochs):
        e = X @ w + b - y
        w, b = w - learning_rate * X.T @ e / X.shape[1], b - learning_rate * e.sum() / X.shape[1]
        if np.abs(e).mean() < tolerance:
            break
    return w, b
"""
STANDARD = """
import numpy as np
class LinReg:
    def __init__(self, lr=0.1, n_iters=1000):
        self.lr, self.n_iters = lr, n_iters
    def _scale(self, X):
        return (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9)
    def fit(self, X, y):
        X = self._scale(X)
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.n_iters):
            e = X @ self.w + self.b - y
            self.w, self.b = self.w - self.lr * X.T @ e / len(y), self.b - self.lr * e.mean()
        return self
    def predict(self, X):
        return self._scale(X) @ self.w + self.b
"""
SCORE = """
import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
def train(X, y, learning_rate=0.1, epochs=1000):
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(epochs):
        e = sigmoid(X @ w + b) - y
        w, b = w - learning_rate * X.T @ e / len(y), b - learning_rate * e.mean()
    return w, b
def predict(X, w, b):
    return (X @ w + b > 0.5).astype(int)
"""
UPDATED_FIRST = """
import numpy as np
class NeuralNetwork:
    def __init__(self, hidden=8, lr=0.05, epochs=500):
        self.hidden, self.lr, self.epochs = hidden, lr, epochs
    def forward(self, X):
        self.z1 = X @ self.W1 + self.b1
        self.a1 = np.maximum(0, self.z1)
        return self.a1 @ self.W2 + self.b2
    def fit(self, X, y):
        n, d = X.shape
        y = y.reshape(-1, 1)
        rng = np.random.default_rng(42)
        self.W1, self.b1 = rng.normal(size=(d, self.hidden)) * np.sqrt(2 / d), np.zeros(self.hidden)
        self.W2, self.b2 = rng.normal(size=(self.hidden, 1)) * np.sqrt(2 / self.hidden), np.zeros(1)
        for _ in range(self.epochs):
            d2 = 2 * (self.forward(X) - y) / n
            self.W2 -= self.lr * self.a1.T @ d2
            self.b2 -= self.lr * d2.sum(axis=0)
            d1 = (d2 @ self.W2.T) * (self.z1 > 0)
            self.W1 -= self.lr * X.T @ d1
            self.b1 -= self.lr * d1.sum(axis=0)
        return self
    def predict(self, X):
        return self.forward(X).ravel()
"""
PILED = """
import torch
class Net(torch.nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = torch.nn.Linear(n_features, 1)
    def forward(self, x):
        return self.linear(x)
def train(model, X, y, learning_rate, epochs):
    optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for _ in range(epochs):
        ((model(X) - y) ** 2).mean().backward()
        optimiser.step()
    return model
"""


def card_of(folder, name, code, task):
    (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return gu.exam.examine(load(str(folder / f"{name}.py")), task)


def run(folder, code):
    """What the lines print; they are copied to a file beside the candidate's."""
    (folder / "try_it.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error::SyntaxWarning", "try_it.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert done.returncode == 0, done.stderr + code
    return done.stdout


@pytest.mark.parametrize(
    ("name", "code", "task", "question", "shows"),
    [
        ("hand_columns", COLUMNS, "regression", "B01", "4.7"),
        ("hand_standard", STANDARD, "regression", "F17", "among others"),
        ("hand_score", SCORE, "classification", "C03", "[0]"),
        ("hand_updated", UPDATED_FIRST, "network", "E06", "yours"),
    ],
)
def test_try_it_yourself_runs_beside_the_file_and_prints(tmp_path, name, code, task, question, shows):
    """Kills: no import, required arguments left out, arrays where tensors are wanted, nothing printed."""
    card = card_of(tmp_path, name, code, task)
    text = next(v.experiment for v in card.failed if v.id == question)
    assert text
    printed = run(tmp_path, text)
    assert shows in printed + text
    comments = [line for line in text.splitlines() if line.startswith("#")]
    first = comments[0].partition(":")[2].split()[-1 if question == "F17" else 0].strip("[],")
    if question in ("F17", "E06"):  # the card's own number is what the lines print
        assert any(first[:5] in line for line in printed.splitlines())


def test_where_the_file_is_not_known_a_comment_says_so():
    def train(X, y, learning_rate, epochs):
        return np.zeros(X.shape[1]), 0.0

    assert by_hand.importing(train) == ["# from YOUR_FILE import train"]


def torch_pair(folder, name, code):
    (folder / f"{name}.py").write_text(code, encoding="utf-8")
    thing = load(str(folder / f"{name}.py"))
    torch_models.warm_up()  # as an exam does: the first optimiser of a process loads much
    return candidate(thing, "regression")


def test_a_pytorch_pair_is_tried_with_tensors_and_a_model(tmp_path, monkeypatch):
    """Kills: X of NumPy, and train without its model."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    pair = torch_pair(tmp_path, "hand_piled", PILED)
    monkeypatch.setattr(facade, "PATIENCE", 100.0)
    text = experiment.one_answer(pair)
    assert "from hand_piled import Net, train" in text
    assert "linear.weight" in run(tmp_path, text)


def test_a_pytorch_pair_that_needs_a_column_is_told_so(tmp_path):
    """(n, 1) - (n,) is (n, n): the exam hands over a column, a learner's own y is often a row."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    broadcast = PILED.replace("        ((model", "        optimiser.zero_grad()\n        ((model")
    assert "column" in torch_pair(tmp_path, "hand_broadcast", broadcast).conventions["y"]
    viewed = broadcast.replace(" - y)", " - y.view(-1, 1))")
    assert "y" not in torch_pair(tmp_path, "hand_viewed", viewed).conventions

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""A small network: forwards, backwards, first weights, and units that gate one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from groundup.exam.practice.calls import Calls
from groundup.exam.practice.exercise import Exercise, function_code
from groundup.formulas import activations, catalogue, losses

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 6.5: back-propagation"
X = np.array([[1.0, 2.0], [0.0, -1.0]])
W1, B1 = np.array([[0.5, -1.0, 0.2], [1.0, 0.3, -0.4]]), np.array([0.1, 0.0, -0.2])
W2, B2 = np.array([[1.0], [-0.5], [2.0]]), np.array([0.3])
NETWORK = (X, W1, B1, W2, B2)
LABELS = np.array([[1.0], [0.0]])


def _network(rng: Any, rows: int = 5) -> tuple[Array, ...]:
    shapes = ((rows, 3), (3, 4), (4,), (4, 1), (1,))
    return tuple(np.round(rng.normal(size=shape), 2) for shape in shapes)


def _with_labels(rng: Any, classes: bool = False) -> tuple[Array, ...]:
    first, *rest = _network(rng)
    y = rng.integers(0, 2, (5, 1)).astype(float) if classes else np.round(rng.normal(size=(5, 1)), 2)
    return (first, y, *rest)


def _forward(f: Any) -> Callable[..., Array]:
    return lambda X, W1, b1, W2, b2: f(X @ W1 + b1) @ W2 + b2


def _gradients(f: Any, loss: losses.Loss, change: str = "") -> Callable[..., tuple[Array, ...]]:
    """Back-propagation, right or with one of the usual mistakes."""

    def back(X: Array, y: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, ...]:
        a = X @ W1 + b1
        h = f(a)
        share = {"summed": 1.0, "half": 1 / (2 * len(y))}.get(change, 1 / len(y))
        G = share * loss.gradient(h @ W2 + b2, y)
        slope = {"": f.derivative(a), "at the activation": f.derivative(h), "forgotten": np.ones_like(a)}
        H = (G @ W2.T) * slope.get(change, slope[""])
        bias = (lambda g: g.sum(axis=0)) if change != "bias" else (lambda g: g.mean(axis=0))
        return X.T @ H, bias(H), h.T @ G, bias(G)

    return back


def _back_slips(f: Any, loss: losses.Loss) -> dict[str, Callable[..., Any]]:
    words = {
        "summed": "the gradient is summed over the rows, not averaged",
        "at the activation": "the derivative is taken at the activation instead of the score",
        "forgotten": "the derivative of the activation is forgotten on the way back",
        "bias": "the bias gradients are divided by the number of rows twice",
        "half": "the factor 2 of the square's slope is missing",
    }
    return {sentence: _gradients(f, loss, change) for change, sentence in words.items()}


def _networks() -> Iterator[Exercise]:
    for name, words in (("tanh", "tanh"), ("relu", "max(0, a)"), ("sigmoid", "sigmoid")):
        f = activations.NAMES[name]
        yield Calls(
            name=f"{name}_network",
            topic="networks",
            title=f"a small network of {name} units, forwards",
            task=f"Write `forward(X, W1, b1, W2, b2)`: what a network with one hidden layer of {name} units answers "
            f"for every row. The "
            "output has no activation.",
            equations=(
                f"hidden = {words}(X W1 + b1)" if name != "relu" else "hidden = max(0, X W1 + b1)",
                "z = hidden W2 + b2",
            ),
            hints=(
                "A layer is a line for each of its units: a matrix product and a bias.",
                "b1 is added to every row by broadcasting.",
                "Can the answer be 50, or -3? The output is a line, without a bend.",
            ),
            thing="forward",
            code=function_code("forward(X, W1, b1, W2, b2)", "One row of outputs for each row of X."),
            reference=_forward(f),
            tables=_network,
            given=(NETWORK,),
            awkward=(
                ("One row gets the same answer alone as among others.", (X[1:], *NETWORK[1:])),
                ("Large scores are no trouble.", (1000 * X, *NETWORK[1:])),
            ),
            slips={
                "the output has an activation too": lambda *a, f=f: f(_forward(f)(*a)),
                "the hidden layer has no activation": _forward(lambda a: a),
                "the first bias is forgotten": lambda X, W1, b1, W2, b2, f=f: _forward(f)(X, W1, 0 * b1, W2, b2),
                "the second bias is forgotten": lambda X, W1, b1, W2, b2, f=f: _forward(f)(X, W1, b1, W2, 0 * b2),
            },
            read=READ,
        )
    for name, loss, output in (
        ("tanh", losses.mse, "the mean squared error"),
        ("relu", losses.mse, "the mean squared error"),
        ("sigmoid", losses.logistic, "the mean log loss of sigmoid(z)"),
    ):
        f = activations.NAMES[name]
        entry = catalogue.find(name)[0]
        classes = loss == losses.logistic
        slips = _back_slips(f, loss)
        if name == "relu":  # its slope is the same at either
            slips.pop("the derivative is taken at the activation instead of the score")
        if classes:
            slips.pop("the factor 2 of the square's slope is missing")
        yield Calls(
            name=f"{name}_network_gradients",
            topic="networks",
            title=f"a small network of {name} units, backwards",
            task=f"Write `gradients(X, y, W1, b1, W2, b2)`: the gradient of {output} of z = forward(X, W1, b1, W2, "
            f"b2) with respect to "
            f"W1, b1, W2 and b2: four arrays, in this order and shape. y is a "
            f"column{' of 0 and 1' if classes else ''}. The mean is over "
            "the rows.",
            equations=(
                f"hidden = {name}(X W1 + b1), z = hidden W2 + b2",
                "loss = mean of log(1 + e^z) - y z" if classes else "loss = mean of (z - y)²",
            ),
            hints=(
                "From the back: the slope with respect to z first; then W2 and b2; then what arrives at the hidden "
                "units.",
                f"On the way through {name} it is multiplied with the slope there: {entry.derivative}.",
                "Compare every entry with a difference of two losses (exercise numerical_gradient): the first that "
                "differs shows "
                "where it goes wrong.",
            ),
            thing="gradients",
            code=function_code("gradients(X, y, W1, b1, W2, b2)", "d loss / d W1, b1, W2, b2."),
            reference=_gradients(f, loss),
            tables=lambda rng, classes=classes: _with_labels(rng, classes),
            given=((X, LABELS, *NETWORK[1:]),),
            awkward=(("One row is enough.", (X[:1], LABELS[:1], *NETWORK[1:])),),
            slips=slips,
            read=READ,
        )


def _count(sizes: tuple[int, ...]) -> int:
    return sum(a * b + b for a, b in pairwise(sizes))


EXERCISES: list[Exercise] = [
    Calls(
        name="dense_layer",
        topic="networks",
        title="one layer, forwards",
        task="Write `layer(X, W, b)`: the scores of every unit for every row. W has one column for each unit, b one "
        "number.",
        equations=("Z = X W + b",),
        hints=(
            "A matrix product.",
            "b is added to every row.",
            "(rows, features) times (features, units) is (rows, units).",
        ),
        thing="layer",
        code=function_code("layer(X, W, b)", "Z = X W + b."),
        reference=lambda X, W, b: X @ W + b,
        tables=lambda rng: _network(rng)[:3],
        given=(NETWORK[:3],),
        slips={"the bias is forgotten": lambda X, W, b: X @ W},
        read=READ,
    ),
    Calls(
        name="dense_layer_backwards",
        topic="networks",
        title="one layer, backwards",
        task="Write `backwards(X, W, G)` for Z = X W + b, where G is the gradient of the loss with respect to Z: it "
        "returns the gradients "
        "with respect to X, W and b, in this order.",
        equations=("Z = X W + b", "G = d loss / d Z"),
        hints=(
            "Each gradient has the shape of what it belongs to: that nearly decides where to transpose.",
            "b is added to every row, so its gradient is a sum over the rows.",
            "No mean here: G already knows by how many rows the loss divides.",
        ),
        thing="backwards",
        code=function_code("backwards(X, W, G)", "d loss / d X, d loss / d W, d loss / d b."),
        reference=lambda X, W, G: (G @ W.T, X.T @ G, G.sum(axis=0)),
        tables=lambda rng: (*_network(rng)[:2], np.round(rng.normal(size=(5, 4)), 2)),
        given=((X, W1, np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 0.0]])),),
        slips={
            "the bias gradient is a mean, not a sum": lambda X, W, G: (G @ W.T, X.T @ G, G.mean(axis=0)),
            "the weights' gradient is divided by the number of rows": lambda X, W, G: (
                G @ W.T,
                X.T @ G / len(X),
                G.sum(axis=0),
            ),
        },
        read=READ,
    ),
    *_networks(),
    Calls(
        name="count_parameters",
        topic="networks",
        title="how many numbers a network learns",
        task="Write `count(sizes)`: how many weights and biases a network has whose layers have these sizes, input "
        "first.",
        equations=("Σ over neighbouring layers (size x next size + next size)",),
        hints=(
            "[3, 4, 1] has 3 x 4 + 4 + 4 x 1 + 1 = 21.",
            "itertools.pairwise gives neighbours.",
            "The input has no biases.",
        ),
        thing="count",
        code=function_code("count(sizes)", "Weights and biases together."),
        reference=_count,
        tables=lambda rng: (tuple(int(v) for v in rng.integers(1, 20, 4)),),
        given=(((3, 4, 1),),),
        awkward=(("A network without a hidden layer is a line.", ((5, 1),)),),
        slips={
            "the biases are forgotten": lambda sizes: sum(a * b for a, b in pairwise(sizes)),
            "the input has biases too": lambda sizes: _count(sizes) + sizes[0],
        },
        whole=False,
        read=READ,
    ),
]

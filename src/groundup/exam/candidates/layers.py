# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The layers of a network, from whatever keeps them: lists, W1 and b1, a dict, layer objects, a PyTorch module."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

Array = Any
WEIGHT = re.compile(
    r"^(?:hidden_|output_|input_|h_|o_)?(coefs?|weights?|ws?|kernels?|thetas?|matrix)(?=$|_|\d|i|o|h)", re.IGNORECASE
)
BIAS = re.compile(r"^(?:hidden_|output_|input_|h_|o_)?(intercepts?|bias|biases|bs?)(?=$|_|\d|i|o|h)", re.IGNORECASE)
NOT = re.compile(r"grad|delta|veloc|moment|best|init|history|loss|decay", re.IGNORECASE)


def layers(result: Any, columns: int) -> list[tuple[Array, Array]] | None:
    """(W, b) of every layer, W as (inputs, outputs); None where they do not form a chain from the columns of X."""
    weights, biases = _apart(result)
    matrices = _matrices(weights, columns)
    if not matrices or (biases and len(biases) < len(matrices)):
        return None
    chain: list[tuple[Array, Array]] = []
    for k, turned in enumerate(matrices):
        bias = biases[k].ravel() if biases else np.zeros(turned.shape[1])
        if bias.size != turned.shape[1]:
            return None
        chain.append((turned.astype(float), bias.astype(float)))
    return chain


def grown(result: Any, columns: int, rows: int) -> list[int]:
    """The layers whose bias has a number for each row that was learnt from, beside those for its units.

    >>> W = np.ones((3, 2))
    >>> grown({"W1": W, "b1": np.ones((2, 5))}, 3, 5), grown({"W1": W, "b1": np.ones((2, 1))}, 3, 5)
    ([0], [])
    """
    weights, biases = _apart(result)
    both = zip(_matrices(weights, columns), biases, strict=False)
    return [k for k, (turned, bias) in enumerate(both) if rows > 1 and bias.size == rows * turned.shape[1]]


def _apart(result: Any) -> tuple[list[Array], list[Array]]:
    """(weights, biases) in order."""
    weights, biases = list[Array](), list[Array]()
    for name, value in _arrays(result):
        (weights if WEIGHT.match(name) else biases).append(value)
    return weights, biases


def _matrices(weights: list[Array], columns: int) -> list[Array]:
    """Every matrix as (inputs, outputs); none where they do not form a chain from the columns of X."""
    found: list[Array] = []
    for k in range(len(weights) if all(w.ndim == 2 for w in weights) else 0):
        turned = _turned(weights, k, found[-1].shape[1] if found else columns)
        if turned is None:
            return []
        found.append(turned)
    return found


def widths(result: Any) -> tuple[int, ...]:
    """The two sizes of the first matrix in it: one of them is the number of columns that it takes."""
    return next((value.shape for _, value in _arrays(result) if value.ndim == 2), ())


def _turned(weights: list[Array], k: int, width: int) -> Array | None:
    """This matrix as (inputs, outputs); a square one goes by its neighbours."""
    w = weights[k]
    if w.shape[0] == w.shape[1] == width:
        others = [v for j, v in enumerate(weights) if j != k and v.shape[0] != v.shape[1]]
        first = weights[0]
        return w.T if others and first.shape[0] != first.shape[1] and k and _is_turned(weights) else w
    if w.shape[0] == width:
        return w
    return w.T if w.shape[1] == width else None


def _is_turned(weights: list[Array]) -> bool:
    """Whether the outputs come first: the first matrix's columns do not fit the second's rows."""
    return len(weights) > 1 and weights[0].shape[1] != weights[1].shape[0]


def without_histories(learnt: Any) -> Any:
    """What a training hands back, without the lists of numbers that it wrote down beside its parameters.

    >>> W, b = np.zeros((3, 2)), np.zeros(2)
    >>> without_histories(([W, b], [0.5, 0.4])) == [W, b], len(without_histories((W, b, {"loss": [0.5]})))
    (True, 2)
    """
    kept = [part for part in learnt if not _is_history(part, learnt[0])] if isinstance(learnt, tuple) else [learnt]
    return kept[0] if len(kept) == 1 else tuple(kept) if kept else learnt


def _is_history(part: Any, first: Any) -> bool:
    """Whether a part is numbers, each by itself; or an array of them beside a list or a dict that has all arrays."""
    if isinstance(part, dict):
        return bool(part) and all(isinstance(v, list) and _is_history(v, None) for v in part.values())
    if isinstance(part, list):
        return all(isinstance(v, int | float | np.number) or (isinstance(v, np.ndarray) and not v.ndim) for v in part)
    inside = first.values() if isinstance(first, dict) else first if isinstance(first, list) else []
    return isinstance(part, np.ndarray) and part.ndim < 2 and any(isinstance(v, np.ndarray) for v in inside)


def _arrays(result: Any) -> Iterator[tuple[str, Array]]:
    """(name, array) of all that is called a weight or a bias, in order."""
    result = without_histories(result)
    if hasattr(result, "named_parameters"):
        for name, value in result.named_parameters():
            yield ("bias" if name.endswith("bias") else "weight"), value.detach().cpu().numpy()
        return
    if isinstance(result, tuple | list) and len(result) == 2 and all(isinstance(r, list | tuple) for r in result):
        yield from (("weight", np.asarray(w)) for w in result[0])
        yield from (("bias", np.asarray(b)) for b in result[1])
        return
    if isinstance(result, tuple | list) and result and all(isinstance(r, list | tuple) and len(r) == 2 for r in result):
        for w, b in result:
            yield "weight", np.asarray(w)
            yield "bias", np.asarray(b)
        return
    if isinstance(result, tuple | list) and len(result) >= 2 and isinstance(result[0], Mapping):
        result = result[0]
    if isinstance(result, tuple | list):
        arrays = [v for v in result if isinstance(v, np.ndarray)]
        if len(arrays) == len(result) and len(arrays) % 2 == 0:
            yield from (("bias" if k % 2 else "weight", v) for k, v in enumerate(arrays))
            return
        for value in result:
            if hasattr(value, "__dict__") or isinstance(value, Mapping):
                yield from _arrays(value)
        return
    named = result if isinstance(result, Mapping) else getattr(result, "__dict__", {})
    found = [(str(n).lstrip("_"), v) for n, v in named.items() if not NOT.search(str(n))]
    own = [(n, v) for n, v in found if (WEIGHT.match(n) or BIAS.match(n)) and _is_arrays(v)]
    chain = list(_chain(found))
    if len(chain) > max(3, len(own)) and all(isinstance(value, np.ndarray) for _, value in own):
        yield from chain
        return
    for name, value in own:
        for one in (
            value if isinstance(value, list | tuple) else value.values() if isinstance(value, Mapping) else [value]
        ):
            yield name, np.asarray(one, dtype=float)
    if not own:
        for name, value in found:
            if name.rstrip("_") in (
                "params",
                "parameters",
                "layers",
                "model",
                "network",
                "net",
                "theta",
            ) and not callable(value):
                yield from _arrays(value)


def _chain(found: list[tuple[str, Any]]) -> Iterator[tuple[str, Array]]:
    """Matrices each of which begins as wide as the one before ends, with a vector of that width behind each."""
    arrays = [value for _, value in found if isinstance(value, np.ndarray) and value.dtype.kind == "f"]
    width = 0
    for k, value in enumerate(arrays[:-1]):
        bias = arrays[k + 1]
        if value.ndim == 2 and width in (0, value.shape[0]) and bias.ndim == 1 and bias.size == value.shape[1]:
            width = value.shape[1]
            yield "weight", value
            yield "bias", bias


def _is_arrays(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and all(isinstance(v, np.ndarray) for v in value.values())
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(v, np.ndarray) for v in value)
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""A cost of many arrays of parameters, and its gradient in all of them: lists, dicts or pairs, or held by a class.

    init_params(sizes), loss(params, X, y), grad(params, X, y)      functions; also of (params, batch)
    net.params, net.loss(X, y), net.gradient(X, y)                  a class that holds them in a dict
    net.params, loss, grads = net.loss(X, y)                        the same with both from one method

Each array of the gradient is compared with central differences of the candidate's own cost; one common factor of all of
them is a convention.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundup.exam.candidates import assembled, network_knobs, spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check
from groundup.exam.pieces.layers import READ, gap, slopes_of

Array = Any
N, COLUMNS, HIDDEN = 7, 3, 4
PARAMETERS = ("params", "parameters", "weights", "theta", "p", "net", "network")
BATCHES = ("batch", "data")
STARTS = re.compile(r"(init|make_param|create_param)")
COSTS = re.compile(r"loss|cost|error|chi2|objective|nll|likelihood|energy|mse|entropy")
SLOPES = ("grad", "grads", "gradient", "gradients", "compute_gradients", "compute_grads", "backprop")
BOTH = re.compile(r"(loss|cost|value)_and_(grad(s|ients?)?)|(loss|cost)_grads?")
CALLED = (ValueError, TypeError, IndexError, KeyError, AttributeError)
"""What a call with tables of another kind raises."""


@dataclass(frozen=True)
class Both:
    """start(outputs) makes one, held(one) are its parameters, and told(one, X, y) are (cost, gradient)."""

    name: str
    start: Callable[[int], Any]
    held: Callable[[Any], Any]
    told: Callable[[Any, Array, Array], tuple[Any, Any]]


class Slopes(Asked):
    """A cost and its gradient that can be asked."""

    def __init__(self, both: Both):
        super().__init__("slopes")
        self.both = both


def both_of(candidate: Any, functions: Mapping[str, Any]) -> Iterator[tuple[str, Both]]:
    """Those of a file, its classes among them, or of one class."""
    inside = vars(candidate).values() if inspect.ismodule(candidate) else [candidate]
    home = getattr(candidate, "__name__" if inspect.ismodule(candidate) else "__module__", "")
    found = [_of_class(c) for c in inside if inspect.isclass(c) and c.__module__ == home]
    for both in filter(None, [*found, _of_functions(functions)]):
        yield both.name, both


def _of_functions(functions: Mapping[str, Any]) -> Both | None:
    starts = [f for n, f in functions.items() if STARTS.match(n.lower()) and inspect.isfunction(f)]
    able = {spelling.plain(n): f for n, f in functions.items() if _roles(f) in (["p", "X", "y"], ["p", "batch"])}
    one = next((f for n, f in able.items() if BOTH.fullmatch(n)), None)
    slope = one or next((f for n, f in able.items() if n in SLOPES), None)
    costs = [f for n, f in able.items() if COSTS.search(n) and f is not slope]
    if len(starts) != 1 or slope is None or (one is None and len(costs) != 1):
        return None

    def called(f: Any, held: Any, X: Array, y: Array) -> Any:
        return f(held, (X, y)) if len(_roles(f)) == 2 else f(held, X, y)

    def told(held: Any, X: Array, y: Array) -> tuple[Any, Any]:
        given = called(slope, held, X, y)
        return _apart(given) if one is not None else (called(costs[0], held, X, y), given)

    name = slope.__name__ if one is not None else f"{costs[0].__name__} {slope.__name__}"
    return Both(name, lambda outputs: _made(starts[0], outputs, one is None), lambda held: held, told)


def _of_class(cls: Any) -> Both | None:
    """One that keeps its parameters in a dict, and hands back slopes by the same names."""
    own = {spelling.plain(n): f for n, f in vars(cls).items() if inspect.isfunction(f)}
    cost = next((n for n in own if n in ("loss", "cost", "compute_loss") or BOTH.fullmatch(n)), "")
    slope = next((n for n in SLOPES if n in own and _roles(own[n]) == ["X", "y"]), "")
    kept = re.search(
        r"self\.(params|parameters|p)\[|self\.(params|parameters|p) = \{", _source(vars(cls).get("__init__"))
    )
    if kept is None or not cost or [_role(n) for n in list(spelling.parameters(own[cost]))[1:3]] != ["X", "y"]:
        return None
    if (
        not slope
        and not BOTH.fullmatch(cost)
        and not re.search(r"return [^\n]+, ?(self\.)?(d?grad\w*|g)\b", _source(own[cost]))
    ):
        return None
    box = kept.group(1) or kept.group(2)

    def told(made: Any, X: Array, y: Array) -> tuple[Any, Any]:
        value = getattr(made, cost)(X, y)
        return (value, getattr(made, slope)(X, y)) if slope else _apart(value)

    return Both(cls.__name__, lambda outputs: _made(cls, outputs, bool(slope)), lambda made: getattr(made, box), told)


def _role(name: str) -> str:
    bare = spelling.plain(name)
    return "p" if bare in PARAMETERS else "batch" if bare in BATCHES else spelling.argument(name)


def _roles(function: Any) -> list[str]:
    """What its arguments without a default are."""
    given = spelling.parameters(function).items() if inspect.isfunction(function) else ()
    return [_role(n) for n, p in given if n != "self" and p.default is p.empty]


def _source(function: Any) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


def _made(function: Any, outputs: int, quiet: bool) -> Any:
    """What it makes when its sizes are filled in, its penalty and its drop-out none where it is to be quiet."""
    given: dict[str, Any] = {}
    for name, parameter in spelling.parameters(function).items():
        bare = spelling.plain(name)
        off = next((w for w in ("dropout", "keep", "l1", "l2") if bare in network_knobs.KNOBS[w]), "")
        if off and quiet:
            given[name] = network_knobs.QUIET[off]
        elif bare in network_knobs.KNOBS["sizes"]:
            given[name] = [COLUMNS, HIDDEN, outputs]
        elif bare in ("rng", "generator"):
            given[name] = np.random.default_rng(5)
        elif bare in ("seed", "random_state"):
            given[name] = 5
        elif bare in network_knobs.KNOBS["hidden"] or bare == "n_hid":
            given[name] = HIDDEN if not isinstance(parameter.default, list | tuple) else [HIDDEN]
        elif bare in (*network_knobs.KNOBS["columns"], *assembled.INTO):
            given[name] = COLUMNS
        elif bare in (*network_knobs.KNOBS["outputs"], *assembled.OUT):
            given[name] = outputs
        elif parameter.default is parameter.empty:
            raise NotExamined(f"it is not known what {name} of {function.__name__} may be")
    return function(**given)


def _apart(answer: Any) -> tuple[Any, Any]:
    """(cost, gradient) of what one call hands back."""
    if not isinstance(answer, tuple) or len(answer) != 2:
        raise TypeError("it does not hand back a cost and a gradient")
    first, second = answer
    return (second, first) if np.ndim(first if not isinstance(first, dict | list | tuple) else 0) else (first, second)


def moved(tree: Any, rng: Any) -> Any:
    """The same tree with arrays of chance numbers in double precision, so that no unit is at a bend."""
    if isinstance(tree, Mapping):
        return {n: moved(v, rng) for n, v in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree)(moved(v, rng) for v in tree)
    value = np.asarray(tree)
    return rng.normal(size=value.shape) * 0.5 if value.dtype.kind == "f" else tree


def leaves(tree: Any, path: str = "") -> dict[str, Array]:
    """Its arrays by their places; what stands as dW1 is at the place of W1.

    >>> sorted(leaves({"dW1": np.ones(2), "b": [np.zeros(1)]}))
    ['b 0', 'w1']
    """
    if isinstance(tree, Mapping):
        parts = {re.sub(r"^(d_?|grad_)(?=\w)", "", str(n)).lower(): v for n, v in tree.items()}
    elif isinstance(tree, list | tuple):
        parts = {str(k): v for k, v in enumerate(tree)}
    else:
        return {path: np.asarray(tree, dtype=float)} if np.asarray(tree).dtype.kind == "f" else {}
    return {place: v for n, part in parts.items() for place, v in leaves(part, f"{path} {n}".strip()).items()}


def tables(rng: Any) -> Iterator[tuple[Array, Array, int]]:
    """Rows, labels and how many outputs: classes as codes or as rows, numbers, two classes; as rows and as columns."""
    X, codes, numbers = rng.normal(size=(N, COLUMNS)), np.arange(N) % 3, rng.normal(size=(N, 1))
    two = (np.arange(N) % 2).astype(float)
    yield X, codes, 3
    yield X, np.eye(3)[codes], 3
    yield X, numbers, 1
    yield X, numbers[:, 0], 1
    yield X, two[:, None], 1
    yield X.T.copy(), np.eye(3)[codes].T.copy(), 3
    yield X.T.copy(), numbers.T.copy(), 1
    yield X.T.copy(), two[None], 1
    yield X, two, 1


@check(
    "L14",
    "The gradient in each array of the parameters is the slope of its own cost.",
    needs="slopes",
    boundary="1e-4 of the largest slope; a common factor is a convention",
    read=READ,
)
def every_slope(c: Slopes, rng: Any) -> Evidence:
    """Central differences of its cost in every number that it holds."""
    for X, y, outputs in tables(rng):
        try:
            made = c.both.start(outputs)
            held = c.both.held(made)
            fresh = moved(held, rng)
            if made is held:
                made = fresh
            else:
                held.update(fresh)
            cost, slopes = c.both.told(made, X.copy(), y.copy())
            again = float(np.sum(c.both.told(made, X.copy(), y.copy())[0]))
            mine, places = leaves(slopes), leaves(fresh)
            if np.size(cost) != 1 or not mine or any(mine[n].shape != places[n].shape for n in mine):
                continue
            value = lambda made=made, X=X, y=y: float(np.sum(c.both.told(made, X.copy(), y.copy())[0]))  # noqa: E731
            right = {n: slopes_of(value, places[n]) for n in mine}
        except CALLED:
            continue
        if float(np.sum(cost)) != again:
            raise NotExamined("its cost depends on chance")
        whole = [np.concatenate([part[n].ravel() for n in mine]) for part in (mine, right)]
        if not all(np.isfinite(part).all() for part in whole) or not np.abs(whole[1]).max() > 0:
            continue
        factor = _factor(mine, right)
        far = {n: gap(mine[n] / factor, right[n]) for n in mine}
        worst = max(far, key=lambda n: far[n])
        words = f"of {len(mine)} arrays the slopes of {worst!r} are farthest off, by {far[worst]:.3g} of the largest"
        return Evidence(far[worst], 1e-4, words)
    raise NotExamined("tried with rows and labels of every usual shape")


def _factor(mine: Mapping[str, Array], right: Mapping[str, Array]) -> float:
    """The common factor that explains most arrays."""
    factors = [float((mine[n] * right[n]).sum() / max(float((right[n] ** 2).sum()), 1e-300)) for n in mine]
    able = [f for f in factors if f > 0] or [1.0]
    return max(able, key=lambda f: sum(gap(mine[n] / f, right[n]) < 1e-4 for n in mine))


QUESTIONS: list[Check] = [every_slope]

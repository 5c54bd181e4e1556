# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""The lines of Python that repeat an experiment: copied beside the candidate's file, they run as they stand."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from groundup.exam.candidates import given_rows, needed, spelling, started, structure, torch_models
from groundup.exam.candidates.makers import FILLED, EstimatorMaker, TrainMaker, width
from groundup.exam.candidates.network_knobs import QUIET

if TYPE_CHECKING:
    from groundup.exam.candidates.facade import Candidate

Array = Any


def script(
    c: Candidate, X: Array, y: Array, more: Sequence[str], settings: dict[str, Any], instead: Sequence[Any] | None
) -> str:
    """Imports, the rows as this candidate wants them, its training with all settings that matter, and what it gives."""
    if any("raised NotExamined" in line for line in more):
        return ""  # it was too slow to be shown, which is no error of its own
    if given_rows.is_made(getattr(c.maker, "cls", None)) or (isinstance(c.maker, EstimatorMaker) and c.maker.kind):
        return ""
    if (
        c.frames is not None
        or getattr(c.maker, "link", None) is not None
        or started.is_rearranged(getattr(c.maker, "function", None))
    ):
        return ""
    rows = c.with_ones(np.asarray(X))
    settings = {w: v for w, v in c.settings(X, settings).items() if w in settings or _off_default(c.maker, w, v)}
    if c.torch is not None:
        lines = _of_module(c.torch, rows, np.asarray(y), {c.maker.knobs[w]: v for w, v in settings.items()})
    else:
        wide, classes = width(rows), len(c.labels)
        m = c.maker
        of_class = isinstance(m, EstimatorMaker)
        called, things = _of_class(m, settings, wide, classes) if of_class else _of_function(m, settings, wide, classes)
        lines = [
            "import numpy as np",
            *importing(*things, *(instead or ())),
            f"X = {literal(rows)}",
            f"y = {literal(c.shown(np.asarray(X), np.asarray(y))[1])}",
        ]
        lines += called if instead is None else called[:-1]
    return "\n".join([*lines, *more])


def importing(*things: Any) -> list[str]:
    """How these come out of the candidate's file; a comment where that is not known.

    >>> importing(np.linalg.norm, np.linalg.solve), importing(lambda X: X)
    (['from numpy.linalg import norm, solve'], ['# from YOUR_FILE import <lambda>'])
    """
    found: dict[str, list[str]] = {}
    for thing in things:
        name, home = getattr(thing, "__name__", type(thing).__name__), getattr(thing, "__module__", "") or ""
        file = getattr(sys.modules.get(home), "__file__", None) or ""
        known = all(part.isidentifier() for part in home.split(".")) and not home.startswith("__")
        plain = getattr(thing, "__qualname__", name) == name and name.isidentifier() and not file.endswith(".ipynb")
        found.setdefault(f"from {home}" if known and plain else "# from YOUR_FILE", []).append(name)
    return [f"{start} import {', '.join(dict.fromkeys(names))}" for start, names in found.items()]


def literal(value: Any) -> str:
    """A value as Python that NumPy's `np` can read.

    >>> literal(np.array([1.0, np.nan])), literal(float("inf")), literal(np.float64(0.5))
    ('np.array([1.0, np.nan])', 'np.inf', '0.5')
    """
    plain = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    text = repr(plain) if isinstance(plain, str) else re.sub(r"\b(inf|nan)\b", r"np.\1", repr(plain))
    return f"np.array({text})" if isinstance(value, np.ndarray) else text


def _off_default(maker: Any, word: str, value: Any) -> bool:
    """Whether a knob stands otherwise than where nobody sets it."""
    default = maker.default(maker.knobs[word])
    return not (type(default) is type(value) and default == value)


def _arguments(given: dict[str, Any]) -> str:
    return ", ".join(f"{name}={literal(value)}" for name, value in given.items())


def _of_class(m: EstimatorMaker, settings: dict[str, Any], columns: int, classes: int) -> tuple[list[str], list[Any]]:
    shown = {m.knobs[w]: v for w, v in settings.items()}
    off = {n: v for n, v in (m.base or {}).items() if not _same(v, m.init[n].default)}
    init = {**off, **{n: v for n, v in shown.items() if n not in m.fit and n not in m.loose}}
    for word, value in zip(FILLED, (columns, classes), strict=True):
        name = m.knobs.get(word, "")
        if name in m.init and m.init[name].default is inspect.Parameter.empty:
            init.setdefault(name, value)
    init = needed.filled(m.make, m.init, init, columns) if inspect.isclass(m.thing) else init
    fit = "".join(f", {name}={literal(v)}" for name, v in shown.items() if name in m.fit)
    own = structure.own_names(m.cls)
    seen = f"model.{own.get('predict', 'predict')}(X)" if "__slots__" in vars(m.cls) else "vars(model)"
    seen = "model.state_dict()" if torch_models.is_module(m.cls) else seen
    made = m.make if hasattr(m.make, "__name__") else m.cls
    things = [made] if m.box is None or isinstance(m.box.content, dict) else [made, type(m.box.content)]
    return [
        f"model = {made.__name__}({_arguments(m.packed(init))})",
        *(f"model.{name} = {literal(value)}" for name, value in shown.items() if name in m.loose),
        f"model.{own.get('fit', m.teach)}(X, y{fit})",
        f"print({seen})",
    ], things


def _same(value: Any, default: Any) -> bool:
    return value is default or (type(value) is type(default) and bool(np.all(value == default)))


def _of_function(m: TrainMaker, settings: dict[str, Any], columns: int, classes: int) -> tuple[list[str], list[Any]]:
    given = {m.knobs[w]: literal(v) for w, v in settings.items()}
    given |= {m.knobs[w]: str(n) for w, n in zip(FILLED, (columns, classes), strict=True) if w in m.knobs}
    things = [m.function]
    for name in m.names[2:]:
        word = m.starting(name)
        if word in ("cost", "gradient") and name not in given:
            things.append(spelling.function_of(m.module, word))
            given[name] = things[-1].__name__
        elif word and name not in given:
            given[name] = f"np.zeros({columns})" if word == "w" else "0.0"
    text = "".join(f", {name}={value}" for name, value in given.items())
    return [f"answer = {m.name}(X, y{text})", "print(answer)"], things


def _of_module(t: Any, X: Array, y: Array, given: dict[str, Any]) -> list[str]:
    """A module of PyTorch, made and seeded as in the exam, with tensors (or arrays) of the right kind and shape."""
    kind = "float64" if t.way in (0, 1) else "float32"
    with t.torch.no_grad():
        model = t.fresh(X.shape[1])
        rows, labels = t.tensors(model, X, y)
    made = t.make if hasattr(t.make, "__name__") else type(t.make)

    def shown(values: Any) -> str:
        array = np.asarray(values)
        if t.way in (1, 3):
            return f"{literal(array)}" + (f".astype(np.{kind})" if array.dtype.kind == "f" else "")
        return f"torch.tensor({array.tolist()!r}" + (f", dtype=torch.{kind})" if array.dtype.kind == "f" else ")")

    names = [n for n in t.names if n != t.model_name]
    places = {t.model_name: "model", names[0]: "X", names[1]: "y"}
    call = [places[n] for n in t.names[:3] if n in places] + [f"{n}={literal(v)}" for n, v in given.items()]
    if {*t.names[:3]} != places.keys():
        call = [f"{n}={v}" for n, v in places.items()] + [f"{n}={literal(v)}" for n, v in given.items()]
    double = ".double()" if t.way in (0, 1) else ""
    return [
        *("import numpy as np", "import torch", *importing(made, t.own_train), "torch.manual_seed(7)"),
        f"model = {made.__name__}({_arguments(t.arguments(X.shape[1]))}){double}",
        *(f"X = {shown(rows)}", f"y = {shown(labels)}"),
        *(f"{t.own_train.__name__}({', '.join(call)})", "print(model.state_dict())"),
    ]


def predicting(c: Candidate, learnt: Any, rows: str = "X", ask: str = "predict") -> tuple[str, list[Any]]:
    """The Python that predicts for these rows, and what it must import; empty where that is not a plain call."""
    m = c.maker
    if c.torch is not None or c.ones or c.turned or ask.removeprefix("predict_") not in c.can:
        return "", []
    if isinstance(m, EstimatorMaker):
        return f"model.{structure.own_names(m.cls).get(ask, ask)}({rows})", []
    function = spelling.function_of(m.module, ask.removeprefix("predict_"))
    words = [spelling.argument(n) for n, p in spelling.parameters(function).items() if p.default is p.empty]
    two = isinstance(learnt.result, tuple) and len(learnt.result) == 2
    if not two or not {"X", "w"} <= {*words} <= {"X", "w", "b"}:
        return "", []
    if not np.array_equal(np.ravel(learnt.result[0]), learnt.raw[:-1]):
        return "", []
    part = {"X": rows, "w": "answer[0]", "b": "answer[1]"}
    return f"{function.__name__}({', '.join(part[w] for w in words)})", [function]


def two_rates(c: Any) -> str:
    """For a class of networks: the step of a layer over its learning rate, at two rates. Both must be one gradient."""
    try:
        return _two_rates(c)
    except Exception:
        return ""  # it cannot be shown in a few lines


def _two_rates(c: Any) -> str:
    shape, rng = c.shape, np.random.default_rng(34)
    if not inspect.isclass(getattr(shape, "thing", None)) or not hasattr(shape, "made"):
        return ""
    X, y = (np.round(part, 1) for part in c.rows(rng, 4))
    rows, labels = (X.T, c.shown(y).T.reshape(-1, 4)) if c.turned else (X, c.shown(y))
    asked = {**QUIET, "batch": len(X), "epochs": 1, "solver": getattr(shape, "solver", None)}
    settings = {w: v for w, v in asked.items() if w in shape.knobs and not (w == "solver" and v is None)}
    turned = {shape.knobs[w]: v for w, v in settings.items() if _wanted(shape, w, v)}
    init = {**{n: v for n, v in turned.items() if n in shape.init}, **shape.fill(X.shape[1], shape.init)}
    fit = {n: v for n, v in turned.items() if n in shape.fit}
    given = {n: literal(v) for n, v in init.items()} | ({shape.knobs["rate"]: "rate"} if _rated(shape) else {})
    taught = {n: literal(v) for n, v in fit.items()} | ({} if _rated(shape) else {shape.knobs["rate"]: "rate"})
    made, one, two = (c.study(X, y, rate, 1) for rate in (1e-10, c.rate, 2 * c.rate))
    for place, (W, _) in enumerate(c.layers(made)):
        name = _where(made, W)
        a, b = ((c.layers(m)[place][0] - W) / r for m, r in ((one, c.rate), (two, 2 * c.rate)))
        if name and not np.allclose(a, b, rtol=1e-5):
            break
    else:
        return ""
    few = [np.array2string(step.ravel()[:3], precision=5, separator=", ") for step in (a, b)]

    def call(arguments: dict[str, str]) -> str:
        return ", ".join(f"{n}={v}" for n, v in arguments.items())

    return "\n".join(
        [
            *("import numpy as np", *importing(shape.cls), f"X = {literal(rows)}", f"y = {literal(labels)}", ""),
            *("def layer(rate):", f"    model = {shape.name}({call(given)})"),
            *(f"    model.{shape.teach}(X, y{''.join(f', {n}={v}' for n, v in taught.items())})",),
            *(f"    return np.ravel(model{name})[:3]", "", "start = layer(1e-10)"),
            *(f"print((layer({r!r}) - start) / {r!r})" for r in (c.rate, 2 * c.rate)),
            f"# yours: {few[0]} and {few[1]}",
            "# by the book both are the same: minus the gradient at the start, before any layer has moved",
        ]
    )


def _rated(shape: Any) -> bool:
    return shape.knobs["rate"] in shape.init


def _wanted(shape: Any, word: str, value: Any) -> bool:
    default = shape.every.get(shape.knobs[word])
    return default is None or not _same(value, default.default)


def _where(model: Any, W: Array) -> str:
    """Where an object keeps this array: `.W1`, `.weights[0]`, `.params['W1']`; empty where it is not found."""

    def is_it(value: Any) -> bool:
        return isinstance(value, np.ndarray) and value.size == W.size and value.shape in (W.shape, W.T.shape)

    for name, value in vars(model).items():
        if is_it(value) and np.array_equal(value if value.shape == W.shape else value.T, W):
            return f".{name}"
        inner = (
            enumerate(value) if isinstance(value, list | tuple) else value.items() if isinstance(value, dict) else ()
        )
        for key, part in inner:
            if is_it(part) and np.array_equal(part if part.shape == W.shape else part.T, W):
                return f".{name}[{key!r}]"
    return ""

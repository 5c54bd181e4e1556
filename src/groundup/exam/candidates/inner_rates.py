# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportFunctionMemberAccess=false, reportUnknownParameterType=false
"""A training that is told no learning rate, where the one function that steps for it has one.

    nn_model(X, Y, n_h, num_iterations)    calls    update_parameters(params, grads, learning_rate=1.2)

The exam turns the rate of that function while it trains, whether it stands there as a default or as a constant.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

from groundup.exam.candidates import spelling

RATES = ("learning_rate", "lr", "eta", "learn_rate", "learning_r", "learnrate")
STEPS = re.compile(r"update|step|descent|optimi[sz]e|sgd")
"""Names of functions whose alpha is a rate: that of leaky_relu is none."""


def with_rate(function: Any) -> Any:
    """train(..., learning_rate) of such a function; itself where it is told one, or where none or several step.

    >>> def update(w, g, lr=0.1):
    ...     return w - lr * g
    >>> def train(X, y, epochs):
    ...     return update(1.0, 0.5)
    >>> train.__globals__["update"] = update
    >>> with_rate(train)(None, None, epochs=1, learning_rate=0.4), train(None, None, 1)
    (0.8, 0.95)
    """
    told = any(spelling.plain(n) in (*RATES, "alpha") for n in spelling.parameters(function))
    if told or not inspect.isfunction(function):
        return function
    found = [(name, step, rate) for name, step in _called(function) if (rate := _rate(step))]
    if len(found) != 1:
        return function
    name, step, rate = found[0]
    home, signature = function.__globals__, inspect.signature(step)

    def train(*arguments: Any, learning_rate: float, **settings: Any) -> Any:
        usual: list[float] = []

        def turned(*given: Any, **named: Any) -> Any:
            bound = signature.bind(*given, **named)
            bound.apply_defaults()
            usual.append(bound.arguments[rate])
            bound.arguments[rate] = learning_rate * (usual[-1] / usual[0])  # one that falls keeps falling
            return step(*bound.args, **bound.kwargs)

        home[name] = turned
        try:
            return function(*arguments, **settings)
        finally:
            home[name] = step

    own = inspect.signature(function)
    more = inspect.Parameter("learning_rate", inspect.Parameter.KEYWORD_ONLY)
    train.__signature__ = own.replace(parameters=[*own.parameters.values(), more])
    train.__name__, train.__module__, train.__doc__ = function.__name__, function.__module__, function.__doc__
    return train


def _called(function: Any) -> Iterator[tuple[str, Any]]:
    """The functions of its file that it calls, and that they call, each once."""
    home, seen, waiting = function.__globals__, {function.__name__}, [function]
    while waiting:
        for name in waiting.pop().__code__.co_names:
            inner = home.get(name)
            if name not in seen and inspect.isfunction(inner) and inner.__module__ == function.__module__:
                seen.add(name)
                waiting.append(inner)
                yield name, inner


def _rate(function: Any) -> str:
    names = (*RATES, "alpha") if STEPS.search(function.__name__.lower()) else RATES
    return next((n for n in spelling.parameters(function) if spelling.plain(n) in names), "")

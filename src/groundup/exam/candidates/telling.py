# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""What a candidate says of itself: in its name, in its docstrings, and in the names that it uses."""

from __future__ import annotations

import inspect
import re
from typing import Any

from groundup.exam.candidates import spelling

ONE_AGAINST_REST = (
    r"(?i:\bone[\s_-]*(vs|v|versus|against)\.?[\s_-]*(the[\s_-]*)?(rest|all|others)\b)"
    r"|\b(?i:ovr|ova)\b|O[Vv]R|One(Vs|VS|Versus|Against)"
)


def says_one_against_rest(thing: Any) -> bool:
    """Whether the name or the docstring of a class or function declares this method.

    A docstring that names softmax too, below its first line, tells of several ways, and declares none of them.
    """
    own = thing if inspect.isclass(thing) or inspect.isfunction(thing) else type(thing)
    told = (own.__dict__.get("__doc__") or "").strip()
    if re.search(r"(?i)softmax|multinomial", told):
        told = told.partition("\n")[0]
    return re.search(ONE_AGAINST_REST, f"{own.__name__} {told}") is not None


OTHER_PATHS = (
    r"momentum|nesterov|heavy.?ball|velocit|adam\b|adam_|rms.?prop|ada.?grad|ada.?delta|lion\b|decay|schedul|anneal"
    r"|line.?search|backtrack|armijo|averag|polyak|warm.?up|cosine|conjugate|newton|bfgs|irls|accelerat"
)


def docstrings(thing: Any) -> str:
    """The name and the docstrings of a candidate, its methods' too: what it says of itself."""
    own = thing if inspect.isclass(thing) or inspect.isfunction(thing) else type(thing)
    if own is not thing and not hasattr(own, "fit") and spelling.function_of(thing, "train"):
        own = spelling.function_of(thing, "train")
    taught = [f for f in vars(own).values() if inspect.isfunction(f)] if inspect.isclass(own) else list[Any]()
    taught += [getattr(own, "fit")] if "fit" not in vars(own) and hasattr(own, "fit") else []  # noqa: B009
    told = [getattr(own, "__name__", ""), own.__dict__.get("__doc__") if inspect.isclass(own) else own.__doc__]
    return " ".join(" ".join(words.split()) for words in [*told, *(f.__doc__ for f in taught)] if words)


def promises(thing: Any) -> str:
    """What it says of itself, in docstrings and in its settings: those of an object, else the defaults.

    >>> promises(lambda X, y, standardise=True: X).split()
    ['<lambda>', 'standardise=True']
    """
    given = spelling.parameters(thing if inspect.isclass(thing) or inspect.isfunction(thing) else type(thing))
    known = {name: getattr(thing, name, p.default) for name, p in given.items()}
    known = {name: value for name, value in known.items() if isinstance(value, str | bool | int | float)}
    return " ".join([docstrings(thing), *(f"{name}={value!r}" for name, value in known.items())])


def own_words(thing: Any) -> str:
    """What a candidate says of another way downhill, in its name, docstrings, arguments and the names it uses."""
    own = thing if inspect.isclass(thing) or inspect.isfunction(thing) else type(thing)
    taught = [f for f in vars(own).values() if inspect.isfunction(f)] if inspect.isclass(own) else [own]
    told = [own.__name__, own.__dict__.get("__doc__") or ""]
    for function in taught:
        code = getattr(function, "__code__", None)
        told += [function.__name__, function.__doc__ or "", *(code.co_varnames + code.co_names if code else ())]
        for constant in code.co_consts if code else ():
            told += [w for w in constant if isinstance(w, str)] if isinstance(constant, tuple) else []
    found = re.search(f"(?i){OTHER_PATHS}", " ".join(told))
    return found[0] if found else ""


FALLS = (
    r"fall(s|ing)?|decreas(es|ed|ing)|declin(es|ing)|shr[iu]nks?|shrinking|halv(es|ed|ing)|sinks?|drops?"
    r"|diminish(es|ing)|reduced|lowered|(is|gets) (smaller|lower)"
)
RATE = r"\b(learning )?rate\b|\bstep[ -]?sizes?\b|\beta\b|\blr\b"


def falling_rate(told: str) -> str:
    """The words by which a docstring says that the learning rate falls; empty where it does not.

    >>> falling_rate("The rate falls from lr to zero."), falling_rate("The loss falls, at any small rate.")
    ('rate falls', '')
    >>> falling_rate("Stochastic descent with decreasing step size.")
    'decreasing step size'
    """
    found = re.search(rf"(?i)({RATE})( \w+)? ({FALLS})\b", told)
    found = found or re.search(rf"(?i)\b(falling|decreasing|shrinking|diminishing|declining) ({RATE})", told)
    return found[0] if found else ""


CHANCE = {"permutation", "shuffle", "choice", "RandomState", "default_rng", "randint", "integers", "randperm", "sample"}


def draws(thing: Any) -> bool:
    """Whether the code of a candidate takes its rows by chance.

    >>> draws(lambda X, y: np.random.permutation(len(y))), draws(lambda X, y: X @ y)
    (True, False)
    """
    own = thing if inspect.isclass(thing) or inspect.isfunction(thing) else type(thing)
    taught = list(vars(own).values()) if inspect.isclass(own) else [own]
    return any({*f.__code__.co_names} & CHANCE for f in taught if inspect.isfunction(f))


BENDS = {"exp", "expit", "exp2", "sigmoid", "_sigmoid", "tanh", "logaddexp"}


def bends(thing: Any) -> bool:
    """Whether the code of a class, a function or a file calls what makes a probability of a score.

    >>> bends(lambda z: 1 / (1 + np.exp(-z))), bends(lambda z: z > 0)
    (True, False)
    """
    own = thing if inspect.isclass(thing) or inspect.isfunction(thing) or inspect.ismodule(thing) else type(thing)
    parts = [own] if inspect.isfunction(own) else list(vars(own).values())
    return any({*f.__code__.co_names} & BENDS for f in parts if inspect.isfunction(f))


DIGITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8}


def rounding(told: str) -> float:
    """Half of the last digit, where the answers are rounded as the docstring says; else 0.

    >>> rounding("The answers are rounded to four decimals."), rounding("Rounded to 2 decimal places"), rounding("")
    (5e-05, 0.005, 0.0)
    """
    found = re.search(rf"(?i)\bround(?:ed|s|ing)?\b[^.]{{0,40}}\b(\d+|{'|'.join(DIGITS)}) (?:decimal|digit)", told)
    if found is None:
        return 0.0
    digits = DIGITS.get(found[1].lower()) or int(found[1])
    return float(f"5e-{digits + 1}")

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""The first small table: where the way of calling a candidate is a guess, an error there says nothing against it.

Documented is fit(X, y) and predict(X) of a class that needs no arguments, train(X, y, learning_rate, epochs), and for
a formula its one argument, or labels and predictions. Whatever else is called, is called as its names suggest.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from groundup.exam.candidates import spelling, started, structure, torch_models, wholes
from groundup.exam.candidates.makers import teaching
from groundup.exam.evidence import Verdict
from groundup.exam.grading.names import Target

ITS_OWN = ("SystemExit", "NotImplementedError", "KeyboardInterrupt", "MemoryError")
"""What no call can be to blame for."""
LABELS = ("y", "y_true", "ytrue", "true", "actual", "labels", "label", "targets", "target", "t", "truth", "expected")
ANSWERS = (
    *("y_pred", "ypred", "y_hat", "yhat", "pred", "preds", "prediction", "predictions", "predicted", "p", "a", "o"),
    *("output", "outputs", "probabilities", "probs", "proba", "y_prob", "y_proba", "y_score", "scores", "score", "z"),
    *("logits", "estimate", "estimated", "h"),
)
HOLDERS = ("data", "batch", "batches", "model", "net", "params", "parameters", "self", "state", "dataset", "loader")
"""Arguments that are no plain numbers."""


def guessed_call(learner: Any) -> str:
    """How the exam calls one that learns, where that is a guess; empty for the documented ways.

    >>> guessed_call(lambda features, labels, sizes: None)
    '<lambda>(features, labels, sizes)'
    >>> guessed_call(type("Line", (), {"fit": lambda self, X, y: self, "predict": lambda self, X: X}))
    ''
    """
    both = torch_models.pair(learner)
    if both is not None or wholes.called_as(learner):
        return wholes.called_as(learner) if both is None else _signature(both[1])
    if not inspect.ismodule(learner) and not inspect.isroutine(learner) and teaching(learner):
        cls = learner if inspect.isclass(learner) else type(learner)
        made = _needed(spelling.parameters(cls)) if inspect.isclass(learner) else []
        teach = teaching(cls) or teaching(learner)
        names = _needed(spelling.parameters(getattr(cls, teach, None)))[1:]
        plain = not made and teach == "fit" and hasattr(cls, "predict") and not structure.own_names(cls)
        plain = plain and not (hasattr(cls, "compile") or hasattr(cls, "add"))  # it is put together before
        if plain and [spelling.argument(name) for name in names] == ["X", "y"]:
            return ""
        teach = structure.own_names(cls).get("fit", teach)
        return f"{cls.__name__}({', '.join(made)}).{teach}({', '.join(names)})"
    train = learner if inspect.isroutine(learner) else spelling.function_of(learner, "train")
    if train is None:
        return str(getattr(learner, "__name__", type(learner).__name__))
    if started.is_rearranged(train):
        return _signature(started.as_written(train))
    given = spelling.parameters(train)
    known = spelling.knobs(list(given)[2:])
    rest = {known.get("rate"), known.get("epochs")}
    plain = [spelling.argument(name) for name in list(given)[:2]] == ["X", "y"] and {*_needed(given)[2:]} <= rest
    typed = any(p.annotation is list or "list" in str(p.annotation).lower() for p in list(given.values())[:2])
    return "" if plain and not typed and not torch_models.used_by(train) else _signature(train)


def guessed_formula(function: Any, wanted: Target) -> str:
    """The same of a function that is taken for a formula by its name."""
    names = [spelling.plain(name) for name in _needed(spelling.parameters(function))]
    if wanted.kind in ("elementwise", "rowwise"):
        return "" if len(names) <= 1 and not {*names} & {*HOLDERS} else _signature(function)
    plain = len(names) < 2 or (names[0] in LABELS and names[1] in ANSWERS) or (names[1] in LABELS)
    return "" if plain else _signature(function)


def judged(verdicts: Iterable[Verdict], called: str) -> list[Verdict]:
    """The verdicts, where the first of them tells whether the candidate could be called at all.

    Where the call was a guess, an error or a wrong shape there leaves all questions open. Else the error is told once.
    """
    found = list(verdicts)
    first = found[0] if found else None
    if first is None or first.outcome != "failed" or first.symptom in ("endless", "crash"):
        return found
    raised = first.measured is None
    if called and not first.own_error and (raised or first.symptom == "shape") and first.symptom not in ITS_OWN:
        return [_open(v, f"called as {called}; {first.words}") for v in found]
    if not raised:
        return found
    return [first, *(_open(v, f"the same error as {first.id}") if _same(v, first) else v for v in found[1:])]


def left_open(verdicts: Sequence[Verdict]) -> str:
    """Why one that learns could be asked nothing at all; empty where it was asked something."""
    asked = any(v.outcome != "not examined" for v in verdicts)
    return "" if asked or not verdicts else verdicts[0].words


def _same(verdict: Verdict, first: Verdict) -> bool:
    return verdict.outcome in ("failed", "remark") and verdict.measured is None and verdict.words == first.words


def _open(verdict: Verdict, words: str) -> Verdict:
    return replace(verdict, outcome="not examined", measured=None, allowed=None, words=words, symptom="", experiment="")


def _needed(parameters: Any) -> list[str]:
    some = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return [n for n, p in parameters.items() if p.default is p.empty and p.kind not in some]


def _signature(function: Any) -> str:
    return (
        f"{getattr(function, '__name__', type(function).__name__)}({', '.join(_needed(spelling.parameters(function)))})"
    )

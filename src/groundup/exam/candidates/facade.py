# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A candidate as the exam sees it: study these rows, with these settings; and which conventions it uses."""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import by_hand, needed, reading
from groundup.exam.candidates.learnt import Learnt
from groundup.exam.candidates.makers import maker
from groundup.exam.candidates.penalties import OwnPenalty
from groundup.exam.evidence import Check, NotExamined

Array = Any

WORDS = {
    "descent": "it does not descend step by step by a learning rate and epochs that can be set",
    "exact": "it descends step by step, so its last digits are not asked for",
    "proba": "it gives no probabilities",
    "predict": "it has no predict",
    "batch": "it has no argument for the batch size",
    "seed": "it has no argument for the seed",
    "tolerance": "it has no argument for a tolerance",
    "sample_weight": "its fit takes no sample_weight",
    "l2": "it has no argument for an l2 penalty",
    "errors": "it shows no standard errors",
    "variance": "it shows no estimate of the noise's variance",
    "gradient": "it has no function named gradient",
    "cost": "it has no function named loss or cost",
    "estimator": "it is a function, not an object with fit and predict",
    "score": "it has no score",
    "steps": "its steps could not be made out",
    "shuffle": "it has no argument for shuffling",
    "momentum": "it has no argument for momentum",
    "l1": "it has no argument for an l1 penalty",
    "rate": "it has no argument for a learning rate",
    "epochs": "it has no argument for epochs",
    "early_stopping": "it has no argument for early stopping",
    "patience": "it has no argument for a patience",
    "class_weight": "it has no argument for weights of classes",
    "validation_rows": "it takes no rows to validate",
    "decay": "it has no argument for a decay of its learning rate",
    "band": "it has no argument for the band of a Huber loss",
}
QUIET: dict[str, Any] = {
    "tolerance": 0.0,
    "l2": 0.0,
    "l1": 0.0,
    "momentum": 0.0,
    "decay": 0.0,
    "intercept": True,
    "clip": 1e12,
    "early_stopping": False,
    "warm_start": False,
    "inverse penalty": float("inf"),
    "seed": 7,
    "degree": 1,
}
"""How the knobs stand where a question is not about them."""


OTHER_MODELS: dict[str, tuple[str, ...]] = {
    "regression": (
        *("huber", "quantile", "leastabsolute", "theil", "ransac", "poisson", "gamma", "tweedie", "svr", "svm"),
        *("isotonic", "knn", "neighbor", "neighbour", "tree", "forest", "boost", "kernel", "spline", "robust"),
        *("bayesian", "ard", "glm", "generalized", "generalised", "lad"),
    ),
    "classification": (
        *("svm", "svc", "perceptron", "adaline", "knn", "neighbor", "neighbour", "tree", "forest", "boost", "bayes"),
        *("discriminant", "lda", "qda", "probit", "hinge"),
    ),
    "multiclass": ("svm", "svc", "perceptron", "knn", "neighbor", "neighbour", "tree", "forest", "boost", "bayes"),
}
"""What stands in the names of models that are neither least squares nor logistic regression."""
COUNTING = ("poisson", "gamma", "tweedie")
"""Models of labels that are above 0."""
ANY_MODEL = {"S01", "A31", "A32", "F17", "F22", "A13", "A11", "B15", "R01", "R01b", "R02"}
"""Questions about any model at all, and those about other models by name."""
ANY_PENALTY = ANY_MODEL | {
    *("A21", "F06", "F16", "A12", "A13b", "A16", "F22b", "F31", "C01", "C01b", "C03", "C06", "C11", "C12"),
}
"""Questions that do not ask where the least loss without a penalty is."""
OF_ALL_ROWS = {"A01", "A02", "A14", "B05", "B06", "B07", "B08", "C04", "C08"}
"""Questions about the least loss on all rows: one that stops early by some of them answers A24 in their place."""

PATIENCE = 3.0
"""Seconds of computing for one question that a slow candidate may need, by what it took before; more is not asked."""
FINDING_OUT = 5.0
"""The same before the first question, while its conventions are found out."""


class Candidate:
    """Something that learns, wrapped so that every question can be put in the same words."""

    def __init__(self, thing: Any, task: str):
        self.task = task
        self.maker = maker(thing, task)
        self.can: set[str] = self.maker.can()
        self.conventions: dict[str, str] = {}
        self.mode = "exact"
        self.labels: Array = np.array([0, 1])
        self.bias_place = ""
        self.ones = self.turned = False
        self.spent = self.slow_answers = 0.0
        self.epoch_took = 1, 0.0
        self.patience = FINDING_OUT
        self.deviation: int | None = None
        self.start: Array = np.zeros(0)
        self.factor = 1.0
        self.summed = False
        self.measured = 1.0
        self.misfit = 2.0
        self.reference_class: int | None = None
        self.one_against_rest = False
        self.scales_inside = False
        self.told = self.promises = self.unit = ""
        self.other_path = ""
        self.hides = self.swings = self.scales_labels = False
        self.own_penalty: OwnPenalty | None = None
        self.frames: Any = None
        self.width = 3
        self.two_biases = self.y_column = False
        self.pace: tuple[bool, float, int] | None = None
        self.quiet: dict[str, Any] = {}
        self.least = 0.0
        self.stirs = True
        self.aside = False
        self.torch: Any = None
        self.twin: Candidate | None = None

    @property
    def floor(self) -> float:
        """How far apart two right answers may be: single precision, or a penalty that cannot be 0; else 0."""
        return self.least if self.torch is None else max(self.least, self.torch.floor)

    def for_question(self, needs: frozenset[str]) -> Candidate:
        """Who answers: its twin that descends, where the question is about steps and this one solves at once."""
        self.spent, self.patience = 0.0, PATIENCE
        return self.twin if self.twin is not None and needs - self.can and needs <= self.twin.can else self

    def refuses(self, question: Check) -> None:
        """Raise NotExamined where its name says that it makes another loss small than this question is about."""
        if self.other_model and question.id not in ANY_MODEL:
            told = "it learns as a linear unit does (Adaline)" if self.unit else f"its name says {self.other_model!r}"
            raise NotExamined(f"{told}, and this question is about another model")
        if self.own_penalty is not None and question.id not in ANY_PENALTY:
            raise NotExamined("its penalty cannot be set to none, so that its answer is another one on purpose")

        if getattr(self.maker, "chooses", False) and question.id in ("A21", "F06"):
            raise NotExamined("it chooses one of several settings by the labels, so that its answer jumps with them")
        if self.aside and "patience" in self.can and question.id in OF_ALL_ROWS:
            raise NotExamined("it stops early by rows that it sets aside, so that its answer is not that of all rows")
        if self.swings and question.id not in ANY_PENALTY:
            raise NotExamined("it steps after each row at one rate, so that its answers swing about the best ones")

    @property
    def other_model(self) -> str:
        """The word of its name that says so: a long one anywhere in it, a short one by itself."""
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", self.maker.name)}
        name = self.maker.name.lower().replace("_", "")
        return self.unit or next((w for w in OTHER_MODELS[self.task] if w in words or (len(w) > 4 and w in name)), "")

    def lacks(self, word: str) -> str:
        """Why it cannot be asked for this."""
        return WORDS.get(word, f"it has no {word}")

    def study(self, X: Array, y: Array, labels: Array | None = None, **settings: Any) -> Learnt:
        """Teach a fresh one. For classes `y` holds codes 0, 1, ...; `labels` are what is shown instead of them."""
        labels = self.labels if labels is None else labels
        classes = np.asarray(labels)
        shown = y if self.task == "regression" else classes[y]
        return self.study_as_is(X, shown, classes, **settings)

    def study_as_is(self, X: Array, y: Array, classes: Array | None = None, **settings: Any) -> Learnt:
        """Teach a fresh one with rows that are handed over untouched."""
        known: Array = self.labels if classes is None else classes
        given = self.settings(X, settings)
        if self.stirs:
            _stir(settings.get("seed", 7))
        weight = given.pop("sample_weight", None)
        if weight is not None:
            given["sample_weight"] = weight
        if self.torch is not None and self.task == "multiclass":
            self.torch.outputs = len(known)
        epochs = given["epochs"] if isinstance(given.get("epochs"), int) else 0
        if self.spent + self.seconds_for(len(X), epochs) > self.patience:
            raise NotExamined("it is slow, so that this question would take too long")
        started = time.process_time()
        try:
            result = self.maker.learn(*self.shown(X, y), given, len(known))
        except ZeroDivisionError:
            few = needed.few_epochs(given)
            if few is None:
                raise
            if self.stirs:
                _stir(settings.get("seed", 7))
            result = self.maker.learn(*self.shown(X, y), few, len(known))
            self.conventions["epochs"] = "it divides by a share of its epochs, which is 0 where there are few"
        took = time.process_time() - started
        self.spent += took
        # A first call often pays for what it imports: a shorter one later shows that it is not so slow.
        if epochs and (took > 0.05 or took < self.seconds_for(len(X), epochs)):
            self.epoch_took = max(len(X), 1), took / epochs
        return Learnt(self, result, X, known)

    def seconds_for(self, rows: int, epochs: int) -> float:
        """What so many epochs will take, by those before: a part of what an epoch costs grows with its rows."""
        seen, seconds = self.epoch_took
        return epochs * seconds * (rows / seen) ** 0.5

    def settings(self, X: Array, asked: dict[str, Any]) -> dict[str, Any]:
        """All knobs: those asked for, a plan that reaches the minimum, and the rest out of the way."""
        quiet = {**QUIET, **self.quiet}
        if self.mode == "exact":
            quiet |= {"tolerance": 1e-10}
            own = self.maker.default(self.maker.knobs.get("epochs", ""))
            most = own if isinstance(own, int) and own > 1000 else 1000
            quiet |= {} if "rate" in self.maker.knobs else {"epochs": most}
            plan: dict[str, Any] = {}
        else:
            plan = {"batch": len(X)}
            if not {"rate", "epochs"} <= asked.keys():
                plan |= self.plan(X)
        found = {word: value for word, value in {**quiet, **plan, **asked}.items() if word in self.maker.knobs}
        if "mix" in self.maker.knobs:
            found["mix"] = asked.get("mix", float("l1" in asked))
            if "l2" in found and self.maker.knobs.get("l1") == self.maker.knobs["l2"]:
                found["l2"] = found.pop("l1", 0.0) or found["l2"]
        if asked.get("l2") and "inverse penalty" in found and "l2" not in found:
            found["inverse penalty"] = 1 / asked["l2"]
        return found

    def plan(self, X: Array) -> dict[str, Any]:
        """A learning rate and epochs that bring plain descent to the minimum: 1 / largest curvature, in its scale."""
        if self.pace is not None and not self.pace[0]:
            return {"rate": self.pace[1], "epochs": self.pace[2]}
        top, low = reference.curvature(self.task, self.view(np.asarray(X, dtype=float)))
        digits = 32 if self.task == "regression" else 12
        slower = 1 if self.reference_class is None else len(self.labels)  # its flattest direction is as much flatter
        epochs = slower * int(np.clip(np.ceil(digits * top / max(low, 1e-12)), 50, 3000))
        share, least = self.pace[1:] if self.pace is not None else (1.0, 0)
        scale = max(self.scale(len(X)), self.measured, 1e-3)
        return {"rate": share / (top * scale), "epochs": max(epochs, least)}

    def short(self, X: Array) -> dict[str, Any]:
        """The first 300 epochs of that plan, to compare its answers with its own; nothing where it has no plan."""
        if self.mode != "descent":
            return {}
        plan = self.plan(X)
        return {**plan, "epochs": min(plan["epochs"], 300)}

    def says(self, pattern: str) -> bool:
        """Whether its name or its docstrings have words like these."""
        return re.search(pattern, self.told, re.IGNORECASE) is not None

    def made_with_weights(self) -> bool:
        """Whether a fresh one, which must be told how many columns there will be, has weights before it has learnt."""
        name = self.maker.knobs.get("columns", "")
        init = getattr(self.maker, "init", {})
        if any(needed.starts(n) == "w" and p.default is p.empty for n, p in init.items()):
            return True
        wanted = init.get(name)
        if wanted is None or wanted.default is not wanted.empty:
            return False
        weights, _ = reading.weights_and_bias(self.maker.unfitted({}, 3, len(self.labels)), 3)
        return weights is not None and weights.size >= 3

    def scale(self, n_rows: int) -> float:
        """By what its gradient is larger than that of half the mean square, or of the mean log loss."""
        return self.factor * (n_rows if self.summed else 1.0)

    def with_ones(self, X: Array) -> Array:
        """X with a column of ones before it, for candidates that want it so."""
        if self.width == 1:
            if np.shape(X)[1] != 1:
                raise NotExamined("it takes one column, and this question has more")
            return X[:, 0]
        rows = np.column_stack([np.ones(len(X)), X]) if self.ones else X
        rows = rows.T if self.turned else rows
        return self.frames.DataFrame(rows) if self.frames is not None else rows

    def shown(self, X: Array, y: Array) -> tuple[Any, Any]:
        """Rows and labels as this candidate wants them."""
        if self.task == "regression" and self.other_model in COUNTING and np.min(y) < 0:
            y = np.rint(4 / (1 + np.exp(-np.asarray(y, dtype=float)))) + 1
        if self.y_column and np.ndim(y) == 1:
            return self.with_ones(X), np.reshape(y, (-1, 1))
        return self.with_ones(X), y if self.frames is None or np.ndim(y) != 1 else self.frames.Series(y)

    def view(self, X: Array) -> Array:
        """X in the candidate's own columns: standardised, where it does so itself."""
        if self.deviation is None:
            return X
        return (X - X.mean(axis=0)) / X.std(axis=0, ddof=self.deviation)

    def outside(self, X: Array, raw: Array) -> Array:
        """Its own parameters, turned into those for X as given."""
        if self.deviation is None:
            return raw
        slopes = (raw[:-1].T / X.std(axis=0, ddof=self.deviation)).T
        return np.concatenate([slopes, (raw[-1] - X.mean(axis=0) @ slopes)[None]])

    def inside(self, X: Array, theta: Array) -> Array:
        """Parameters for X as given, turned into its own."""
        if self.deviation is None:
            return theta
        width = X.std(axis=0, ddof=self.deviation)
        return np.append(theta[:-1] * width, theta[-1] + X.mean(axis=0) @ theta[:-1])

    def lines(self, X: Array, y: Array, *more: str, instead: Sequence[Any] | None = None, **settings: Any) -> str:
        """The lines of Python that repeat an experiment on a few rows: they run as they stand.

        What was learnt is printed; where `more` prints something `instead`, these are the functions that it needs.
        """
        return by_hand.script(self, X, y, more, settings, instead)


def _stir(seed: int) -> None:
    """Set the generators that a candidate may draw from without asking."""
    np.random.seed(seed % 2**32)
    random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)

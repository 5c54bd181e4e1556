"""Logistic regression: the chance of each class, from a weighted sum of the features."""

from __future__ import annotations

import copy
import math
import warnings
from collections.abc import Callable, Iterable
from typing import Any, Self, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.read import require_finite
from groundup.data.sparse import is_sparse
from groundup.errors import InputError, NotConvergedWarning, UnknownNameError, twin
from groundup.estimators import fitting, options
from groundup.estimators.base import Classifier
from groundup.estimators.class_answers import ClassAnswers
from groundup.estimators.class_task import ClassTask, class_task
from groundup.estimators.far_from_zero import far
from groundup.estimators.inference import LogisticInference
from groundup.estimators.separation_words import far_words, rank_words, separation_words
from groundup.estimators.small_slope import EARLY, without_minimum
from groundup.estimators.sparse_fit import likeliest_on_sparse
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.large import is_dear, tells
from groundup.models.likelihood import Likeliest, kinked_training, likeliest, newton_training, result
from groundup.solve.early_stopping import EarlyStopping
from groundup.solve.loop import Listener, Method, Training
from groundup.solve.schedules import named as named_schedule

ALL_RIGHT = (
    "the classes are separated: each row has its own class ahead, so larger weights are likelier still, and none are "
    f"the likeliest. {EARLY}"
)
NEWTON = ("auto", "newton", "proximal")
"""The solvers that go to the optimum itself; with l1 by proximal steps, which leave zeros at zero."""


class LogisticRegression(LogisticInference, ClassAnswers, Classifier):
    """chance of class k = softmax(X W + b)_k, with W and b where the labels are most likely.

    Minimises  mean(log loss) + l1 Σ|w| + l2/2 Σ w².  The bias b is never penalised, and nothing is unless asked.
    Two classes have one score z = X w + b, and the chance of the second is 1 / (1 + e^-z).

    Parameters
    ----------
    multiclass : "softmax" or "one-vs-rest"
        For three classes or more: one model of all classes together, or for each class one against all others.
    class_weight : None, "balanced" or {class: weight}
        A factor on the weight of the rows of a class; "balanced" lets all classes weigh the same.
    solver : "auto", "newton", "gradient_descent", ... or a Method
        "auto", "newton" and "proximal" (another name for it, with l1) go to the optimum itself, in about six steps,
        whatever the units of the features, and where columns are constant or there twice. Everything else is plain
        descent from weight 0 and bias 0.
    learning_rate : number or "safe"
        How far a step goes; "safe" is 1 / (largest curvature that the loss can have on these rows).
    batch_size : None or whole number
        Rows in one update: None is all of them, 1 is stochastic.
    epochs : whole number
        Passes over the rows at most.
    tolerance : number
        Newton ends when no coefficient is further than this many standard errors from the optimum, and it is proved
        that there is one; descent when the gradient's norm has shrunk by this factor.
    l1, l2 : numbers
        The price of weights; 0 is none.
    fit_intercept, schedule, early_stopping, warm_start, random_state, listeners, shuffle
        As in `LinearRegression`.

    y (rows,) holds one class a row, of any type; y (rows, labels) of 0 and 1 holds several,
    each with a score of its own.

    Attributes
    ----------
    classes_ : the classes, sorted
    coef_, intercept_ : (1, features) and (1,) for two classes, else a row for each class
    centre_, intercept_rest_ : the middle of the rows, and the digits that intercept_ has no room for; only where X is
        so far from 0 that predictions need them
    kind_of_task_ : "two" classes, "softmax", "rest" (one against the rest), "labels" or "one" class only
    history_, reason_, n_iter_, gap_, n_features_in_, feature_names_in_ : as in `LinearRegression`

    Raises InputError or InputTypeError for rows that cannot be used, missing numbers among them. Warns
    NotConvergedWarning where the labels have no likeliest model, because they can be told apart without error;
    `reason_` then names the features that do it.

    >>> hours = [[0.5], [1.0], [1.5], [2.0], [2.5], [3.0], [3.5], [4.0]]
    >>> passed = ["no", "no", "no", "yes", "no", "yes", "yes", "yes"]
    >>> model = LogisticRegression().fit(hours, passed)
    >>> model.predict([[1.0], [3.5]])
    array(['no', 'yes'], dtype='<U3')
    >>> model.predict_proba([[2.25]]).round(3)
    array([[0.5, 0.5]])

    Hastie, Tibshirani, Friedman, The Elements of Statistical Learning (2009), section 4.4.
    """

    classes_: Array
    coef_: Array
    intercept_: Array
    history_: dict[str, Array]
    reason_: str
    n_iter_: int
    gap_: float
    centre_: Array
    intercept_rest_: Array
    _multi_output = True
    _takes_sparse = True
    _memory: Any = None

    def __init__(
        self,
        *,
        multiclass: str = "softmax",
        class_weight: Any = None,
        solver: str | Method = "auto",
        learning_rate: float | str = "safe",
        batch_size: int | None = None,
        epochs: int = 1000,
        tolerance: float = 1e-8,
        l1: float = 0.0,
        l2: float = 0.0,
        fit_intercept: bool = True,
        schedule: Callable[[int], float] | None = None,
        early_stopping: EarlyStopping | bool | None = None,
        warm_start: bool = False,
        random_state: Any = None,
        listeners: Iterable[Listener] = (),
        shuffle: bool = True,
    ):
        self.multiclass = multiclass
        self.class_weight = class_weight
        self.solver = solver
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.epochs = epochs
        self.tolerance = tolerance
        self.l1 = l1
        self.l2 = l2
        self.fit_intercept = fit_intercept
        self.schedule = schedule
        self.early_stopping = early_stopping
        self.warm_start = warm_start
        self.random_state = random_state
        self.listeners = listeners
        self.shuffle = shuffle

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Find the weights and the bias. X (rows, features), y (rows,) or, for several labels a row, (rows, labels)."""
        # Of many rows the fit itself tells whether each cell is finite; another look would be a fifth of the time.
        # Of rows that weigh nothing it never learns.
        all_count = sample_weight is None and self.class_weight is None
        later = isinstance(X, np.ndarray) and all_count and self._newton and self.l1 == 0 and tells(X.size)
        task = self._task(X, y, sample_weight, finite=not later)
        return self._remember(task, self._answer(task, finite=not later))

    def training(self, X: Any, y: Any, sample_weight: Any = None) -> Training:
        """The training as an iterator: look at each update, change the rate or the weights, stop, go on, finish.

        The solver "auto" means gradient descent here; with "newton" each turn is a Newton step.

        >>> training = LogisticRegression(learning_rate=1.0, epochs=2).training([[-1.0], [1.0]], ["a", "b"])
        >>> for state in training:
        ...     print(state.step, round(state.loss, 4), state.weights.round(4), round(state.bias, 4))
        0 0.6931 [0.] 0.0
        1 0.4741 [0.5] 0.0
        2 0.3477 [0.8775] 0.0
        """
        task = self._task(X, y, sample_weight)
        return self._training(task, lambda loop: self._remember(task, self._result(task, loop)))

    def partial_fit(self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None) -> Self:
        """One epoch of descent on these rows, from where the last call ended.

        The first call needs `classes`, all that will ever come, unless all of them are in its y.
        """
        first = "coef_" not in self.__dict__ or not getattr(self, "_partial", False)
        known = None if not first or classes is None else np.unique(np.asarray(classes))
        if not first:
            known = self.classes_
            if classes is not None and np.unique(np.asarray(classes)).tolist() != known.tolist():
                raise InputError(f"classes must be those of the first call, {known.tolist()}; got {list(classes)!r}.")
        task = self._task(X, y, sample_weight, classes=known, first=first)
        loop = self._training(task, None, epochs=1, start=None if first else self._flat_parameters(task))
        if not first and self._memory is not None:
            loop.memory = self._memory
        loop.run()
        self._remember(task, self._result(task, loop))
        self._partial, self._memory = True, loop.memory
        return self

    def _task(
        self,
        X: Any,
        y: Any,
        sample_weight: Any,
        classes: Array | None = None,
        first: bool = True,
        finite: bool = True,
    ) -> ClassTask:
        matrix = self._learn_features(X, finite=finite) if first else self._read_features(X, finite=True)
        return class_task(
            matrix,
            y,
            sample_weight,
            class_weight=self.class_weight,
            multiclass=self.multiclass,
            fit_intercept=options.yes_or_no("fit_intercept", self.fit_intercept),
            classes=classes,
        )

    def _answer(self, task: ClassTask, finite: bool = True) -> list[fitting.Answer]:
        """One answer for each model: several where the columns of y are separate. `finite`: X is known to be."""
        if not finite and task.kind not in ("two", "softmax"):
            require_finite(task.blocks.X, "X")
        if self._newton:
            fitting.no_early_stopping(self)
        if isinstance(self.solver, str) and self.solver not in (*NEWTON, *options.METHODS):
            raise UnknownNameError("solver", self.solver, [*NEWTON, *options.METHODS])
        if task.kind == "one":
            return [_constant(task)]
        if not self._newton:
            loop = self._training(task, None)
            loop.run()
            return [self._result(task, loop)]
        if task.kind in ("two", "softmax"):
            return [self._likeliest(task, None, finite=finite)]
        return [self._likeliest(task.column(k), k) for k in range(task.blocks.n_outputs)]

    @property
    def _newton(self) -> bool:
        return self.solver in NEWTON

    def _likeliest(self, task: ClassTask, column: int | None, finite: bool = True) -> fitting.Answer:
        objective = task.objective(ElasticNet(self.l1, self.l2))
        start = self._start(task, objective.model, column)
        if is_sparse(task.blocks.X):
            return likeliest_on_sparse(objective, start, **self._newton_settings())
        found = likeliest(objective, start, finite=finite, **self._newton_settings())
        return self._in_words(task, found)

    def _newton_settings(self) -> dict[str, Any]:
        rate = self.learning_rate
        epochs = min(200, options.whole_number("epochs", self.epochs, hint="One epoch is one Newton step."))
        return {
            "epochs": epochs,
            "tolerance": options.positive("tolerance", self.tolerance, hint="Use 0 to never stop early.", zero=True),
            "learning_rate": 1.0 if rate == "safe" else options.positive("learning_rate", rate, hint="Use 'safe'."),
            "schedule": named_schedule(self.schedule, epochs),
            "listeners": options.several(
                "listeners", self.listeners, hint="Use for instance listeners=[gu.progress()]."
            ),
        }

    def _training(
        self, task: ClassTask, finish: Callable[[Training], Any] | None, epochs: int | None = None, start: Any = None
    ) -> Training:
        objective = task.objective(ElasticNet(self.l1, self.l2))
        start = self._start(task, objective.model) if start is None else start
        if self.solver in ("newton", "proximal"):
            if is_sparse(task.blocks.X):
                raise InputError(
                    "training(...) shows Newton's steps on dense rows only; got a sparse matrix. Use fit with "
                    "listeners, or solver='gradient_descent'."
                )
            training = kinked_training if self.l1 > 0 else newton_training
            return training(objective, start, finish=finish, **self._newton_settings())
        settings = copy.copy(self)
        if settings.solver == "exact":
            raise UnknownNameError("solver", "exact", [*NEWTON, *options.METHODS])
        if epochs is not None:
            settings.epochs, settings.early_stopping = epochs, None
        loop = fitting.training(settings, objective, start, finish)
        loop.glimpse = task.glimpse
        return loop

    def _result(self, task: ClassTask, loop: Training) -> fitting.Answer:
        if self.solver in ("newton", "proximal"):
            return self._in_words(task, result(loop))
        found = fitting.result(loop)
        if not (self.l1 == self.l2 == 0 and found.reason.startswith("converged")):
            return found
        apart = task.tells_apart(found.parameters)
        why = ALL_RIGHT if apart else without_minimum(task, self._names())
        if why is None:
            return found
        reason = f"not {found.reason}, but {why}"
        _warn(reason)
        return found._replace(reason=reason)

    def _in_words(self, task: ClassTask, found: Likeliest) -> fitting.Answer:
        """What Newton's method found, with a warning where it did not converge."""
        if self.l1 > 0 and task.kind == "softmax":  # proximal steps leave open what all biases share
            shared = found.bias.mean()
            found = found._replace(bias=found.bias - shared, level=found.level - shared)
        if not is_dear(found.objective):
            self._found(found)
        self.__dict__.setdefault("_far", []).append(far(found))
        d, n_outputs = found.W.shape
        names, reason = self._names(), found.reason
        if found.separation is not None:
            reason = separation_words(found.separation, task.blocks, task.classes, names, found.steps)
        if found.far is not None:
            reason = far_words(found, found.far, names)
        reason += rank_words(found.objective.basis, d, names, task.fit_intercept)
        if not reason.startswith("converged"):
            _warn(reason)
        packed = Affine(d, n_outputs, fit_intercept=task.fit_intercept).pack(found.W, found.bias)
        return fitting.Answer(packed, reason, found.steps, found.gap, found.history)

    def _start(self, task: ClassTask, model: Any, column: int | None = None) -> Array:
        """Weight 0 and bias 0, or with `warm_start` where the last fit ended."""
        if not (options.yes_or_no("warm_start", self.warm_start) and "coef_" in self.__dict__):
            return model.start()
        if self.coef_.shape[1] != task.blocks.n_features or len(self.coef_) < model.n_outputs:
            raise InputError(
                f"warm_start goes on from weights {self.coef_.shape}, but these rows need another shape; "
                "give rows and classes of the same shape, or fit with warm_start=False."
            )
        return self._flat_parameters(task, column)

    def _flat_parameters(self, task: ClassTask, column: int | None = None) -> Array:
        only = slice(None) if column is None or len(self.coef_) == 1 else slice(column, column + 1)
        W, b = self.coef_[only].T, self.intercept_[only]
        return Affine(W.shape[0], W.shape[1], fit_intercept=task.fit_intercept).pack(W, b)

    def _remember(self, task: ClassTask, answer: fitting.Answer | list[fitting.Answer]) -> Self:
        answers = answer if isinstance(answer, list) else [answer]
        self.classes_, self.kind_of_task_ = task.classes, task.kind
        n_outputs = task.blocks.n_outputs // len(answers)
        model = Affine(task.blocks.n_features, n_outputs, fit_intercept=task.fit_intercept or task.kind == "one")
        parts = [model.unpack(one.parameters) for one in answers]
        self.coef_ = np.concatenate([W.T for W, _ in parts])
        self.intercept_ = np.concatenate([b for _, b in parts])
        self.history_, self.reason_ = _joined(answers), _reasons(answers)
        self.n_iter_ = max(1, *(one.n_iter for one in answers)) if len(answers) > 1 else max(1, answers[0].n_iter)
        self.gap_ = sum(one.gap for one in answers)
        self._remember_far(len(answers))
        self._keep(task)
        return self

    def _formula(self) -> str:
        """The model, for people."""
        return (
            "chance = softmax(X W + b)"
            if getattr(self, "kind_of_task_", "two") == "softmax"
            else ("chance = 1 / (1 + e^-(X w + b))")
        )


def _constant(task: ClassTask) -> fitting.Answer:
    """The chance (n + 1/2) / (n + 1) for the only class: every finite bias is too small, so none is the optimum."""
    n, model = task.blocks.n_rows, Affine(task.blocks.n_features, 1, fit_intercept=True)
    reason = (
        f"only one class came, {task.classes.tolist()[0]!r}, in all {n:,} rows: there is nothing to tell apart, "
        "and the model always answers it. Give rows of at least two classes."
    )
    _warn(reason)
    parameters = model.pack(np.zeros((task.blocks.n_features, 1)), np.array([math.log(2 * n + 1)]))
    return fitting.Answer(parameters, reason, 0, math.nan, {"loss": np.array([math.log1p(1 / (2 * n + 1))])})


def _warn(reason: str) -> None:
    warnings.warn(reason, cast(type[Warning], twin(NotConvergedWarning, "ConvergenceWarning")), stacklevel=6)


def _joined(answers: list[fitting.Answer]) -> dict[str, Array]:
    """The histories one after the other; "output" says whose line it is where there are several."""
    if len(answers) == 1:
        return answers[0].history
    lines = {name: np.concatenate([one.history[name] for one in answers]) for name in answers[0].history}
    return {"output": np.repeat(np.arange(len(answers)), [len(one.history["loss"]) for one in answers]), **lines}


def _reasons(answers: list[fitting.Answer]) -> str:
    if len(answers) == 1:
        return answers[0].reason
    return "; ".join(f"column {k}: {one.reason}" for k, one in enumerate(answers))

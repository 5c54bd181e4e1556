"""`summary` and `predict_interval` of a logistic regression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, UnknownNameError
from groundup.estimators.base.features import Features
from groundup.estimators.class_task import ClassTask, class_task
from groundup.estimators.inference.influence import Influence, of_classes, of_rows
from groundup.estimators.inference.likelihood import KEPT_COEFFICIENTS, Likelihood, of_fit
from groundup.estimators.inference.likelihood import of_rows as likelihood_of_rows
from groundup.estimators.inference.linear_mixin import Interval, level_between
from groundup.estimators.inference.rows import COVARIANCES, corrected
from groundup.formulas.activations import sigmoid, softmax
from groundup.formulas.penalties import ElasticNet
from groundup.models.likelihood import Likeliest


class LogisticInference(Features):
    """What a logistic regression can say about how sure it is."""

    predict_proba: Callable[[Any], Array]
    decision_function: Callable[[Any], Array]
    _scores: Callable[[Any], Array]
    classes_: Array
    statistics_: dict[str, Any]
    class_weight: Any
    multiclass: Any
    l1: Any
    l2: Any
    fit_intercept: Any

    def _found(self, found: Likeliest) -> None:
        """Remember until the end of the fit what Newton's method found, a call for each model."""
        self.__dict__.setdefault("_tops", []).append(found)

    def _keep(self, task: ClassTask) -> None:
        """Remember what `summary` needs, where Newton's method has just found it; called at the end of a fit."""
        every: list[Likeliest] = self.__dict__.pop("_tops", [])
        self.__dict__.pop("statistics_", None)
        columns = task.blocks.n_outputs if task.kind in ("separate", "labels") else 1
        size = (task.blocks.n_features + 1) * task.blocks.n_outputs
        if len(every) != columns or task.kind == "one" or size > KEPT_COEFFICIENTS or self.l1 > 0:
            return
        tasks = [task.column(k) for k in range(columns)] if task.kind in ("separate", "labels") else [task]
        penalty = ElasticNet(self.l1, self.l2)
        parts = [of_fit(found, one.objective(penalty)) for found, one in zip(every, tasks, strict=True)]
        self.statistics_ = {"kind": task.kind, "models": [part._asdict() for part in parts]}

    def summary(
        self,
        X: Any = None,
        y: Any = None,
        sample_weight: Any = None,
        *,
        covariance: str = "classical",
        level: float = 0.95,
        weights: str = "repeats",
        baseline: Any = None,
        show: bool = True,
    ) -> Any:
        """Print the table of coefficients, odds ratios, tests and fit, and return its numbers by name.

        Without rows it speaks of those that `fit` saw; X, y and sample_weight must be those same rows where it needs to
        see them again: for `covariance` "HC0" to "HC3", and for models that were not trained by Newton's method.
        `weights` says what sample_weight means: "repeats" (a row of weight 2 is two rows) or "precision" (one row that
        says twice as much). Three classes or more are compared with the class `baseline`, the first unless given.
        `show=False` prints nothing.

        Where a number would not be honest it is NaN, and a note says why: with a penalty, away from the optimum, where
        classes are separable, for coefficients that the rows do not determine.

        >>> from groundup.estimators.logistic_regression import LogisticRegression
        >>> hours = [[0.5], [1.0], [1.5], [2.0], [2.5], [3.0], [3.5], [4.0]]
        >>> passed = ["no", "no", "no", "yes", "no", "yes", "yes", "yes"]
        >>> table = LogisticRegression().fit(hours, passed).summary(show=False)
        >>> table.names, table.coefficients.round(3), table.standard_errors.round(3)
        (['bias', 'x0'], array([-5.77 ,  2.565]), array([4.036, 1.721]))

        Agresti, Categorical Data Analysis, chapters 5 and 7.
        """
        from groundup.estimators.inference.logistic import Question, summarise

        self._check_is_fitted()
        level = level_between(level)
        if covariance not in COVARIANCES:
            raise UnknownNameError("covariance", covariance, COVARIANCES)
        if weights not in ("precision", "repeats"):
            raise UnknownNameError("weights", weights, ("precision", "repeats"))
        if covariance != "classical" and X is None:
            raise InputError(
                f"covariance={covariance!r} needs the residual of every row; no rows came. "
                "Give the rows of fit: summary(X, y)."
            )
        tasks = None if X is None else self._tasks(X, y, sample_weight)
        with np.errstate(all="ignore"):
            parts = self._likelihoods(tasks)
            meats = None
            if tasks is not None and covariance != "classical" and all(part.factor is not None for part in parts):
                repeats = weights == "repeats"
                z = np.split(self._scores(tasks[0].blocks.X), len(tasks), axis=1)
                each = zip(parts, tasks, z, strict=True)
                meats = [_meat(part, task, score, covariance, repeats) for part, task, score in each]
            outputs, contrasts = self._contrasts(baseline)
            names = (["bias"] if parts[0].fit_intercept else []) + self._names()
            table = summarise(
                parts,
                Question(
                    names, outputs, contrasts, self._title(parts[0], covariance, baseline), level, covariance,
                    weights == "repeats", meats, self._task_kind() in ("two", "softmax"), self.class_weight is not None,
                ),
            )  # fmt: skip
        if show:
            print(table)
        return table

    def predict_interval(self, X: Any, level: float = 0.95, kind: str = "mean") -> Any:
        """sigmoid(z ± q se(z)): where the chance of the second class at X lies; (lower, upper), each (rows,).

        With three classes or more, or several labels, (rows, classes): for each class by the log-odds of it against
        all others, log(p / (1 - p)), whose variance is followed to first order. There is no interval for the label
        itself, because a label is one class or another: kind="mean" is the only kind.

        >>> from groundup.estimators.logistic_regression import LogisticRegression
        >>> hours = [[0.5], [1.0], [1.5], [2.0], [2.5], [3.0], [3.5], [4.0]]
        >>> model = LogisticRegression().fit(hours, [0, 0, 0, 1, 0, 1, 1, 1])
        >>> lower, upper = model.predict_interval([[2.25], [4.0]])
        >>> lower.round(2), upper.round(2)
        (array([0.1 , 0.14]), array([0.9, 1. ]))

        Agresti, Categorical Data Analysis, section 5.2.
        """
        from groundup.formulas.distributions import Normal

        level = level_between(level)
        if kind != "mean":
            raise InputError(
                f"kind must be 'mean', an interval for the chance of a class; got {kind!r}. A label is one class or "
                "another, so an interval for it says nothing; use predict_proba."
            )
        matrix = self._read_features(X, finite=True)
        with np.errstate(all="ignore"):
            parts = self._likelihoods(None)
            self._optimum(parts, "an interval")
            if self._task_kind() == "separate":
                raise InputError(
                    "an interval needs one likelihood for all classes; one-vs-rest has one for each, and its chances "
                    "are made to add up afterwards. Use multiclass='softmax'."
                )
            z = self.decision_function(matrix).reshape(len(matrix), -1)
            slopes, centre = _log_odds(z) if self._task_kind() == "softmax" else (None, z)
            errors = np.stack([_score_errors(part, matrix, slopes) for part in parts], axis=1)
            errors = errors.reshape(centre.shape)
            reach = Normal().upper_quantile((1 - level) / 2) * errors
            lower, upper = sigmoid.value(centre - reach), sigmoid.value(centre + reach)
        return Interval(lower[:, 0], upper[:, 0]) if self._task_kind() == "two" else Interval(lower, upper)

    def _influence(self, X: Any, y: Any, sample_weight: Any) -> Influence:
        """`influence` of these rows."""
        self._check_is_fitted()
        tasks = self._tasks(X, y, sample_weight)
        with np.errstate(all="ignore"):
            parts = self._likelihoods(tasks)
            self._optimum(parts, "influence")
            rows, z = tasks[0].blocks.X, self._scores(tasks[0].blocks.X)
            if self._task_kind() == "softmax":
                u, w = _in_coordinates(parts[0], rows), _weights(tasks[0])
                return of_classes(u, np.asarray(softmax.value(z)), tasks[0].blocks.y, w)
            each: list[Influence] = []
            for part, task, score in zip(parts, tasks, z.T, strict=True):
                leverage, residual, w = _pearson(part, task, score[:, None])
                each.append(of_rows(residual, leverage, np.sqrt(w) * residual, np.inf, _unknowns(part)))
        if self._task_kind() == "two":
            return each[0]
        return Influence(*(np.stack(columns, axis=1) for columns in zip(*each, strict=True)))

    def _optimum(self, parts: list[Likelihood], what: str) -> None:
        """Raise InputError where the classical formulas do not hold."""
        from groundup.estimators.inference.logistic import FAR

        first = parts[0]
        if first.l1 > 0 or first.l2 > 0:
            raise InputError(
                f"{what} needs coefficients without bias; l1 and l2 pull them towards 0, and how far is unknown. "
                "Fit with l1=0 and l2=0."
            )
        for part in parts:
            if part.factor is None:
                raise InputError(f"{what} needs a likeliest model; there is none: {part.reason}.")
            if part.distance > FAR:
                raise InputError(
                    f"{what} needs the likeliest coefficients; these are {part.distance:.3g} standard errors away. "
                    "Train longer, or use solver='newton'."
                )

    def _likelihoods(self, tasks: list[ClassTask] | None) -> list[Likelihood]:
        """The statistics of the fit, or of these rows; one for each model."""
        if self._task_kind() == "one":
            raise InputError("only one class came to fit, so there is nothing to infer. Give rows of two classes.")
        if tasks is not None:
            penalty, W, bias = ElasticNet(self.l1, self.l2), self.__dict__["coef_"].T, self.__dict__["intercept_"]
            if len(tasks) == 1:
                return [likelihood_of_rows(tasks[0].objective(penalty), W, bias)]
            columns = enumerate(tasks)
            return [likelihood_of_rows(t.objective(penalty), W[:, k : k + 1], bias[k : k + 1]) for k, t in columns]
        if "statistics_" not in self.__dict__:
            raise InputError(
                "this model kept no statistics of its rows: it was not trained by Newton's method to the end, or has "
                f"more than {KEPT_COEFFICIENTS} coefficients. Give the rows of fit: summary(X, y)."
            )
        return [Likelihood(**part) for part in self.statistics_["models"]]

    def _tasks(self, X: Any, y: Any, sample_weight: Any) -> list[ClassTask]:
        """The rows again, asked as in `fit`."""
        if y is None:
            raise InputError("rows are X and y together; only X came. Give both: summary(X, y).")
        task = class_task(
            self._read_features(X, finite=True),
            y,
            sample_weight,
            class_weight=self.class_weight,
            multiclass=self.multiclass,
            fit_intercept=bool(self.fit_intercept),
            classes=None if self._task_kind() == "labels" else self.classes_,
        )
        if task.kind in ("separate", "labels"):
            return [task.column(k) for k in range(task.blocks.n_outputs)]
        return [task]

    def _task_kind(self) -> str:
        """What was asked of the rows; a model that was loaded from a file knows it from its statistics only."""
        kind = self.__dict__.get("kind_of_task_")
        return str(self.__dict__.get("statistics_", {}).get("kind", "unknown") if kind is None else kind)

    def _contrasts(self, baseline: Any) -> tuple[list[str] | None, list[tuple[int, Array]]]:
        """The names of the outputs, and for each its model and the contrast of its scores."""
        kind, classes = self._task_kind(), self.classes_.tolist()
        one = np.ones(1)
        if kind == "two":
            return None, [(0, one)]
        if kind != "softmax":
            words = "label {}" if kind == "labels" else "{} against the rest"
            return [words.format(name) for name in classes], [(k, one) for k in range(len(classes))]
        base = self._baseline(baseline)
        others = [k for k in range(len(classes)) if k != base]
        unit = np.eye(len(classes))
        return [f"{classes[k]} against {classes[base]}" for k in others], [(0, unit[k] - unit[base]) for k in others]

    def _baseline(self, baseline: Any) -> int:
        classes: list[Any] = self.classes_.tolist()
        if baseline is None:
            return 0
        if baseline not in classes:
            raise UnknownNameError("baseline", baseline, [str(name) for name in classes])
        return classes.index(baseline)

    def _title(self, part: Likelihood, covariance: str, baseline: Any) -> str:
        kind, classes = self._task_kind(), self.classes_.tolist()
        if kind == "two":
            what = f"Logistic regression, {classes[1]} against {classes[0]},"
        elif kind == "softmax":
            what = f"Softmax regression, {len(classes)} classes against {classes[self._baseline(baseline)]},"
        else:
            what = f"Logistic regression, {len(classes)} {'labels' if kind == 'labels' else 'classes one by one'},"
        errors = "" if covariance == "classical" else f", {covariance} standard errors"
        return f"{what} on {part.n_rows:,} rows{errors}"

    def _names(self) -> list[str]:
        names = self.__dict__.get("feature_names_in_")
        return [f"x{i}" for i in range(self.n_features_in_)] if names is None else [str(name) for name in names]


def _unknowns(part: Likelihood) -> int:
    assert part.factor is not None
    return part.factor.shape[2]


def _in_coordinates(part: Likelihood, X: Array) -> Array:
    """[1, x] F for each row, (rows, scores, unknowns), around the middle of the rows so that offsets cost nothing."""
    assert part.factor is not None
    if not part.fit_intercept:
        return np.tensordot(X, part.factor, axes=1)
    weights = part.factor[1:]
    level = part.level
    if level is None:  # a file of an earlier version
        level = part.factor[0] + np.tensordot(part.shift, weights, axes=1)
    return level + np.tensordot(X - part.shift, weights, axes=1)


def _score_errors(part: Likelihood, X: Array, slopes: Array | None) -> Array:
    """Standard errors of the scores at X, or with slopes (rows, classes, scores) of what moves by them."""
    u = _in_coordinates(part, X)
    moved = u if slopes is None else np.einsum("nck,nku->ncu", slopes, u)
    errors = np.sqrt(np.square(moved).sum(axis=2))
    geometry = part.geometry
    errors[~geometry.seen(X - part.shift)] = np.inf
    return errors


def _log_odds(z: Array) -> tuple[Array, Array]:
    """Slopes (rows, classes, scores) and values (rows, classes) of log(p_k / (1 - p_k)), for softmax scores z."""
    n, K = z.shape
    slopes, values = np.empty((n, K, K)), np.empty((n, K))
    for k in range(K):
        rest = np.delete(z, k, axis=1)
        top = rest.max(axis=1, keepdims=True)
        share = np.exp(rest - top)
        total = share.sum(axis=1, keepdims=True)
        values[:, k] = z[:, k] - (top + np.log(total))[:, 0]
        slopes[:, k] = np.insert(-share / total, k, 1.0, axis=1)
    return slopes, values


def _weights(task: ClassTask) -> Array:
    rows = task.blocks
    return np.ones(len(rows.X)) if rows.sample_weight is None else rows.sample_weight.astype(float)


def _pearson(part: Likelihood, task: ClassTask, score: Array) -> tuple[Array, Array, Array]:
    """Leverages, residuals (y - p) / sqrt(p (1 - p)) and weights, for one score."""
    rows, w = task.blocks, _weights(task)
    z = score[:, 0]
    p, q = np.asarray(sigmoid.value(z)), np.asarray(sigmoid.value(-z))
    leverage = w * p * q * np.square(_in_coordinates(part, rows.X)[:, 0]).sum(axis=1)
    residual = np.where(rows.y[:, 0] > 0.5, q, -p) / np.sqrt(p * q)
    return leverage, residual, w


def _meat(part: Likelihood, task: ClassTask, z: Array, kind: str, repeats: bool) -> Array:
    """Σ of the squared slopes of the rows' log-likelihoods, in the coordinates of F."""
    rows, w = task.blocks, _weights(task)
    objective = task.objective(ElasticNet())
    slope = objective.cost.loss.value_and_gradient(z, rows.y)[1]
    scores = np.einsum("nk,nku->nu", slope, _in_coordinates(part, rows.X))
    leverage = None
    if kind in ("HC2", "HC3"):
        if part.W.shape[1] > 1:
            raise InputError(
                f"covariance={kind!r} needs one leverage for each row; a softmax has several. Use 'HC0' or 'HC1'."
            )
        leverage = _pearson(part, task, z)[0]
    factor = corrected(w if repeats else np.square(w), w, leverage, kind, scores.shape[1], repeats=repeats)
    return scores.T @ (factor[:, None] * scores)

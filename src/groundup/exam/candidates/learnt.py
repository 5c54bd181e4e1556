# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""A candidate that has studied: its predictions, its probabilities, its weights and bias."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from groundup.exam.candidates import reading, spelling
from groundup.exam.evidence import NotExamined

if TYPE_CHECKING:
    from groundup.exam.candidates.facade import Candidate

Array = Any


class Learnt:
    """What a candidate knows after one study.

    raw     weights and then bias, one flat vector, as the candidate keeps them
    theta   the same for the columns as they were given, where the candidate standardises them itself
    """

    def __init__(self, candidate: Candidate, result: Any, X: Array, classes: Array):
        self.candidate, self.result, self.X, self.classes = candidate, result, np.asarray(X, dtype=float), classes
        self.columns = self.X.shape[1]

    def predict(self, X: Array) -> Array:
        """Its predictions, flat; labels as they were given."""
        maker = self.candidate.maker
        if "predict" in self.candidate.can:
            return self._labels(self._timed(maker.predict, X))
        z = self.scores(X)
        if self.candidate.task == "regression":
            return z
        return self.classes[(z > 0).astype(int) if z.ndim == 1 else np.argmax(z, axis=1)]

    def codes(self, X: Array) -> Array:
        """Which class it predicts, by its place; -1 where that is none of those that it was taught."""
        places = {str(label): k for k, label in enumerate(self.classes)}
        return np.array([places.get(str(v), -1) for v in self.predict(X)])

    def _timed(self, ask: Callable[[Any, Array], Array], X: Array) -> Array:
        """Its answers; where a table of this size would take too long, by what one before it took, NotExamined."""
        c = self.candidate
        if len(X) * c.slow_answers > c.patience:
            raise NotExamined("its predictions are slow, so that this question would take too long")
        started = time.process_time()
        answer = ask(self.result, c.with_ones(X))
        took = time.process_time() - started
        answer = answer.T if c.turned and answer.ndim == 2 and len(answer) != len(X) == answer.shape[1] else answer
        c.slow_answers = took / len(X) if took > 0.1 or took < c.slow_answers * len(X) else c.slow_answers
        return answer

    def _labels(self, answer: Array) -> Array:
        answer = answer[:, 0] if answer.ndim == 2 and answer.shape[1] == 1 else answer
        if self.candidate.task == "regression":
            return answer.astype(float)
        if answer.ndim == 2:
            return self.classes[np.argmax(answer, axis=1)]
        if answer.dtype.kind == "b":
            return self.classes[answer.astype(int)]
        if answer.dtype.kind == "f" and len(np.unique(answer)) > len(self.classes):
            return self.classes[(answer > 0.5).astype(int)]  # probabilities where labels were asked
        if answer.dtype.kind == "f" and self.classes.dtype.kind in "iu" and np.array_equal(answer, np.round(answer)):
            return answer.astype(self.classes.dtype)  # 1.0 is the class 1
        return answer

    def proba(self, X: Array) -> Array:
        """(rows, classes): its own probabilities, or those of its weights."""
        maker = self.candidate.maker
        if "proba" in self.candidate.can:
            p = self._timed(maker.proba, X)
            p = p[:, 0] if p.ndim == 2 and p.shape[1] == 1 else p
            return np.stack([1 - p, p], axis=1) if p.ndim == 1 else p
        z = self.scores(X)
        z = np.stack([np.zeros_like(z), z], axis=1) if z.ndim == 1 else z
        z = z - z.max(axis=1, keepdims=True)
        return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

    def scores(self, X: Array) -> Array:
        """X w + b."""
        if self.candidate.task == "multiclass":
            theta = self.theta
            return np.asarray(X) @ theta[:-1] + theta[-1]
        theta = self.theta
        return np.asarray(X) @ theta[:-1] + theta[-1]

    def exposed(self) -> Array | None:
        """Weights and bias as they are kept, flat; None where nothing of that kind is shown."""
        if self.candidate.hides:
            return None
        weights, bias = reading.weights_and_bias(self.result, self.columns)
        if weights is None:
            return None
        weights = weights.ravel()
        if weights.size == self.columns + 1 and (bias is None or self.candidate.bias_place):
            first = self.candidate.bias_place == "first"
            found = np.concatenate([weights[1:], weights[:1]]) if first else weights.copy()
            found[-1] += reading.number(bias) if bias is not None and self.candidate.two_biases else 0.0
            return found
        if weights.size != self.columns:
            return None
        return np.append(weights, 0.0 if bias is None else reading.number(bias))

    @property
    def raw(self) -> Array:
        """Weights and bias in the candidate's own columns."""
        found = self.exposed()
        return self.candidate.inside(self.X, self.effective()) if found is None else found

    @property
    def theta(self) -> Array:
        """Weights and bias for the columns as given; a column for each of many classes."""
        if self.candidate.task == "multiclass":
            return self.candidate.outside(self.X, np.vstack(self.matrix()))
        found = self.exposed()
        return self.effective() if found is None else self.candidate.outside(self.X, found)

    def effective(self) -> Array:
        """Weights and bias as its predictions show them: at the mean row, and one deviation away in each column."""
        middle, width = self.X.mean(axis=0), self.X.std(axis=0) + (self.X.std(axis=0) == 0)
        rows = np.vstack([middle, middle + np.diag(width)])
        if self.candidate.task == "regression":
            if "predict" not in self.candidate.can:
                raise NotExamined("it hands back neither weights nor predictions")
            z = self.predict(rows)
        elif "proba" in self.candidate.can:
            p = self.proba(rows)
            z = np.log(p[:, 1]) - np.log(p[:, 0])
        else:
            raise NotExamined("it shows neither weights nor probabilities")
        slopes = (z[1:] - z[0]) / width
        return np.append(slopes, z[0] - middle @ slopes)

    @property
    def shows_matrix(self) -> bool:
        """Whether weights of every class can be read, and need not be found from probabilities."""
        weights, _ = reading.weights_and_bias(self.result, self.columns)
        sizes = (self.columns, self.columns + 1)
        return weights is not None and any(reading.as_matrix(weights, p, len(self.classes)) is not None for p in sizes)

    def matrix(self) -> tuple[Array, Array]:
        """(columns, classes) weights and (classes,) biases; only differences between classes mean anything."""
        found = [] if self.candidate.hides else list(self._readings())
        if len(found) > 1 and "predict" in self.candidate.can:
            codes = self.codes(self.X)
            p = self.proba(self.X) if "proba" in self.candidate.can else np.zeros(0)
            found.sort(key=lambda both: _unlike(self.X @ both[0] + both[1], codes, p))
        if found:
            return found[0]
        if "proba" not in self.candidate.can:
            raise NotExamined("it shows neither weights nor probabilities")
        middle, width = self.X.mean(axis=0), self.X.std(axis=0)
        z = np.log(self.proba(np.vstack([middle, middle + np.diag(width)])))
        z = z - z.mean(axis=1, keepdims=True)
        slopes = (z[1:] - z[0]) / width[:, None]
        return slopes, z[0] - middle @ slopes

    def _readings(self) -> Iterator[tuple[Array, Array]]:
        """Every way to read what it shows: a bias beside the weights, among them, or a class of reference without."""
        weights, bias = reading.weights_and_bias(self.result, self.columns)
        K, zero = len(self.classes), np.zeros
        if weights is None:
            return
        for W in reading.as_matrices(weights, self.columns, K):
            yield W, zero(K) if bias is None else np.ravel(bias)
            if bias is None:
                yield from ((W, other) for other in reading.rows_of(self.result, K))
        for both in reading.as_matrices(weights, self.columns + 1, K):
            ways = [(both[:-1], both[-1]), (both[1:], both[0])]
            yield from ways[::-1] if self.candidate.bias_place == "first" else ways
        less = reading.as_matrix(weights, self.columns + 1, K - 1)
        if less is not None and bias is None:
            for w, b in ((less[1:], less[0]), (less[:-1], less[-1])):
                yield np.column_stack([w, zero(self.columns)]), np.append(b, 0.0)
                yield np.column_stack([zero(self.columns), w]), np.append(0.0, b)

    def standard_errors(self) -> Array | None:
        """Standard errors of the weights, where they are shown; those of the bias are left out."""
        found = reading.first_of(self.result, spelling.ERRORS)
        return None if found is None else np.ravel(np.asarray(found, dtype=float))

    def variance(self) -> float | None:
        """The estimated variance of the noise, where it is shown."""
        found = reading.first_of(self.result, spelling.VARIANCES)
        return None if found is None or np.size(found) != 1 else reading.number(found)


def _unlike(z: Array, codes: Array, p: Array) -> tuple[float, float]:
    """How unlike the scores of a reading are to what is said of the same rows: in labels, then in probabilities.

    Probabilities are those of softmax, or of one sigmoid for each class, made to add up to 1.
    """
    apart = -float((np.argmax(z, axis=1) == codes).mean()) if len(codes) == len(z) else 0.0
    if p.shape != z.shape:
        return apart, 0.0
    with np.errstate(all="ignore"):
        ways = (np.exp(z - z.max(axis=1, keepdims=True)), np.exp(-np.logaddexp(0, -z)))
        return apart, min(float(np.abs(w / w.sum(axis=1, keepdims=True) - p).max()) for w in ways)

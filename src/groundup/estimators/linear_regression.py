"""Linear regression: a line, a plane, a hyperplane through the rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, Self

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.prepare import counting_rows
from groundup.data.read import as_targets, as_weights
from groundup.data.sparse import is_sparse
from groundup.errors import InputError
from groundup.estimators import fitting, options
from groundup.estimators.base import Regressor
from groundup.estimators.inference import LinearInference
from groundup.estimators.inference.kept import Remembering
from groundup.estimators.sparse_fit import SparseObjective, answer_on_sparse
from groundup.formulas.losses import Loss, Squared, named
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.early_stopping import EarlyStopping
from groundup.solve.loop import Listener, Method, State, Training


class LinearRegression(LinearInference, Regressor):
    """prediction = X w + b, with w and b where the loss of the rows is least.

    Minimises  total(loss(prediction, y)) + l1 Σ|w| + l2/2 Σ w².  The bias b is never penalised. With solver="auto" the
    columns may be in any units, nearly the same, constant, or there twice: the answer is the best one all the same.

    Parameters
    ----------
    loss : "mse", "mae", "rmse", "l1", "l2", "huber", ... or a Loss
        What a wrong answer costs. l1 and l2 are sums over rows, mae and mse means, rmse the root of the mean. A sum has
        the same minimum as a mean, but its usable learning rate is smaller by the number of rows.
    solver : "auto", "exact", "gradient_descent", ... or a Method
        "auto" is the exact answer where there is one. Everything else starts at weight 0 and bias 0.
    learning_rate : number or "safe"
        How far a step goes; "safe" is 1 / (largest curvature), worked out from the data.
    batch_size : None or whole number
        Rows in one update: None is all of them, 1 is stochastic. The last batch of an epoch may be smaller, and its
        gradient is still the mean over its own rows.
    epochs : whole number
        Passes over the rows: epochs x ceil(rows / batch_size) updates at most.
    tolerance : number
        Training ends early once the distance to the minimum has shrunk by this factor; 0 never ends early.
    l1, l2 : numbers
        The price of weights; 0 is none.
    fit_intercept : bool
        Whether there is a bias.
    schedule : None or function of the epoch
        A factor on the learning rate.
    early_stopping : None, True or EarlyStopping
        Ends a training step by step when the loss on a part kept apart no longer falls, and keeps the best weights.
        Not for the solvers that go straight to the minimum.
    warm_start : bool
        Whether `fit` goes on from the weights of the last fit.
    random_state : None, whole number or generator
        Makes the shuffling repeatable.
    listeners : functions of the state
        Each is called at every step; a sentence that it returns ends the training.
    shuffle : bool
        Whether mini-batches are drawn from shuffled rows.

    Attributes
    ----------
    coef_, intercept_ : the weights, (features,) or (outputs, features), and the bias
    history_ : dict of arrays, a line an epoch: "loss", "gap", "gradient_norm", "learning_rate", "weights", "bias"
    reason_ : why the training stopped, in words
    n_iter_ : epochs made
    gap_ : how far the loss is above its minimum; nan where that is unknown
    n_features_in_, feature_names_in_ : what the columns were

    Raises InputError or InputTypeError for rows that cannot be used: missing numbers, text, lengths that differ.

    >>> pounds = [[3.5], [3.69], [3.44], [3.43], [4.34], [4.42], [2.37]]   # in thousands
    >>> miles_per_gallon = [18, 15, 18, 16, 15, 14, 24]
    >>> model = LinearRegression().fit(pounds, miles_per_gallon)
    >>> print(f"{model.coef_[0]:.2f} per 1,000 pounds, from {model.intercept_:.1f}")
    -4.57 per 1,000 pounds, from 33.6

    Hastie, Tibshirani, Friedman, The Elements of Statistical Learning (2009), chapter 3.
    """

    coef_: Array
    intercept_: Array
    history_: dict[str, Array]
    reason_: str
    n_iter_: int
    gap_: float

    _fitted_by = "coef_"
    _takes_sparse = True
    _memory: Any = None

    def __init__(
        self,
        loss: str | Loss = "mse",
        *,
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
        self.loss = loss
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
        """Find the weights and the bias. X (rows, features), y (rows,) or (rows, outputs)."""
        squares = type(named(self.loss)) is Squared
        objective, self._memory = self.objective(X, y, sample_weight, finite=not squares), None
        if squares and not is_sparse(X):
            fitting.require_finite_rows(self, objective)
        direct = self.solver in ("auto", "exact")
        if direct:
            fitting.require_a_minimum(objective)
        start = self._start(objective)
        if direct and isinstance(objective, SparseObjective):
            fitting.no_early_stopping(self)
            settings = {"tolerance": self.tolerance, "epochs": self.epochs, "listeners": self.listeners}
            return self._remember(objective, answer_on_sparse(objective, start, learning_rate=1.0, **settings))
        return self._remember(objective, fitting.answer(self, objective, start))

    def training(self, X: Any, y: Any, sample_weight: Any = None) -> Training:
        """The training as an iterator: look at each update, change the rate or the weights, stop, go on, finish.

        The solvers "auto" and "exact" have no steps to watch; here they mean gradient descent.

        >>> training = LinearRegression(learning_rate=0.1, epochs=2).training([[0.0], [1.0]], [1.0, 3.0])
        >>> for state in training:
        ...     print(state.step, round(state.loss, 4), state.weights.round(4), round(state.bias, 4))
        0 5.0 [0.] 0.0
        1 2.825 [0.3] 0.4
        2 1.6322 [0.53] 0.69
        >>> training.finish().n_iter_
        2
        """
        objective = self.objective(X, y, sample_weight)

        def finish(loop: Training) -> Self:
            return self._remember(objective, fitting.result(loop, watched=True))

        return fitting.training(self, objective, self._start(objective), finish)

    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """One epoch of descent on these rows, from where the last call ended: for rows that come in portions.

        "auto" and "exact" mean gradient descent here. A "safe" learning rate is worked out for each portion.

        >>> model = LinearRegression(learning_rate=0.1)
        >>> for portion in range(100):
        ...     model = model.partial_fit([[0.0], [1.0]], [1.0, 3.0])
        >>> model.coef_.round(1), round(float(model.intercept_), 1)
        (array([2.]), 1.0)
        """
        again = hasattr(self, "coef_")
        objective = self.objective(self._read_features(X, finite=True) if again else X, y, sample_weight)
        start = self._packed(objective) if again else objective.model.start()
        loop = fitting.training(self, objective, start, None, epochs=1)
        if again and self._memory is not None:
            loop.memory = self._memory
        loop.run()
        self._remember(objective, fitting.result(loop, watched=True))
        self._memory = loop.memory
        return self

    def predict(self, X: Any) -> Array:
        """X w + b in the units of y, (rows,) or (rows, outputs); for counts and the like the loss's response of it."""
        matrix = self._read_features(X)
        with np.errstate(all="ignore"):  # NaN and infinity in X are found in the scores, by _checked
            z = matrix @ self.coef_.T
            z += self.intercept_
        z = self._checked(z, matrix)
        return named(self.loss).response(z) if self.loss != "mse" else z

    def objective(self, X: Any, y: Any, sample_weight: Any, *, finite: bool = True) -> Objective:
        """What these rows cost, as a function of the parameters; `finite` is whether every cell is looked at first."""
        loss = named(self.loss)
        matrix = self._learn_features(X, finite=finite)
        targets, self._flat = as_targets(y, len(matrix))
        if loss.rowwise:
            raise InputError(
                f"loss must price each prediction by itself; {loss!r} compares classes. Use LogisticRegression."
            )
        loss.domain.check(targets)
        blocks = counting_rows(ArrayBlocks(matrix, targets, as_weights(sample_weight, len(matrix))))
        if blocks.n_rows < len(matrix) and not is_sparse(matrix):
            self._checked(matrix, matrix)  # the rows left out too
        model = Affine(
            blocks.n_features, blocks.n_outputs, fit_intercept=options.yes_or_no("fit_intercept", self.fit_intercept)
        )
        kind = SparseObjective if is_sparse(matrix) else Remembering
        return kind(Cost(model, loss), blocks, ElasticNet(self.l1, self.l2))

    def _start(self, objective: Objective) -> Array:
        """Weight 0 and bias 0, or with `warm_start` where the last fit ended."""
        again = options.yes_or_no("warm_start", self.warm_start) and hasattr(self, "coef_")
        return self._packed(objective) if again else objective.model.start()

    def _packed(self, objective: Objective) -> Array:
        """The weights of the last fit as parameters of this objective."""
        expected = objective.model.n_outputs * self.n_features_in_
        if np.size(self.coef_) != expected:
            raise InputError(
                f"training goes on from {np.size(self.coef_)} weights, but these rows need {expected}; "
                "give rows of the same shape, or fit anew with warm_start=False."
            )
        return objective.model.from_weights_and_bias(self.coef_, self.intercept_)

    def _remember(self, objective: Objective, answer: fitting.Answer) -> Self:
        fitting.require_floats(objective, answer.parameters)
        self.coef_, self.intercept_ = self._shaped(*objective.model.weights_and_bias(answer.parameters))
        self.history_, self.reason_, self.n_iter_ = answer.history, answer.reason, answer.n_iter
        self.gap_ = answer.gap
        self._keep(objective, answer.parameters)
        return self

    def _shaped(self, weights: Array, bias: Array) -> tuple[Array, Array]:
        """With a row for the only output, where y was a matrix of one column."""
        if not self._flat and weights.ndim == 1:
            return weights[None, :], np.array([bias])
        return weights, bias

    def _glimpse(self, state: State) -> dict[str, Any]:
        """What would have been learnt, had the training ended here."""
        return dict(zip(("coef_", "intercept_"), self._shaped(state.weights, state.bias), strict=True))

    def _formula(self) -> str:
        """The fitted line, for people."""
        if not hasattr(self, "coef_"):
            return "prediction = X w + b"
        names: list[str] = list(getattr(self, "feature_names_in_", [f"x{i}" for i in range(self.n_features_in_)]))
        weights: Any = np.atleast_2d(self.coef_)
        rows = zip(weights, np.atleast_1d(self.intercept_).tolist(), strict=True)
        return "; ".join(
            " ".join(
                [f"{b:.4g}", *(f"{'-' if w < 0 else '+'} {abs(w):.4g} {n}" for w, n in zip(ws, names, strict=True))]
            )
            for ws, b in rows
            if math.isfinite(b)
        )

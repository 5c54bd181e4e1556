"""Networks of neurons as estimators: numbers or classes from layers of neurons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.prepare import codes, counting_rows, one_hot
from groundup.data.read import as_labels, as_targets
from groundup.estimators.base import Classifier, Regressor
from groundup.estimators.linear_regression import LinearRegression
from groundup.estimators.logistic_regression import LogisticRegression
from groundup.estimators.network_base import NeuralNetwork, one_pass
from groundup.formulas.activations import Activation
from groundup.formulas.losses import CrossEntropy, Logistic, Loss, named
from groundup.solve.early_stopping import EarlyStopping
from groundup.solve.loop import Listener, Method


class NeuralNetworkRegressor(NeuralNetwork, Regressor):
    """prediction = the score of a network: zₗ = aₗ₋₁ Wₗ + bₗ, aₗ = f(zₗ), layer after layer.

    Minimises  total(loss(prediction, y)) + l1 Σ|W| + l2/2 Σ W².  Biases are never penalised.

    Parameters
    ----------
    hidden : whole numbers
        The width of each hidden layer. With hidden=() there is none, and the network is a line.
    activation : "tanh", "relu", "gelu", ... or an Activation, or a list with one for each hidden layer
    loss : "mse", "mae", "huber", "poisson", ... or a Loss
    solver : "auto", "adam", "momentum", ... or a Method
        "auto" is Adam at a rate that falls along a cosine, on standardised columns.
    learning_rate : number or "safe"
        "safe" is the published rate of the solver; for solvers without one, 1 / (largest curvature at the start); for
        "auto" 0.1, or 0.8 / features where that is less.
    batch_size : "auto", None or whole number
        "auto" is all rows up to 1,000 of them, else 128. None is all rows.
    epochs : "auto" or whole number
        Passes over the rows. "auto" is 1,000, or 1,000,000 / rows where that is less, but at least 20.
    tolerance : number
        Training ends early once the gradient has shrunk by this factor; 0 never ends early.
    l1, l2 : numbers
        The price of weights; 0 is none. Where columns are standardised, the price is that of the weights for them.
    dropout : number
        The chance of a hidden neuron to be left out of a row in an update.
    initialisation : None, "xavier", "he" or "lecun"
        How first weights are drawn; None takes what suits the activation.
    standardise : "auto" or bool
        Whether columns (and for losses of y - z the prediction) have mean 0 and deviation 1 inside the network. It is
        folded into the first and the last layer, so that `coefs_` are for X as it is. "auto": with solver="auto".
    fit_intercept : bool
        Whether there are biases.
    schedule : None, "cosine", "one_cycle", ... a Schedule, or a function of the epoch
    early_stopping : None, True or EarlyStopping
        Ends the training when the loss on a validation part no longer falls, and keeps the best weights.
    warm_start : bool
        Whether `fit` goes on from the weights of the last fit.
    random_state : None, whole number or generator
        Makes first weights, shuffling, dropout and the validation part repeatable.
    listeners : functions of the state
    shuffle : bool

    Attributes
    ----------
    coefs_, intercepts_ : lists with W (inputs, width) and b (width,) of each layer
    history_, reason_, n_iter_, n_features_in_, feature_names_in_ : as for LinearRegression

    >>> X = np.linspace(-1, 1, 40)[:, None]
    >>> model = NeuralNetworkRegressor(random_state=0).fit(X, X[:, 0] ** 2)
    >>> bool(abs(model.predict([[0.5]])[0] - 0.25) < 0.01)
    True

    Bishop, Pattern Recognition and Machine Learning (2006), chapter 5.
    """

    def __init__(
        self,
        hidden: int | Sequence[int] = (16,),
        activation: str | Activation | Sequence[str | Activation] = "tanh",
        loss: str | Loss = "mse",
        *,
        solver: str | Method = "auto",
        learning_rate: float | str = "safe",
        batch_size: int | str | None = "auto",
        epochs: int | str = "auto",
        tolerance: float = 1e-8,
        l1: float = 0.0,
        l2: float = 0.0,
        dropout: float = 0.0,
        initialisation: str | None = None,
        standardise: bool | str = "auto",
        fit_intercept: bool = True,
        schedule: str | Callable[[int], float] | None = None,
        early_stopping: EarlyStopping | bool | None = None,
        warm_start: bool = False,
        random_state: Any = None,
        listeners: Iterable[Listener] = (),
        shuffle: bool = True,
    ):
        super().__init__(
            hidden,
            activation,
            solver=solver,
            learning_rate=learning_rate,
            batch_size=batch_size,
            epochs=epochs,
            tolerance=tolerance,
            l1=l1,
            l2=l2,
            dropout=dropout,
            initialisation=initialisation,
            standardise=standardise,
            fit_intercept=fit_intercept,
            schedule=schedule,
            early_stopping=early_stopping,
            warm_start=warm_start,
            random_state=random_state,
            listeners=listeners,
            shuffle=shuffle,
        )
        self.loss = loss

    def predict(self, X: Any) -> Array:
        """The response of the score: (rows,) or (rows, outputs)."""
        prediction = self._loss().response(self._scores(X))
        return prediction[:, 0] if self.flat_ else prediction

    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """One more pass, over these rows, from where the weights are."""
        return one_pass(self, X, y, sample_weight)

    def _line(self, **settings: Any) -> Any:
        return LinearRegression(self.loss, **settings)

    def _loss(self) -> Loss:
        return named(self.loss)

    def _rows(self, X: Array, y: Any, weights: Array | None) -> ArrayBlocks:
        targets, self.flat_ = as_targets(y, len(X))
        return counting_rows(ArrayBlocks(X, self._loss().domain.check(targets), weights))


class NeuralNetworkClassifier(NeuralNetwork, Classifier):
    """The class whose score is greatest, from a network of neurons; probabilities by softmax or sigmoid.

    Minimises the mean surprise (log loss) at the true class + l1 Σ|W| + l2/2 Σ W². Two classes have one score, positive
    for the second, and the logistic loss; more have a score each, and cross-entropy.

    The parameters are those of NeuralNetworkRegressor, without the loss; `classes_` are the labels in order,
    of any type.

    >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], ["same", "other", "other", "same"]
    >>> model = NeuralNetworkClassifier(random_state=0).fit(X, y)
    >>> model.predict([[0, 1], [1, 1]])
    array(['other', 'same'], dtype='<U5')
    >>> print(model.neuron(1, 0, [[0, 0]]).activation)
    None

    Bishop, Pattern Recognition and Machine Learning (2006), chapter 5.
    """

    classes_: Array
    _stratified = True

    def decision_function(self, X: Any) -> Array:
        """The scores: (rows,) for two classes, positive for the second; (rows, classes) for more."""
        z = self._scores(X)
        return z[:, 0] if z.shape[1] == 1 else z

    def predict_proba(self, X: Any) -> Array:
        """The probability of each class, (rows, classes)."""
        z = self._scores(X)
        if len(self.classes_) == 1:
            return np.ones((len(z), 1))
        p = self._loss().response(z)
        return p if p.shape[1] > 1 else np.hstack([Logistic().response(-z), p])

    def predict(self, X: Any, threshold: float = 0.5) -> Array:
        """The most probable class; for two classes the second where its probability is above `threshold`."""
        self._check_is_fitted()
        if len(self.classes_) == 2:
            return self.classes_[(self.predict_proba(X)[:, 1] > threshold).astype(int)]
        return self.classes_[np.argmax(self._scores(X), axis=1)]

    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None, *, classes: Any = None) -> Self:
        """One more pass, over these rows, from where the weights are; the first call names all `classes`."""
        if classes is not None and not hasattr(self, "coefs_"):
            self._known = np.unique(np.asarray(classes))
        elif hasattr(self, "classes_"):
            self._known = self.classes_
        try:
            return one_pass(self, X, y, sample_weight)
        finally:
            self.__dict__.pop("_known", None)

    def _line(self, **settings: Any) -> Any:
        return LogisticRegression(**settings)

    def _loss(self) -> Loss:
        return CrossEntropy() if len(self.classes_) > 2 else Logistic()

    def _rows(self, X: Array, y: Any, weights: Array | None) -> ArrayBlocks:
        labels = as_labels(y, len(X))
        kept = slice(None) if weights is None else weights > 0
        labels, weights = labels[kept], None if weights is None else weights[kept]
        self.classes_ = self.__dict__.get("_known", np.unique(labels))
        if len(self.classes_) > 2:
            return ArrayBlocks(X[kept], one_hot(labels, self.classes_), weights)
        return ArrayBlocks(X[kept], codes(labels, self.classes_)[:, None].astype(float), weights)

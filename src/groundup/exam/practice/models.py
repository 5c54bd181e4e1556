"""Whole models, examined by the kit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from groundup.exam import slips
from groundup.exam.card import Card
from groundup.exam.examining import examine
from groundup.exam.practice.exercise import EMPTY, Exercise


@dataclass(frozen=True, kw_only=True)
class Model(Exercise):
    """A class or a training function that sits the whole exam.

    `task_name` is the task of `examine`; `asked` are questions that must have been examined: a learning rate, for one,
    cannot be left out where the task is to descend by it.
    """

    task_name: str
    asked: tuple[str, ...] = ()

    def judge(self, answer: Any, seed: int) -> Card:
        """The whole exam; a question that is part of the task and could not be asked is failed."""
        card = examine(answer, self.task_name, seed)
        for verdict in card.verdicts:
            if verdict.id in self.asked and verdict.outcome == "not examined" and "stopped" not in verdict.words:
                verdict.outcome, verdict.words = "failed", f"the task asks for this, but {verdict.words}"
        card = card if card.mistakes else slips.named(card, answer)
        return Card(self.name, card.task, seed, card.verdicts, card.conventions, card.mistakes)


def estimator(name: str, arguments: str, methods: str = "predict") -> str:
    """A class whose methods are still to be written."""
    made = (
        [f"class {name}:", f"    def __init__(self, {arguments}):", f"    {EMPTY}"] if arguments else [f"class {name}:"]
    )
    made += ["", "    def fit(self, X, y):", f"    {EMPTY}"]
    for method in methods.split():
        made += ["", f"    def {method}(self, X):", f"    {EMPTY}"]
    return "\n".join(made)


ROWS = "X has one row for each example and one column for each feature; y has one label for each row."
HINT = "The card of `groundup practice check` shows the smallest rows on which your answer and the right one differ."
STEP_BY_STEP = (
    "First the prediction for all rows, then the error, then both gradients, then both steps: in this order.",
    "Both gradients belong to the same weights and bias. Is the bias's gradient divided by as much as the weights'?",
)

EXERCISES: list[Exercise] = [
    Model(
        name="least_squares",
        topic="whole models",
        title="the best line at once, without a learning rate",
        task=f"Write a class with `fit(X, y)` and `predict(X)` that finds the weights and the bias with the smallest "
        f"sum of squared errors, exactly. {ROWS} Keep them as `weights` and `bias`.",
        equations=("minimise Σ (y - X w - b)²",),
        hints=(
            "A column of ones beside X makes the bias a weight like the others.",
            "np.linalg.lstsq solves it, also where columns depend on one another; X'X squares every condition number.",
            "Subtract the means first: the slopes then need no column of ones, and b follows from the means. " + HINT,
        ),
        thing="LeastSquares",
        code=estimator("LeastSquares", ""),
        task_name="regression",
        asked=("A05",),
    ),
    Model(
        name="gradient_descent",
        topic="whole models",
        title="a line by gradient descent, from weight 0 and bias 0",
        task=f"Write `train(X, y, learning_rate, epochs)`: start at weight 0 and bias 0, take `epochs` steps against "
        f"the gradient of the mean squared error over all rows, and return the weights and the bias. {ROWS}",
        equations=(
            "loss = 1/n Σ (X w + b - y)²",
            "w ← w - learning_rate x ∂loss/∂w",
            "b ← b - learning_rate x ∂loss/∂b",
        ),
        hints=("∂loss/∂b is the mean of 2 (X w + b - y). What is ∂loss/∂w?", *STEP_BY_STEP),
        thing="train",
        code=f"def train(X, y, learning_rate=0.01, epochs=1000):\n{EMPTY}",
        task_name="regression",
        asked=("B01",),
    ),
    Model(
        name="linear_regression",
        topic="whole models",
        title="linear regression as a class that learns by descent",
        task=f"Write the class `LinearRegression` with a learning rate and epochs, `fit(X, y)` by gradient descent "
        f"from weight 0 and bias 0, and `predict(X)`. {ROWS} A second `fit` must forget the first.",
        equations=("loss = 1/n Σ (X w + b - y)²",),
        hints=(
            "The weights are made in fit, not in __init__: only there is the number of columns known.",
            *STEP_BY_STEP,
        ),
        thing="LinearRegression",
        code=estimator("LinearRegression", "learning_rate=0.01, epochs=1000"),
        task_name="regression",
        asked=("B01", "F22"),
    ),
    Model(
        name="mini_batches",
        topic="whole models",
        title="linear regression by mini-batches",
        task="Write the class `LinearRegression` with learning_rate, epochs, batch_size and seed. Each epoch shuffles "
        "the rows and takes one step for each batch; the last batch may be smaller, and its gradient is the mean over "
        "its own rows. The same seed gives the same answer, and NumPy's global generator is left alone.",
        equations=("updates = epochs x ⌈rows / batch_size⌉",),
        hints=(
            "np.random.default_rng(seed).permutation(n) gives the order of one epoch; X and y need the same one.",
            "range(0, n, batch_size) gives where each batch begins; slices may run over the end.",
            "By how many rows do you divide in the last batch? And is the generator made once, or anew in each epoch?",
        ),
        thing="LinearRegression",
        code=estimator("LinearRegression", "learning_rate=0.01, epochs=100, batch_size=32, seed=0"),
        task_name="regression",
        asked=("B11", "B12", "B15"),
    ),
    Model(
        name="ridge",
        topic="whole models",
        title="least squares with a price on large weights",
        task=f"Write the class `Ridge` with `l2`, `fit(X, y)` and `predict(X)`: least squares with the price below. "
        f"The bias "
        f"has no price. {ROWS} Keep them as `weights` and `bias`.",
        equations=("minimise 1/(2n) Σ (y - X w - b)² + l2/2 Σ w²",),
        hints=(
            "With the columns and y centred, the bias is out of the way; it follows from the means at the end.",
            "Set the gradient to zero: which matrix stands before w?",
            "With l2 = 0 it is least squares; with a huge l2 every prediction is the mean of y.",
        ),
        thing="Ridge",
        code=estimator("Ridge", "l2=1.0"),
        task_name="regression",
        asked=("A09",),
    ),
    Model(
        name="logistic_descent",
        topic="whole models",
        title="two classes by gradient descent",
        task=f"Write `train(X, y, learning_rate, epochs)` for labels 0 and 1: start at weight 0 and bias 0, take "
        f"`epochs` "
        f"steps against the gradient of the mean log loss, and return the weights and the bias. {ROWS}",
        equations=("p = sigmoid(X w + b)", "loss = -1/n Σ (y log p + (1 - y) log(1 - p))"),
        hints=("The gradient with respect to the score is p - y: no logarithm is left in it.", *STEP_BY_STEP),
        thing="train",
        code=f"def train(X, y, learning_rate=0.1, epochs=1000):\n{EMPTY}",
        task_name="classification",
        asked=("B01",),
    ),
    Model(
        name="logistic_regression",
        topic="whole models",
        title="logistic regression as a class",
        task=f"Write the class `LogisticRegression` with a learning rate and epochs, `fit(X, y)` by gradient descent "
        f"from weight 0 and bias 0, `predict(X)` and `predict_proba(X)` with one column for each class. {ROWS} Labels "
        f"are 0 and 1.",
        equations=("p = sigmoid(X w + b)", "loss = -1/n Σ (y log p + (1 - y) log(1 - p))"),
        hints=(
            "predict asks whether the probability is at least 1/2, which is whether the score is at least 0.",
            "The columns of predict_proba are 1 - p and p, in this order, and each row sums to 1.",
            STEP_BY_STEP[1] + " And is a score of 1000 no trouble for your sigmoid?",
        ),
        thing="LogisticRegression",
        code=estimator("LogisticRegression", "learning_rate=0.1, epochs=1000", "predict predict_proba"),
        task_name="classification",
        asked=("B01",),
    ),
    Model(
        name="softmax_regression",
        topic="whole models",
        title="many classes by gradient descent",
        task=f"Write the class `SoftmaxRegression` with a learning rate and epochs, `fit(X, y)` by gradient descent "
        f"from 0, "
        f"`predict(X)` and `predict_proba(X)`. {ROWS} Labels are 0, 1, 2, ...; there are as many as y shows.",
        equations=("P = softmax(X W + b), row by row", "loss = -1/n Σ log P[row, label of the row]"),
        hints=(
            "One-hot labels make it short: the gradient with respect to the scores is P minus them.",
            "Subtract the largest score of each row before the exponential: only differences within a row count.",
            "W has one column for each class, b one number; sum over which axis?",
        ),
        thing="SoftmaxRegression",
        code=estimator("SoftmaxRegression", "learning_rate=0.1, epochs=1000", "predict predict_proba"),
        task_name="multiclass",
    ),
]

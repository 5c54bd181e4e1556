"""Shapes that strangers' files had, each with a right and a wrong twin: metrics of classes, drawers of activations.

False-alarm probability of every question asked here: 0.
"""

import importlib.util
import sys
import textwrap

import pytest

from groundup import exam
from groundup.exam import guessing


@pytest.fixture
def as_file(tmp_path, request):
    """Write these lines into a file, and load it as a module."""

    def load(text, name="strange"):
        path = tmp_path / f"{name}_{len(list(tmp_path.iterdir()))}.py"
        path.write_text("import numpy as np\n\n" + textwrap.dedent(text))
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        request.addfinalizer(lambda: sys.modules.pop(path.stem))
        spec.loader.exec_module(module)
        return module

    return load


def failed(card):
    return sorted(verdict.id for verdict in card.failed)


COUNTS = """
    def counts(y, p, one):
        return np.sum((y == one) & (p == one)), np.sum(p == one), np.sum(y == one)
"""
METRICS = {
    "weighted_f1_score": (
        """
    def weighted_f1_score(y_true, y_pred):
        values, rows = [], []
        for one in np.unique(np.concatenate([y_true, y_pred])):
            hits, said, true = counts(y_true, y_pred, one)
            values.append(2 * hits / (said + true))
            rows.append(true)
        return np.average(values, weights=rows)
    """,
        ("rows.append(true)", "rows.append(said)"),
        "weighted by how often they are predicted",
    ),
    "macro_averaged_precision": (
        """
    def macro_averaged_precision(y_true, y_pred):
        found = [counts(y_true, y_pred, one) for one in np.unique(y_true)]
        return np.mean([hits / said if said else 0.0 for hits, said, _ in found])
    """,
        ("hits / said if said", "hits / true if true"),
        "",
    ),
    "recall_micro": (
        """
    def recall_micro(y_true, y_pred):
        found = np.array([counts(y_true, y_pred, one) for one in np.unique(y_true)])
        return found[:, 0].sum() / found[:, 2].sum()
    """,
        ("found[:, 0].sum() / found[:, 2].sum()", "np.mean(found[:, 0] / found[:, 2])"),
        "the plain mean",
    ),
    "f1_macro, told how many classes there are": (
        """
    def f1_macro(y_true, y_pred, n_classes):
        found = [counts(y_true, y_pred, one) for one in range(n_classes)]
        return np.mean([2 * hits / max(said + true, 1) for hits, said, true in found])
    """,
        ("np.mean([2 * hits / max(said + true, 1) for", "np.mean([2 * hits / max(said + 2 * true, 1) for"),
        "",
    ),
}


@pytest.mark.parametrize("name", METRICS)
def test_metrics_are_known_by_their_average_before_or_behind(name, as_file):
    """Kills: a name that says which mean over the classes is taken is no name of a metric."""
    text, (right, wrong), mistake = METRICS[name]
    whole = textwrap.dedent(COUNTS) + textwrap.dedent(text)
    wrong_twin = whole.replace(right, wrong).replace("hits, said, _ in", "hits, _, true in")
    module, other = as_file(whole), as_file(wrong_twin)
    assert guessing.task_of(module)[0] == "parts"
    assert exam.examine(module, task="parts").passed
    card = exam.examine(other, task="parts")
    assert failed(card)
    assert mistake in (card.mistake or "")
    word = name.partition(",")[0]
    assert exam.grade(getattr(module, word), word).passed
    assert not exam.grade(getattr(other, word), word).passed


def test_a_file_of_macro_precision_and_recall_takes_the_mean_that_it_says(as_file):
    """Kills: one that weights its classes, under the name of the plain mean."""
    text = """
    def macro_precision_recall(y_true, y_pred):
        found = np.array([counts(y_true, y_pred, one) for one in np.unique(y_true)])
        hits, said, true = found.T
        return np.mean(hits / np.maximum(said, 1)), np.mean(hits / true)
    """
    whole = textwrap.dedent(COUNTS) + textwrap.dedent(text)
    weighted = whole.replace("np.mean(hits / true)", "np.average(hits / true, weights=true)")
    assert exam.examine(as_file(whole), task="parts").passed
    assert failed(exam.examine(as_file(weighted), task="parts"))


ACTIVATIONS = """
    class Sigmoid:
        def __call__(self, x):
            return 1 / (1 + np.exp(-x))
        def gradient(self, x):
            return self(x) * (1 - self(x))
    class ActivationTanh:
        def activate(self, z):
            self.a = np.tanh(z)
            return self.a
        def derivative(self):
            return 1 - self.a**2
    class LeakyReLU:
        def __init__(self, alpha=0.2):
            self.alpha = alpha
        def __call__(self, x):
            return np.where(x >= 0, x, self.alpha * x)
        def gradient(self, x):
            return np.where(x >= 0, 1.0, self.alpha)
    class SELU:
        def __init__(self):
            self.alpha, self.scale = 1.67326, 1.0507
        def __call__(self, x):
            return self.scale * np.where(x >= 0, x, self.alpha * (np.exp(x) - 1))
        def gradient(self, x):
            return self.scale * np.where(x >= 0, 1, self.alpha * np.exp(x))
    class ReLU:
        @staticmethod
        def forward(x):
            return np.maximum(x, 0)
        @staticmethod
        def prime(x):
            return (x > 0) * 1.0
    class Softmax:
        def __call__(self, x):
            e = np.exp(x - np.max(x, axis=-1, keepdims=True))
            return e / e.sum(axis=-1, keepdims=True)
        def gradient(self, x):
            return self(x) * (1 - self(x))
    class SquareLoss:
        def loss(self, y, y_pred):
            return 0.5 * (y - y_pred) ** 2
        def gradient(self, y, y_pred):
            return y_pred - y
"""


def test_a_file_of_activations_that_are_classes_is_examined_class_by_class(as_file):
    """Kills: classes with __call__ and gradient are asked nothing."""
    module = as_file(ACTIVATIONS)
    assert guessing.task_of(module)[0] == "parts"
    card = exam.examine(module, task="parts")
    assert card.passed
    asked = {verdict.id.partition(" ")[2] for verdict in card.verdicts if verdict.outcome == "passed"}
    names = {"Sigmoid", "ActivationTanh", "LeakyReLU", "SELU", "ReLU", "Softmax", "SquareLoss"}
    assert names <= {word.partition(" ")[0] for word in asked}
    assert exam.examine(module.LeakyReLU, task="parts").passed
    assert exam.grade(module.LeakyReLU, "leaky_relu").passed


@pytest.mark.parametrize(
    ("right", "wrong", "question"),
    [
        ("self(x) * (1 - self(x))", "self(x) * (1 + self(x))", "D02 Sigmoid"),
        ("1 - self.a**2", "1 - self.a", "D02 ActivationTanh"),
        ("x, self.alpha * x)", "x, 0.2 * x)", "D01 LeakyReLU"),
        ("1.0, self.alpha)", "1.0, 0.2)", "D02 LeakyReLU"),
        ("1, self.alpha * np.exp(x))", "1, self.alpha)", "D02 SELU"),
        ("np.maximum(x, 0)", "np.minimum(x, 0)", "D01 ReLU"),
        ("- np.max(x, axis=-1, keepdims=True)", "", "D03"),
        ("return y_pred - y", "return y - y_pred", "L03 SquareLoss"),
    ],
)
def test_a_wrong_activation_among_them_is_seen(right, wrong, question, as_file):
    """Kills: one that asks the values of such a class only, or keeps the setting that its author took."""
    card = exam.examine(as_file(ACTIVATIONS.replace(right, wrong)), task="parts")
    assert any(name.startswith(question) for name in failed(card))


def test_a_way_back_that_is_given_a_slope_is_no_slope(as_file):
    """Kills: gradient(grad_output) is called with x."""
    text = """
    class Sigmoid:
        def __call__(self, x):
            self.a = 1 / (1 + np.exp(-x))
            return self.a
        def gradient(self, grad_output):
            return grad_output * self.a * (1 - self.a)
    def mse(y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)
    """
    card = exam.examine(as_file(text), task="parts")
    assert not failed(card)


POISSON = """
    class PoissonRegression:
        def __init__(self, lr=0.05, n_iters=5000, tol=1e-9):
            self.lr, self.n_iters, self.tol = lr, n_iters, tol
        def fit(self, X, y):
            self.w, self.b = np.zeros(X.shape[1]), np.log(y.mean())
            for _ in range(self.n_iters):
                mean = self.predict(X)
                miss = y - mean
                slope, slope_b = X.T @ miss / len(y), miss.mean()
                self.w, self.b = self.w + self.lr * slope, self.b + self.lr * slope_b
                if max(np.abs(slope).max(), abs(slope_b)) < self.tol:
                    break
            return self
        def predict(self, X):
            return np.exp(np.clip(X @ self.w + self.b, -30, 30))
"""


@pytest.mark.parametrize(
    ("right", "wrong", "fails"),
    [
        ("", "", []),
        ("X.T @ miss / len(y), miss.mean()", "X.T @ miss, miss.sum()", []),  # a sum is as good
        ("miss = y - mean", "miss = (y - mean) * mean", ["A31"]),
        ("miss = y - mean", "miss = np.log(y + 1) - np.log(mean)", ["A31"]),
        ("miss = y - mean", "miss = mean - y", ["A31"]),
        ("self.b + self.lr * slope_b", "self.b", ["A31"]),
    ],
)
def test_counts_learnt_by_descent_are_at_the_maximum_of_their_likelihood(right, wrong, fails, as_file):
    """Kills: a Poisson regression by a rate and epochs is asked nothing; squares of the misses of exp."""
    module = as_file(POISSON.replace(right, wrong) if right else POISSON)
    card = exam.examine(module.PoissonRegression, task="regression")
    assert failed(card) == fails
    assert fails or any(v.id == "A31" and v.outcome == "passed" for v in card.verdicts)


HUBER = """
    class HuberLoss:
        def __init__(self, delta):
            self.delta = delta
        def value(self, e):
            far = np.abs(e)
            return np.where(far <= self.delta, 0.5 * e**2, self.delta * (far - 0.5 * self.delta))
        def derivative(self, e):
            return np.where(np.abs(e) <= self.delta, e, self.delta * np.sign(e))
    class RobustRegression:
        def __init__(self, delta=3.0, lr=0.2, n_iterations=6000):
            self.loss, self.lr, self.n_iterations = HuberLoss(delta), lr, n_iterations
        def fit(self, X, y):
            self.coef_, self.intercept_ = np.zeros(X.shape[1]), 0.0
            for _ in range(self.n_iterations):
                slope = self.loss.derivative(X @ self.coef_ + self.intercept_ - y)
                self.coef_ = self.coef_ - self.lr * slope @ X / len(y)
                self.intercept_ = self.intercept_ - self.lr * slope.mean()
            return self
        def predict(self, X):
            return X @ self.coef_ + self.intercept_
"""


@pytest.mark.parametrize("wrong", [False, True])
def test_one_that_is_robust_by_name_and_huber_by_its_code_is_asked_about_its_loss(wrong, as_file):
    """Kills: "robust" in a name leaves the Huber loss unasked; a loss of the misses alone is no part."""
    slip = HUBER.replace("self.delta * np.sign(e)", "np.sign(e)")
    module = as_file(slip if wrong else HUBER)
    card = exam.examine(module.RobustRegression, task="regression")
    assert failed(card) == (["L17 HuberLoss", "R01", "R01b"] if wrong else [])
    asked = {v.id for v in card.verdicts if v.outcome in ("passed", "failed")}
    assert {"R01", "R01b", "L17 HuberLoss"} <= asked


def test_one_that_is_robust_in_another_way_is_not_held_to_a_huber_loss(as_file):
    """Kills: every robust learner taken for Huber's: weights of Tukey's bend are another loss."""
    other = HUBER.replace("np.where(np.abs(e) <= self.delta, e, self.delta * np.sign(e))", "e * np.exp(-(e**2) / 9)")
    text = other.replace("HuberLoss", "Welsch").replace(
        "class RobustRegression:", "class RobustRegression:\n    # Huber"
    )
    module = as_file(text.replace("# Huber", '    """Welsch\'s loss instead of Huber\'s."""'))
    card = exam.examine(module.RobustRegression, task="regression")
    assert not any(v.id in ("R01", "R01b") and v.outcome != "not examined" for v in card.verdicts)


RESIDUALS = """
    def log_cosh_loss(e):
        return np.mean(np.logaddexp(e, -e) - np.log(2))
    def log_cosh_loss_derivative(e):
        return np.tanh(e) / len(e)
    class L2Cost:
        def __init__(self, alpha):
            self.alpha = alpha
        def loss(self, w):
            return 0.5 * self.alpha * w @ w
        def gradient(self, w):
            return self.alpha * w
    class SquaredError:
        def loss(self, y, prediction):
            return 0.5 * (y - prediction) ** 2
        def gradient(self, y, prediction):
            return prediction - y
"""


@pytest.mark.parametrize(
    ("right", "wrong", "question"),
    [
        ("", "", ""),
        ("np.tanh(e) / len(e)", "np.tanh(e / 2) / len(e)", "L17 log_cosh_loss_derivative"),
        ("np.tanh(e) / len(e)", "-np.tanh(e) / len(e)", "L17 log_cosh_loss_derivative"),
        ("return self.alpha * w\n", "return self.alpha * np.sign(w)\n", "L17 L2Cost"),
    ],
)
def test_losses_of_misses_alone_belong_to_their_slopes(right, wrong, question, as_file):
    """Kills: functions and classes of one argument are asked nothing about their slopes."""
    card = exam.examine(as_file(RESIDUALS.replace(right, wrong) if right else RESIDUALS), task="parts")
    assert failed(card) == ([question] if question else [])


NETWORK = """
    def start(n_in, n_hidden, n_out, seed):
        rng = np.random.default_rng(seed)
        return [rng.normal(size=(n_in, n_hidden)) * 0.5, np.zeros((1, n_hidden)),
                rng.normal(size=(n_hidden, n_out)) * 0.5, np.zeros((1, n_out))]
    def forward(X, params):
        W1, b1, W2, b2 = params
        H = np.tanh(X @ W1 + b1)
        return H @ W2 + b2, H
    def train(X, y, n_hidden=20, learning_rate=0.05, epochs=300, seed=1):
        y = y.reshape(len(y), -1)
        params, history = start(X.shape[1], n_hidden, y.shape[1], seed), []
        for _ in range(epochs):
            out, H = forward(X, params)
            last = 2 * (out - y) / y.size
            first = last @ params[2].T * (1 - H * H)
            slopes = [X.T @ first, first.sum(axis=0), H.T @ last, last.sum(axis=0)]
            params = [p - learning_rate * g for p, g in zip(params, slopes)]
            history.append(np.mean((out - y) ** 2))
        return params, history
    def predict(X, params):
        return forward(X, params)[0]
"""
IN_TWO = """
    def predict(X, Ws, bs):
        return forward(X, [Ws[0], bs[0], Ws[1], bs[1]])[0]
"""
WAYS_TO_HAND_BACK = {
    "a list and its history": ("return params, history", "return params, history"),
    "a list and an array of losses": ("return params, history", "return params, np.array(history)"),
    "a list and a dict of losses": ("return params, history", 'return params, {"loss": history}'),
    "weights, biases and losses": ("return params, history", "return params[::2], params[1::2], history"),
}


@pytest.mark.parametrize("way", WAYS_TO_HAND_BACK)
@pytest.mark.parametrize("wrong", [False, True])
def test_what_a_network_of_functions_wrote_down_is_none_of_its_parameters(way, wrong, as_file):
    """Kills: (parameters, losses) given to forward as if they were the parameters, or read as weights and biases."""
    text = NETWORK.replace(*WAYS_TO_HAND_BACK[way])
    if way.startswith("weights"):
        text = text.partition("    def predict")[0].replace("def forward", "def ahead").replace("= forward", "= ahead")
        text += IN_TWO.replace("forward", "ahead")
    card = exam.examine(as_file(text.replace("1 - H * H", "1 - H") if wrong else text), task="regression")
    assert card.passed is not wrong
    assert "training" not in card.conventions  # its layers are read, and each of its steps is judged
    assert not wrong or "tanh" in (card.mistake or "")


CHAIN = """
    def zscore_normalize(X):
        mu, sigma = X.mean(axis=0), X.std(axis=0)
        return (X - mu) / sigma, mu, sigma
    def gradient_descent(X, y, w_in, b_in, alpha=0.1, num_iters=1000):
        w, b, history = w_in.copy(), b_in, []
        for _ in range(num_iters):
            miss = X @ w + b - y
            w, b = w - alpha * X.T @ miss / len(y), b - alpha * miss.mean()
            history.append(np.sum(miss**2) / (2 * len(y)))
        return w, b, history
    def predict(X, w, b, mu, sigma):
        return ((X - mu) / sigma) @ w + b
"""
WITH_ONES = """
    def feature_normalize(X):
        mu, sigma = np.mean(X, axis=0), np.std(X, axis=0, ddof=1)
        return (X - mu) / sigma, mu, sigma
    def gradient_descent(X, y, theta, alpha, num_iters):
        history = []
        for _ in range(num_iters):
            theta = theta - alpha * X.T @ (X @ theta - y) / len(y)
            history.append(np.mean((X @ theta - y) ** 2) / 2)
        return theta, history
    def predict(X, theta, mean, std):
        Z = (X - mean) / std
        return np.column_stack([np.ones(len(Z)), Z]) @ theta
"""
IN_TWO_STEPS = """
    def fit_scaler(X):
        mu, sigma = X.mean(axis=0), X.std(axis=0)
        return mu, sigma
    def scale(X, mu, sigma):
        return (X - mu) / sigma
    def train(X, y, learning_rate=0.1, epochs=500):
        w, b = np.zeros(X.shape[1]), 0.0
        for _ in range(epochs):
            miss = X @ w + b - y
            w, b = w - learning_rate * X.T @ miss / len(y), b - learning_rate * miss.mean()
        return w, b
    def predict(X, w, b, mu, sigma):
        return scale(X, mu, sigma) @ w + b
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (CHAIN, "((X - mu) / sigma) @ w + b", "(X / sigma) @ w + b"),
        (CHAIN, "((X - mu) / sigma) @ w + b", "((X - mu) * sigma) @ w + b"),
        (CHAIN, "b - alpha * miss.mean()", "b - alpha * miss.sum()"),
        (WITH_ONES, "(X - mean) / std\n", "(X - mean) / std**2\n"),
        (WITH_ONES, "(X @ theta - y) / len(y)", "(X @ theta - y) / len(y) + theta"),
        (IN_TWO_STEPS, "return scale(X, mu, sigma) @ w + b", "return X @ w + b"),
        (IN_TWO_STEPS, "X.T @ miss / len(y)", "X.T @ np.abs(miss) / len(y)"),
    ],
)
def test_functions_that_want_what_another_hands_back_are_put_together(text, right, wrong, as_file):
    """Kills: predict(X, w, b, mu, sigma) is called without mu and sigma; or with those of the rows to be answered."""
    card = exam.examine(as_file(text), task="regression")
    assert card.passed
    assert card.conventions["columns"] == "it standardises the columns itself"
    other = text.replace(right, wrong)
    assert other != text
    assert failed(exam.examine(as_file(other), task="regression"))

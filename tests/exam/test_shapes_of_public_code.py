"""Shapes and errors of real public code: each of these was called a mistake, or could not be asked, at first."""

import inspect
import textwrap

import pytest

import groundup as gu
from groundup.exam import guessing
from groundup.exam.loading import load


@pytest.fixture
def module(tmp_path):
    def made(text: str, name: str = "candidate"):
        file = tmp_path / f"{name}.py"
        file.write_text("import numpy as np\n" + textwrap.dedent(inspect.cleandoc(text)), encoding="utf-8")
        return load(str(file))

    return made


STEP = """
def gradient_descent(X, y, theta, alpha):
    '''One step.'''
    theta = theta - alpha / len(y) * X.T @ ({sign}(X @ theta - y))
    return theta, np.mean((X @ theta - y) ** 2)
"""


@pytest.mark.parametrize(("sign", "right"), [("", True), ("-", False)])
def test_one_call_that_is_one_step(module, sign, right):
    """Kills: one step taken for a whole training; steps that are not handed on, so that a wrong sign is not seen."""
    card = gu.exam.examine(module(STEP.format(sign=sign)))
    assert card.passed == right
    assert "one call is one step" in card.conventions["epochs"]


def test_a_start_that_is_stepped_in_place_is_no_mistake(module):
    """Kills: A13 failing for the theta that the exam itself brought."""
    text = """
    def gradient_descent(X, y, theta, learning_rate, iterations):
        for _ in range(iterations):
            theta -= learning_rate * X.T.dot(X.dot(theta) - y) / len(y)
        return theta
    """
    card = gu.exam.examine(module(text))
    assert card.passed
    assert "changed in place" in card.conventions["start theta"]


def test_a_class_in_small_letters_is_a_class(module):
    """Kills: `linear_regression` taken for a function that trains, because of its name."""
    text = """
    class linear_regression:
        def __init__(self, lr=0.1, n_ephoch=100):
            self.lr, self.n_ephoch = lr, n_ephoch
        def fit(self, X, y):
            self.w, self.b = np.zeros(X.shape[1]), 0.0
            for _ in range(self.n_ephoch):
                error = X @ self.w + self.b - y
                self.w, self.b = self.w - self.lr * X.T @ error / len(y), self.b - self.lr * error.mean()
        def predict(self, X):
            return X @ self.w + self.b
    """
    card = gu.exam.examine(module(text))
    assert card.passed
    assert "loss" in card.conventions


def test_answers_of_two_values_are_classes(module):
    text = """
    class Neuron:
        def fit(self, X, y):
            self.w = np.linalg.lstsq(X, y)[0]
        def predict(self, X):
            return np.where(X @ self.w >= 0.0, 1, -1)
    """
    assert guessing.task_of(module(text).Neuron)[0] == "classification"


OWNED = """
class SGD:
    def __init__(self, params, lr):
        self.params, self.lr = params, lr
    def step(self):
        for p in self.params:
            p.{data} = p.{data} - self.lr * p.{grad}{more}
"""


@pytest.mark.parametrize(("data", "grad"), [("data", "grad"), ("_data", "_grad"), ("data", "grad.data")])
def test_parameters_that_hold_their_gradients(module, data, grad):
    """Kills: names of a dict handed over as parameters; a step of twice the rate passing."""
    right = module(OWNED.format(data=data, grad=grad, more="")).SGD
    wrong = module(OWNED.format(data=data, grad=grad, more=" * 2"), "other").SGD
    assert gu.exam.grade(right, "sgd").passed
    assert not gu.exam.grade(wrong, "sgd").passed


def test_plain_python_gets_lists():
    def r2(values, predictions):
        if not values:
            return 0.0
        mean = sum(values) / len(values)
        miss = sum((a - b) ** 2 for a, b in zip(values, predictions, strict=True))
        return 1 - miss / sum((a - mean) ** 2 for a in values)

    assert gu.exam.grade(r2, "r2").passed


OWN = {
    "NameError": "self.w = nowhere(X.shape[1])",
    "not callable": "self.w = np.random(3)",
    "no attribute 'dot'": "self.w = (X,).dot(y)",
    "no attribute 'rows'": "self.w = np.zeros(self.rows)",
    "positional argument": "self.w = self.made(1, 2)",
}
GUESSED = {"fetch": "self.w = X.fetch()", "iterable": "sum(self.size)"}
SHAPE = """
class Line:
    def __init__(self, n_features):
        self.size = n_features
    def fit(self, X, y):
        {line}
    def made(self, n_features):
        return np.zeros(n_features)
    def predict(self, X):
        return X @ self.w
"""


@pytest.mark.parametrize("said", OWN)
def test_errors_that_no_call_can_cause_are_failures(module, said):
    """Kills: a name that does not exist read as a call that does not fit."""
    card = gu.exam.examine(module(SHAPE.format(line=OWN[said])).Line)
    assert card.outcome == "not passed"
    assert said in next(v for v in card.verdicts if v.outcome == "failed").words


@pytest.mark.parametrize("said", GUESSED)
def test_errors_that_a_guessed_call_may_cause_are_none(module, said):
    """Kills: counting against a candidate what only the exam's guess brought about."""
    assert gu.exam.examine(module(SHAPE.format(line=GUESSED[said])).Line).outcome == "not examined"


def failed(card):
    return {v.id.split(" ")[0] for v in card.verdicts if v.outcome == "failed"}


CACHE = """
def relu(Z):
    return {value}, Z.copy()
"""


@pytest.mark.parametrize(("value", "fails"), [("np.maximum(0, Z)", False), ("np.minimum(0, Z)", True)])
def test_a_value_and_its_cache(module, value, fails):
    """Kills: (A, cache) read as another shape, so that right ones fail eleven times."""
    assert ("D01" in failed(gu.exam.grade(module(CACHE.format(value=value)).relu, "relu"))) == fails


def test_what_is_handed_in_is_left_as_it_was(module):
    """Kills: far scores cut off in the caller's array; the inverse of a scaler that works in place."""
    text = """
    class Sigmoid:
        def forward(self, x):
            x[x > 100] = 100
            self.out = 1 / (1 + np.exp(-x))
            return self.out
        def backward(self, slope):
            return slope * self.out * (1 - self.out)

    class Scaler:
        def fit(self, X):
            self.mean, self.std = X.mean(axis=0), X.std(axis=0)
            return self
        def transform(self, X):
            return (X - self.mean) / self.std
        def inverse_transform(self, X):
            X *= self.std
            X += self.mean
            return X

    def relu(x):
        x[x > 100] = 100
        return np.maximum(0, x)
    """
    assert {"L11", "T06", "D13"} <= failed(gu.exam.examine(module(text), task="parts"))


SPLIT = """
def train_test_split(X, y, test_size=0.25, seed=None):
    rng = np.random.default_rng(seed if {test} else None)
    order = rng.permutation(len(y))
    cut = int(test_size * len(y))
    return X[order[cut:]], X[order[:cut]], y[order[cut:]], y[order[:cut]]
"""


@pytest.mark.parametrize(("test", "fails"), [("seed is not None", set()), ("seed", {"K15"})])
def test_a_seed_of_zero_is_a_seed(module, test, fails):
    """Kills: `if seed:`."""
    assert failed(gu.exam.examine(module(SPLIT.format(test=test)), task="parts")) == fails


LEARNER = """
class Line:
    def __init__(self, lr=0.01, epochs=100, batch_size=8, seed=None):
        self.lr, self.epochs, self.batch_size, self.seed = lr, epochs, batch_size, seed
    def fit(self, X, y):
        if {test}:
            np.random.seed(self.seed)
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            order = np.random.permutation(len(y))
            for at in range(0, len(y), self.batch_size):
                rows = order[at : at + self.batch_size]
                error = X[rows] @ self.w + self.b - y[rows]
                self.w = self.w - self.lr * X[rows].T @ error / len(rows)
                self.b = self.b - self.lr * error.mean()
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""


@pytest.mark.parametrize(("test", "fails"), [("self.seed is not None", set()), ("self.seed", {"B15"})])
def test_a_seed_of_zero_is_a_seed_of_a_learner(module, test, fails):
    assert failed(gu.exam.examine(module(LEARNER.format(test=test)).Line)) == fails


@pytest.mark.parametrize(("slope", "fails"), [("np.diag(p) - np.outer(p, p)", set()), ("p * (1 - p)", {"D16"})])
def test_the_slope_of_softmax_is_a_table(module, slope, fails):
    """Kills: its diagonal passing bare."""
    text = f"""
    def softmax(z):
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)

    def softmax_prime(z):
        p = softmax(z)
        return {slope}
    """
    assert failed(gu.exam.examine(module(text), task="parts")) == fails


SOFTMAX = """
def fit(X, y, lr, c, epochs):
    w, b, losses = np.zeros((X.shape[1], c)), np.zeros(c), []
    for _ in range(epochs):
        z = X @ w + b
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        losses.append(-np.mean(np.log(p[np.arange(len(y)), y])))
        error = (p - np.eye(c)[y]) / len(y)
        w, b = w - lr * X.T @ error, b - lr * error.sum({axis})
    return w, b, losses

def predict(X, w, b):
    z = X @ w + b
    return np.argmax(z, axis=1), z
"""


@pytest.mark.parametrize(("axis", "right"), [("axis=0", True), ("", False)])
def test_classes_by_one_letter_and_two_answers(module, axis, right):
    """Kills: `c` taken for the price C; (labels, scores) taken for a table."""
    assert gu.exam.examine(module(SOFTMAX.format(axis=axis)), task="multiclass").passed == right


def test_a_class_of_activations_is_a_drawer_of_functions(module):
    text = """
    class Activations:
        def __init__(self):
            self.e = np.e
        def relu(self, Z):
            return np.maximum(0, Z)
        def relu_derivative(self, Z):
            return np.where(Z > 0, 1.0, 0.5)
        def sigmoid(self, Z):
            return np.exp(-np.logaddexp(0, -Z))
    """
    card = gu.exam.examine(module(text), task="parts")
    assert {v.id.split(" ")[1] for v in card.verdicts if v.outcome == "failed"} == {"relu_derivative"}
    assert any("sigmoid" in v.id and v.outcome == "passed" for v in card.verdicts)


def test_settings_with_two_stars_are_no_arguments(module):
    """Kills: accuracy(y, h, **kwargs) not known as a formula."""
    text = """
    def accuracy(y, h, **kwargs):
        return np.mean(np.asarray(y) == np.asarray(h))
    """
    assert "D06 accuracy" in {
        v.id for v in gu.exam.examine(module(text), task="parts").verdicts if v.outcome == "passed"
    }


LABELS = """
class Lasso:
    '''Lasso by gradient descent.'''
    def __init__(self, learning_rate=0.01, epochs=5000, lambda_param=0.01, fit_intercept=True):
        self.learning_rate, self.epochs = learning_rate, epochs
        self.lambda_param, self.fit_intercept = lambda_param, fit_intercept
    def fit(self, X, y):
        self.m, self.s = y.mean(), y.std()
        t, self.weights, self.bias = (y - self.m) / self.s, np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            error = X @ self.weights + self.bias - t
            slope = X.T @ error / len(y) + self.lambda_param * np.sign(self.weights)
            self.weights = self.weights - self.learning_rate * slope
            self.bias -= self.learning_rate * error.{end}() * self.fit_intercept
        return self
    def predict(self, X):
        return (X @ self.weights + self.bias) * self.s + self.m
"""


@pytest.mark.parametrize(("end", "right"), [("mean", True), ("min", False)])
def test_labels_that_are_standardised_inside(module, end, right):
    """Kills: weights in the units of standardised labels read as those of a wrong gradient."""
    card = gu.exam.examine(module(LABELS.format(end=end)).Lasso)
    assert card.passed == right


CONFUSION = """
def confusion_matrix(y_true, y_pred):
    def count(a, b):
        return np.sum((y_true == a) & (y_pred == b))
    return np.array([[count(0, 0), count({cells})], [count(1, 0), count(1, 1)]])
"""


@pytest.mark.parametrize(("cells", "fails"), [("0, 1", set()), ("1, 0", {"D06"})])
def test_a_confusion_matrix_of_two_classes(module, cells, fails):
    """Kills: a table of two classes failing for a third, of which it never spoke."""
    assert failed(gu.exam.examine(module(CONFUSION.format(cells=cells)), task="parts")) == fails


def test_a_share_between_0_and_1_in_a_docstring_is_no_number(module):
    """Kills: `0 < test_size < 1` read as a promise to take a number of rows."""
    text = SPLIT.format(test="seed is not None").replace(
        "):", '):\n    """test_size: the share (0 < test_size < 1)."""', 1
    )
    assert failed(gu.exam.examine(module(text), task="parts")) == set()

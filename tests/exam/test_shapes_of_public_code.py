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


COUNTS = """
class PoissonRegression:
    def fit(self, X, y, exposure=None):
        if np.any(np.asarray(y) < 0):
            raise ValueError("counts must not be negative")
        A, e = np.column_stack([np.ones(len(X)), X]), np.ones(len(y)) if exposure is None else exposure
        self.beta = np.zeros(A.shape[1])
        self.beta[0] = np.log(np.sum(y) / np.sum(e))
        for _ in range(50):
            mean = {mean}
            weight = {weight}
            self.beta = self.beta + np.linalg.solve((A.T * weight) @ A, A.T @ ({miss}))
        return self
    def predict(self, X):
        return np.exp(self.beta[0] + X @ self.beta[1:])
"""
RATE = {"mean": "e * np.exp(A @ self.beta)", "weight": "mean", "miss": "y - mean"}


@pytest.mark.parametrize(("slip", "fails"), [({}, set()), ({"miss": "(y - mean) / e", "weight": "mean / e"}, {"A32"})])
def test_counts_are_asked_with_counts(module, slip, fails):
    """Kills: labels below 0 shown to a model of counts; exposures that weigh the rows by 1 / exposure."""
    card = gu.exam.examine(module(COUNTS.format(**{**RATE, **slip})).PoissonRegression, task="regression")
    assert failed(card) == fails


GRID = """
class RidgePath:
    def __init__(self, alphas=(0.1, 1.0, 10.0)):
        self.alphas = alphas
    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        middle, Xc, yc = X.mean(axis=0), X - X.mean(axis=0), y - y.mean()
        a = self.alphas[0]
        self.coef_ = np.linalg.solve(Xc.T @ Xc + a * np.eye(X.shape[1]), Xc.T @ yc)
        self.intercept_ = {bias}
        return self
    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
"""


@pytest.mark.parametrize(("bias", "right"), [("y.mean() - middle @ self.coef_", True), ("y.mean()", False)])
def test_a_grid_of_penalties_is_no_number(module, bias, right):
    """Kills: `alphas=(...)` set to 0.0."""
    assert gu.exam.examine(module(GRID.format(bias=bias)).RidgePath, task="regression").passed == right


NET = """
class ElasticNet:
    def __init__(self, lam=0.1, mix=0.5):
        self.lam, self.mix = lam, mix
    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        n, middle, Xc, r = len(y), X.mean(axis=0), X - X.mean(axis=0), y - y.mean()
        b, size = np.zeros(X.shape[1]), (Xc**2).mean(axis=0)
        for _ in range(3000):
            before = b.copy()
            for j in range(len(b)):
                rho = Xc[:, j] @ r / n + size[j] * b[j]
                new = np.sign(rho) * max(abs(rho) - self.lam * self.mix, 0.0) / {below}
                r, b[j] = r - (new - b[j]) * Xc[:, j], new
            if np.abs(b - before).max() < 1e-14:
                break
        self.coef_, self.intercept_ = b, y.mean() - middle @ b
        return self
    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
"""


@pytest.mark.parametrize(
    ("below", "right"),
    [("(size[j] + self.lam * (1 - self.mix))", True), ("(size[j] - self.lam * (1 - self.mix))", False)],
)
def test_a_mix_is_the_share_of_l1(module, below, right):
    """Kills: half of an l1 penalty taken for part of an l2 one, where the share is called `mix`."""
    assert gu.exam.examine(module(NET.format(below=below)).ElasticNet, task="regression").passed == right


LOADED = """
from dataclasses import dataclass, field

@dataclass
class Loader:
    batch_size: int = 16
    seed: int = 0
    def __post_init__(self):
        self.rng = np.random.default_rng(self.seed)
    def epoch(self, n):
        order = self.rng.permutation(n)
        return [order[k : k + self.batch_size] for k in range(0, n, self.batch_size)]

@dataclass
class LinearSGD:
    lr: float = 0.05
    epochs: int = 100
    loader: Loader = field(default_factory=Loader)
    def fit(self, X, y):
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        for _ in range(self.epochs):
            for i in self.loader.epoch(len(y)):
                error = X[i] @ self.w + self.b - y[i]
                self.w = self.w - self.lr * X[i].T @ error / len(i)
                self.b = self.b - self.lr * error.{end}()
        return self
    def predict(self, X):
        return X @ self.w + self.b
"""


@pytest.mark.parametrize(("end", "right"), [("mean", True), ("sum", False)])
def test_a_batch_size_in_the_loader_of_a_dataclass(module, end, right):
    """Kills: the loader's own batches called a wrong first step, its generator a memory that is kept."""
    assert gu.exam.examine(module(LOADED.format(end=end)).LinearSGD, task="regression").passed == right


STOPPED = """
from dataclasses import dataclass, field

@dataclass
class EarlyStopping:
    '''Stops after `patience` epochs without a better one and restores the best parameters.'''
    patience: int = 10
    def __post_init__(self):
        self.best, self.wait, self.kept = np.inf, 0, None
    def ends(self, model, loss):
        self.wait += 1
        if loss < self.best:
            self.best, self.wait, self.kept = loss, 0, [{kept} for p in model.params]
        return self.wait >= self.patience

@dataclass
class LinearSGD:
    lr: float = 0.02
    epochs: int = 300
    batch_size: int = 8
    seed: int = 0
    stopper: EarlyStopping = field(default_factory=EarlyStopping)
    def fit(self, X, y):
        rng = np.random.default_rng(self.seed)
        order = rng.permutation(len(y))
        rows, aside = order[len(y) // 4 :], order[: len(y) // 4]
        self.params = [np.zeros(X.shape[1]), np.zeros(1)]
        for _ in range(self.epochs):
            for i in np.array_split(rng.permutation(rows), max(1, len(rows) // self.batch_size)):
                error = self.predict(X[i]) - y[i]
                self.params[0] -= self.lr * X[i].T @ error / len(i)
                self.params[1] -= self.lr * error.mean()
            if self.stopper.ends(self, np.mean((self.predict(X[aside]) - y[aside]) ** 2)):
                break
        self.params = self.stopper.kept
        return self
    def predict(self, X):
        return X @ self.params[0] + self.params[1][0]
"""


@pytest.mark.parametrize(("kept", "fails"), [("p.copy()", set()), ("p", {"B21e"})])
def test_the_best_epoch_is_kept_as_a_copy(module, kept, fails):
    """Kills: the last epoch restored in place of the best, where neither notes nor a number of epochs are kept."""
    assert failed(gu.exam.examine(module(STOPPED.format(kept=kept)).LinearSGD, task="regression")) == fails


DROPPED = """
class MLP:
    def __init__(self, n_in, n_hidden=8, drop=0.5, lr=0.01, seed=0):
        self.rng, self.drop, self.lr = np.random.default_rng(seed), drop, lr
        self.W1, self.b1 = self.rng.normal(size=(n_in, n_hidden)), np.zeros(n_hidden)
        self.W2, self.b2 = self.rng.normal(size=(n_hidden, 1)), np.zeros(1)
    def forward(self, X, train=False):
        self.X, self.z = X, X @ self.W1 + self.b1
        keep = 1 - self.drop
        self.mask = (self.rng.random(self.z.shape) < keep) / keep if train else 1.0
        self.h = np.maximum(self.z, 0) * self.mask
        return (self.h @ self.W2 + self.b2)[:, 0]
    def fit(self, X, y, epochs=100, batch_size=32):
        for _ in range(epochs):
            order = self.rng.permutation(len(X))
            for s in range(0, len(X), batch_size):
                i = order[s : s + batch_size]
                d = (self.forward(X[i], train=True) - y[i])[:, None] / len(i)
                dz = (d @ self.W2.T) * {mask} * (self.z > 0)
                slopes = [self.X.T @ dz, dz.sum(axis=0), self.h.T @ d, d.sum(axis=0)]
                for p, g in zip([self.W1, self.b1, self.W2, self.b2], slopes):
                    p -= self.lr * g
        return self
    def predict(self, X):
        return self.forward(X)
"""


@pytest.mark.parametrize(("mask", "fails"), [("self.mask", set()), ("(self.mask > 0)", {"E21"})])
def test_drop_out_by_another_name(module, mask, fails):
    """Kills: `drop` not known as drop-out, so that nothing of such a network could be asked."""
    assert failed(gu.exam.examine(module(DROPPED.format(mask=mask)).MLP, task="network")) == fails


WEIGHED = """
class WLS:
    '''Weighted least squares.'''
    def fit(self, X, y, weights):
        root = {root}
        A = np.column_stack([np.ones(len(X)), X])
        beta = np.linalg.lstsq(A * root[:, None], y * root, rcond=None)[0]
        self.intercept_, self.coef_ = beta[0], beta[1:]
        return self
    def predict(self, X):
        return X @ self.coef_ + self.intercept_
"""


@pytest.mark.parametrize(("root", "right"), [("np.sqrt(weights)", True), ("weights", False)])
def test_weights_that_must_be_given(module, root, right):
    """Kills: a weighted fit that cannot be called, because its weights have no default."""
    assert gu.exam.examine(module(WEIGHED.format(root=root)).WLS, task="regression").passed == right


UNROLLED = """
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lam):
    split, m = hidden_layer_size * (input_layer_size + 1), len(X)
    T1 = nn_params[:split].reshape(hidden_layer_size, input_layer_size + 1)
    T2 = nn_params[split:].reshape(num_labels, hidden_layer_size + 1)
    Y = np.eye(num_labels)[np.asarray(y).ravel()]
    a1 = np.column_stack([np.ones(m), X])
    a2 = np.column_stack([np.ones(m), sigmoid(a1 @ T1.T)])
    h = sigmoid(a2 @ T2.T)
    J = -np.sum(Y * np.log(h) + (1 - Y) * np.log(1 - h)) / m
    J += lam / (2 * m) * (np.sum(T1[:, 1:] ** 2) + np.sum(T2[:, 1:] ** 2))
    d2 = ((h - Y) @ T2 * a2 * (1 - a2))[:, 1:]
    g1, g2 = d2.T @ a1 / m, (h - Y).T @ a2 / m
    g1[:, 1:] += {price} * T1[:, 1:]
    g2[:, 1:] += {price} * T2[:, 1:]
    return J, np.concatenate([g1.ravel(), g2.ravel()])
"""


@pytest.mark.parametrize(("price", "fails"), [("lam / m", set()), ("lam", {"L09"})])
def test_a_cost_of_a_network_whose_weights_come_in_one_row(module, price, fails):
    """Kills: the cost of a network left out, because its sizes are arguments."""
    card = gu.exam.examine(module(UNROLLED.format(price=price)), task="parts")
    assert failed(card) == fails
    assert any(v.id.startswith("L09") for v in card.verdicts)

"""Parts of a file, each examined by itself: a right one passes, its wrong twin fails, and what is left out is told."""

import json

import numpy as np
import pytest

import groundup as gu
from groundup.exam import guessing
from groundup.exam.loading import load

RIGHT = {
    "split": """
        def train_test_split(X, y, test_size=0.25, random_state=None):
            order = np.random.RandomState(random_state).permutation(len(X))
            few = int(np.ceil(test_size * len(X)))
            test, train = order[:few], order[few:]
            return X[train], X[test], y[train], y[test]
    """,
    "folds": """
        class KFold:
            def __init__(self, n_splits=5):
                self.n_splits = n_splits
            def split(self, X, y=None):
                parts = np.array_split(np.arange(len(X)), self.n_splits)
                for k, test in enumerate(parts):
                    yield np.concatenate([part for j, part in enumerate(parts) if j != k]), test
    """,
    "fold function": """
        def k_fold_indices(n, k):
            parts = np.array_split(np.random.permutation(n), k)
            return [(np.concatenate(parts[:j] + parts[j + 1:]), parts[j]) for j in range(k)]
    """,
    "encoder": """
        class OneHotEncoder:
            def fit(self, X):
                self.found = [np.unique(column) for column in np.asarray(X).T]
                return self
            def transform(self, X):
                return np.hstack([(np.asarray(X)[:, [j]] == own).astype(float) for j, own in enumerate(self.found)])
    """,
    "one hot": """
        def one_hot(labels, n_classes):
            table = np.zeros((len(labels), n_classes))
            table[np.arange(len(labels)), labels] = 1.0
            return table
    """,
    "scaler": """
        class Standard:
            def fit(self, X, y=None):
                self.middle, spread = X.mean(axis=0), X.std(axis=0)
                self.spread = np.where(spread == 0, 1.0, spread)
                return self
            def transform(self, X):
                return (X - self.middle) / self.spread
    """,
    "drop-out": """
        class Dropout:
            def __init__(self, p=0.5):
                self.p, self.rng = p, np.random.default_rng(5)
            def forward(self, X, training=True):
                self.gate = (self.rng.random(X.shape) >= self.p) / (1 - self.p) if training else np.ones(X.shape)
                return X * self.gate
            def backward(self, slope):
                return slope * self.gate
    """,
    "stepping layer": """
        class Dense:
            def __init__(self, inputs, outputs):
                rng = np.random.default_rng(1)
                self.weights, self.bias = rng.normal(size=(inputs, outputs)), np.zeros((1, outputs))
            def forward(self, X):
                self.inputs = X
                return X @ self.weights + self.bias
            def backward(self, slope, learning_rate):
                back = slope @ self.weights.T
                self.weights -= learning_rate * self.inputs.T @ slope
                self.bias -= learning_rate * slope.sum(axis=0, keepdims=True)
                return back
    """,
    "silent layer": """
        class Dense:
            def __init__(self, inputs, outputs):
                self.weights = np.random.default_rng(1).normal(size=(inputs, outputs))
                self.biases = np.zeros((1, outputs))
            def forward(self, inputs):
                self.inputs = inputs
                self.output = inputs @ self.weights + self.biases
            def backward(self, slope):
                self.dweights, self.dbiases = self.inputs.T @ slope, slope.sum(axis=0, keepdims=True)
                self.dinputs = slope @ self.weights.T
    """,
    "loss and prime": """
        def mse(y, p):
            return np.mean((y - p) ** 2)
        def mse_prime(y, p):
            return 2 * (p - y) / y.size
    """,
    "drawer": """
        class Losses:
            @staticmethod
            def mae(y, p):
                return np.mean(np.abs(y.reshape(1, -1) - p))
            @staticmethod
            def d_mae(y, p):
                return np.sign(p - y.reshape(1, -1)) / y.size
    """,
    "loss of scores": """
        class CrossEntropy:
            def forward(self, scores, labels):
                chances = np.exp(scores - scores.max(axis=1, keepdims=True))
                self.chances, self.labels = chances / chances.sum(axis=1, keepdims=True), labels
                return -np.log(self.chances[np.arange(len(labels)), labels]).mean()
            def backward(self):
                back = self.chances.copy()
                back[np.arange(len(back)), self.labels] -= 1
                return back / len(back)
    """,
    "with logits": """
        def bce_with_logits(logits, targets):
            return np.mean(np.maximum(logits, 0) - logits * targets + np.log1p(np.exp(-np.abs(logits))))
    """,
    "cost": """
        def cost_function(X, y, theta):
            return np.mean((X @ theta - y) ** 2) / 2
        def gradient(X, y, theta):
            return X.T @ (X @ theta - y) / len(y)
    """,
    "two metrics": """
        def precision_recall(y, predicted):
            hits = np.sum((y == 1) & (predicted == 1))
            return hits / max(np.sum(predicted == 1), 1), hits / max(np.sum(y == 1), 1)
    """,
    "accuracy": """
        def accuracy(y, predicted, batch=32):
            hits = [np.sum(y[i:i + batch] == predicted[i:i + batch]) for i in range(0, len(y), batch)]
            return sum(hits) / len(y)
    """,
    "matthews": """
        def mcc(y, predicted):
            t, p = np.asarray(y) == 1, np.asarray(predicted) == 1
            a, b, c, d = (float(np.sum(x)) for x in (t & p, ~t & ~p, ~t & p, t & ~p))
            below = (a + c) * (a + d) * (b + c) * (b + d)
            return 0.0 if below == 0 else (a * b - c * d) / np.sqrt(below)
    """,
}
WRONG = {
    "split": ("y[train], y[test]", "y[test], y[train]"),
    "folds": (
        "np.array_split(np.arange(len(X)), self.n_splits)",
        "[np.arange(k, k + len(X) // 5) for k in range(0, len(X) - 4, len(X) // 5)][:5]",
    ),
    "fold function": ("parts[:j] + parts[j + 1:]", "parts"),
    "encoder": ("for j, own in enumerate(self.found)", "for j, own in enumerate(map(np.unique, np.asarray(X).T))"),
    "one hot": ("= 1.0", "= labels"),
    "scaler": ("return (X - self.middle)", "self.fit(X); return (X - self.middle)"),
    "drop-out": ("if training else np.ones(X.shape)", ""),
    "stepping layer": (
        "slope @ self.weights.T\n                self.weights -= learning_rate * self.inputs.T @ slope",
        "1\n                self.weights -= learning_rate * self.inputs.T @ slope; back = slope @ self.weights.T",
    ),
    "silent layer": ("self.inputs.T @ slope, slope.sum", "self.inputs.T @ slope, slope.mean"),
    "loss and prime": ("2 * (p - y) / y.size", "2 * (p - y) / p"),
    "drawer": ("np.sign(p - y.reshape(1, -1))", "(p - y.reshape(1, -1))"),
    "loss of scores": ("-= 1", "-= 2"),
    "with logits": ("-np.abs(logits)", "-logits"),
    "cost": ("X.T @ (X @ theta - y)", "X.T @ (X @ theta - y) + theta"),
    "two metrics": ("np.sum(y == 1), 1)", "np.sum(predicted == 1), 1)"),
    "accuracy": ("[np.sum(", "[len(y) * np.mean("),
    "matthews": ("float(np.sum(x))", "np.sum(x)"),
}
"""One change each; of an accuracy, the mean of the batches' own means."""
WRONG["accuracy"] = (
    "return sum(hits) / len(y)",
    "return np.mean([h / len(y[i * batch:(i + 1) * batch]) for i, h in enumerate(hits)])",
)


def file(folder, code, name="part"):
    """A file of this code, loaded."""
    import textwrap

    path = folder / f"{name}.py"
    path.write_text("import numpy as np\n" + textwrap.dedent(code), encoding="utf-8")
    return load(str(path))


@pytest.mark.parametrize("word", RIGHT)
def test_a_right_one_passes_and_its_wrong_twin_fails(word, tmp_path):
    """Kills: a part that is called in a way it is not made for, or that nobody asks."""
    right = file(tmp_path, RIGHT[word], "right_one")
    task = guessing.task_of(right)[0]
    card = gu.exam.examine(right, task)
    assert task == "parts"
    assert card.passed, str(card)
    old, new = WRONG[word]
    assert old in RIGHT[word]
    wrong = gu.exam.examine(file(tmp_path, RIGHT[word].replace(old, new), "wrong_one"), task)
    assert wrong.failed, str(wrong)
    assert all(v.measured is not None for v in wrong.failed) or word in ("split", "encoder"), str(wrong)


@pytest.mark.parametrize("word", ["split", "folds", "encoder", "scaler", "drop-out", "silent layer"])
def test_one_of_them_by_its_name_is_no_learner(word, tmp_path):
    """Kills: a scaler that is asked to predict."""
    module = file(tmp_path, RIGHT[word])
    thing = next(v for v in vars(module).values() if getattr(v, "__module__", "") == "part")
    assert guessing.task_of(thing)[0] == "parts"
    assert gu.exam.examine(thing).passed


def test_at_a_kink_any_slope_between_is_right():
    """Kills: a ReLU whose slope at 0 is 1, called wrong."""
    assert gu.exam.grade(lambda z: np.where(z >= 0, 1.0, 0.0), "relu_derivative").passed
    assert gu.exam.grade(lambda z: np.where(z > 0, 1.0, 0.0), "relu_derivative").passed
    assert not gu.exam.grade(lambda z: np.where(z >= 0, 1.0, 0.5), "relu_derivative").passed


STEPPERS = {
    "update(layer)": """
        class SGD:
            def __init__(self, learning_rate=0.01):
                self.learning_rate = learning_rate
            def update(self, layer):
                layer.weights -= self.learning_rate * layer.dweights
                layer.biases -= self.learning_rate * layer.dbiases
    """,
    "update(weights, bias, dw, db)": """
        class SGD:
            def __init__(self, learning_rate=0.01):
                self.learning_rate = learning_rate
            def update_weights(self, weights, bias, dw, db):
                return weights - self.learning_rate * dw, bias - self.learning_rate * db
    """,
    "update(param, grad, m)": """
        class Momentum:
            def __init__(self, lr=0.01, momentum=0.9):
                self.lr, self.momentum = lr, momentum
            def update(self, param, grad, m):
                m = self.momentum * m + grad
                return param - self.lr * m, m
    """,
    "a state of its own": """
        def momentum_init(w):
            return {"v": np.zeros_like(w)}
        def momentum_update(w, g, state, lr=0.01, momentum=0.9):
            v = momentum * state["v"] + g
            return w - lr * v, {"v": v}
    """,
}


@pytest.mark.parametrize("word", STEPPERS)
def test_optimisers_of_every_shape(word, tmp_path):
    """Kills: an exam's own call that does not fit, taken for a mistake."""
    right = file(tmp_path, STEPPERS[word])
    assert guessing.task_of(right)[0] == "optimiser"
    card = gu.exam.examine(right, "optimiser")
    assert card.passed, str(card)
    old, new = ("layer.dbiases", "layer.dbiases / 2") if "layer" in word else ("* db", "* db / 2")
    old, new = (old, new) if old in STEPPERS[word] else ("* v", "* g") if "state" in word else ("* m, m", "* grad, m")
    assert gu.exam.examine(file(tmp_path, STEPPERS[word].replace(old, new), "wrong_one"), "optimiser").failed


def test_a_call_that_does_not_fit_is_no_failure(tmp_path):
    """Kills: seven questions failed because an argument was missing that the exam does not know."""
    code = """
        class Adam:
            def update(self, tape):
                tape.play()
    """
    card = gu.exam.examine(file(tmp_path, code), "optimiser")
    assert (card.outcome, card.failed) == ("not examined", [])


MEANT_TO_LEARN = """
    def sigmoid(x):
        return 1 / (1 + np.exp(-np.clip(x, -700, 700)))
    def costf(theta, x):
        return 0
    class Network:
        def feedforward(self):
            return self
        def backprop(self):
            return self
"""


def test_what_was_not_examined_stands_on_top(tmp_path):
    """Kills: PASSED on a file whose network nobody could ask."""
    card = gu.exam.examine(file(tmp_path, MEANT_TO_LEARN), "parts")
    assert (card.outcome, card.passed, card.failed) == ("examined in part", False, [])
    head, counts = str(card).splitlines()[:2]
    assert head.endswith("EXAMINED IN PART")
    assert counts.endswith("Not examined: class Network, costf.")


def test_helpers_left_aside_are_named_and_fail_nobody(tmp_path):
    """Kills: a card that is silent about a function it has no questions for."""
    card = gu.exam.examine(file(tmp_path, MEANT_TO_LEARN.partition("    class")[0]), "parts")
    assert card.passed
    assert str(card).splitlines()[1].endswith("Not examined: costf.")


def test_the_exit_status_and_one_json_object(tmp_path):
    """Kills: words of the candidate before the JSON; 1 for a file that could not be asked."""
    (tmp_path / "noisy.py").write_text(
        "import numpy as np\nprint('hello')\ndef mse(y, p):\n    print('again')\n    return np.mean((y - p) ** 2)\n"
    )
    (tmp_path / "net.py").write_text(
        "class Dense:\n    def __init__(self, a, b, c, d): ...\n"
        "    def forward(self, X): ...\n    def backward(self, g): ...\n"
    )
    testing = pytest.importorskip("typer.testing")
    from groundup.app.cli import build

    run, app = testing.CliRunner(), build()
    card = run.invoke(app, ["exam", str(tmp_path / "noisy.py"), "--json"])
    assert card.exit_code == 0
    assert json.loads(card.stdout)["outcome"] == "passed"
    nothing = run.invoke(app, ["exam", str(tmp_path / "net.py")])
    assert nothing.exit_code == 2
    assert "NOT EXAMINED" in nothing.stdout
    assert "FILE.py:NAME" in nothing.stdout


def test_a_file_inside_a_package(tmp_path):
    """Kills: "attempted relative import with no known parent package"."""
    folder = tmp_path / "house_of_losses"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "base.py").write_text("ROWS = 3\n")
    (folder / "losses.py").write_text(
        "import numpy as np\nfrom .base import ROWS\nfrom house_of_losses import base\n"
        "def mse(y, p):\n    return np.mean((y - p) ** 2)\n"
    )
    assert gu.exam.examine(load(str(folder / "losses.py")), "parts").passed


STRANGERS = {
    "stratified": """
        def stratified_split(X, y, test_size=0.25, seed=None):
            rng, few = np.random.default_rng(seed), []
            for one in np.unique(y):
                mine = rng.permutation(np.flatnonzero(y == one))
                few.extend(mine[:max(1, round(test_size * len(mine)))])
            test = rng.permutation(np.array(few))
            train = np.setdiff1d(np.arange(len(y)), test)
            return X[train], X[test], y[train], y[test]
    """,
    "flagged drop-out": """
        class Dropout:
            training = True
            def __init__(self, rate, rng):
                self.rate, self.rng = rate, rng
            def forward(self, x):
                self.mask = np.ones_like(x)
                if self.training:
                    self.mask = (self.rng.random(x.shape) >= self.rate) / (1 - self.rate)
                return x * self.mask
            def backward(self, grad):
                return grad * self.mask
    """,
    "priced layer": """
        class Dense:
            def __init__(self, inputs, outputs, weight_regularizer_l1=0, weight_regularizer_l2=0):
                self.weights = np.random.default_rng(1).normal(size=(inputs, outputs))
                self.biases = np.zeros((1, outputs))
                self.l1, self.l2 = weight_regularizer_l1, weight_regularizer_l2
            def forward(self, inputs):
                self.inputs = inputs
                self.output = inputs @ self.weights + self.biases
            def backward(self, slope):
                self.dweights, self.dbiases = self.inputs.T @ slope, slope.sum(axis=0, keepdims=True)
                self.dweights += self.l1 * np.where(self.weights < 0, -1, 1) + 2 * self.l2 * self.weights
                self.dinputs = slope @ self.weights.T
    """,
    "slopes of what came out": """
        def sigmoid(z):
            return 0.5 * (1 + np.tanh(z / 2))
        def sigmoid_grad(a):
            return a * (1 - a)
        class ActivationLayer:
            TABLE = {"sigmoid": (sigmoid, sigmoid_grad)}
            def __init__(self, name):
                self.f, self.slope = self.TABLE[name]
            def forward(self, z):
                self.a = self.f(z)
                return self.a
            def backward(self, slope):
                return slope * self.slope(self.a)
    """,
    "hooked": """
        class Optimizer_RMSprop:
            def __init__(self, learning_rate=0.001, decay=0.0, epsilon=1e-7, rho=0.9):
                self.learning_rate = self.current_learning_rate = learning_rate
                self.decay, self.epsilon, self.rho, self.iterations = decay, epsilon, rho, 0
            def pre_update_params(self):
                self.current_learning_rate = self.learning_rate / (1 + self.decay * self.iterations)
            def update_params(self, layer):
                if not hasattr(layer, "weight_cache"):
                    layer.weight_cache, layer.bias_cache = np.zeros_like(layer.weights), np.zeros_like(layer.biases)
                layer.weight_cache = self.rho * layer.weight_cache + (1 - self.rho) * layer.dweights**2
                layer.bias_cache = self.rho * layer.bias_cache + (1 - self.rho) * layer.dbiases**2
                layer.weights -= self.current_learning_rate * layer.dweights / (layer.weight_cache**0.5 + self.epsilon)
                layer.biases -= self.current_learning_rate * layer.dbiases / (layer.bias_cache**0.5 + self.epsilon)
            def post_update_params(self):
                self.iterations += 1
    """,
    "made of functions": """
        def adam(step_size, b1=0.9, b2=0.999, eps=1e-8):
            def init(params):
                return [(p, np.zeros_like(p), np.zeros_like(p)) for p in params]
            def update(i, grads, state):
                found = []
                for (x, m, v), g in zip(state, grads):
                    m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
                    x = x - step_size * m / (1 - b1 ** (i + 1)) / (np.sqrt(v / (1 - b2 ** (i + 1))) + eps)
                    found.append((x, m, v))
                return found
            def get_params(state):
                return [x for x, _, _ in state]
            return init, update, get_params
    """,
    "parameters in a dict": """
        class SGD:
            def __init__(self, params, lr=0.01, momentum=0.0):
                self.params, self.lr, self.momentum = params, lr, momentum
                self.velocity = {k: np.zeros_like(p) for k, p in params.items()}
            def step(self, grads):
                for k, g in grads.items():
                    self.velocity[k] = self.momentum * self.velocity[k] + self.lr * g
                    self.params[k] -= self.velocity[k]
    """,
    "mean of classes": """
        def f1_for_label(y_true, y_pred, label):
            hits = sum(1 for t, p in zip(y_true, y_pred) if t == p == label)
            both = sum(1 for t in y_true if t == label) + sum(1 for p in y_pred if p == label)
            return 2 * hits / both
        def macro_f1(y_true, y_pred):
            labels = sorted(set(y_true) | set(y_pred))
            return sum(f1_for_label(y_true, y_pred, one) for one in labels) / len(labels)
    """,
    "made of two": """
        def momentum(learning_rate, mu=0.9):
            def init(params):
                return np.zeros_like(params)
            def update(grads, state, params=None):
                state = mu * state + grads
                return -learning_rate * state, state
            return init, update
    """,
}
"""Shapes that strangers' files had; each is right."""
SLICE = "np.argsort(y)[:round(test_size * len(y))]"
STRANGE = [
    ("stratified", "y == one", "y >= one", "rows for testing are among those for training"),
    ("stratified", "rng.permutation(np.array(few))", SLICE, "the classes are not divided one by one"),
    (
        "flagged drop-out",
        ">= self.rate",
        "< self.rate",
        "the share that is kept and the share that is dropped are exchanged",
    ),
    ("flagged drop-out", "/ (1 - self.rate)", "/ 1.1", "with drop-out the mean in training is another one"),
    ("priced layer", "np.where(self.weights < 0, -1, 1)", "1", "the slope of an l1 penalty is not the sign"),
    ("priced layer", "+ 2 * self.l2", "- 2 * self.l2", "the slope of an l2 penalty is not in proportion"),
    ("slopes of what came out", "slope * self.slope(self.a)", "self.slope(self.a)", "the slope that comes from above"),
    (
        "slopes of what came out",
        "self.slope(self.a)",
        "self.slope(self.a + 0.1)",
        "what goes backward is not the slope",
    ),
    ("hooked", "+= 1", "+= 1; self.rho = 0.5", ""),
    ("made of functions", "1 - b2 ** (i + 1)", "1 - b1 ** (i + 1)", "is corrected with beta1 instead of beta2"),
    ("made of functions", "** (i + 1)", "** (i + 2)", ""),
    ("parameters in a dict", "-= self", "-= self.lr * self", "the learning rate is multiplied in twice"),
    ("mean of classes", "set(y_true) | set(y_pred)", "set(y_pred)", ""),
    ("made of two", "mu * state + grads", "(1 - mu) * state + mu * grads", ""),
]
"""(whose twin, what is changed, into what, the name that its numbers give; none where they tell no more than that)"""


@pytest.mark.parametrize("name", STRANGERS)
def test_shapes_of_strangers_pass(tmp_path, name):
    """Kills: a count of steps that nobody raises, a class too large or small by rounding, an argument unknown."""
    right = file(tmp_path, STRANGERS[name])
    card = gu.exam.examine(right, guessing.task_of(right)[0])
    assert card.passed, (card.outcome, [(v.id, v.words) for v in card.failed])


@pytest.mark.parametrize(("name", "right", "wrong", "said"), STRANGE)
def test_wrong_twins_of_strangers_fail_and_are_named(tmp_path, name, right, wrong, said):
    """Kills: a question that these shapes are not asked, and a failure without a sentence where its numbers tell."""
    assert right in STRANGERS[name]
    twin = file(tmp_path, STRANGERS[name].replace(right, wrong))
    card = gu.exam.examine(twin, guessing.task_of(twin)[0])
    assert card.failed
    assert said in (card.mistake or ""), card.mistake

"""What the arguments of a part ask for is asked for: ranges, degrees, switches, steps of a schedule, averages."""

import importlib.util
import itertools
import textwrap

import numpy as np
import pytest

import groundup as gu
from groundup.exam import guessing, sitting
from groundup.exam.loading import load

COUNT = itertools.count()
RIGHT = {
    "range": """
        class MinMax:
            def __init__(self, feature_range=(0, 1)):
                self.feature_range = feature_range
            def fit(self, X):
                self.low, self.width = X.min(axis=0), np.ptp(X, axis=0)
                return self
            def transform(self, X):
                low, high = self.feature_range
                return (X - self.low) / self.width * (high - low) + low
            def inverse_transform(self, Z):
                low, high = self.feature_range
                return (Z - low) / (high - low) * self.width + self.low
    """,
    "switches of a scaler": """
        class StandardScaler:
            def __init__(self, with_mean=True, with_std=True):
                self.with_mean, self.with_std = with_mean, with_std
            def fit(self, X):
                self.mean = X.mean(axis=0) if self.with_mean else 0.0
                self.spread = X.std(axis=0) if self.with_std else 1.0
                return self
            def transform(self, X):
                return (X - self.mean) / self.spread
            def inverse_transform(self, Z):
                return Z * self.spread + self.mean
    """,
    "powers": """
        from itertools import combinations_with_replacement
        class PolynomialFeatures:
            def __init__(self, degree=2, include_bias=True, interaction_only=False):
                self.degree, self.include_bias, self.interaction_only = degree, include_bias, interaction_only
            def fit(self, X, y=None):
                every = range(0 if self.include_bias else 1, self.degree + 1)
                found = [c for k in every for c in combinations_with_replacement(range(X.shape[1]), k)]
                self.columns = [c for c in found if not self.interaction_only or len(set(c)) == len(c)]
                return self
            def transform(self, X):
                return np.column_stack([np.prod(X[:, list(c)], axis=1) for c in self.columns])
    """,
    "map of two columns": """
        def map_feature(x1, x2, degree=6):
            return np.column_stack([x1 ** (i - j) * x2 ** j for i in range(degree + 1) for j in range(i + 1)])
    """,
    "powers of each column": """
        def polynomial_features(X, degree):
            return np.hstack([X ** k for k in range(1, degree + 1)])
    """,
    "warm-up and cosine": """
        class WarmupCosine:
            def __init__(self, base_lr=0.1, total_steps=1000, warmup_steps=0, min_lr=0.0):
                self.base, self.total, self.warm, self.low = base_lr, total_steps, warmup_steps, min_lr
            def __call__(self, step):
                if step < self.warm:
                    return self.base * step / self.warm
                share = min((step - self.warm) / (self.total - self.warm), 1.0)
                return self.low + (self.base - self.low) * (1 + np.cos(np.pi * share)) / 2
    """,
    "restarts": """
        class CosineRestarts:
            def __init__(self, lr=0.1, t0=10, mult=2, eta_min=0.0):
                self.lr, self.t0, self.mult, self.eta_min = lr, t0, mult, eta_min
            def get_lr(self, step):
                length = self.t0
                while step >= length:
                    step, length = step - length, length * self.mult
                return self.eta_min + (self.lr - self.eta_min) * (1 + np.cos(np.pi * step / length)) / 2
    """,
    "milestones": """
        class MultiStepLR:
            def __init__(self, lr=0.1, milestones=(30, 60), gamma=0.1):
                self.lr, self.milestones, self.gamma = lr, milestones, gamma
            def get_lr(self, epoch):
                return self.lr * self.gamma ** sum(epoch >= m for m in self.milestones)
    """,
    "stairs": """
        def step_decay(epoch, initial_lr, drop=0.5, epochs_drop=10):
            return initial_lr * drop ** (epoch // epochs_drop)
    """,
    "falling line": """
        def linear_decay(step, start_lr, end_lr, total_steps):
            return start_lr + (end_lr - start_lr) * min(step / total_steps, 1.0)
    """,
    "no schedule": """
        def generate_linear_data(n, slope=2.0):
            return np.arange(n) * slope
        def mse(y, p):
            return np.mean((y - p) ** 2)
    """,
    "average": """
        def f1_score(y_true, y_pred, average="macro"):
            found, rows = [], []
            for one in np.unique(np.concatenate([y_true, y_pred])):
                true, said = y_true == one, y_pred == one
                found.append(2 * (true & said).sum() / (true.sum() + said.sum()))
                rows.append(true.sum())
            if average == "weighted":
                return np.average(found, weights=rows)
            return np.mean(found)
        def log_loss(y_true, p):
            return -np.mean(y_true * np.log(p + 1e-15) + (1 - y_true) * np.log(1 - p + 1e-15))
    """,
    "ahead": """
        class SGD:
            def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False):
                self.learning_rate, self.momentum, self.nesterov, self.velocity = learning_rate, momentum, nesterov, {}
            def update(self, params, grads):
                for key, g in grads.items():
                    v = self.momentum * self.velocity.get(key, 0.0) - self.learning_rate * g
                    self.velocity[key] = v
                    params[key] += self.momentum * v - self.learning_rate * g if self.nesterov else v
    """,
    "layers of a dict": """
        class GradientDescent:
            def __init__(self, lr=0.1):
                self.lr = lr
            def update(self, parameters, grads):
                for l in range(1, len(parameters) // 2 + 1):
                    parameters["W" + str(l)] -= self.lr * grads["dW" + str(l)]
                    parameters["b" + str(l)] -= self.lr * grads["db" + str(l)]
                return parameters
    """,
    "lists that are handed over twice": """
        class Momentum:
            def __init__(self, params, lr=0.1, momentum=0.9):
                self.lr, self.momentum, self.velocity = lr, momentum, [np.zeros(p.shape) for p in params]
            def update(self, params, grads):
                for k, (p, g) in enumerate(zip(params, grads)):
                    self.velocity[k] = self.momentum * self.velocity[k] + g
                    p -= self.lr * self.velocity[k]
    """,
    "decay": """
        class AdamW:
            def __init__(self, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=1e-2):
                self.lr, self.b1, self.b2, self.eps, self.wd = lr, beta1, beta2, eps, weight_decay
                self.m, self.v, self.t = 0.0, 0.0, 0
            def step(self, w, g):
                self.t += 1
                self.m = self.b1 * self.m + (1 - self.b1) * g
                self.v = self.b2 * self.v + (1 - self.b2) * g * g
                move = self.m / (1 - self.b1**self.t) / (np.sqrt(self.v / (1 - self.b2**self.t)) + self.eps)
                return w * (1 - self.lr * self.wd) - self.lr * move
    """,
    "gaps": """
        class SimpleImputer:
            def __init__(self, strategy="mean"):
                self.strategy = strategy
            def fit(self, X):
                self.fill = np.nanmedian(X, axis=0) if self.strategy == "median" else np.nanmean(X, axis=0)
                return self
            def transform(self, X):
                return np.where(np.isnan(X), self.fill, X)
    """,
    "averages that run": """
        class BatchNorm:
            def __init__(self, dim, decay=0.9):
                self.params, self.grads, self.decay = {"gamma": np.ones(dim), "beta": np.zeros(dim)}, {}, decay
                self.mean, self.var = np.zeros(dim), np.ones(dim)
            def forward(self, x, train=True):
                mean, var = self.mean, self.var
                if train:
                    mean, var = x.mean(axis=0), x.var(axis=0)
                    self.mean = self.decay * self.mean + (1 - self.decay) * mean
                    self.var = self.decay * self.var + (1 - self.decay) * var
                self.spread = np.sqrt(var + 1e-5)
                self.unit = (x - mean) / self.spread
                return self.params["gamma"] * self.unit + self.params["beta"]
            def backward(self, up):
                self.grads = {"gamma": (up * self.unit).sum(axis=0), "beta": up.sum(axis=0)}
                up = up * self.params["gamma"]
                return (up - up.mean(axis=0) - self.unit * (up * self.unit).mean(axis=0)) / self.spread
    """,
    "groups": """
        class GroupKFold:
            def __init__(self, n_splits=3):
                self.n_splits = n_splits
            def split(self, X, y, groups):
                kinds = np.unique(groups)
                for some in np.array_split(kinds, self.n_splits):
                    test = np.isin(groups, some)
                    yield np.flatnonzero(~test), np.flatnonzero(test)
    """,
    "time": """
        class TimeSeriesSplit:
            def __init__(self, n_splits=5):
                self.n_splits = n_splits
            def split(self, X):
                n, size = len(X), len(X) // (self.n_splits + 1)
                for start in range(n - self.n_splits * size, n, size):
                    yield np.arange(start), np.arange(start, start + size)
    """,
    "classes divided": """
        def train_test_split(X, y, test_size=0.25, random_state=None, stratify=None):
            rng = np.random.default_rng(random_state)
            many = test_size if isinstance(test_size, int) else round(test_size * len(X))
            parts = [np.arange(len(X))] if stratify is None else [np.flatnonzero(stratify == k) for k in set(stratify)]
            test = np.concatenate([rng.permutation(p)[:round(many * len(p) / len(X))] for p in parts])
            train = np.setdiff1d(np.arange(len(X)), test)
            return X[train], X[test], y[train], y[test]
    """,
    "classes in folds": """
        class StratifiedKFold:
            def __init__(self, n_splits=5):
                self.n_splits = n_splits
            def split(self, X, y):
                if np.unique(y, return_counts=True)[1].min() < self.n_splits:
                    raise ValueError("a class has fewer rows than there are folds")
                fold = np.empty(len(y), dtype=int)
                fold[np.argsort(y, kind="stable")] = np.arange(len(y)) % self.n_splits
                for k in range(self.n_splits):
                    yield np.flatnonzero(fold != k), np.flatnonzero(fold == k)
    """,
    "column left out": """
        class OneHotEncoder:
            def __init__(self, drop=None):
                self.drop = drop
            def fit(self, X):
                self.found = [np.unique(column)[int(self.drop == "first"):] for column in X.T]
                return self
            def transform(self, X):
                return np.hstack([(X[:, [j]] == own).astype(float) for j, own in enumerate(self.found)])
    """,
    "chances in columns": """
        def log_loss(y_true, proba):
            P = np.asarray(proba)
            P = np.column_stack([1 - P, P]) if P.ndim == 1 else P
            return -np.mean(np.log(P[np.arange(len(P)), y_true]))
    """,
    "joint length": """
        def clip_grad_norm(grads, max_norm):
            length = np.sqrt(sum((g ** 2).sum() for g in grads))
            return [g * min(1.0, max_norm / (length + 1e-12)) for g in grads]
        def mse(y, p):
            return np.mean((y - p) ** 2)
    """,
}
TWINS = [
    ("range", "* (high - low) + low\n", "* high + low\n", "the columns do not fill it"),
    ("range", "(Z - low) / (high", "Z / (high", "inverse_transform undoes the defaults only"),
    ("switches of a scaler", "if self.with_mean else 0.0", "if self.with_std else 0.0", "the switch for"),
    ("switches of a scaler", "Z * self.spread + self.mean", "Z * self.spread + self.spread_mean", ""),
    ("powers", "combinations_with_replacement(range(X.shape[1]), k)]", "combos(X.shape[1], k)]", "are missing"),
    ("powers", "range(0 if self.include_bias else 1,", "range(0,", "the column of ones"),
    ("powers", "len(set(c)) == len(c)", "len(set(c)) > 1", "interaction_only"),
    ("powers", "self.degree + 1)", "self.degree)", "are missing"),
    ("map of two columns", "range(i + 1)", "range(i)", "are missing"),
    ("powers of each column", "range(1, degree + 1)", "range(1, degree)", "are missing"),
    ("warm-up and cosine", "(step - self.warm) / (self.total", "step / (self.total", "the largest rate"),
    ("warm-up and cosine", "(step - self.warm) / (self.total - self.warm), 1.0", "step / (self.total - 9), 2", "rises"),
    ("warm-up and cosine", "self.base * step / self.warm", "self.base * step / self.total", "warm-up"),
    ("restarts", "step >= length", "step > length", ""),
    ("milestones", "sum(epoch >= m", "any(epoch >= m", "at the end"),
    ("stairs", "epoch // epochs_drop", "epoch % epochs_drop", "rises"),
    ("falling line", "(end_lr - start_lr)", "(end_lr + start_lr)", "rises"),
    ("average", "np.average(found, weights=rows)", "np.average(found, weights=rows[::-1])", ""),
    ("ahead", "self.momentum * v - self.learning_rate * g if", "v if", "nesterov=True changes nothing"),
    ("ahead", "self.momentum * v - self.learning_rate * g if", "self.momentum * v if", "not Nesterov's form"),
    (
        "gaps",
        "np.where(np.isnan(X), self.fill",
        "np.where(np.isnan(X), np.nanmean(X, axis=0)",
        "rows that are transformed",
    ),
    ("gaps", "np.nanmedian(X, axis=0) if", "np.nanmean(X, axis=0) if", "a strategy does not do"),
    ("gaps", "np.nanmean(X, axis=0)", "np.nanmean(X)", ""),
    ("averages that run", "self.var = self.decay * self.var +", "self.var = 0 * self.var +", "the time after training"),
    ("averages that run", "up = up * self.params", "gone = up * self.params", "what goes backward is not the slope"),
    ("averages that run", '"beta": up.sum(axis=0)}', '"beta": up.mean(axis=0)}', "the slopes of its weights"),
    ("groups", "np.isin(groups, some)", "np.arange(len(groups)) % 3 == some[0] % 3", "rows of one group"),
    (
        "time",
        "np.arange(start), np",
        "np.setdiff1d(np.arange(n), np.arange(start, start + size)), np",
        "come after those",
    ),
    ("classes divided", "if stratify is None", "if True", "stratify=y does not divide"),
    (
        "classes divided",
        "isinstance(test_size, int)",
        "isinstance(test_size, int) and test_size < 2",
        "a whole number of test rows",
    ),
    ("classes in folds", "% self.n_splits\n", "// 8\n", "the folds are not divided class by class"),
    ("column left out", 'np.unique(column)[int(self.drop == "first"):]', "np.unique(column)", "drop='first'"),
    ("chances in columns", "y_true]))", "y_true])) / P.shape[1] * 2", "-log(chance of the own class)"),
    ("joint length", "(length + 1e-12)", "np.linalg.norm(g)", "not all of them by their joint length"),
    ("decay", "1 - self.lr * self.wd", "1 - self.wd", "weight decay is not multiplied by the learning rate"),
]
"""(whose twin, what is changed, into what, the name that its numbers give)"""
COMBOS = """
from itertools import combinations
def combos(n, k):
    return [*combinations(range(n), k), *([(j,) * k for j in range(n)] if k > 1 else [])]
"""


def file(folder, text):
    path = folder / f"parts_{next(COUNT)}.py"
    path.write_text("import numpy as np\n" + COMBOS * ("combos(X" in text) + textwrap.dedent(text))
    return load(str(path))


def card_of(thing):
    return gu.exam.examine(thing, guessing.task_of(thing)[0])


@pytest.mark.parametrize("word", RIGHT)
def test_right_ones_pass(tmp_path, word):
    """Kills: a question that takes a way to count steps, to order columns, or to hand parameters over for a mistake."""
    card = card_of(file(tmp_path, RIGHT[word]))
    assert card.passed, (card.outcome, [(v.id, v.words) for v in card.failed])
    assert not any(v.outcome == "not examined" and word != "no schedule" for v in card.verdicts if v.symptom == "main")


@pytest.mark.parametrize(("word", "right", "wrong", "said"), TWINS)
def test_wrong_twins_fail_and_are_named(tmp_path, word, right, wrong, said):
    """Kills: a setting that is only tried with its default."""
    assert right in RIGHT[word]
    card = card_of(file(tmp_path, RIGHT[word].replace(right, wrong)))
    assert card.failed
    assert said in (card.mistake or ""), card.mistake


def test_the_name_of_a_part_is_examined_as_that_part(tmp_path):
    """Kills: a name that is refused because it is no formula."""
    both = file(tmp_path, RIGHT["range"] + RIGHT["stairs"])
    assert [v.id.partition(" ")[2] for v in sitting.sit(both, formula="step_decay").verdicts] in (["step_decay"], [""])
    assert {v.id.partition(" ")[2] for v in sitting.sit(both, formula="min_max").verdicts} == {"MinMax"}


FUNCTION = """
        import torch
        class Softplus(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x, beta):
                ctx.save_for_backward(x)
                ctx.beta = beta
                return torch.log1p(torch.exp(beta * x)) / beta
            @staticmethod
            def backward(ctx, slope):
                (x,) = ctx.saved_tensors
                return slope * torch.sigmoid(ctx.beta * x), None
        class SoftplusLayer(torch.nn.Module):
            def __init__(self, beta=1.0):
                super().__init__()
                self.beta = beta
            def forward(self, x):
                return Softplus.apply(x, self.beta)
"""


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="a function of PyTorch's autograd needs PyTorch")
def test_a_function_of_autograd(tmp_path):
    """Kills: a backward that is tried with a setting of 1 only, or not at all."""
    card = card_of(file(tmp_path, FUNCTION))
    assert card.passed
    assert {v.id for v in card.verdicts} == {"G01 Softplus", "G01 SoftplusLayer"}
    card = card_of(file(tmp_path, FUNCTION.replace("sigmoid(ctx.beta * x)", "sigmoid(x)")))
    assert [v.id for v in card.failed] == ["G01 Softplus", "G01 SoftplusLayer"]


class SplitsItself:
    """Learns from three quarters of the rows, and shows how good it is on the others."""

    test = staticmethod(lambda order, size: order[len(order) - size :])

    def __init__(self, test_size=0.25, random_state=1):
        self.test_size, self.random_state = test_size, random_state

    def train_test_split(self, X, y):
        order = np.random.RandomState(self.random_state).permutation(len(X))
        size = round(len(X) * self.test_size)
        train, test = order[: len(X) - size], self.test(order, size)
        return X[train], X[test], y[train], y[test]

    def fit(self, X, y):
        rows, others, labels, theirs = self.train_test_split(X, y)
        self.w = np.linalg.lstsq(np.column_stack([np.ones(len(rows)), rows]), labels, rcond=None)[0]
        self.test_mse = np.mean((self.predict(others) - theirs) ** 2)
        return self

    def predict(self, X):
        return np.column_stack([np.ones(len(X)), X]) @ self.w


class ChecksOnWhatItLearnt(SplitsItself):
    """The same, and the rows to test are among those that it has learnt from."""

    test = staticmethod(lambda order, size: order[:size])

    def train_test_split(self, X, y):
        return super().train_test_split(X, y)


@pytest.mark.parametrize(("cls", "outcome"), [(SplitsItself, "passed"), (ChecksOnWhatItLearnt, "not passed")])
def test_the_split_inside_a_class_is_asked_too(cls, outcome):
    """Kills: figures of rows that were learnt from, which no answer of the model shows."""
    card = gu.exam.examine(cls, task="regression")
    assert card.outcome == outcome
    assert outcome == "passed" or card.mistake == "rows for testing are among those for training"
